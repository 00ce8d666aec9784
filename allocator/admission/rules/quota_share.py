"""The share of a senior high's places that is divided."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from allocator.admission.rule import AdmissionRule
from allocator.county.county import County
from allocator.county.frozen import Share
from allocator.modelling import (
    Firmness,
    Linear,
    Reading,
    Row,
    Text,
    fraction,
    parameter,
    required,
    share_row,
)

if TYPE_CHECKING:
    from allocator.admission.table import QuotaTable
    from allocator.admission.variables import Variables


class QuotaShareFloor(AdmissionRule):
    """Each quality senior high divides at least a share of its places, rounded up."""

    title: ClassVar[Text] = Text("名额分配比例", "Share of quota places")
    sentence: ClassVar[Text] = Text(
        "每所优质示范高中的招生名额，不低于 {at_least} 分配到初中（进一取整）",
        "Each quality senior high divides at least {at_least} of its places (rounded up)",
    )
    measure: ClassVar[Text] = Text("分配名额", "places divided")
    clause: ClassVar[Text] = Text(
        "慈溪市“十四五”教育规划举措21：分配比例应在 60% 以上",
        "Cixi 14th five-year education plan, measure 21: at least 60 %",
    )
    formula: ClassVar[str] = "sum_j place[i, j] >= ceil(at_least * places_i)"
    default_firmness: ClassVar[Firmness] = "must"
    tier: ClassVar[str] = "protection"

    at_least: Share = parameter(Decimal("0.60"), "比例不低于", "at least", "share")

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``q sum_j place >= p places`` for each quality senior high."""
        for high in sorted(county.senior_highs, key=lambda h: h.id):
            if high.quality:
                yield share_row(
                    high.id,
                    x.places(high=high.id).expression,
                    Linear.number(high.places),
                    fraction(self.at_least),
                    up=True,
                )

    def readings(self, county: County, table: QuotaTable) -> Iterator[Reading]:
        """Places divided against the number asked for."""
        given = table.rows
        for high in sorted(county.senior_highs, key=lambda h: h.id):
            if high.quality:
                needed = required(self.at_least, high.places, up=True)
                actual = given.get(high.id, 0)
                yield Reading(
                    high.id,
                    actual,
                    ">=",
                    needed,
                    "places",
                    max(0, needed - actual),
                    {"places": high.places},
                )
