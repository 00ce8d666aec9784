"""What an admission rule adds: rows over the places, readings of the table, parts of a claim."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from allocator.county.county import County
from allocator.modelling import Reading, Row, Rule

if TYPE_CHECKING:
    from allocator.admission.claimants import Claimant
    from allocator.admission.table import QuotaTable
    from allocator.admission.variables import Variables


class AdmissionRule(Rule):
    """A rule on how quota places are divided."""

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """The rule for the solver."""
        raise NotImplementedError

    def readings(self, county: County, table: QuotaTable) -> Iterator[Reading]:
        """The rule for the auditor: facts counted from the table."""
        raise NotImplementedError

    def factor(self, county: County, claimant: Claimant) -> Fraction:
        """What the weight of a junior high is multiplied by before its claim is counted."""
        del county, claimant
        return Fraction(1)

    def top_up(self, county: County, claimant: Claimant) -> Fraction:
        """Places a junior high claims on top of its share of what is left."""
        del county, claimant
        return Fraction(0)
