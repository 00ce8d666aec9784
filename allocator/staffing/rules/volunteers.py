"""Those who ask to be exchanged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import ClassVar

from allocator.county.county import County
from allocator.county.frozen import Share
from allocator.county.people import Teacher
from allocator.modelling import (
    Firmness,
    Linear,
    Reading,
    Row,
    Text,
    fraction,
    parameter,
    required,
    share_row,
)
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables


class VolunteerFloor(StaffingRule):
    """At least a share of those who asked to be exchanged (自愿报名) and may be moved are.

    Rounded up, so that of a single volunteer one is asked for.
    """

    title: ClassVar[Text] = Text("自愿报名教师", "Volunteers")
    sentence: ClassVar[Text] = Text(
        "自愿报名且无暂缓情形的教师中，交流人数不低于 {at_least}（进一取整）",
        "At least {at_least} of those who asked to be exchanged and may be moved are exchanged "
        "(rounded up)",
    )
    measure: ClassVar[Text] = Text("交流的自愿报名教师", "volunteers exchanged")
    clause: ClassVar[Text] = Text(
        "各地交流办法：个人自愿优先；比例为假设",
        "Practice of other counties; the share is invented",
    )
    formula: ClassVar[str] = "moves of volunteers >= at_least * volunteers who may be moved"
    default_firmness: ClassVar[Firmness] = "off"
    tier: ClassVar[str] = "wishes"

    at_least: Share = parameter(Decimal("0.50"), "比例不低于", "at least", "share")

    def traits(self, county: County) -> Mapping[str, Trait]:
        """Whether a teacher asked to be exchanged and may be."""
        return {"volunteer": lambda t: _may(county, t)}

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``q moves of volunteers >= p volunteers``."""
        asked = float(sum(who.size for who in x.groups() if who["volunteer"] is True))
        yield share_row(
            "county",
            x.moves("volunteer"),
            Linear.number(asked),
            fraction(self.at_least),
            up=True,
        )

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """Volunteers exchanged against the number asked for."""
        volunteers = [t for t in county.teacher.values() if _may(county, t)]
        moved = sum(_may(county, m.teacher) for m in plan.exchanges)
        needed = required(self.at_least, len(volunteers), up=True)
        yield Reading(
            "county",
            moved,
            ">=",
            needed,
            "people",
            max(0, needed - moved),
            {"volunteers": len(volunteers)},
        )


def _may(county: County, teacher: Teacher) -> bool:
    """Whether a teacher asked to be exchanged and nothing stands against it."""
    return teacher.volunteer and county.standings[teacher.id].movable
