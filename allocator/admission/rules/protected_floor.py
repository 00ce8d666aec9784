"""Rural and weak junior highs keep their proportional share."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from allocator.admission.rules.protecting import Protecting
from allocator.county.county import County
from allocator.modelling import (
    ROUNDING_CHOICES,
    Firmness,
    Reading,
    Rounding,
    Row,
    Text,
    parameter,
)

if TYPE_CHECKING:
    from allocator.admission.table import QuotaTable
    from allocator.admission.variables import Variables


class ProtectedFloor(Protecting):
    """Protected junior highs receive no less than their exact proportional share, rounded."""

    title: ClassVar[Text] = Text("农村和薄弱初中保底", "Floor for rural and weak junior highs")
    sentence: ClassVar[Text] = Text(
        "{areas}初中和{weak}的分配名额不低于按人数应得的名额（{rounding}）",
        "Junior highs in areas ({areas}) and {weak} receive no less than their proportional share "
        "({rounding})",
    )
    measure: ClassVar[Text] = Text("分得名额", "places received")
    clause: ClassVar[Text] = Text(
        "慈溪市“十四五”教育规划举措21：保障农村初中和薄弱初中的分配名额",
        "Cixi 14th five-year education plan, measure 21: rural and weak junior highs protected",
    )
    formula: ClassVar[str] = "sum_i place[i, j] >= floor(entitlement_j)"
    default_firmness: ClassVar[Firmness] = "must"
    tier: ClassVar[str] = "protection"

    rounding: Rounding = parameter("down", "取整", "rounding", "choice", choices=ROUNDING_CHOICES)

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``sum_i place >= entitlement``, rounded, for each protected junior high."""
        due = x.entitlement.plain
        for school, claimant in x.entitlement.claimants.items():
            if self.protects(county, claimant):
                exact = due[school]
                low = exact.numerator // exact.denominator
                least = low if self.rounding == "down" or exact == low else low + 1
                yield Row(school, x.places(school=school).expression, ">=", float(least))

    def readings(self, county: County, table: QuotaTable) -> Iterator[Reading]:
        """Places received against the proportional share."""
        received = table.columns
        due = table.entitlement.plain
        for school, claimant in table.entitlement.claimants.items():
            if not self.protects(county, claimant):
                continue
            exact = due[school]
            needed = math.floor(exact) if self.rounding == "down" else math.ceil(exact)
            actual = received[school]
            yield Reading(
                school,
                actual,
                ">=",
                needed,
                "places",
                max(0, needed - actual),
                {"entitlement": float(exact)},
            )
