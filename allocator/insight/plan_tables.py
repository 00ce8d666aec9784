"""The plan's Table 1: each indicator in 2020, now, after the placement, and what 2025 asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from allocator.county.county import County
from allocator.county.people import DEGREES, HONOURS, Degree, Honour
from allocator.county.plan_table import LAST_YEAR, PARTS, PLAN_INDICATORS, PlanIndicator
from allocator.insight.names import bracketed
from allocator.insight.staffing_tables import famous
from allocator.insight.view import BeforeAfter, Seen, before_after
from allocator.modelling import Language, Text
from allocator.scenario import Scenario
from allocator.staffing.placement import Placement

Source = Literal["roster", "plan", "typed_in"]
Key = tuple[int, str | None]
"""Number and part of an indicator."""

_HONOURS: Mapping[int, Honour] = {19: "province_special", 20: "city_famous"}
"""Indicators that count people by their highest honour."""
_WIDER_THAN_ROSTER = frozenset(_HONOURS)
"""Indicators the plan counts over all stages, the roster over compulsory schools alone: a total
typed in says more than the roster."""
_REACHED = Text("达到上一项标准的农村初中数", "rural junior highs that reach the number above")
_FUZZ = 1e-9
"""Coefficients are real numbers: closer than this is equal."""


@dataclass(frozen=True)
class _Figure:
    """An indicator now and after the placement, and where it comes from."""

    now: float
    after: float
    computed_from: Source
    as_of: str | None = None
    source: str = ""


def plan_indicators(scenario: Scenario, plan: Seen, lang: Language = "zh") -> pd.DataFrame:
    """Every indicator of the plan's Table 1 for which there is data, before and after.

    ``now`` is counted from the roster where it can be (15 junior, 17, 19, 20, 21), else it is the
    total typed in; for 19 and 20, which the plan counts over all stages, a total typed in comes
    first, as it does everywhere where there is no roster. ``after`` differs from it only where an
    allocation moves the indicator. ``target`` lies on the straight line from 2020 to 2025 at the
    year of the county's data; ``kept`` says whether ``after`` reaches it. 17 is the mean of the
    coefficients with data; 21 goes by the scenario's famous-teacher rule and is followed by the
    number of schools that reach it.
    """
    seen = before_after(scenario, plan)
    found = _figures(scenario, seen)
    year = int(seen.county.as_of[:4])
    rows: list[dict[str, Any]] = []
    for about in PLAN_INDICATORS:
        figure = found.get((about.number, about.part))
        if figure is not None:
            rows.append(_row(about, figure, year, lang))
        if about.number == 21:
            rows += _schools_reaching(scenario, seen, year, lang)
    columns = (
        "number", "indicator_name", "unit", "in_2020", "now", "after", "target", "by_2025", "kept",
        "computed_from", "typed_as_of", "typed_source",
    )  # fmt: skip
    figures = ("in_2020", "now", "after", "target", "by_2025")
    return pd.DataFrame(rows, columns=list(columns)).astype(
        {**dict.fromkeys(figures, "float64"), "kept": "boolean"}
    )


def plan_indicators_missing(
    scenario: Scenario, plan: Seen, lang: Language = "zh"
) -> tuple[str, ...]:
    """The numbers of Table 1, with their part, for which there is no data."""
    found = _figures(scenario, before_after(scenario, plan))
    return tuple(
        _with_part(str(about.number), about, lang)
        for about in PLAN_INDICATORS
        if (about.number, about.part) not in found
    )


def _row(about: PlanIndicator, figure: _Figure, year: int, lang: Language) -> dict[str, Any]:
    target = about.target(year)
    asked = None if target is None else float(target)
    return {
        "number": about.number,
        "indicator_name": _with_part(Text(*about.name).say(lang), about, lang),
        "unit": about.unit,
        "in_2020": None if about.in_2020 is None else float(about.in_2020),
        "now": figure.now,
        "after": figure.after,
        "target": asked,
        "by_2025": float(about.by_2025),
        "kept": None if asked is None else _kept(figure.after, asked, about.less_is_better),
        "computed_from": figure.computed_from,
        "typed_as_of": figure.as_of,
        "typed_source": figure.source,
    }


def _kept(value: float, target: float, less_is_better: bool) -> bool:
    return (value - target if less_is_better else target - value) <= _FUZZ


def _with_part(text: str, about: PlanIndicator, lang: Language) -> str:
    return text if about.part is None else bracketed(text, Text(*PARTS[about.part]).say(lang), lang)


def _figures(scenario: Scenario, seen: BeforeAfter) -> Mapping[Key, _Figure]:
    counted = dict(_counted(scenario, seen))
    typed = {
        key: figure
        for key, figure in _typed_in(seen.county)
        if key not in counted or key[0] in _WIDER_THAN_ROSTER or not seen.county.teachers
    }
    return {**counted, **typed}


def _typed_in(county: County) -> Iterator[tuple[Key, _Figure]]:
    units = {(i.number, i.part): i.unit for i in PLAN_INDICATORS}
    for total in county.reported:
        figure = total.figure(units[total.indicator, total.part])
        if figure is not None:
            yield (
                (total.indicator, total.part),
                _Figure(float(figure), float(figure), "typed_in", total.as_of, total.source),
            )


def _counted(scenario: Scenario, seen: BeforeAfter) -> Iterator[tuple[Key, _Figure]]:
    """What roster and placement give."""
    educated = [_postgraduate_share(p) for p in (seen.before, seen.after)]
    if educated[0] is not None and educated[1] is not None:
        source: Source = "plan" if _hired(seen.after) else "roster"
        yield (15, "junior"), _Figure(educated[0], educated[1], source)
    before = {b.stage: b.mean for b in seen.balance_before}
    for stage in seen.balance_after:
        if stage.stage in before:
            yield (17, stage.stage), _Figure(before[stage.stage], stage.mean, "plan")
    if seen.county.teachers:
        for number, honour in _HONOURS.items():
            held = sum(t.rank == HONOURS.index(honour) + 1 for t in seen.county.teacher.values())
            yield (number, None), _Figure(held, held, "roster")
    table = famous(scenario, seen)
    pupils = int(table["pupils"].sum())
    if pupils and seen.county.teachers:
        now, later = (100 * float(table[c].sum()) / pupils for c in ("have_before", "have_after"))
        yield (21, None), _Figure(now, later, "plan")


def _postgraduate_share(placed: Placement) -> float | None:
    """Teachers at junior sections with a master's or doctor's degree, of all who serve there.

    Those placed there on posts by number count with the degree their announcement asks for.
    """
    county = placed.county
    degrees = [county.teacher[t].degree for t, p in placed.serving.items() if p.stage == "junior"]
    degrees += _hired(placed)
    least = DEGREES.index("master")
    return sum(DEGREES.index(d) >= least for d in degrees) / len(degrees) if degrees else None


def _hired(placed: Placement) -> list[Degree]:
    """The degrees of those placed on posts at junior sections by number."""
    offers = {offer.id: offer for offer in placed.county.supply}
    found: list[Degree] = []
    for entry in placed.plan.supply:
        stage = placed.county.places[entry.section].stage
        offer = offers[f"{entry.kind}.{stage}.{entry.subject}"]
        if stage == "junior" and offer.on_post:
            found += [offer.degree] * entry.count
    return found


def _schools_reaching(
    scenario: Scenario, seen: BeforeAfter, year: int, lang: Language
) -> list[dict[str, Any]]:
    """Rural junior highs with as many famous teachers as they need, before and after."""
    table = famous(scenario, seen)
    table = table[table["need"] > 0]
    if table.empty or not seen.county.teachers:
        return []
    now, after = (int((table[c] == 0).sum()) for c in ("missing_before", "missing_after"))
    every = len(table)
    due = year >= LAST_YEAR
    return [
        {
            "number": 21,
            "indicator_name": _REACHED.say(lang),
            "unit": "schools",
            "in_2020": None,
            "now": now,
            "after": after,
            "target": every if due else None,
            "by_2025": every,
            "kept": after == every if due else None,
            "computed_from": "plan",
            "typed_as_of": None,
            "typed_source": "",
        }
    ]
