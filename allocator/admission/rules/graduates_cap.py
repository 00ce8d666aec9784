"""No junior high receives more places than it has eligible graduates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from allocator.admission.rule import AdmissionRule
from allocator.county.county import County
from allocator.modelling import Firmness, Reading, Row, Text

if TYPE_CHECKING:
    from allocator.admission.table import QuotaTable
    from allocator.admission.variables import Variables


class GraduatesCap(AdmissionRule):
    """A junior high receives at most as many places as it has eligible graduates.

    Where no graduates are recorded and a column of the bureau's own is the base, their number is
    unknown: then there is no cap.
    """

    title: ClassVar[Text] = Text("名额不超过毕业生数", "No more places than graduates")
    sentence: ClassVar[Text] = Text(
        "每所初中分得的名额不超过其符合条件的毕业生数",
        "A junior high receives at most as many places as it has eligible graduates",
    )
    measure: ClassVar[Text] = Text("分得名额", "places received")
    clause: ClassVar[Text] = Text("名额只能由本校毕业生使用", "Only its own graduates can use them")
    formula: ClassVar[str] = "sum_i place[i, j] <= graduates_j"
    default_firmness: ClassVar[Firmness] = "must"
    tier: ClassVar[str] = "protection"

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``sum_i place <= graduates``."""
        del county
        for school, most in x.entitlement.graduates.items():
            if x.entitlement.claimants[school].counted:
                yield Row(school, x.places(school=school).expression, "<=", float(most))

    def readings(self, county: County, table: QuotaTable) -> Iterator[Reading]:
        """Places received against the graduates there are."""
        del county
        for school, received in table.columns.items():
            claimant = table.entitlement.claimants[school]
            if claimant.counted:
                over = max(0, received - claimant.graduates)
                yield Reading(school, received, "<=", claimant.graduates, "places", over)
