"""The county's exchange rate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import ClassVar

from allocator.county.county import County
from allocator.county.frozen import Share
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
from allocator.staffing.base import BASE_CHOICES, RateBase, in_base
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables


class ExchangeRateFloor(StaffingRule):
    """At least a share of the rate base moves to another school this year."""

    title: ClassVar[Text] = Text("教师交流比例", "Exchange rate")
    sentence: ClassVar[Text] = Text(
        "全县交流人数不低于{base}的 {at_least}（{rounding}）",
        "At least {at_least} of the teachers who are {base} are exchanged ({rounding})",
    )
    measure: ClassVar[Text] = Text("交流人数", "teachers exchanged")
    clause: ClassVar[Text] = Text(
        "慈溪市“十四五”教育规划：交流比例每年 17% 以上；举措38",
        "Cixi 14th five-year education plan: over 17 % exchanged a year; measure 38",
    )
    formula: ClassVar[str] = "moves >= at_least * base"
    default_firmness: ClassVar[Firmness] = "should"
    tier: ClassVar[str] = "rates"

    at_least: Share = parameter(Decimal("0.17"), "比例不低于", "at least", "share")
    base: RateBase = parameter("eligible", "基数", "rate base", "choice", choices=BASE_CHOICES)
    rounding: Rounding = parameter("down", "取整", "rounding", "choice", choices=ROUNDING_CHOICES)

    def traits(self, county: County) -> Mapping[str, Trait]:
        """Whether a teacher is in the rate base."""
        return {"base": lambda t: in_base(county, t, self.base)}

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``q moves >= p base``."""
        base = float(sum(who.size for who in x.groups() if who["base"] is True))
        yield share_row(
            "county",
            x.moves(),
            Linear.number(base),
            fraction(self.at_least),
            up=self.rounding == "up",
        )

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """People exchanged against the number asked for."""
        base = [t for t in county.teacher.values() if in_base(county, t, self.base)]
        needed = required(self.at_least, len(base), up=self.rounding == "up")
        moved = len(plan.exchanges)
        yield Reading(
            "county",
            moved,
            ">=",
            needed,
            "people",
            max(0, needed - moved),
            {"base": len(base), "share": moved / len(base) if base else 0.0},
        )
