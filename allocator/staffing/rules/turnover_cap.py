"""How much of a school's staff changes in one year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from allocator.county.county import County
from allocator.county.frozen import Share
from allocator.modelling import Firmness, Linear, Reading, Row, Text, fraction, parameter
from allocator.staffing.base import public_schools
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables


class TurnoverCap(StaffingRule):
    """At most a share of a school's staff leaves, and at most a share arrives, opening teams apart.

    Rounded up, so that a small school may exchange one teacher.
    """

    title: ClassVar[Text] = Text("学校流动上限", "Cap on a school's turnover")
    sentence: ClassVar[Text] = Text(
        "每校交流出的教师不超过在岗教师的 {leaving_at_most}，交流进的不超过 {arriving_at_most}"
        "（进一取整；新办学校组建团队除外）",
        "At most {leaving_at_most} of a school's staff leaves and at most {arriving_at_most} of "
        "its number arrives (rounded up; opening teams excepted)",
    )
    measure: ClassVar[Text] = Text("流动人数", "teachers leaving or arriving")
    clause: ClassVar[Text] = Text("稳定教学秩序（各地办法）", "Practice of other counties")
    formula: ClassVar[str] = "leaving <= share * staff; arriving <= share * staff"
    default_firmness: ClassVar[Firmness] = "must"
    tier: ClassVar[str] = "rates"

    leaving_at_most: Share = parameter(Decimal("0.20"), "流出不超过", "leaving", "share")
    arriving_at_most: Share = parameter(Decimal("0.20"), "流入不超过", "arriving", "share")

    def traits(self, county: County) -> Mapping[str, Trait]:
        """The school where a teacher is in post, before any move or return."""
        return {"in_post": lambda t: county.home(t).school.id if t.status == "in_post" else None}

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``q leaving <= p staff + q - 1``, the same for arriving."""
        opening = [p for p in county.places.values() if county.opens(p.school)]
        staff: Counter[object] = Counter()
        for who in x.groups():
            staff[who["in_post"]] += who.size
        for school, places in public_schools(county):
            if county.opens(school):
                continue
            size = Linear.number(staff[school.id])
            leaving = x.moves(out_of=places) - x.moves(out_of=places, into=opening)
            arriving = x.moves(into=places)
            for key, part, share in (
                ("leaving", leaving, self.leaving_at_most),
                ("arriving", arriving, self.arriving_at_most),
            ):
                p, q = fraction(share)
                row = part * q - size * p
                yield Row(f"{school.id}:{key}", row, "<=", float(q - 1), relief=float(q))

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """People leaving and arriving at each school against the most allowed."""
        staff = Counter(
            county.home(t).school.id for t in county.teacher.values() if t.status == "in_post"
        )
        flows: Counter[str] = Counter()
        for m in plan.exchanges:
            if not county.opens(m.destination.school):
                flows[f"{m.origin.school.id}:leaving"] += 1
            flows[f"{m.destination.school.id}:arriving"] += 1
        for school, _ in public_schools(county):
            if county.opens(school):
                continue
            for key, share in (
                ("leaving", self.leaving_at_most),
                ("arriving", self.arriving_at_most),
            ):
                where = f"{school.id}:{key}"
                exact = Fraction(share) * staff[school.id]
                most = -(-exact.numerator // exact.denominator)
                yield Reading(
                    where, flows[where], "<=", most, "people", max(0, flows[where] - most)
                )
