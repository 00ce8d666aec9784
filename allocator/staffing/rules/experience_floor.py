"""Experienced teachers whom every subject of a school keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from allocator.county.county import County
from allocator.county.people import Teacher
from allocator.county.places import STAGES
from allocator.county.service import years_between
from allocator.modelling import Firmness, Reading, Row, Text, parameter
from allocator.staffing.base import public_schools
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables


class ExperienceFloor(StaffingRule):
    """Every subject of a school keeps some experienced teachers (有经验的教师), if it has them.

    Counted by legal unit, stage and subject taught, among those in post. A school that starts
    with fewer than asked for keeps as many as it has; it may lose one if another comes.
    """

    title: ClassVar[Text] = Text("学科保留有经验的教师", "Experience left at a school")
    sentence: ClassVar[Text] = Text(
        "交流后每校每学科教龄满 {years} 年的在岗教师不少于 {at_least} 人"
        "（原来不足的不少于原有人数）",
        "After the moves every subject of a school has at least {at_least} teachers in post with "
        "{years} or more years of work (where it had fewer, no fewer than before)",
    )
    measure: ClassVar[Text] = Text("有经验的教师", "experienced teachers")
    clause: ClassVar[Text] = Text(
        "稳定教学秩序（各地办法）；人数和年限为假设",
        "Practice of other counties; number and years are invented",
    )
    formula: ClassVar[str] = "experienced serving >= min(at_least, experienced before)"
    default_firmness: ClassVar[Firmness] = "off"
    tier: ClassVar[str] = "rates"

    at_least: Annotated[int, Field(ge=0, le=10)] = parameter(1, "不少于", "at least", "people")
    years: Annotated[int, Field(ge=0, le=40)] = parameter(5, "教龄满", "years of work", "years")

    def experienced(self, county: County, teacher: Teacher) -> bool:
        """Whether a teacher in post has worked long enough."""
        long = years_between(teacher.entered_work, county.as_of) >= self.years
        return long and teacher.status == "in_post"

    def traits(self, county: County) -> Mapping[str, Trait]:
        """The subject of an experienced teacher, None for all others."""
        return {"subject": lambda t: t.subject if self.experienced(county, t) else None}

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``experienced serving >= min(at_least, experienced before)``; nothing where none go."""
        for school, places in public_schools(county):
            for stage in STAGES:
                here = [p for p in places if p.stage == stage]
                for subject in county.subject if here else ():
                    count = x.serving(here, where={"subject": subject})
                    limit = min(self.at_least, round(count.expression.constant))
                    if count.least < limit:
                        where = f"{school.id}/{stage}.{subject}"
                        yield Row(where, count.expression, ">=", float(limit))

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """Experienced teachers of each subject, where a school started with any."""
        before: Counter[tuple[str, str, str]] = Counter()
        after: Counter[tuple[str, str, str]] = Counter()
        for teacher in county.teacher.values():
            if self.experienced(county, teacher):
                for at, counted in (
                    (county.start(teacher), before),
                    (plan.serving[teacher.id], after),
                ):
                    counted[at.school.id, at.stage, teacher.subject] += 1
        for (school, stage, subject), number in sorted(before.items()):
            limit, actual = min(self.at_least, number), after[school, stage, subject]
            if limit and not county.school[school].private:
                missing = max(0, limit - actual)
                where = f"{school}/{stage}.{subject}"
                yield Reading(where, actual, ">=", limit, "people", missing)
