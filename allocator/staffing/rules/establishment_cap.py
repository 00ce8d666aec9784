"""Approved establishment and the county's pool of posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from typing import ClassVar

from allocator.county.county import County
from allocator.county.places import School
from allocator.county.supply import ON_POSTS
from allocator.modelling import Firmness, Linear, Piece, Reading, Row, Text
from allocator.staffing.base import public_schools
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables


class EstablishmentCap(StaffingRule):
    """No school holds more posts than approved, but for what it draws from the county's pool.

    Staff today - transfers out + transfers in + hires <= approved teaching posts + share of the
    pool; nobody in the roster holds a non-teaching post. A school above its posts today need not
    shrink, but may not grow; a school without a recorded establishment is not limited.
    """

    title: ClassVar[Text] = Text("编制与周转池", "Establishment and pool of posts")
    sentence: ClassVar[Text] = Text(
        "随调和招聘后，各校在编人数不超过核定编制；超出部分合计不超过县级编制周转池（现已超编的学校只减不增）",
        "After transfers and hires no school is above its approved establishment, but for posts of "
        "the county's pool (a school above it today does not grow)",
    )
    measure: ClassVar[Text] = Text("动用周转池编制", "posts drawn from the pool")
    clause: ClassVar[Text] = Text(
        "举措38：教师编制动态管理、教职工编制周转池",
        "Plan, measure 38: dynamic management of posts, pool of posts",
    )
    formula: ClassVar[str] = "sum_s max(0, holders_s + hires_s - max(approved_s, today_s)) <= pool"
    default_firmness: ClassVar[Firmness] = "must"
    tier: ClassVar[str] = "rates"

    def traits(self, county: County) -> Mapping[str, Trait]:
        """Nothing: whoever holds a post counts once."""
        del county
        return {}

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """One convex row: the sum over schools of what is above the approved posts."""
        pieces = []
        for school, places in public_schools(county):
            if school.establishment is None:
                continue
            held = x.holding(places)
            approved = max(_teaching(school), round(held.expression.constant))
            count = held + x.supply(places, where=lambda o: o.on_post)
            if count.most > approved:
                window = (approved - 1, approved + 1)
                pieces.append(Piece.of(count, partial(_above, approved), window))
        limit = float(county.post_pool)
        yield Row("county", Linear.number(0.0), "<=", limit, pieces=tuple(pieces))

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """Posts drawn from the pool, by school in the details."""
        before = Counter(
            post.school.id
            for t in county.teacher.values()
            if (post := county.post_place(t)) is not None
        )
        after = Counter(
            county.places[section].school.id
            for section, holders in plan.holders.items()
            for _ in holders
        )
        for (section, _), entries in plan.supplied.items():
            after[county.places[section].school.id] += sum(
                e.count for e in entries if e.kind in ON_POSTS
            )
        drawn = {}
        for school in county.school.values():
            if school.private or school.establishment is None:
                continue
            teaching = school.establishment - school.non_teaching_posts
            above = after[school.id] - max(teaching, before[school.id])
            if above > 0:
                drawn[school.id] = above
        total = sum(drawn.values())
        yield Reading(
            "county",
            total,
            "<=",
            county.post_pool,
            "people",
            max(0, total - county.post_pool),
            {"schools": drawn},
        )


def _teaching(school: School) -> int:
    return (school.establishment or 0) - school.non_teaching_posts


def _above(approved: int, number: int) -> float:
    return float(max(0, number - approved))
