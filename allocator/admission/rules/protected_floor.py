"""Rural and weak junior highs keep their proportional share."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from allocator.admission.rule import AdmissionRule
from allocator.county.county import County
from allocator.county.places import AreaClass, School
from allocator.modelling import (
    AREA_CHOICES,
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

_YES_NO: tuple[tuple[bool, Text], ...] = (
    (True, Text("薄弱初中", "weak ones")),
    (False, Text("不另计薄弱初中", "no weak ones elsewhere")),
)


class ProtectedFloor(AdmissionRule):
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

    areas: tuple[AreaClass, ...] = parameter(
        ("township_seat", "rural"), "保底地区", "protected areas", "choice", choices=AREA_CHOICES
    )
    weak: bool = parameter(True, "薄弱初中", "weak schools", "choice", choices=_YES_NO)
    rounding: Rounding = parameter("down", "取整", "rounding", "choice", choices=ROUNDING_CHOICES)

    def protects(self, county: County, school: School) -> bool:
        """Whether a junior high is protected."""
        here = [p for p in county.places_of_school[school.id] if p.stage == "junior"]
        return (self.weak and school.weak) or any(p.area_class in self.areas for p in here)

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``sum_i place >= entitlement``, rounded, for each protected junior high."""
        due = x.entitlement.columns
        for school in county.junior_highs:
            if self.protects(county, school):
                exact = due[school.id]
                low = exact.numerator // exact.denominator
                least = low if self.rounding == "down" or exact == low else low + 1
                yield Row(school.id, x.places(school=school.id).expression, ">=", float(least))

    def readings(self, county: County, table: QuotaTable) -> Iterator[Reading]:
        """Places received against the proportional share."""
        received = table.columns
        due = table.entitlement.columns
        for school in county.junior_highs:
            if not self.protects(county, school):
                continue
            exact = due[school.id]
            needed = math.floor(exact) if self.rounding == "down" else math.ceil(exact)
            actual = received[school.id]
            yield Reading(
                school.id,
                actual,
                ">=",
                needed,
                "places",
                max(0, needed - actual),
                {"entitlement": float(exact)},
            )
