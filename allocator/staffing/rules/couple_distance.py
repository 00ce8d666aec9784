"""Couples who are not to be parted by a move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from allocator.county.county import County, Place
from allocator.modelling import Firmness, Linear, Reading, Row, Text, parameter
from allocator.staffing.kin import named, pairs
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables


class CoupleDistanceCap(StaffingRule):
    """Couples (夫妻) of whom one or both are moved serve near each other.

    A couple of whom nobody is moved is not judged, however far apart they serve today. The
    shortfall is one for each couple parted.
    """

    title: ClassVar[Text] = Text("夫妻任教地距离", "Couples near each other")
    sentence: ClassVar[Text] = Text(
        "夫妻教师一方或双方交流后，两人任教地之间车程不超过 {within} 分钟",
        "Where one or both of a couple are moved, they serve within {within} minutes of each other",
    )
    measure: ClassVar[Text] = Text("夫妻任教地之间车程", "travel between a couple's schools")
    clause: ClassVar[Text] = Text(
        "各地照顾夫妻两地任教的做法；分钟数为假设",
        "Practice of other counties; the number of minutes is invented",
    )
    formula: ClassVar[str] = "a serves at p + b serves far from p <= 1, unless both stay"
    default_firmness: ClassVar[Firmness] = "off"
    tier: ClassVar[str] = "wishes"

    within: Annotated[int, Field(ge=0, le=240)] = parameter(30, "车程不超过", "within", "minutes")

    def traits(self, county: County) -> Mapping[str, Trait]:
        """The number of whoever is one of a couple."""
        return {"couple": named(county, "couple")}

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``a at p + b at all q far from p <= 1`` for each couple and section p.

        The pair of sections both start from is left out: they are there only if both stay.
        """
        for key, first, second in pairs(county, "couple"):
            starts = tuple(county.start(county.teacher[t]) for t in (first, second))
            others = _within_reach(county, x, second)
            for here, at_here in _within_reach(county, x, first):
                far = [
                    at_there
                    for there, at_there in others
                    if county.minutes(here, there) > self.within
                    and (here.id, there.id) != (starts[0].id, starts[1].id)
                ]
                if far:
                    yield Row(f"{key}@{here.id}", Linear.total([at_here, *far]), "<=", 1.0)

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """Minutes between each couple of whom one or both are moved, where the first serves."""
        moved = {m.teacher.id for m in plan.placed}
        for key, first, second in pairs(county, "couple"):
            if first not in moved and second not in moved:
                continue
            here, there = plan.serving[first], plan.serving[second]
            minutes = county.minutes(here, there)
            parted = int(minutes > self.within)
            yield Reading(f"{key}@{here.id}", minutes, "<=", self.within, "minutes", parted)


def _within_reach(county: County, x: Variables, teacher: str) -> list[tuple[Place, Linear]]:
    """The sections where one teacher could serve, each with whether they do."""
    stage = county.teacher[teacher].stage
    found = []
    for place in county.places.values():
        if place.stage == stage:
            count = x.serving([place], where={"couple": teacher})
            if count.most:
                found.append((place, count.expression))
    return found
