"""The county's exchange rate."""

from __future__ import annotations

from typing import ClassVar

from allocator.modelling import Firmness, Text
from allocator.staffing.counted import BESIDE, COUNTED, CountyRateFloor


class ExchangeRateFloor(CountyRateFloor):
    """At least a share of the rate base moves to another school this year."""

    title: ClassVar[Text] = Text("教师交流比例", "Exchange rate")
    sentence: ClassVar[Text] = Text(
        "全县交流人数不低于{base}的 {at_least}（{rounding}）",
        "At least {at_least} of the teachers who are {base} are exchanged ({rounding})",
    ).then(COUNTED.then(BESIDE))
    measure: ClassVar[Text] = Text("交流人数", "teachers exchanged")
    clause: ClassVar[Text] = Text(
        "慈溪市“十四五”教育规划：交流比例每年 17% 以上；举措38",
        "Cixi 14th five-year education plan: over 17 % exchanged a year; measure 38",
    )
    formula: ClassVar[str] = "moves + away >= at_least * base"
    default_firmness: ClassVar[Firmness] = "should"
    tier: ClassVar[str] = "rates"
