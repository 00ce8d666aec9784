"""No junior high goes without a place."""

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


class SchoolMinimumFloor(AdmissionRule):
    """Every junior high with eligible graduates receives at least so many places."""

    title: ClassVar[Text] = Text("每校最低名额", "Minimum for each junior high")
    sentence: ClassVar[Text] = Text(
        "每所有符合条件毕业生的初中至少分得 {per_school} 个名额",
        "Every junior high with eligible graduates receives at least {per_school} places",
    )
    measure: ClassVar[Text] = Text("分得名额", "places received")
    clause: ClassVar[Text] = Text("各地办法：小规模初中至少 1 个名额", "Practice of other counties")
    formula: ClassVar[str] = "sum_i place[i, j] >= per_school"
    default_firmness: ClassVar[Firmness] = "must"
    tier: ClassVar[str] = "protection"

    per_school: Annotated[int, Field(ge=0, le=100)] = parameter(
        1, "每校不少于", "per school", "places"
    )

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``sum_i place >= per_school``."""
        for school in county.junior_highs:
            if x.entitlement.weights[school.id]:
                places = x.places(school=school.id).expression
                yield Row(school.id, places, ">=", float(self.per_school))

    def readings(self, county: County, table: QuotaTable) -> Iterator[Reading]:
        """Places received against the minimum."""
        received = table.columns
        for school, weight in table.entitlement.weights.items():
            if weight > 0:
                short = max(0, self.per_school - received[school])
                yield Reading(school, received[school], ">=", self.per_school, "places", short)
