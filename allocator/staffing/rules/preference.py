"""Where those who named campuses would like to go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import ClassVar

from allocator.county.county import County, Place
from allocator.county.people import Teacher
from allocator.modelling import Firmness, Reading, Row, Text
from allocator.staffing.groups import Who
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables


class PreferenceCap(StaffingRule):
    """Those who named campuses (志愿) and are exchanged go to one of them.

    Nobody is judged who named none. A move that a pin orders or that is the result of a round is
    not judged: it was agreed in person. Neither is a move inside a school.
    """

    title: ClassVar[Text] = Text("交流志愿", "Preferences of those exchanged")
    sentence: ClassVar[Text] = Text(
        "填报志愿的教师只交流到所填学校（事先指定和各轮聘任结果除外）",
        "Those who named campuses are exchanged only to one of them (pins and results of rounds "
        "excepted)",
    )
    measure: ClassVar[Text] = Text("未按志愿的交流", "moves to no campus named")
    clause: ClassVar[Text] = Text(
        "各地交流办法：个人志愿与组织调配相结合", "Practice of other counties"
    )
    formula: ClassVar[str] = "move[t, s] = 0 where t named campuses and s is none of them"
    default_firmness: ClassVar[Firmness] = "should"
    tier: ClassVar[str] = "wishes"

    def traits(self, county: County) -> Mapping[str, Trait]:
        """The campuses named or agreed on; None for whoever named none."""
        return {"named": lambda t: _welcome(county, t) if t.preferences else None}

    def admits(self, county: County, who: Who, place: Place) -> bool:
        """Where named, where agreed, inside the own school; others anywhere."""
        named = who["named"]
        return (
            not isinstance(named, tuple)
            or place.campus.id in named
            or place.school.id == who.home.school.id
        )

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """Nobody is sent where they did not wish; says nothing where such moves do not exist."""
        for school, places in county.places_of_school.items():
            elsewhere = x.moves(out_of=places, refused=True)
            if elsewhere.columns.size:
                yield Row(school, elsewhere, "<=", 0.0)

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """People exchanged to a campus they did not name, by the school they leave."""
        unmet: dict[str, list[str]] = defaultdict(list)
        for m in plan.exchanges:
            teacher, campus = m.teacher, m.destination.campus.id
            result = county.appointed.get(teacher.id)
            ordered = any(p.kind == "goes" and p.campus == campus for p in teacher.pins)
            agreed = ordered or (result is not None and result.campus == campus)
            if teacher.preferences and campus not in teacher.preferences and not agreed:
                unmet[m.origin.school.id].append(teacher.id)
        for school, people in sorted(unmet.items()):
            number = len(people)
            yield Reading(school, number, "<=", 0, "people", number, {"people": tuple(people)})


def _welcome(county: County, teacher: Teacher) -> tuple[str, ...]:
    """Campuses named, then those that pins and results of rounds send the teacher to."""
    sent = [p.campus for p in teacher.pins if p.kind == "goes" and p.campus is not None]
    if teacher.id in county.appointed:
        sent.append(county.appointed[teacher.id].campus)
    return (*teacher.preferences, *sent)
