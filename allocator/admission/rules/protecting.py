"""What rules that protect rural and weak junior highs have in common."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from allocator.admission.rule import AdmissionRule
from allocator.county.county import County
from allocator.county.places import AreaClass
from allocator.modelling import AREA_CHOICES, Firmness, Reading, Row, Text, parameter

if TYPE_CHECKING:
    from allocator.admission.claimants import Claimant
    from allocator.admission.entitlement import Entitlement
    from allocator.admission.table import QuotaTable
    from allocator.admission.variables import Variables

CLAIMING: tuple[Firmness, ...] = ("must", "should", "off")
"""Firmness of a rule that shapes claims: a claim is raised or not, so there is nothing to watch."""

_YES_NO: tuple[tuple[bool, Text], ...] = (
    (True, Text("薄弱初中", "weak ones")),
    (False, Text("不另计薄弱初中", "no weak ones elsewhere")),
)


class Protecting(AdmissionRule):
    """A rule for protected junior highs: those in some areas, and weak ones anywhere."""

    areas: tuple[AreaClass, ...] = parameter(
        ("township_seat", "rural"), "保底地区", "protected areas", "choice", choices=AREA_CHOICES
    )
    weak: bool = parameter(True, "薄弱初中", "weak schools", "choice", choices=_YES_NO)

    def protects(self, county: County, claimant: Claimant) -> bool:
        """Whether a junior high is protected; a pool is, if all its schools are."""
        return all(
            (self.weak and school.weak)
            or any(
                p.area_class in self.areas
                for p in county.places_of_school[school.id]
                if p.stage == "junior"
            )
            for school in claimant.schools
        )


class Raising(Protecting):
    """A rule that raises the claims of protected junior highs, and keeps what it raised."""

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``sum_i place >= floor(claim)`` for each protected junior high."""
        for school, claimant in x.entitlement.claimants.items():
            if self.protects(county, claimant):
                claim = x.entitlement.columns[school]
                least = float(claim.numerator // claim.denominator)
                yield Row(school, x.places(school=school).expression, ">=", least)

    def readings(self, county: County, table: QuotaTable) -> Iterator[Reading]:
        """Places received against the raised claim."""
        due, received = table.entitlement, table.columns
        for school, claimant in due.claimants.items():
            if self.protects(county, claimant):
                needed, actual = math.floor(due.columns[school]), received[school]
                short, beside = max(0, needed - actual), self.beside(due, school)
                yield Reading(school, actual, ">=", needed, "places", short, beside)

    def beside(self, due: Entitlement, school: str) -> Mapping[str, float]:
        """What a reading tells beside the numbers."""
        return {"claim": float(due.columns[school])}
