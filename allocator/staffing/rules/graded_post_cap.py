"""Graded posts at the destination of a transfer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import ClassVar

from allocator.county.county import County
from allocator.county.places import POST_GRADES
from allocator.modelling import Firmness, Reading, Row, Text
from allocator.staffing.base import public_schools
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables


class GradedPostCap(StaffingRule):
    """A transfer needs a free post of its grade (岗位等级) where it goes.

    A school above its posts of a grade today does not grow there. Where a school lists graded
    posts, a grade left out has none; a school that lists none is not limited.
    """

    title: ClassVar[Text] = Text("岗位等级", "Graded posts")
    sentence: ClassVar[Text] = Text(
        "随调后，各校各等级岗位的在编人数不超过核定的岗位数（现已超出的只减不增）",
        "After transfers no school holds more people of a grade than it has posts of it (one above "
        "them today does not grow)",
    )
    measure: ClassVar[Text] = Text("该等级在编人数", "holders of the grade")
    clause: ClassVar[Text] = Text("岗位设置管理办法（各地）", "Regulations on graded posts")
    formula: ClassVar[str] = "holders of grade <= max(posts of grade, today)"
    default_firmness: ClassVar[Firmness] = "off"
    tier: ClassVar[str] = "rates"

    def traits(self, county: County) -> Mapping[str, Trait]:
        """The grade of a teacher's post."""
        del county
        return {"grade": lambda t: t.grade}

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``holders of grade <= posts``."""
        for school, places in public_schools(county):
            posts = {graded.grade: graded.posts for graded in school.graded_posts}
            for grade in POST_GRADES if posts else ():
                held = x.holding(places, where={"grade": grade}).expression
                most = max(float(posts.get(grade, 0)), held.constant)
                yield Row(f"{school.id}/grade.{grade}", held, "<=", most)

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """Holders of each graded post."""
        after = Counter(
            (county.places[section].school.id, t.grade)
            for section, holders in plan.holders.items()
            for t in holders
        )
        before: Counter[tuple[str, str]] = Counter()
        for teacher in county.teacher.values():
            post = county.post_place(teacher)
            if post is not None:
                before[post.school.id, teacher.grade] += 1
        for school in county.school.values():
            if school.private or not school.graded_posts:
                continue
            for grade in POST_GRADES:
                key = (school.id, grade)
                posted = sum(g.posts for g in school.graded_posts if g.grade == grade)
                most = max(posted, before[key])
                where = f"{school.id}/grade.{grade}"
                yield Reading(where, after[key], "<=", most, "people", max(0, after[key] - most))
