"""Edits made by hand kept as decisions of the scenario, so that the rest can be solved again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

from allocator.county.checks import problems_of
from allocator.county.county import County
from allocator.county.frozen import DataError, Problem
from allocator.county.people import Pin, Teacher
from allocator.county.plan import Move, Plan
from allocator.county.quotas import QuotaPin
from allocator.insight.by_hand.edits import HandEdit, MoveEdit, QuotaEdit, SupplyEdit
from allocator.scenario import PartName, Scenario, with_rule
from allocator.staffing.placement import Placement, examined
from allocator.staffing.rule import StaffingRule

REASON = "手工调整"
"""Why a pin stands, where it comes from an edit by hand."""
Removed = Literal["stays", "not_to"]
"""What a row taken out means: the teacher stays, or only does not go to that campus."""

RULES: tuple[tuple[PartName, str], ...] = (
    ("staffing", "pin_lock"),
    ("admission", "quota_pin_lock"),
)
"""Part -> rule that makes the plan keep its pins."""


def pinned(
    scenario: Scenario, edits: Iterable[HandEdit], *, removed: Removed = "stays"
) -> Scenario:
    """The scenario with edits kept as pins, and the rules on pins in force.

    An edit that `unpinned` names is left out. An older pin of the same teacher or pair gives way.

    Raises
    ------
    DataError
        If the county contradicts itself with these pins.
    """
    listed = tuple(edits)
    left = [edit for edit, _ in unpinned(scenario, listed)]
    kept = [edit for edit in listed if edit not in left]
    county = scenario.county
    people = {
        e.teacher: pins_after(county, e, removed=removed) for e in kept if isinstance(e, MoveEdit)
    }
    places = {
        (e.senior_high, e.junior_high): quota_pin(e) for e in kept if isinstance(e, QuotaEdit)
    }
    others = [p for p in county.quota_pins if (p.senior_high, p.junior_high) not in places]
    county = county.model_copy(
        update={
            "teachers": tuple(
                t.model_copy(update={"pins": people[t.id]}) if t.id in people else t
                for t in county.teachers
            ),
            "quota_pins": (*others, *places.values()),
        }
    )
    problems = problems_of(county)
    if problems:
        raise DataError(problems)
    made = scenario.model_copy(update={"county": county})
    for part, rule in RULES:
        if any(e.part == part for e in kept):
            made = with_rule(made, part, {"rule": rule, "firmness": "must"})
    return made


def pins_after(county: County, edit: MoveEdit, *, removed: Removed = "stays") -> tuple[Pin, ...]:
    """The pins of a teacher with the edit kept; what contradicts it is dropped."""
    teacher: Teacher = county.teacher[edit.teacher]
    barred = [p for p in teacher.pins if p.kind == "not_to"]
    if edit.now is not None:
        campus = county.places[edit.now.destination].campus.id
        barred = [p for p in barred if p.campus != campus]
        return (Pin(kind="goes", campus=campus, reason=REASON), *barred)
    if removed == "stays" or edit.was is None:
        return (Pin(kind="stays", reason=REASON),)
    campus = county.places[edit.was.destination].campus.id
    barred = [p for p in barred if p.campus != campus]
    return (*barred, Pin(kind="not_to", campus=campus, reason=REASON))


def quota_pin(edit: QuotaEdit) -> QuotaPin:
    """The places of a pair fixed as the edit has them."""
    return QuotaPin(
        senior_high=edit.senior_high,
        junior_high=edit.junior_high,
        places=edit.now,
        reason=REASON,
    )


def unpinned(scenario: Scenario, edits: Sequence[HandEdit]) -> tuple[tuple[HandEdit, Problem], ...]:
    """Edits that cannot be kept as pins, each with the reason."""
    bars = _Bars(scenario)
    return tuple((e, why) for e in edits if (why := _why_not(scenario, bars, e)) is not None)


def _why_not(scenario: Scenario, bars: _Bars, edit: HandEdit) -> Problem | None:
    if isinstance(edit, QuotaEdit):
        return None
    if isinstance(edit, SupplyEdit):
        text = (
            "people placed by number cannot be pinned: change what the county offers, or place "
            "them once more after solving"
        )
        return Problem(edit.at, text)
    details = {"id": edit.teacher}
    if edit.teacher in scenario.county.returns:
        text = (
            "the return of teacher {id} follows from an earlier term: change the term in the roster"
        )
        return Problem(edit.at, text, details)
    if not edit.elsewhere:
        text = (
            "kind and term of a move cannot be pinned, only where teacher {id} goes: enter them "
            "once more after solving"
        )
        return Problem(edit.at, text, details)
    for rule in bars.excluding(edit.now) if edit.now is not None else ():
        text = (
            "{rule} does not admit teacher {id} there: correct the roster or the rule first, then "
            "pin"
        )
        return Problem(edit.at, text, {**details, "rule": rule})
    return None


class _Bars:
    """The rules that must be kept and that exclude single placements."""

    def __init__(self, scenario: Scenario) -> None:
        self.county = scenario.county
        # Pins give way to the edit.
        self.rules = [
            c.rule
            for c in scenario.configured("staffing")
            if c.firmness == "must"
            and isinstance(c.rule, StaffingRule)
            and c.rule.prunes()
            and c.rule.name != "pin_lock"
        ]

    def excluding(self, move: Move) -> Iterator[str]:
        """Rules that exclude a placement by itself, by title."""
        alone, problems = examined(self.county, Plan(moves=(move,)))
        if problems:
            return
        for rule in self.rules:
            if self._missed(rule, alone) > self._before[rule.name]:
                yield rule.title.zh

    @cached_property
    def _before(self) -> Mapping[str, float]:
        """What each rule misses while nobody is moved."""
        nobody, _ = examined(self.county, Plan())
        return {rule.name: self._missed(rule, nobody) for rule in self.rules}

    def _missed(self, rule: StaffingRule, plan: Placement) -> float:
        return sum(r.shortfall for r in rule.readings(self.county, plan))
