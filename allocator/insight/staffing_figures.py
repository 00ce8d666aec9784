"""The headline figures of a staffing plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import pandas as pd

from allocator.insight.balance_tables import balance_cap, capped
from allocator.insight.figures import Numbers
from allocator.insight.staffing_tables import coverage, famous
from allocator.insight.view import BeforeAfter
from allocator.insight.walking_tables import walking_figures
from allocator.modelling import Reading, Rule
from allocator.scenario import Scenario
from allocator.staffing.base import in_base
from allocator.staffing.goals.coverage import Coverage
from allocator.staffing.rules.backbone_share import BackboneShare
from allocator.staffing.rules.exchange_rate import ExchangeRateFloor
from allocator.staffing.rules.famous_floor import FamousTeacherFloor

_Kind = TypeVar("_Kind", bound=Rule)


def staffing_figures(scenario: Scenario, seen: BeforeAfter) -> Mapping[str, Numbers]:
    """Figure -> before, after, target."""
    return {
        **_exchange(scenario, seen),
        **_coverage(scenario, seen),
        **walking_figures(scenario, seen),
        **_famous(scenario, seen),
        **_balance(scenario, seen),
    }


def _active(scenario: Scenario, kind: type[_Kind]) -> _Kind | None:
    """A rule of the scenario, None where it is off."""
    rules = (c.rule for c in scenario.configured("staffing"))
    return next((r for r in rules if isinstance(r, kind)), None)


def _limit(readings: Iterable[Reading]) -> float | None:
    return next((r.limit for r in readings if r.where == "county"), None)


def _part(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _exchange(scenario: Scenario, seen: BeforeAfter) -> dict[str, Numbers]:
    county, plan = seen.county, seen.after
    floor, share = _active(scenario, ExchangeRateFloor), _active(scenario, BackboneShare)
    counting = (floor or ExchangeRateFloor()).base
    base = sum(in_base(county, t, counting) for t in county.teacher.values())
    exchanged = len(plan.exchanges)
    backbone = sum(m.teacher.backbone for m in plan.exchanges)
    minutes = [county.minutes(m.origin, m.destination) for m in plan.moved]
    everyone = len(county.teacher)
    return {
        "teachers": Numbers(everyone, everyone),
        "moves": Numbers(after=len(plan.moved)),
        "exchanged": Numbers(
            after=exchanged, target=_limit(floor.readings(county, plan)) if floor else None
        ),
        "exchange_base": Numbers(base, base),
        "exchange_rate": Numbers(
            after=_part(exchanged, base), target=float(floor.at_least) if floor else None
        ),
        "backbone_moved": Numbers(
            after=backbone, target=_limit(share.readings(county, plan)) if share else None
        ),
        "backbone_share": Numbers(
            after=_part(backbone, exchanged), target=float(share.at_least) if share else None
        ),
        "minutes_mean": Numbers(after=_part(sum(minutes), len(minutes))),
    }


def _coverage(scenario: Scenario, seen: BeforeAfter) -> dict[str, Numbers]:
    staffing = scenario.staffing
    goal = Coverage(by=staffing.terms.coverage) if staffing is not None else Coverage()
    table = coverage(scenario, seen)
    table = table[table["needed"] > 0]
    before, after = table["uncovered_before"], table["uncovered_after"]
    return {
        "uncovered": Numbers(before.sum(), after.sum()),
        "uncovered_priced": Numbers(
            goal.score(seen.county, seen.before), goal.score(seen.county, seen.after)
        ),
        "cells_short": Numbers((before > 0).sum(), (after > 0).sum()),
        "worst_uncovered": Numbers(_worst(before, table["needed"]), _worst(after, table["needed"])),
    }


def _worst(missing: pd.Series[int], needed: pd.Series[int]) -> float | None:
    """The largest missing part of what is needed."""
    return float((missing / needed).max()) if len(needed) else None


def _famous(scenario: Scenario, seen: BeforeAfter) -> dict[str, Numbers]:
    table = famous(scenario, seen)
    table = table[table["need"] > 0]
    need, before, after = table["need"], table["missing_before"], table["missing_after"]
    wished = _active(scenario, FamousTeacherFloor) is not None
    return {
        "famous_need": Numbers(need.sum(), need.sum()),
        "famous_have": Numbers(table["have_before"].sum(), table["have_after"].sum()),
        "famous_missing": Numbers(before.sum(), after.sum(), 0 if wished else None),
        "famous_worst": Numbers(_worst(before, need), _worst(after, need)),
    }


def _balance(scenario: Scenario, seen: BeforeAfter) -> dict[str, Numbers]:
    before = {b.stage: b for b in seen.balance_before}
    cap = balance_cap(scenario)
    found: dict[str, Numbers] = {}
    for now in seen.balance_after:
        was = before.get(now.stage)
        found[f"cv_mean_{now.stage}"] = Numbers(was.mean if was else None, now.mean)
        found[f"cv_largest_{now.stage}"] = Numbers(was.largest if was else None, now.largest)
        bound = None if cap is None else capped(cap, now)
        if cap is not None and bound is not None:
            found[f"cv_capped_{now.stage}"] = Numbers(
                capped(cap, was) if was else None, bound, cap.cap(now.stage, seen.county)
            )
    return found
