"""Seeing what a plan does: tables before and after, rules with verdicts, the proof, what changed.

Every table is a pure function of scenario and plan or outcome and gives a pandas DataFrame whose
columns and coded values are stable English codes; :func:`headed` turns them into words.
"""

from allocator.insight.tables import (
    before_after,
    coverage,
    exchange_list,
    famous,
    headed,
    indicators,
    moves_by_township,
    namer,
    place_name,
    plan_indicators,
    plan_indicators_missing,
    posts,
    proof,
    proof_head,
    quota_matrix,
    readings,
    recruitment,
    rules,
    school_indicators,
    school_posts,
    senior_high_names,
    summary,
    timings,
    vacancies,
)

__all__ = [
    "before_after",
    "coverage",
    "exchange_list",
    "famous",
    "headed",
    "indicators",
    "moves_by_township",
    "namer",
    "place_name",
    "plan_indicators",
    "plan_indicators_missing",
    "posts",
    "proof",
    "proof_head",
    "quota_matrix",
    "readings",
    "recruitment",
    "rules",
    "school_indicators",
    "school_posts",
    "senior_high_names",
    "summary",
    "timings",
    "vacancies",
]
