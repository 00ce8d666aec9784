"""How many places each senior high divides, and what is left for the other channels."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from allocator.admission.rules.quota_share import QuotaShareFloor
from allocator.county.county import County
from allocator.modelling import Configured


def quotas(county: County, configured: Sequence[Configured]) -> dict[str, int]:
    """Quota places of each senior high: as stated, else its share of its places, rounded up."""
    share = next(
        (
            c.rule.at_least
            for c in configured
            if isinstance(c.rule, QuotaShareFloor) and c.firmness in ("must", "should")
        ),
        None,
    )
    found: dict[str, int] = {}
    for high in sorted(county.senior_highs, key=lambda h: h.id):
        own = high.quota_share if high.quota_share is not None else share
        if high.quota_places is not None:
            found[high.id] = high.quota_places
        elif high.quality and own is not None:
            exact = Fraction(own) * high.places
            found[high.id] = -(-exact.numerator // exact.denominator)
    return found
