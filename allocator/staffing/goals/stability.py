"""As little as possible changed against a published plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, cast

from allocator.county.county import County
from allocator.county.decisions import MoveKind
from allocator.county.plan import Move
from allocator.modelling import Cost, Linear
from allocator.staffing.goal import StaffingGoal
from allocator.staffing.placement import Placement
from allocator.staffing.rule import Trait
from allocator.staffing.variables import Variables

Placed = tuple[str, MoveKind]
"""Where somebody goes, and how."""


def published_moves(county: County, published: Iterable[Move]) -> Mapping[str, Placed]:
    """Teacher id -> section and kind of move in a published plan, by teacher.

    Whoever is there already has nothing left to do, and a return follows from an earlier term:
    both are left out, as are people who left the county and sections that are closed.
    """
    return {
        m.teacher: (m.destination, m.kind)
        for m in sorted(published, key=lambda m: m.teacher)
        if m.ground != "return"
        and m.teacher in county.teacher
        and m.destination in county.places
        and m.teacher not in county.returns
        and m.destination != county.start(county.teacher[m.teacher]).id
    }


class Stability(StaffingGoal):
    """As few teachers as possible are placed otherwise than in a published plan (已公布方案).

    Counted are published moves not made, made to another section or as another kind of move, and
    moves that were not published; returns at the end of a term are not.
    """

    name: ClassVar[str] = "stability"
    tier: ClassVar[str] = "stability"

    published: tuple[Move, ...] = ()

    def traits(self, county: County) -> Mapping[str, Trait]:
        """Where a teacher was to go, and how; None for those who were to stay."""
        there = published_moves(county, self.published)
        return {"published": lambda t: there.get(t.id)}

    def cost(self, county: County, x: Variables) -> Cost:
        """Of a group that was to go, those who do not; of any other, all who do."""
        parts = []
        for who in x.groups():
            there = cast("Placed | None", who["published"])
            if there is None:
                parts.append(x.moves(of=who, out_of=[who.home]))
            else:
                section, kind = there
                into = [county.places[section]]
                going = x.moves(of=who, out_of=[who.home], into=into, kinds=[kind])
                parts.append(Linear.number(float(who.size)) - going)
        return Cost(self.tier, Linear.total(parts))

    def score(self, county: County, plan: Placement) -> float:
        """The same, person by person."""
        return float(len(otherwise(county, self.published, plan)))


def otherwise(county: County, published: Iterable[Move], plan: Placement) -> tuple[str, ...]:
    """Teachers whom a plan places otherwise than a published one, by id."""
    was = set(published_moves(county, published).items())
    now = {(m.teacher.id, (m.destination.id, m.move.kind)) for m in plan.placed}
    return tuple(sorted({teacher for teacher, _ in was ^ now}))
