"""Edits of a plan made by hand, as data: what stood there, and what stands there now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from allocator.admission.entitlement import Cell
from allocator.county.plan import Move, Plan, QuotaCell, Supply
from allocator.county.supply import SupplyKind
from allocator.insight.view import counted_by
from allocator.scenario import PartName, Scenario
from allocator.staffing.decode import teaching

Entry = tuple[str, str, SupplyKind]
"""Section, subject and kind of people placed by number."""


@dataclass(frozen=True)
class MoveEdit:
    """One teacher who goes elsewhere, otherwise, or not at all (改派、增派、撤销)."""

    teacher: str
    was: Move | None
    """None: the teacher stayed."""
    now: Move | None
    """None: the teacher stays."""
    at: str = ""
    """Sheet and cell; only the sheet where the row is gone."""

    @property
    def part(self) -> PartName:
        """The part of the scenario it speaks of."""
        return "staffing"

    @property
    def elsewhere(self) -> bool:
        """Whether the teacher serves at another place, not only otherwise."""
        places = {None if m is None else m.destination for m in (self.was, self.now)}
        return len(places) > 1


@dataclass(frozen=True)
class QuotaEdit:
    """Quota places of one senior high for one junior high (改动名额)."""

    senior_high: str
    junior_high: str
    was: int
    now: int
    at: str = ""

    @property
    def part(self) -> PartName:
        """The part of the scenario it speaks of."""
        return "admission"


@dataclass(frozen=True)
class SupplyEdit:
    """People placed by number at one section in one subject (改动补充师资)."""

    section: str
    subject: str
    kind: SupplyKind
    was: int
    now: int
    at: str = ""

    @property
    def part(self) -> PartName:
        """The part of the scenario it speaks of."""
        return "staffing"


HandEdit: TypeAlias = MoveEdit | QuotaEdit | SupplyEdit


def edits_between(
    before: Plan, after: Plan, where: Mapping[str, str] | None = None
) -> tuple[HandEdit, ...]:
    """What differs between two plans: moves by teacher, then supply, then quota places.

    The rank by points is no decision, and teaching follows from who serves where.

    Parameters
    ----------
    where
        Cells the edits stand in, by `key_of` each.
    """
    was, now = moves_by_teacher(before), moves_by_teacher(after)
    moves = [
        MoveEdit(teacher, was.get(teacher), now.get(teacher))
        for teacher in sorted({*was, *now})
        if decided(was.get(teacher)) != decided(now.get(teacher))
    ]
    had, has = supply_by_entry(before), supply_by_entry(after)
    supply = [
        SupplyEdit(*entry, had.get(entry, 0), has.get(entry, 0))
        for entry in sorted({*had, *has})
        if had.get(entry, 0) != has.get(entry, 0)
    ]
    gave, gives = quotas_by_cell(before), quotas_by_cell(after)
    quotas = [
        QuotaEdit(*cell, gave.get(cell, 0), gives.get(cell, 0))
        for cell in sorted({*gave, *gives})
        if gave.get(cell, 0) != gives.get(cell, 0)
    ]
    found: list[HandEdit] = [*moves, *supply, *quotas]
    return tuple(replace(e, at=(where or {}).get(key_of(e), "")) for e in found)


def with_edits(scenario: Scenario, plan: Plan, edits: Iterable[HandEdit]) -> Plan:
    """A plan with some edits; who teaches what is filled up anew where somebody came or left.

    Without edits it is the plan itself.
    """
    listed = list(edits)
    moved = {e.teacher: e for e in listed if isinstance(e, MoveEdit)}
    placed = {(e.section, e.subject, e.kind): e for e in listed if isinstance(e, SupplyEdit)}
    given = {(e.senior_high, e.junior_high): e for e in listed if isinstance(e, QuotaEdit)}
    changed: dict[str, object] = {}
    if moved:
        kept = [m for m in plan.moves if m.teacher not in moved]
        new = [e.now for e in moved.values() if e.now is not None]
        changed["moves"] = tuple(sorted([*kept, *new], key=lambda m: m.teacher))
    if placed:
        numbers = supply_by_entry(plan) | {key: e.now for key, e in placed.items()}
        changed["supply"] = tuple(
            Supply(section=section, subject=subject, kind=kind, count=count)
            for (section, subject, kind), count in sorted(numbers.items())
            if count
        )
    if given:
        cells = quotas_by_cell(plan) | {key: e.now for key, e in given.items()}
        changed["quotas"] = tuple(
            QuotaCell(senior_high=high, junior_high=school, places=places)
            for (high, school), places in sorted(cells.items())
            if places
        )
    made = plan.model_copy(update=changed) if changed else plan
    return _taught(scenario, plan, made, moved) if moved else made


def _taught(scenario: Scenario, plan: Plan, made: Plan, moved: Iterable[str]) -> Plan:
    """The plan with teaching as it was, but where somebody came or left."""
    county = scenario.county
    places = {id: county.home(teacher) for id, teacher in county.teacher.items()}
    cells = set[tuple[str, str]]()
    for each in (plan, made):
        to = {m.teacher: county.places[m.destination] for m in each.moves}
        serving = places | to
        cells |= {(serving[id].id, county.teacher[id].subject) for id in moved}
    kept = (t for t in plan.teaching if (t.section, t.subject) not in cells)
    anew = teaching(county, serving, counted_by(scenario), only=cells)
    taught = sorted((*kept, *anew), key=lambda t: t.teacher)
    return made.model_copy(update={"teaching": tuple(taught)})


def decided(move: Move | None) -> Move | None:
    """What of a move is a decision: the rank by points is only told."""
    return None if move is None else move.model_copy(update={"points_rank": None})


def moves_by_teacher(plan: Plan) -> dict[str, Move]:
    """The moves of a plan by teacher."""
    return {m.teacher: m for m in plan.moves}


def supply_by_entry(plan: Plan) -> dict[Entry, int]:
    """People placed by number, by section, subject and kind."""
    return {(s.section, s.subject, s.kind): s.count for s in plan.supply}


def quotas_by_cell(plan: Plan) -> dict[Cell, int]:
    """Quota places by senior high and junior high."""
    return {(q.senior_high, q.junior_high): q.places for q in plan.quotas}


def key_of(edit: HandEdit) -> str:
    """What tells an edit from every other one of the same plan."""
    match edit:
        case MoveEdit():
            return edit.teacher
        case QuotaEdit():
            return f"{edit.senior_high}:{edit.junior_high}"
        case SupplyEdit():
            return f"{edit.section}.{edit.subject}.{edit.kind}"
