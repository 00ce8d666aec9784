"""Further supply of the year: hires and others placed by number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from operator import eq
from typing import ClassVar

from allocator.county.county import County
from allocator.county.supply import ON_POSTS, SupplyKind, SupplyOffer
from allocator.modelling import MUST_OR_OFF, Firmness, Reading, Row, Text, parameter
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule
from allocator.staffing.variables import Variables

SUPPLY_CHOICES: tuple[tuple[SupplyKind, Text], ...] = (
    ("hire", Text("招聘", "hires")),
    ("reserve", Text("编外储备", "the off-establishment reserve")),
    ("exam_intake", Text("顶岗考编", "those admitted by examination")),
    ("reassignment", Text("转岗", "those reassigned from other subjects or posts")),
    ("private_secondment", Text("民办交流", "those seconded from private schools")),
)


class SupplyFloor(StaffingRule):
    """Further supply may be placed; those who take up a post are all placed.

    Hires and those admitted by examination are on establishment, so each gets a school. The others
    help where that covers periods. As all with posts are placed, the county's totals are known
    beforehand and difference coefficients stay exact.
    """

    title: ClassVar[Text] = Text("补充师资", "Further supply")
    sentence: ClassVar[Text] = Text(
        "以下补充师资按人数安排到校：{kinds}；其中招聘和顶岗考编人员全部安排",
        "Further supply is placed by number: {kinds}; hires and those admitted by examination are "
        "all placed",
    )
    measure: ClassVar[Text] = Text("已安排人数", "people placed")
    clause: ClassVar[Text] = Text(
        "举措38：教师招聘、非在编教师储备库、顶岗考编、转岗；举措29：公办与民办学校教师流动",
        "Plan, measure 38: hires, reserve, intake by examination, reassignment; measure 29: "
        "mobility between public and private schools",
    )
    formula: ClassVar[str] = "sum_s supply[o, s] >= count of o, for offers on posts"
    default_firmness: ClassVar[Firmness] = "off"
    firmness_allowed: ClassVar[tuple[Firmness, ...]] = MUST_OR_OFF
    tier: ClassVar[str] = "rates"

    kinds: tuple[SupplyKind, ...] = parameter(
        ("hire",), "种类", "kinds", "choice", choices=SUPPLY_CHOICES, min_length=1
    )

    def offers(self, county: County) -> tuple[SupplyOffer, ...]:
        """The county's offers of these kinds."""
        return tuple(offer for offer in county.supply if offer.kind in self.kinds)

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``sum_s supply[o, s] >= count`` for each offer on posts."""
        for offer in self.offers(county):
            if offer.on_post and offer.count:
                placed = x.supply(where=partial(eq, offer))
                yield Row(offer.id, placed.expression, ">=", float(offer.count))

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """People placed of each offer on posts."""
        placed: Counter[tuple[str, str, str]] = Counter()
        for (section, subject), entries in plan.supplied.items():
            for entry in entries:
                placed[entry.kind, county.places[section].stage, subject] += entry.count
        for offer in county.supply:
            if offer.kind in self.kinds and offer.kind in ON_POSTS and offer.count:
                number = placed[offer.kind, offer.stage, offer.subject]
                missing = max(0, offer.count - number)
                yield Reading(offer.id, number, ">=", offer.count, "people", missing)
