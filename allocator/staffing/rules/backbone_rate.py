"""The exchange rate of backbone teachers."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from allocator.county.frozen import Share
from allocator.county.people import Teacher
from allocator.modelling import Firmness, Text, parameter
from allocator.staffing.counted import BESIDE, COUNTED, CountyRateFloor


class BackboneRateFloor(CountyRateFloor):
    """At least a share of the backbone teachers in the rate base moves this year.

    The denominator differs from that of the backbone share of the exchange; both may hold.
    """

    title: ClassVar[Text] = Text("骨干教师交流比例", "Exchange rate of backbone teachers")
    sentence: ClassVar[Text] = Text(
        "骨干教师的交流人数不低于其中{base}的 {at_least}（{rounding}）",
        "At least {at_least} of the backbone teachers who are {base} are exchanged ({rounding})",
    ).then(COUNTED.then(BESIDE))
    measure: ClassVar[Text] = Text("交流的骨干教师", "backbone teachers exchanged")
    clause: ClassVar[Text] = Text(
        "浙江省2013年意见：骨干教师交流不低于符合条件骨干教师的 15%（转引）",
        "Zhejiang 2013: at least 15 % of the eligible backbone teachers (read in a secondary copy)",
    )
    formula: ClassVar[str] = "backbone moves + away >= at_least * backbone base"
    default_firmness: ClassVar[Firmness] = "off"
    tier: ClassVar[str] = "rates"

    at_least: Share = parameter(Decimal("0.15"), "比例不低于", "at least", "share")

    @classmethod
    def member(cls, teacher: Teacher) -> bool:
        """A county-level backbone teacher or higher."""
        return teacher.backbone
