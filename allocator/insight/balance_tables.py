"""How evenly resources are spread: difference coefficients, and every school's indicators."""

from __future__ import annotations

from typing import Any

import pandas as pd

from allocator.county.indicators import (
    INDICATORS,
    STAFF_INDICATORS,
    Indicator,
    SchoolRow,
    StageBalance,
)
from allocator.county.indicators import NAMES as INDICATOR_NAMES
from allocator.insight.names import bracketed
from allocator.insight.view import Seen, before_after
from allocator.insight.vocabulary import SPREAD
from allocator.modelling import Language, Text
from allocator.scenario import Scenario
from allocator.staffing.rules.balance_cap import BalanceCap
from allocator.staffing.rules.resource_floor import ResourceFloor, reached

_CAPPED = "capped"
"""The line of a cap on the mean or the largest of some of the coefficients alone."""


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

    The mean and the largest are taken over all indicators with data. Where the cap binds the mean
    or the largest of some of these alone, that figure is a line of its own, ``capped``. ``kept``
    is empty where no cap is in force.
    """
    seen = before_after(scenario, plan)
    before = {b.stage: b for b in seen.balance_before}
    cap = balance_cap(scenario)
    rows: list[dict[str, Any]] = []
    for now in seen.balance_after:
        stage, was = now.stage, before.get(now.stage)
        bound, values, olds = _bound(cap, now), _values(now), _values(was) if was else {}
        if cap is not None and _CAPPED in bound:
            values[_CAPPED] = capped(cap, now)
            olds[_CAPPED] = capped(cap, was) if was else None
        for line, value in values.items():
            target = cap.cap(stage, seen.county) if cap is not None and line in bound else None
            old = olds.get(line)
            rows.append(
                {
                    "stage": stage,
                    "indicator": line,
                    "indicator_name": _name(line, cap, now, lang),
                    "unit": "cv",
                    "before": old,
                    "after": value,
                    "change": None if old is None or value is None else value - old,
                    "target": target,
                    "kept": None if target is None or value is None else value - target <= 1e-9,
                }
            )
    columns = (
        "stage", "indicator", "indicator_name", "unit", "before", "after", "change", "target",
        "kept",
    )  # fmt: skip
    return pd.DataFrame(rows, columns=list(columns)).astype(
        {**dict.fromkeys(("before", "after", "change", "target"), "float64"), "kept": "boolean"}
    )


def capped(cap: BalanceCap, stage: StageBalance) -> float | None:
    """The mean or the largest of the coefficients that a cap asks for; None without data.

    Where the cap binds each of them, the largest is what it comes to.
    """
    found = [stage.coefficients[i] for i in _asked(cap, stage)]
    if not found:
        return None
    return sum(found) / len(found) if cap.binds == "mean" else max(found)


def _asked(cap: BalanceCap, stage: StageBalance) -> tuple[Indicator, ...]:
    """The indicators with data that a cap asks for."""
    return tuple(i for i in cap.asked if i in stage.coefficients)


def _bound(cap: BalanceCap | None, stage: StageBalance) -> tuple[str, ...]:
    """The lines a cap binds: each coefficient it asks for, or the mean, or the largest."""
    asked = () if cap is None else _asked(cap, stage)
    if cap is None or not asked or cap.binds == "each":
        return asked
    return (cap.binds if len(asked) == len(stage.coefficients) else _CAPPED,)


def _values(stage: StageBalance) -> dict[str, float | None]:
    found: dict[str, float | None] = {str(i): v for i, v in stage.coefficients.items()}
    return found | {"mean": stage.mean, "largest": stage.largest}


def _name(line: str, cap: BalanceCap | None, stage: StageBalance, lang: Language) -> str:
    if line == _CAPPED and cap is not None:
        asked = ("、" if lang == "zh" else ", ").join(_asked(cap, stage))
        return bracketed(f"{SPREAD[_CAPPED].say(lang)} {SPREAD[cap.binds].say(lang)}", asked, lang)
    if line in SPREAD:
        return SPREAD[line].say(lang)
    return Text(*INDICATOR_NAMES[_known(line)]).say(lang)


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
