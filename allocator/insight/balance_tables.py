"""How evenly resources are spread: difference coefficients, and every school's indicators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from allocator.county.indicators import (
    INDICATORS,
    STAFF_INDICATORS,
    THRESHOLDS,
    Indicator,
    SchoolRow,
    StageBalance,
    balance,
)
from allocator.county.indicators import NAMES as INDICATOR_NAMES
from allocator.county.places import Stage
from allocator.insight.view import Seen, before_after
from allocator.insight.vocabulary import SPREAD
from allocator.modelling import Language, Text
from allocator.scenario import Scenario
from allocator.staffing.rules.balance_cap import BalanceCap

_NEEDED, _LAST = 6, 0.85
"""A school reaches at least six thresholds, and 85 % of the seventh (2017 evaluation measure)."""


def balance_cap(scenario: Scenario) -> BalanceCap | None:
    """The balance rule of the scenario, None where it is off."""
    active = (c.rule for c in scenario.configured("staffing"))
    return next((r for r in active if isinstance(r, BalanceCap)), None)


def indicators(scenario: Scenario, plan: Seen, lang: Language = "zh") -> pd.DataFrame:
    """Difference coefficients of L1 to L7 at each stage, before and after, with the cap in force.

    The mean and the largest are taken over all indicators with data. ``kept`` is empty where no
    cap is in force.
    """
    seen = before_after(scenario, plan)
    before = {b.stage: b for b in balance(seen.rows_before)}
    after = {b.stage: b for b in balance(seen.rows_after)}
    cap = balance_cap(scenario)
    rows: list[dict[str, Any]] = []
    for stage, now in after.items():
        was = before.get(stage)
        for indicator, value in _values(now).items():
            target = _target(cap, indicator, stage)
            old = _values(was).get(indicator) if was else None
            rows.append(
                {
                    "stage": stage,
                    "indicator": indicator,
                    "indicator_name": _name(indicator, lang),
                    "unit": "cv",
                    "before": old,
                    "after": value,
                    "change": value - old if old is not None else None,
                    "target": target,
                    "kept": None if target is None else 1000 * (value**2 - target**2) <= 1e-6,
                }
            )
    columns = (
        "stage", "indicator", "indicator_name", "unit", "before", "after", "change", "target",
        "kept",
    )  # fmt: skip
    return pd.DataFrame(rows, columns=list(columns)).astype(
        {**dict.fromkeys(("before", "after", "change", "target"), "float64"), "kept": "boolean"}
    )


def _values(stage: StageBalance) -> Mapping[str, float]:
    found: dict[str, float] = {str(i): value for i, value in stage.coefficients.items()}
    return {**found, "mean": stage.mean, "largest": stage.largest}


def _target(cap: BalanceCap | None, indicator: str, stage: Stage) -> float | None:
    return cap.cap(stage) if cap is not None and indicator in cap.indicators else None


def _name(indicator: str, lang: Language) -> str:
    if indicator in SPREAD:
        return SPREAD[indicator].say(lang)
    return Text(*INDICATOR_NAMES[_known(indicator)]).say(lang)


def _known(code: str) -> Indicator:
    return next(i for i in INDICATORS if i == code)


def school_indicators(scenario: Scenario, plan: Seen) -> pd.DataFrame:
    """Every school at every stage: its indicators, and how many thresholds it meets.

    ``L1`` to ``L7`` are values after the plan, in the unit of the indicator; ``L1_before`` to
    ``L3_before`` are as things are. ``reached`` is empty where an indicator has no data.
    """
    seen = before_after(scenario, plan)
    was = {(r.school, r.stage): r for r in seen.rows_before}
    places = seen.county.places_of_school
    rows = [
        {
            "school_id": r.school,
            "school": seen.county.school[r.school].name,
            "township": places[r.school][0].township.name,
            "stage": r.stage,
            "pupils": r.pupils,
            **{f"{i}_before": was[r.school, r.stage].value(i) for i in STAFF_INDICATORS},
            **{i: r.value(i) for i in INDICATORS},
            "met": sum(part >= 1 for part in _parts(r)),
            "with_data": len(r.counts),
            "reached": _reached(r),
        }
        for r in seen.rows_after
    ]
    values = [*(f"{i}_before" for i in STAFF_INDICATORS), *INDICATORS]
    columns = [
        "school_id", "school", "township", "stage", "pupils", *values, "met", "with_data",
        "reached",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).astype(
        {**dict.fromkeys(values, "float64"), "reached": "boolean"}
    )


def _parts(row: SchoolRow) -> list[float]:
    """Each indicator with data as a share of its threshold."""
    found = ((i, row.value(i)) for i in INDICATORS)
    return [value / THRESHOLDS[i][row.stage] for i, value in found if value is not None]


def _reached(row: SchoolRow) -> bool | None:
    parts = _parts(row)
    if len(parts) < len(INDICATORS):
        return None
    return sum(p >= 1 for p in parts) >= _NEEDED and min(parts) >= _LAST
