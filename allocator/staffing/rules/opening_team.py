"""The first team of a school that opens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from allocator.county.county import County, Place
from allocator.county.curriculum import ZHEJIANG_2023
from allocator.county.frozen import Identifier, Share
from allocator.county.people import Teacher
from allocator.county.places import School
from allocator.county.service import months, years_between
from allocator.modelling import (
    Firmness,
    Reading,
    Row,
    Text,
    fraction,
    parameter,
    required,
    share_row,
)
from allocator.staffing.base import public_schools
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables

_SUBJECTS = tuple((s.id, Text(s.name, s.name_en)) for s in ZHEJIANG_2023)


class OpeningTeamFloor(StaffingRule):
    """The first team of an opening school (新校组建) has experienced and backbone teachers.

    Everyone who is to serve there counts in the team: teachers in post who come, and people placed
    by number, whose years of work nobody knows. A main subject that the school does not teach asks
    for nobody.
    """

    title: ClassVar[Text] = Text("新办学校首批教师团队", "First team of an opening school")
    sentence: ClassVar[Text] = Text(
        "新办学校首批教师中，教龄 {years} 年以上的不低于 {experienced_at_least}（进一取整）；"
        "开设的主要学科（{main_subjects}）每科骨干教师不少于 {backbone_per_subject} 人",
        "Of the first team of an opening school at least {experienced_at_least} have {years} years "
        "of work (rounded up), and each main subject it teaches ({main_subjects}) has at least "
        "{backbone_per_subject} backbone teachers",
    )
    measure: ClassVar[Text] = Text("团队中符合条件者", "teachers of the team who qualify")
    clause: ClassVar[Text] = Text(
        "规划表2 新建学校；比例、教龄和骨干人数为自拟默认值",
        "Plan, Table 2 (schools that open); share, years and number are invented defaults",
    )
    formula: ClassVar[str] = (
        "experienced at school >= share * team; backbone teachers of subject >= number"
    )
    default_firmness: ClassVar[Firmness] = "should"
    tier: ClassVar[str] = "rates"

    experienced_at_least: Share = parameter(
        Decimal("0.5"), "有经验教师不低于", "experienced", "share"
    )
    years: Annotated[int, Field(ge=0, le=40)] = parameter(5, "教龄", "years of work", "years")
    backbone_per_subject: Annotated[int, Field(ge=0, le=20)] = parameter(
        1, "每科骨干教师不少于", "backbone teachers a subject", "people"
    )
    main_subjects: tuple[Identifier, ...] = parameter(
        ("chinese", "maths", "english"), "主要学科", "main subjects", "choice", choices=_SUBJECTS
    )

    def _teams(self, county: County) -> Iterator[tuple[School, tuple[Place, ...], list[str]]]:
        """Each opening school, its sections, and the main subjects it teaches."""
        for school, places in public_schools(county):
            if county.opens(school):
                taught = {subject for p in places for subject, n in p.demand.items() if n}
                yield school, places, [s for s in self.main_subjects if s in taught]

    def traits(self, county: County) -> Mapping[str, Trait]:
        """Whether in post, long enough at work; the subject of a backbone teacher.

        Nothing where no school opens.
        """
        if not any(county.opens(school) for school in county.schools):
            return {}

        def experienced(teacher: Teacher) -> bool:
            worked = months(county.as_of) - months(teacher.entered_work)
            return teacher.status == "in_post" and worked >= 12 * self.years

        return {
            "in_post": lambda t: t.status == "in_post",
            "experienced": experienced,
            "leads": lambda t: t.subject if t.backbone and t.status == "in_post" else None,
        }

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``q experienced >= p team``; ``backbone teachers of subject >= number``."""
        for school, places, subjects in self._teams(county):
            team = x.serving(places, "in_post").expression + x.supply(places).expression
            experienced = x.serving(places, "experienced").expression
            share = fraction(self.experienced_at_least)
            yield share_row(f"{school.id}:experienced", experienced, team, share, up=True)
            for subject in subjects:
                backbone = x.serving(places, where={"leads": subject}).expression
                where = f"{school.id}:{subject}"
                yield Row(where, backbone, ">=", float(self.backbone_per_subject))

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """Experienced teachers of each team, and backbone teachers of each main subject."""
        for school, places, subjects in self._teams(county):
            here = {p.id for p in places}
            people = [t for place in here for t in plan.staff[place]]
            team = len(people) + sum(e.count for e in plan.plan.supply if e.section in here)
            needed = required(self.experienced_at_least, team, up=True)
            seasoned = sum(
                years_between(t.entered_work, county.as_of) >= self.years for t in people
            )
            yield Reading(
                f"{school.id}:experienced",
                seasoned,
                ">=",
                needed,
                "people",
                max(0, needed - seasoned),
                {"team": team},
            )
            for subject in subjects:
                backbone = sum(t.backbone and t.subject == subject for t in people)
                least = self.backbone_per_subject
                short = max(0, least - backbone)
                yield Reading(f"{school.id}:{subject}", backbone, ">=", least, "people", short)
