"""How long heads serve at one school."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from allocator.county.county import County
from allocator.county.people import Teacher
from allocator.county.service import months, years_between
from allocator.modelling import Firmness, Reading, Row, Text, parameter
from allocator.staffing.heads import free_to_move, is_head
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables


class HeadTermCap(StaffingRule):
    """Heads serve a term (任期) before they leave a school, and leave it after the longest time.

    Years at the school stand for years in office, as the roster holds no other date. Nobody is
    called overdue against whose move something else stands.
    """

    title: ClassVar[Text] = Text("书记校长任职年限", "Terms of heads")
    sentence: ClassVar[Text] = Text(
        "书记、校长在同一学校任职满 {at_least} 年方可调离，满 {at_most} 年应当调离",
        "Principals and party secretaries leave a school after {at_least} years at the earliest, "
        "and are due to leave it after {at_most} years",
    )
    measure: ClassVar[Text] = Text("调离人数", "heads leaving")
    clause: ClassVar[Text] = Text(
        "各地办法：校长同校任职 10 年或两届应交流；至少任满一届（3 年）为自拟默认值",
        "Practice of other counties: heads move after 10 years or two terms; one term of 3 years "
        "at least is an invented default",
    )
    formula: ClassVar[str] = (
        "leaves[t] = 0 where years < at_least; leaves[t] = 1 where years >= at_most"
    )
    default_firmness: ClassVar[Firmness] = "watch"
    tier: ClassVar[str] = "rates"
    of_heads: ClassVar[bool] = True

    at_least: Annotated[int, Field(ge=0, le=6)] = parameter(3, "任满", "at least", "years")
    at_most: Annotated[int, Field(ge=6, le=30)] = parameter(10, "最长", "at most", "years")

    def traits(self, county: County) -> Mapping[str, Trait]:
        """A head who must stay yet or must leave now, with the person meant."""

        def due(teacher: Teacher) -> tuple[str, str] | None:
            served = months(county.as_of) - months(teacher.entered_school)
            if not self._meant(teacher):
                return None
            if served < 12 * self.at_least:
                return (teacher.id, "stays")
            overdue = served >= 12 * self.at_most and free_to_move(county.standings[teacher.id])
            return (teacher.id, "leaves") if overdue else None

        return {"due": due}

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """Nobody leaves too early, everyone overdue leaves."""
        for who in x.groups():
            due = who["due"]
            if isinstance(due, tuple):
                own = county.places_of_school[who.home.school.id]
                inside = x.moves(of=who, into=own)
                leaving = x.moves(of=who) - inside
                if due[1] == "stays":
                    yield Row(due[0], leaving, "<=", 0.0)
                else:
                    yield Row(due[0], leaving, ">=", 1.0)

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """One reading for each head who has not served long enough, or has served longest."""
        gone = {m.teacher.id for m in plan.exchanges}
        for teacher in county.teacher.values():
            if not self._meant(teacher):
                continue
            years = years_between(teacher.entered_school, county.as_of)
            leaves = int(teacher.id in gone)
            details = {"years": years}
            standing = county.standings[teacher.id]
            if years < self.at_least:
                yield Reading(teacher.id, leaves, "<=", 0, "people", leaves, details)
            elif years >= self.at_most and (
                standing.status != "not_now" or standing.reason == "appointed"
            ):
                yield Reading(teacher.id, leaves, ">=", 1, "people", 1 - leaves, details)

    @staticmethod
    def _meant(teacher: Teacher) -> bool:
        return is_head(teacher) and teacher.employment != "private"
