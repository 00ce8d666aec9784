"""Results of the rounds held so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from allocator.county.county import County, Place
from allocator.county.decisions import Appointment
from allocator.modelling import MUST_OR_OFF, Firmness, Reading, Row, Text
from allocator.staffing.groups import Who
from allocator.staffing.placement import Placement
from allocator.staffing.rule import Sent, StaffingRule, Trait
from allocator.staffing.variables import Variables


class RoundLock(StaffingRule):
    """Whoever a round (聘任轮次) appointed to a campus goes there; whoever it kept, stays.

    An appointment lifts no other rule but the reach of ordinary teachers: someone not to move now
    whom a round appointed elsewhere breaks this rule or the eligibility, and the verdict says so.
    """

    title: ClassVar[Text] = Text("前几轮聘任结果", "Results of earlier rounds")
    sentence: ClassVar[Text] = Text(
        "前几轮已聘到某校区的教师到该校区任教，聘在本校区的留任",
        "Teachers appointed to a campus in an earlier round serve there, those appointed to their "
        "own stay",
    )
    measure: ClassVar[Text] = Text("未按聘任结果安排", "appointments not followed")
    clause: ClassVar[Text] = Text(
        "县管校聘实施办法：校内竞聘、跨校竞聘、组织调剂",
        "County employment of teachers: competition inside schools, applications, placement",
    )
    formula: ClassVar[str] = "move[t, s] = 1 (s appointed), 0 (any other s)"
    default_firmness: ClassVar[Firmness] = "must"
    firmness_allowed: ClassVar[tuple[Firmness, ...]] = MUST_OR_OFF
    tier: ClassVar[str] = "rates"

    def traits(self, county: County) -> Mapping[str, Trait]:
        """The appointment, with the person it belongs to; nothing for anybody else."""
        return {"appointment": lambda t: county.appointed.get(t.id)}

    def admits(self, county: County, who: Who, place: Place) -> bool:
        """Only where appointed to, and everywhere for those whom no round appointed."""
        del county
        appointment = who["appointment"]
        return not isinstance(appointment, Appointment) or appointment.campus == place.campus.id

    def sent(self, county: County) -> Mapping[str, Sent]:
        """Whoever is appointed."""
        return {t: Sent(a.campus, a.kind, "application") for t, a in county.appointed.items()}

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """Whoever is appointed elsewhere, goes."""
        for who in x.groups():
            appointment = who["appointment"]
            if isinstance(appointment, Appointment) and appointment.campus != who.home.campus.id:
                there = [p for p in county.places.values() if p.campus.id == appointment.campus]
                yield Row(appointment.teacher, x.moves(of=who, into=there), ">=", 1.0)

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """One reading for each teacher appointed, broken elsewhere or by another kind of move."""
        moved = {m.teacher.id: m for m in plan.exchanges}
        for teacher, appointment in county.appointed.items():
            here = plan.serving[teacher].campus.id
            m = moved.get(teacher)
            otherwise = m is not None and m.move.kind != appointment.kind
            wrong = here != appointment.campus or otherwise
            details = {"campus": appointment.campus, "kind": appointment.kind}
            yield Reading(teacher, int(wrong), "<=", 0, "people", int(wrong), details)
