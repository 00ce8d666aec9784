"""Seeing what a plan does: tables before and after, rules with verdicts, the proof, what changed.

Every table is a pure function of scenario and plan or outcome and gives a pandas DataFrame whose
columns and coded values are stable English codes; :func:`headed` turns them into words.
"""

from allocator.insight.tables import (
    before_after,
    changes,
    coverage,
    exchange_list,
    famous,
    headed,
    indicators,
    moves_by_township,
    namer,
    place_name,
    proof,
    proof_head,
    quota_matrix,
    readings,
    rules,
    school_indicators,
    senior_high_names,
    summary,
    timings,
)

__all__ = [
    "before_after",
    "changes",
    "coverage",
    "exchange_list",
    "famous",
    "headed",
    "indicators",
    "moves_by_township",
    "namer",
    "place_name",
    "proof",
    "proof_head",
    "quota_matrix",
    "readings",
    "rules",
    "school_indicators",
    "senior_high_names",
    "summary",
    "timings",
]
