"""As little as possible changed against a published plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from allocator.county.county import County
from allocator.county.plan import Move
from allocator.modelling import Cost, Linear
from allocator.staffing.goal import StaffingGoal
from allocator.staffing.placement import Placement
from allocator.staffing.rule import Trait
from allocator.staffing.variables import Variables


def published_places(county: County, published: Iterable[Move]) -> Mapping[str, str]:
    """Teacher id -> section that a published plan sends the teacher to, by teacher.

    Whoever is there already has nothing left to do, and a return follows from an earlier term:
    both are left out, as are people who left the county and sections that are closed.
    """
    return {
        m.teacher: m.destination
        for m in sorted(published, key=lambda m: m.teacher)
        if m.ground != "return"
        and m.teacher in county.teacher
        and m.destination in county.places
        and m.teacher not in county.returns
        and m.destination != county.start(county.teacher[m.teacher]).id
    }


class Stability(StaffingGoal):
    """As few teachers as possible serve elsewhere than a published plan (已公布方案) says.

    Counted are published moves not made or made to another section, and moves that were not
    published; returns at the end of a term are not.
    """

    name: ClassVar[str] = "stability"
    tier: ClassVar[str] = "stability"

    published: tuple[Move, ...] = ()

    def traits(self, county: County) -> Mapping[str, Trait]:
        """The section a teacher was to go to; None for those who were to stay."""
        there = published_places(county, self.published)
        return {"published": lambda t: there.get(t.id)}

    def cost(self, county: County, x: Variables) -> Cost:
        """Of a group that was to go, those who do not; of any other, all who do."""
        parts = []
        for who in x.groups():
            there = who["published"]
            if there is None:
                parts.append(x.moves(of=who, out_of=[who.home]))
            else:
                going = x.moves(of=who, out_of=[who.home], into=[county.places[str(there)]])
                parts.append(Linear.number(float(who.size)) - going)
        return Cost(self.tier, Linear.total(parts))

    def score(self, county: County, plan: Placement) -> float:
        """The same, person by person."""
        return float(len(otherwise(county, self.published, plan)))


def otherwise(county: County, published: Iterable[Move], plan: Placement) -> tuple[str, ...]:
    """Teachers whom a plan places otherwise than a published one, by id."""
    was = set(published_places(county, published).items())
    now = {(m.teacher.id, m.destination.id) for m in plan.placed}
    return tuple(sorted({teacher for teacher, _ in was ^ now}))
