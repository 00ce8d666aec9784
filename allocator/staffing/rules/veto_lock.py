"""Teachers whom a school objects to losing or to receiving."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from allocator.county.county import County, Place
from allocator.county.decisions import Veto
from allocator.county.places import School
from allocator.modelling import Firmness, Linear, Reading, Row, Text, parameter
from allocator.staffing.groups import Who
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables


class VetoLock(StaffingRule):
    """The first objections (学校保留意见) of each school bind, later ones are only on record.

    They bind on every move between schools decided now, whatever its kind and ground.
    """

    title: ClassVar[Text] = Text("学校保留意见", "Objections of schools")
    sentence: ClassVar[Text] = Text(
        "学校不同意流出或流入的教师，按其所列次序前 {at_most} 名有效，其余仅作记录",
        "Of the teachers a school objects to losing or receiving, the first {at_most} it lists "
        "are not moved out of it or into it; the others are only on record",
    )
    measure: ClassVar[Text] = Text("违反学校保留意见的交流", "moves against an objection")
    clause: ClassVar[Text] = Text(
        "各地县管校聘办法中学校的用人意见；人数为假设",
        "Practice of other counties; the number is invented",
    )
    formula: ClassVar[str] = "move[t, s] = 0 where the school left or s objects, first entries only"
    default_firmness: ClassVar[Firmness] = "must"
    tier: ClassVar[str] = "rates"

    at_most: Annotated[int, Field(ge=0, le=50)] = parameter(
        3, "每校有效人数不超过", "objections a school at most", "people"
    )

    def binding(self, school: School) -> tuple[Veto, ...]:
        """The objections of a school that bind."""
        return school.vetoes[: self.at_most]

    def traits(self, county: County) -> Mapping[str, Trait]:
        """Which schools object to losing, and which to receiving, a teacher."""
        against: dict[tuple[str, str], list[str]] = defaultdict(list)
        for school in county.school.values():
            for veto in self.binding(school):
                against[veto.against, veto.teacher].append(school.id)
        return {
            "leaving": lambda t: tuple(against.get(("leaving", t.id), ())),
            "arriving": lambda t: tuple(against.get(("arriving", t.id), ())),
        }

    def admits(self, county: County, who: Who, place: Place) -> bool:
        """Everywhere inside the own school; elsewhere if neither school objects."""
        left, entered = who.home.school.id, place.school.id
        return left == entered or not (
            left in _schools(who, "leaving") or entered in _schools(who, "arriving")
        )

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """Nobody leaves or arrives against an objection; says nothing where nobody could."""
        listed = [w for w in x.groups() if _schools(w, "leaving") or _schools(w, "arriving")]
        for school, places in county.places_of_school.items():
            own = [w for w in listed if w.home.school.id == school]
            others = [w for w in listed if w.home.school.id != school]
            elsewhere = [p for p in county.places.values() if p.school.id != school]
            sides = {
                "leaving": [
                    x.moves(of=w, into=elsewhere) for w in own if school in _schools(w, "leaving")
                ],
                "arriving": [
                    x.moves(of=w, into=places) for w in others if school in _schools(w, "arriving")
                ],
            }
            for side, parts in sides.items():
                moved = Linear.total(parts)
                if moved.columns.size:
                    yield Row(f"{school}:{side}", moved, "<=", 0.0)

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """People moved against an objection, by the school that objects."""
        left = {m.teacher.id: m.origin.school.id for m in plan.exchanges}
        entered = {m.teacher.id: m.destination.school.id for m in plan.exchanges}
        for school in county.school.values():
            for side, at in (("leaving", left), ("arriving", entered)):
                people = tuple(
                    v.teacher
                    for v in self.binding(school)
                    if v.against == side and at.get(v.teacher) == school.id
                )
                if people:
                    number = len(people)
                    where = f"{school.id}:{side}"
                    yield Reading(where, number, "<=", 0, "people", number, {"people": people})


def _schools(who: Who, side: str) -> tuple[str, ...]:
    found = who[side]
    return found if isinstance(found, tuple) else ()
