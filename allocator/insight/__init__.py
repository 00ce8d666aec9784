"""Seeing what a plan does: tables before and after, rules with verdicts, the proof, what changed.

Every table is a pure function of scenario and plan or outcome and gives a pandas DataFrame whose
columns and coded values are stable English codes; :func:`headed` turns them into words. All tables
stand in `allocator.insight.tables`; those below are loaded from there when first used, so that
words and names cost no pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from allocator.insight.tables import (
        before_after,
        coverage,
        eligibility,
        eligibility_by_school,
        exchange_list,
        famous,
        head_proposals,
        headed,
        indicators,
        moves_by_township,
        namer,
        place_name,
        plan_indicators,
        plan_indicators_missing,
        posts,
        proof_head,
        quota_matrix,
        readings,
        recruitment,
        rules,
        school_indicators,
        school_posts,
        senior_high_names,
        ties,
        timings,
        vacancies,
    )

__all__ = [
    "before_after",
    "coverage",
    "eligibility",
    "eligibility_by_school",
    "exchange_list",
    "famous",
    "head_proposals",
    "headed",
    "indicators",
    "moves_by_township",
    "namer",
    "place_name",
    "plan_indicators",
    "plan_indicators_missing",
    "posts",
    "proof_head",
    "quota_matrix",
    "readings",
    "recruitment",
    "rules",
    "school_indicators",
    "school_posts",
    "senior_high_names",
    "ties",
    "timings",
    "vacancies",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("allocator.insight.tables"), name)
    raise AttributeError(f"module 'allocator.insight' has no attribute {name!r}")
