"""The exchange rate of urban and quality schools."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from allocator.county.county import County, Place
from allocator.county.frozen import Share
from allocator.county.people import Teacher
from allocator.modelling import (
    ROUNDING_CHOICES,
    Firmness,
    Linear,
    Reading,
    Rounding,
    Row,
    Text,
    fraction,
    parameter,
    required,
    share_row,
)
from allocator.staffing.base import BASE_CHOICES, RateBase, in_base, public_schools, urban
from allocator.staffing.counted import AWAY_CHOICES, BESIDE, COUNTED, Away, CountedMoves, away
from allocator.staffing.placement import Placement
from allocator.staffing.rule import Trait
from allocator.staffing.variables import Variables


class SendingSchoolRateFloor(CountedMoves):
    """Each urban or quality school sends at least a share of its rate base."""

    title: ClassVar[Text] = Text("城区、优质学校交流比例", "Rate of urban and quality schools")
    sentence: ClassVar[Text] = Text(
        "每所城区学校、优质学校交流出的教师不低于本校{base}的 {at_least}（{rounding}；"
        "不足 {pool_below} 人的学校按片区合并计算）",
        "Each urban or quality school sends at least {at_least} of its teachers who are {base} "
        "({rounding}; schools with fewer than {pool_below} are pooled by zone)",
    ).then(COUNTED.then(BESIDE))
    measure: ClassVar[Text] = Text("交流出人数", "teachers sent")
    clause: ClassVar[Text] = Text(
        "教师〔2014〕4号：城镇学校、优质学校每学年交流不低于符合条件教师总数的 10%",
        "Ministry of Education, Teachers [2014] No. 4: at least 10 % of eligible teachers",
    )
    formula: ClassVar[str] = "moves out of school + away >= at_least * base of school"
    default_firmness: ClassVar[Firmness] = "should"
    tier: ClassVar[str] = "rates"

    at_least: Share = parameter(Decimal("0.10"), "比例不低于", "at least", "share")
    base: RateBase = parameter("eligible", "基数", "rate base", "choice", choices=BASE_CHOICES)
    rounding: Rounding = parameter("down", "取整", "rounding", "choice", choices=ROUNDING_CHOICES)
    also: tuple[Away, ...] = parameter(
        (), "另外计入", "counted beside", "choice", choices=AWAY_CHOICES
    )
    pool_below: Annotated[int, Field(ge=0, le=100)] = parameter(
        10, "合并计算界限", "pool schools below", "people"
    )

    def senders(self, county: County) -> dict[str, list[Place]]:
        """Sections of each sending school, small schools of a zone together."""
        size = Counter(
            county.home(t).school.id
            for t in county.teacher.values()
            if in_base(county, t, self.base)
        )
        senders: dict[str, list[Place]] = defaultdict(list)
        for school, places in public_schools(county):
            if urban(places) or school.quality:
                pooled = size[school.id] < self.pool_below
                senders[places[0].zone if pooled else school.id] += places
        return senders

    def traits(self, county: County) -> Mapping[str, Trait]:
        """The section where a teacher counts in the rate base, or is away from already."""
        return {
            "base": lambda t: county.home(t).id if in_base(county, t, self.base) else None,
            "away": lambda t: self._left(county, t),
        }

    def _left(self, county: County, teacher: Teacher) -> str | None:
        """The section of the post of someone who is away already."""
        post = county.post_place(teacher) if away(county, teacher, self.also) else None
        return None if post is None else post.id

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``q (moves out + away) >= p base`` for each sender."""
        based: Counter[object] = Counter()
        gone: Counter[object] = Counter()
        for who in x.groups():
            based[who["base"]] += who.size
            gone[who["away"]] += who.size
        for where, places in self.senders(county).items():
            yield share_row(
                where,
                self.moved(x, out_of=places) + float(sum(gone[p.id] for p in places)),
                Linear.number(sum(based[p.id] for p in places)),
                fraction(self.at_least),
                up=self.rounding == "up",
            )

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """People sent by each sender against the number asked for."""
        sent = Counter(m.origin.id for m in self.counted(plan))
        sent.update(
            post for t in county.teacher.values() if (post := self._left(county, t)) is not None
        )
        people = [t for t in county.teacher.values() if in_base(county, t, self.base)]
        size = Counter(county.home(t).id for t in people)
        for where, places in self.senders(county).items():
            here = {p.id for p in places}
            base = sum(size[place] for place in here)
            needed = required(self.at_least, base, up=self.rounding == "up")
            moved = sum(sent[place] for place in here)
            yield Reading(
                where, moved, ">=", needed, "people", max(0, needed - moved), {"base": base}
            )
