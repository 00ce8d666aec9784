"""Famous teachers in rural junior highs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from allocator.county.county import County, Place
from allocator.county.frozen import Exact, Share
from allocator.county.people import HONOURS, Honour, Teacher
from allocator.county.places import AreaClass
from allocator.modelling import (
    AREA_CHOICES,
    Count,
    Firmness,
    Linear,
    Reading,
    Row,
    Text,
    fraction,
    parameter,
)
from allocator.staffing.base import public_schools
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables

_LEVELS: tuple[tuple[Honour, Text], ...] = tuple(
    zip(
        HONOURS,
        (
            Text("慈溪市教坛新秀", "county rising teacher"),
            Text("慈溪市骨干教师", "county backbone teacher"),
            Text("慈溪市名师", "county famous teacher"),
            Text("宁波市骨干教师", "city backbone teacher"),
            Text("宁波市名师名校长", "city famous teacher"),
            Text("省特级教师", "provincial special-grade teacher"),
        ),
        strict=True,
    )
)
_READINGS: tuple[tuple[str, Text], ...] = (
    ("per_school", Text("每所学校", "each school")),
    ("aggregate", Text("合计", "all schools together")),
)


class FamousTeacherFloor(StaffingRule):
    """Rural junior highs have a famous teacher for every hundred pupils.

    A person counts once, at the highest honour: 1 where posted, a share of 1 during a secondment.
    The need is rounded up.
    """

    title: ClassVar[Text] = Text("农村初中名师配备", "Famous teachers in rural junior highs")
    sentence: ClassVar[Text] = Text(
        "农村初中（{areas}；按{counted}）每百名学生名师数不低于 {per_100}（{lowest_level}及以上；"
        "交流任教的按 {seconded} 计）",
        "Rural junior highs ({areas}; {counted}) have at least {per_100} famous teachers per 100 "
        "pupils (from {lowest_level} up; one on a secondment counts {seconded})",
    )
    measure: ClassVar[Text] = Text("名师数", "famous teachers")
    clause: ClassVar[Text] = Text(
        "规划表1第21项：农村初中学校每百名学生拥有名师数 1",
        "Plan, Table 1, indicator 21: one famous teacher per 100 pupils of rural junior highs",
    )
    formula: ClassVar[str] = "famous serving at school >= ceil(per_100 * pupils / 100)"
    default_firmness: ClassVar[Firmness] = "should"
    tier: ClassVar[str] = "famous"

    per_100: Annotated[Exact, Field(ge=0, le=10)] = parameter(
        Decimal(1), "每百名学生不低于", "per 100 pupils", "per_100"
    )
    lowest_level: Honour = parameter(
        "county_famous", "最低层级", "lowest level", "choice", choices=_LEVELS
    )
    counted: Literal["per_school", "aggregate"] = parameter(
        "per_school", "口径", "counted", "choice", choices=_READINGS
    )
    areas: tuple[AreaClass, ...] = parameter(
        ("township_seat", "rural"), "地区", "areas", "choice", choices=AREA_CHOICES, min_length=1
    )

    seconded: Share = parameter(Decimal(1), "交流任教按", "one on a secondment counts", "share")

    def famous(self, teacher: Teacher) -> bool:
        """Whether a teacher counts."""
        return teacher.status == "in_post" and teacher.rank > HONOURS.index(self.lowest_level)

    def schools(self, county: County) -> Iterator[tuple[str, list[Place], int]]:
        """Each rural junior high: its id, its junior sections, and how many it needs."""
        for school, places in public_schools(county):
            here = [p for p in places if p.stage == "junior" and p.area_class in self.areas]
            pupils = sum(p.section.pupils for p in here)
            if pupils:
                exact = Fraction(self.per_100) * pupils / 100
                yield school.id, here, -(-exact.numerator // exact.denominator)

    def traits(self, county: County) -> Mapping[str, Trait]:
        """Whether a teacher counts as famous, and whether serving an earlier term."""
        return {
            "famous": self.famous,
            "on_term": lambda t: (
                self.famous(t) and t.running_term is not None and t.id not in county.returns
            ),
        }

    @property
    def parts(self) -> int:
        """Parts of a person in which people are counted: the weights' common denominator."""
        return fraction(self.seconded)[1]

    def count(self, x: Variables, places: list[Place]) -> Count:
        """Famous teachers at some sections in the program, in parts of a person."""
        weight, parts = fraction(self.seconded)
        here = x.serving(places, "famous")
        if weight == parts:
            return here
        terms = x.serving(places, "on_term").expression
        came = x.moves("famous", into=places, kinds=["secondment"])
        # Whoever comes from one term to another counts once, and not if a transfer ends the term.
        away = terms + came - x.moves("on_term", into=places)
        most = parts * here.most
        return Count(here.expression * parts - away * (parts - weight), -most, most)

    def counted_at(self, plan: Placement, places: list[Place]) -> Fraction:
        """Famous teachers at some sections under a plan, each by weight."""
        kind = {m.teacher.id: m.move.kind for m in plan.exchanges}

        def seconded(t: Teacher) -> bool:
            runs = t.running_term is not None and t.id not in plan.county.returns
            return kind[t.id] == "secondment" if t.id in kind else runs

        return sum(
            (
                Fraction(self.seconded) if seconded(t) else Fraction(1)
                for p in places
                for t in plan.staff[p.id]
                if self.famous(t)
            ),
            Fraction(0),
        )

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``q famous serving - (q - p) seconded >= q need`` at each school, or in the sum."""
        q = self.parts
        schools = list(self.schools(county))
        if self.counted == "per_school":
            for where, places, need in schools:
                here = self.count(x, places).expression
                yield Row(where, here, ">=", float(q * need), relief=float(q))
        elif schools:
            total = Linear.total(self.count(x, p).expression for _, p, _ in schools)
            needed = sum(need for *_, need in schools)
            yield Row("county", total, ">=", float(q * needed), relief=float(q))

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """Famous teachers serving against the need."""
        total, needed = Fraction(0), 0
        for where, places, need in self.schools(county):
            here = self.counted_at(plan, places)
            total, needed = total + here, needed + need
            if self.counted == "per_school":
                yield _reading(where, here, need)
        if self.counted == "aggregate" and needed:
            yield _reading("county", total, needed)


def _reading(where: str, here: Fraction, need: int) -> Reading:
    return Reading(where, float(here), ">=", need, "people", max(0, math.ceil(need - here)))
