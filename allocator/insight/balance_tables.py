"""How evenly resources are spread: difference coefficients, and every school's indicators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from allocator.county.county import County
from allocator.county.indicators import (
    INDICATORS,
    STAFF_INDICATORS,
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
from allocator.staffing.rules.resource_floor import ResourceFloor, reached


def balance_cap(scenario: Scenario) -> BalanceCap | None:
    """The balance rule of the scenario, None where it is off."""
    active = (c.rule for c in scenario.configured("staffing"))
    return next((r for r in active if isinstance(r, BalanceCap)), None)


def resource_floor(scenario: Scenario) -> ResourceFloor:
    """The rule on each school's resources, with its defaults where it is off."""
    active = (c.rule for c in scenario.configured("staffing"))
    return next((r for r in active if isinstance(r, ResourceFloor)), ResourceFloor())


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
            target = _target(cap, indicator, stage, seen.county)
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
                    "kept": None if target is None else bool(value - target <= 1e-9),
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


def _target(cap: BalanceCap | None, line: str, stage: Stage, county: County) -> float | None:
    """The cap beside the lines it binds: each coefficient it names, or the mean, or the largest."""
    if cap is None:
        return None
    bound = cap.indicators if cap.binds == "each" else (cap.binds,)
    return cap.cap(stage, county) if line in bound else None


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
    rule = resource_floor(scenario)
    rows = [
        {
            "school_id": r.school,
            "school": seen.county.school[r.school].name,
            "township": places[r.school][0].township.name,
            "stage": r.stage,
            "pupils": r.pupils,
            **{f"{i}_before": was[r.school, r.stage].value(i) for i in STAFF_INDICATORS},
            **{i: r.value(i) for i in INDICATORS},
            "met": sum(part >= 1 for part in reached(r).values()),
            "with_data": len(r.counts),
            "reached": _reached(r, rule),
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


def _reached(row: SchoolRow, rule: ResourceFloor) -> bool | None:
    """Whether a school keeps the rule; None where it is not judged."""
    reading = rule.read(row)
    return None if reading is None else reading.kept
