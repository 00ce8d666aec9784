"""How far ordinary teachers are sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from allocator.county.county import County, Place
from allocator.modelling import Firmness, Linear, Reading, Row, Text, parameter
from allocator.staffing.base import appointed
from allocator.staffing.groups import Who
from allocator.staffing.heads import is_head
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables

Reach = Literal["zone", "minutes", "either"]
_REACH: tuple[tuple[Reach, Text], ...] = (
    ("zone", Text("本片区", "the zone")),
    ("minutes", Text("车程", "the travel limit")),
    ("either", Text("本片区或车程", "the zone or the travel limit")),
)


class TravelCap(StaffingRule):
    """Ordinary teachers move within their zone or a travel limit.

    Backbone teachers and heads move across the county. Whoever applied for a post and was
    appointed to it in a round (竞聘) goes however far it is.
    """

    title: ClassVar[Text] = Text("普通教师交流范围", "Reach of ordinary teachers")
    sentence: ClassVar[Text] = Text(
        "普通教师在{reach}范围内交流（车程 {within} 分钟以内），骨干教师和书记校长全市范围，"
        "竞聘结果不受此限",
        "Ordinary teachers move within {reach} (travel limit {within} minutes), backbone teachers "
        "and heads across the county; results of rounds are not bound",
    )
    measure: ClassVar[Text] = Text("超出范围的交流", "moves out of reach")
    clause: ClassVar[Text] = Text(
        "各地办法：骨干教师和校长县域内、普通教师片区内交流；举措16 学区化治理",
        "Practice of other counties; measure 16 (zones)",
    )
    formula: ClassVar[str] = "move[t, s] = 0 where t is an ordinary teacher and s is out of reach"
    default_firmness: ClassVar[Firmness] = "must"
    tier: ClassVar[str] = "rates"

    reach: Reach = parameter("zone", "范围", "reach", "choice", choices=_REACH)
    within: Annotated[int, Field(ge=0, le=240)] = parameter(30, "车程不超过", "within", "minutes")

    def traits(self, county: County) -> Mapping[str, Trait]:
        """Whether a teacher moves county-wide, and the campus a round appointed the teacher to."""
        return {
            "county_wide": lambda t: t.backbone or is_head(t),
            "appointed": lambda t: appointed(county, t),
        }

    def admits(self, county: County, who: Who, place: Place) -> bool:
        """Backbone teachers and heads anywhere, others where they can get to or are appointed."""
        if who["county_wide"] or place.school.id == who.home.school.id:
            return True
        if who["appointed"] == place.campus.id:
            return True
        in_zone = place.zone == who.home.zone
        if self.reach == "zone":
            return in_zone
        near = county.minutes(who.home, place) <= self.within
        return near or (self.reach == "either" and in_zone)

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """Nobody is sent out of reach; says nothing where such moves do not exist."""
        for school, places in county.places_of_school.items():
            far: Linear = x.moves(out_of=places, refused=True)
            if far.columns.size:
                yield Row(school, far, "<=", 0.0)

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """People sent out of reach, by the school they leave; results of rounds are not counted."""
        results = {(a.teacher, a.campus) for held in county.rounds for a in held.appointments}
        far: dict[str, list[str]] = defaultdict(list)
        for m in plan.placed:
            same = m.destination.school.id == m.origin.school.id
            zone = m.destination.township.zone == m.origin.township.zone
            near = county.minutes(m.origin, m.destination) <= self.within
            allowed = {"zone": zone, "minutes": near, "either": zone or near}[self.reach]
            agreed = (m.teacher.id, m.destination.campus.id) in results
            wide = m.teacher.backbone or is_head(m.teacher)
            if not (wide or same or allowed or agreed):
                far[m.origin.school.id].append(m.teacher.id)
        for school, people in sorted(far.items()):
            number = len(people)
            yield Reading(school, number, "<=", 0, "people", number, {"people": tuple(people)})
