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
        "每所有符合条件毕业生的初中至少分得 {per_school} 个名额（毕业生更少的按毕业生数）",
        "Every junior high with eligible graduates receives at least {per_school} places, or one "
        "for each graduate where there are fewer",
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
        del county
        for school, claimant in x.entitlement.claimants.items():
            if claimant.weight:
                most = claimant.graduates if claimant.counted else self.per_school
                least = min(self.per_school, most)
                yield Row(school, x.places(school=school).expression, ">=", float(least))

    def readings(self, county: County, table: QuotaTable) -> Iterator[Reading]:
        """Places received against the minimum."""
        received = table.columns
        for school, weight in table.entitlement.weights.items():
            if weight > 0:
                claimant = table.entitlement.claimants[school]
                fewer = claimant.counted and claimant.graduates < self.per_school
                needed = claimant.graduates if fewer else self.per_school
                short = max(0, needed - received[school])
                yield Reading(school, received[school], ">=", needed, "places", short)
