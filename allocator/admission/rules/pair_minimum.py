"""Every senior high has something for every junior high it admits from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from allocator.admission.rule import AdmissionRule
from allocator.county.county import County
from allocator.modelling import Firmness, Reading, Row, Text, parameter

if TYPE_CHECKING:
    from allocator.admission.table import QuotaTable
    from allocator.admission.variables import Variables


class PairMinimumFloor(AdmissionRule):
    """Every junior high receives some places from each senior high it has a claim on."""

    title: ClassVar[Text] = Text("每校对最低名额", "Minimum for each pair of schools")
    sentence: ClassVar[Text] = Text(
        "每所高中分给其招生范围内每所有应得名额的初中至少 {per_pair} 个名额",
        "Each senior high gives at least {per_pair} places to every junior high with a claim on it",
    )
    measure: ClassVar[Text] = Text("分得名额", "places received")
    clause: ClassVar[Text] = Text(
        "上海市嘉定区名额分配到校方案：每所高中对每所初中至少 1 个名额",
        "Jiading, Shanghai, quota plans: at least 1 place of each senior high for each junior high",
    )
    formula: ClassVar[str] = "place[i, j] >= per_pair for every pair with a claim"
    default_firmness: ClassVar[Firmness] = "off"
    tier: ClassVar[str] = "protection"

    per_pair: Annotated[int, Field(ge=0, le=100)] = parameter(
        1, "每校对不少于", "per pair", "places"
    )

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``place >= per_pair`` for every pair with a claim."""
        del county
        for high, school in x.position:
            pair = x.places(high=high, school=school).expression
            yield Row(f"{high}:{school}", pair, ">=", float(self.per_pair))

    def readings(self, county: County, table: QuotaTable) -> Iterator[Reading]:
        """Places of every pair with a claim."""
        del county
        for high, school in table.entitlement.cells:
            given = table.cells.get((high, school), 0)
            short = max(0, self.per_pair - given)
            yield Reading(f"{high}:{school}", given, ">=", self.per_pair, "places", short)
