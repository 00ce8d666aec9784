"""A teacher teaches only what the certificate says, where it is taught."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from allocator.county.county import County, Place
from allocator.county.places import STAGES
from allocator.modelling import MUST_OR_OFF, Firmness, Reading, Text
from allocator.staffing.groups import Who
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait


class SubjectLock(StaffingRule):
    """A teacher moves only where the subject is taught and the certificate covers the stage."""

    title: ClassVar[Text] = Text("学科与学段对口", "Subject and stage lock")
    sentence: ClassVar[Text] = Text(
        "教师只交流到开设其任教学科、且教师资格证覆盖该学科和学段的学校",
        "A teacher moves only where the subject taught is on the timetable and covered by a "
        "certificate of the stage or higher",
    )
    measure: ClassVar[Text] = Text("不对口的交流", "moves off the certificate")
    clause: ClassVar[Text] = Text("教师资格条例", "Regulation on teacher qualification")
    formula: ClassVar[str] = "move[t, s] = 0 where s does not teach t's subject or t is uncertified"
    default_firmness: ClassVar[Firmness] = "must"
    firmness_allowed: ClassVar[tuple[Firmness, ...]] = MUST_OR_OFF
    tier: ClassVar[str] = "rates"

    def traits(self, county: County) -> Mapping[str, Trait]:
        """The subject taught, and the stages at which the teacher is certified for it."""
        return {
            "subject": lambda t: t.subject,
            "stages": lambda t: tuple(s for s in STAGES if t.certified(s, t.subject)),
        }

    def admits(self, county: County, who: Who, place: Place) -> bool:
        """Only where the subject is needed and the certificate reaches."""
        stages = who["stages"]
        return (
            who["subject"] in place.demand and isinstance(stages, tuple) and place.stage in stages
        )

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """One reading for each move, broken where it is off the certificate."""
        for m in plan.placed:
            subject = m.teacher.subject
            taught = m.destination.demand.get(subject, 0) > 0
            wrong = not (taught and m.teacher.certified(m.destination.stage, subject))
            yield Reading(
                m.teacher.id, int(wrong), "<=", 0, "people", int(wrong), {"subject": subject}
            )
