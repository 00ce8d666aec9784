"""Who is served first where tables are equally good: by protocol, or as a recorded lot says.

The protocol: protected junior highs first, then the larger remainder of the claim, then the code.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from allocator.admission.entitlement import Entitlement
from allocator.admission.form import FlowForm
from allocator.admission.rules.protected_floor import ProtectedFloor
from allocator.admission.rules.protecting import Protecting
from allocator.admission.terms import AdmissionTerms
from allocator.admission.ties import Claim
from allocator.county.county import County
from allocator.county.quotas import QuotaLot
from allocator.modelling import Configured

Rank: TypeAlias = tuple[int, bool]
"""Place in the lot, 0 where none counts; whether not protected."""


@dataclass(frozen=True)
class TieOrder:
    """Who is served first before remainders are looked at.

    Attributes
    ----------
    protected
        Whether each junior high, or pool, is protected.
    lots
        Order drawn for each senior high, and for totals under None: the code and its place.
    """

    protected: Mapping[str, bool]
    lots: Mapping[str | None, Mapping[str, int]]

    def rank(self, high: str | None, school: str) -> Rank:
        """The rank of a claim on a senior high, or on all; the lowest is served first."""
        drawn = self.lots.get(high) or self.lots.get(None) or {}
        return drawn.get(school, len(drawn)), not self.protected[school]


def lot_in_force(county: County, terms: AdmissionTerms, high: str | None = None) -> QuotaLot | None:
    """The lot on record for a senior high, else for all; None if ties do not go by lot."""
    if terms.ties != "lot":
        return None
    own = (lot for lot in county.quota_lots if lot.senior_high == high)
    common = (lot for lot in county.quota_lots if lot.senior_high is None)
    return next(own, None) or next(common, None)


def tie_order(
    county: County,
    configured: Sequence[Configured],
    terms: AdmissionTerms,
    due: Entitlement,
) -> TieOrder:
    """The order of a scenario.

    Protected are those of the first rule in force that protects, else of its default.
    """
    rule = next((c.rule for c in configured if isinstance(c.rule, Protecting)), ProtectedFloor())
    lots = {high: lot_in_force(county, terms, high) for high in (None, *due.quotas)}
    return TieOrder(
        {id: rule.protects(county, claimant) for id, claimant in due.claimants.items()},
        {h: {id: n for n, id in enumerate(lot.order)} for h, lot in lots.items() if lot},
    )


def served(form: FlowForm, order: TieOrder, tied: list[tuple[int, int]]) -> Iterator[Claim]:
    """Tied cells of the table in the order of serving.

    Rows beyond the senior highs hold places that tied totals do without: they are served first, and
    who is served has none there.
    """
    height, claims = len(form.highs), form.entitlement.columns

    def remainder(i: int, school: str) -> Fraction:
        claim = claims[school] if i >= height else form.entitlement.cells[form.highs[i], school]
        return claim - math.floor(claim)

    def turn(cell: tuple[int, int]) -> tuple[bool, Rank, Fraction, int, int]:
        i, school = cell[0], form.schools[cell[1]]
        high = form.highs[i] if i < height else None
        return i < height, order.rank(high, school), -remainder(i, school), i, cell[1]

    for i, j in sorted(tied, key=turn):
        yield i, j, i < height
