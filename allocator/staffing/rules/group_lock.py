"""Moves stay inside a school group or a zone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from allocator.county.county import County, Place
from allocator.modelling import Firmness, Linear, Reading, Row, Text, parameter
from allocator.staffing.groups import Who
from allocator.staffing.heads import sent_to
from allocator.staffing.placement import Moved, Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables

Inside = Literal["group", "zone", "either"]
_INSIDE: tuple[tuple[Inside, Text], ...] = (
    ("group", Text("教育集团", "the school group")),
    ("zone", Text("学区（片区）", "the zone")),
    ("either", Text("教育集团或学区（片区）", "the school group or the zone")),
)


class GroupLock(StaffingRule):
    """Moves stay inside the school group (教育集团) or the zone (学区).

    Schools in no group exchange with each other, not across the border of a group. Moves on
    appointment, of heads too, and to opening schools are not judged. Under SHOULD such moves are
    preferred.
    """

    title: ClassVar[Text] = Text("集团、学区内交流", "Exchange inside groups and zones")
    sentence: ClassVar[Text] = Text(
        "教师在{inside}内交流（按聘任结果、组织任命调动和新办学校组建团队除外；"
        "不属于任何集团的学校之间可以交流）",
        "Teachers move inside {inside} (appointments and opening teams excepted; schools in no "
        "group may exchange with each other)",
    )
    measure: ClassVar[Text] = Text("超出集团、学区的交流", "moves out of the group or zone")
    clause: ClassVar[Text] = Text(
        "举措16：加强集团内部师资统筹；统筹学区资源，推动优秀教师交流",
        "Plan, measure 16: teachers shared inside groups, good teachers exchanged inside zones",
    )
    formula: ClassVar[str] = "move[t, s] = 0 where s is outside the group or zone of t's school"
    default_firmness: ClassVar[Firmness] = "off"
    tier: ClassVar[str] = "rates"

    inside: Inside = parameter("either", "范围", "inside", "choice", choices=_INSIDE)

    def traits(self, county: County) -> Mapping[str, Trait]:
        """The campuses a teacher is appointed to, if any."""
        return {"sent": lambda t: sent_to(county, t)}

    def admits(self, county: County, who: Who, place: Place) -> bool:
        """Only inside, unless appointed there or to open a school."""
        sent = who["sent"]
        if county.opens(place.school) or (isinstance(sent, tuple) and place.campus.id in sent):
            return True
        here, there = who.home.school, place.school
        if here.id == there.id:
            return True
        if self.inside == "group":
            return here.group == there.group
        in_group = here.group is not None and here.group == there.group
        in_zone = who.home.zone == place.zone
        return in_zone or (self.inside == "either" and in_group)

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """Nobody is sent outside; says nothing where such moves do not exist."""
        for school, places in county.places_of_school.items():
            outside: Linear = x.moves(out_of=places, refused=True)
            if outside.columns.size:
                yield Row(school, outside, "<=", 0.0)

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """People sent outside, by the school they leave."""
        outside = Counter(
            m.origin.school.id
            for m in plan.exchanges
            if not (self._apart(county, m) or self._within(m))
        )
        for school, number in sorted(outside.items()):
            yield Reading(school, number, "<=", 0, "people", number)

    @staticmethod
    def _apart(county: County, m: Moved) -> bool:
        """Whether a move is not judged: it follows an appointment or opens a school."""
        appointed = m.destination.campus.id in sent_to(county, m.teacher)
        return appointed or county.opens(m.destination.school)

    def _within(self, m: Moved) -> bool:
        groups = {m.origin.school.group, m.destination.school.group}
        zones = {m.origin.township.zone, m.destination.township.zone}
        same = {
            "group": len(groups) == 1,
            "zone": len(zones) == 1,
            "either": len(zones) == 1 or (len(groups) == 1 and None not in groups),
        }
        return same[self.inside]
