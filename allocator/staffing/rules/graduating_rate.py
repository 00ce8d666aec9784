"""The exchange rate of teachers of graduating classes."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from allocator.county.frozen import Share
from allocator.county.people import Teacher
from allocator.modelling import Firmness, Text, parameter
from allocator.staffing.counted import BESIDE, COUNTED, CountyRateFloor


class GraduatingRateFloor(CountyRateFloor):
    """At least a share of the teachers of graduating classes (毕业班) in the rate base moves."""

    title: ClassVar[Text] = Text("毕业班教师交流比例", "Exchange rate of graduating-grade teachers")
    sentence: ClassVar[Text] = Text(
        "毕业班教师的交流人数不低于其中{base}的 {at_least}（{rounding}）",
        "At least {at_least} of the graduating-grade teachers who are {base} are exchanged "
        "({rounding})",
    ).then(COUNTED.then(BESIDE))
    measure: ClassVar[Text] = Text("交流的毕业班教师", "graduating-grade teachers exchanged")
    clause: ClassVar[Text] = Text(
        "合肥市办法：毕业班教师交流不低于符合条件毕业班教师的 30%（转引）",
        "Hefei: at least 30 % of the eligible graduating-grade teachers (read in a secondary copy)",
    )
    formula: ClassVar[str] = "graduating moves + away >= at_least * graduating base"
    default_firmness: ClassVar[Firmness] = "off"
    tier: ClassVar[str] = "rates"

    at_least: Share = parameter(Decimal("0.30"), "比例不低于", "at least", "share")

    @classmethod
    def member(cls, teacher: Teacher) -> bool:
        """A teacher of a graduating class."""
        return teacher.graduating
