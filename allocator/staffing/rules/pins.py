"""Decisions made beforehand about single teachers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from allocator.county.county import County, Place
from allocator.county.people import Pin
from allocator.modelling import MUST_OR_OFF, Firmness, Reading, Row, Text
from allocator.staffing.groups import Who
from allocator.staffing.placement import Placement
from allocator.staffing.rule import Sent, StaffingRule, Trait
from allocator.staffing.variables import Variables


def _pins(who: Who) -> tuple[str, tuple[Pin, ...]]:
    found = who["pins"]
    return found if isinstance(found, tuple) else ("", ())


class PinLock(StaffingRule):
    """Pinned teachers go, stay, or do not go where their pins say."""

    title: ClassVar[Text] = Text("事先指定", "Pins")
    sentence: ClassVar[Text] = Text(
        "已指定去向、留任或不得前往的教师按指定执行",
        "Teachers pinned to go somewhere, to stay, or not to go somewhere do so",
    )
    measure: ClassVar[Text] = Text("违反指定", "pins broken")
    clause: ClassVar[Text] = Text("前几轮聘任结果和组织决定", "Results of earlier rounds")
    formula: ClassVar[str] = "move[t, s] = 1 (goes), 0 (stays, not to)"
    default_firmness: ClassVar[Firmness] = "must"
    firmness_allowed: ClassVar[tuple[Firmness, ...]] = MUST_OR_OFF
    tier: ClassVar[str] = "rates"

    def traits(self, county: County) -> Mapping[str, Trait]:
        """The pins, with the person they belong to."""
        return {"pins": lambda t: (t.id, t.pins) if t.pins else None}

    def admits(self, county: County, who: Who, place: Place) -> bool:
        """Only where no pin stands against it."""
        return not any(
            p.kind == "stays"
            or (p.kind == "goes" and p.campus != place.campus.id)
            or (p.kind == "not_to" and p.campus == place.campus.id)
            for p in _pins(who)[1]
        )

    def sent(self, county: County) -> Mapping[str, Sent]:
        """Whoever is pinned to go."""
        return {t.id: Sent(p.campus) for t in county.teachers for p in t.pins
                if p.kind == "goes" and p.campus is not None}  # fmt: skip

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """Whoever is pinned to go, goes."""
        for who in x.groups():
            teacher, pins = _pins(who)
            for pin in pins:
                if pin.kind == "goes" and pin.campus != who.home.campus.id:
                    there = [p for p in county.places.values() if p.campus.id == pin.campus]
                    yield Row(teacher, x.moves(of=who, into=there), ">=", 1.0)

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """One reading for each pinned teacher; a return at the end of a term breaks no pin."""
        for teacher in county.teacher.values():
            if not teacher.pins:
                continue
            start, here = county.start(teacher).id, plan.serving[teacher.id]
            broken = [
                p
                for p in teacher.pins
                if (p.kind == "stays" and here.id != start)
                or (p.kind == "goes" and here.campus.id != p.campus)
                or (p.kind == "not_to" and here.campus.id == p.campus and here.id != start)
            ]
            number = int(bool(broken))
            yield Reading(teacher.id, number, "<=", 0, "people", number)
