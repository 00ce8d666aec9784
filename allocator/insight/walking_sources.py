"""Who gives what at each section: own people, second subjects, visits, supply; what is left."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import pandas as pd

from allocator.insight.names import subject_names
from allocator.insight.view import BeforeAfter, Seen, before_after, counted_by
from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.staffing.decode import teaching
from allocator.staffing.goals.coverage import Coverage, covered
from allocator.staffing.need import cells
from allocator.staffing.placement import Placement, placement

if TYPE_CHECKING:
    # Only for its type: importing it at run time would load the solvers.
    from allocator.solving.outcome import PartOutcome

SOURCES = ("by_own", "by_second", "by_visit", "by_supply", "uncovered_after")
"""What adds up to the periods needed."""


def sources(scenario: Scenario, plan: Seen, lang: Language = "zh") -> pd.DataFrame:
    """One row for each public section and subject needed there: who gives the periods.

    ``by_own``, ``by_second``, ``by_visit``, ``by_supply`` and ``uncovered_after`` add up to
    ``needed``. ``uncovered_alone`` is what would stay uncovered with the same moves and nobody
    walking or giving a second subject.
    """
    seen = before_after(scenario, plan)
    key = f"sources {lang} {counted_by(scenario)}"
    return seen.once(key, lambda: _sources(scenario, seen, lang))


def _sources(scenario: Scenario, seen: BeforeAfter, lang: Language) -> pd.DataFrame:
    county, names, after = seen.county, subject_names(scenario, lang), seen.after
    given = _given(after)
    alone = nobody_walking(scenario, seen).taught
    people = Counter((place, t.subject) for place, staff in after.staff.items() for t in staff)
    rows: list[dict[str, Any]] = []
    for place, subject, needed in cells(county, counted_by(scenario)):
        if not needed:
            continue
        key = (place.id, subject)
        left, parts = needed, {}
        for kind in ("by_own", "by_second", "by_visit"):
            parts[kind] = min(left, given[place.id, subject, kind])
            left -= parts[kind]
        supplied = sum(entry.count for entry in after.supplied.get(key, ()))
        load = county.subject[subject].load(place.stage)
        parts["by_supply"] = min(left, load * supplied)
        rows.append(
            {
                "section": place.id,
                "school_id": place.school.id,
                "school": place.school.name,
                "campus": place.campus.name,
                "township": place.township.name,
                "stage": place.stage,
                "subject_id": subject,
                "subject": names[subject],
                "needed": needed,
                "teachers_after": people[key],
                "supply_after": supplied,
                **parts,
                "uncovered_after": left - parts["by_supply"],
                "uncovered_alone": max(0, needed - alone.get(key, 0) - load * supplied),
            }
        )
    order = {subject: n for n, subject in enumerate(county.subject)}
    sections = {place: n for n, place in enumerate(county.places)}
    rows.sort(key=lambda r: (sections[r["section"]], order[r["subject_id"]]))
    return pd.DataFrame(rows, columns=list(_COLUMNS))


_COLUMNS = (
    "section", "school_id", "school", "campus", "township", "stage", "subject_id", "subject",
    "needed", "teachers_after", "supply_after", *SOURCES, "uncovered_alone",
)  # fmt: skip


def _given(plan: Placement) -> Counter[tuple[str, str, str]]:
    """(section, subject, source) -> weekly periods."""
    found: Counter[tuple[str, str, str]] = Counter()
    for entry in plan.plan.teaching:
        home = plan.serving[entry.teacher].id == entry.section
        own = plan.county.teacher[entry.teacher].subject == entry.subject
        kind = "by_visit" if not home else "by_own" if own else "by_second"
        found[entry.section, entry.subject, kind] += entry.periods
    return found


def nobody_walking(scenario: Scenario, plan: Seen) -> Placement:
    """The same moves and supply, everyone teaching the own subject at the own section alone."""
    seen = before_after(scenario, plan)
    taught = teaching(seen.county, seen.after.serving, counted_by(scenario))
    return placement(seen.county, seen.after.plan.model_copy(update={"teaching": taught}))


def without_own(table: pd.DataFrame, subjects: tuple[str, ...]) -> pd.DataFrame:
    """Where nobody serves who teaches a subject that may walk: small schools, mostly.

    Parameters
    ----------
    table
        The table of sources.
    subjects
        Subjects that may walk.
    """
    walks = table["subject_id"].isin(subjects)
    return table[walks & (table["teachers_after"] == 0) & (table["supply_after"] == 0)]


Way: TypeAlias = Literal["today", "moves", "two_steps", "together", "bound"]


@dataclass(frozen=True)
class Step:
    """What stays uncovered one way of deciding."""

    way: Way
    periods: int | None
    """Weekly periods; None where only the price is known."""
    priced: float | None
    """The same, dearer where much of a subject is missing."""


def steps(scenario: Scenario, plan: Seen, part: PartOutcome | None) -> tuple[Step, ...]:
    """Uncovered periods today, with the moves alone, in two steps, together, and the bound.

    Steps that an outcome does not tell of are left out. ``moves`` are those of this plan.
    """
    seen = before_after(scenario, plan)
    goal = Coverage(by=counted_by(scenario))
    alone, county = nobody_walking(scenario, seen), seen.county

    def counted(way: Way, placed: Placement) -> Step:
        return Step(way, _uncovered(goal, placed), goal.score(county, placed))

    found = [counted("today", seen.before), counted("moves", alone)]
    tiers = {} if part is None else {t.name: t for t in part.tiers}
    tier = tiers.get(goal.tier)
    if part is not None and goal.tier in part.two_steps:
        found.append(Step("two_steps", None, part.two_steps[goal.tier]))
    found.append(counted("together", seen.after))
    if tier is not None and tier.bound is not None:
        found.append(Step("bound", None, tier.bound))
    return tuple(found)


def _uncovered(goal: Coverage, plan: Placement) -> int:
    return sum(
        max(0, needed - covered(plan.county, plan, place, subject))
        for place, subject, needed in cells(plan.county, goal.by)
    )
