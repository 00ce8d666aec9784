"""How many places each senior high divides, and what is left for the other channels."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from allocator.admission.rules.quota_share import QuotaShareFloor
from allocator.county.county import County
from allocator.county.places import SeniorHigh
from allocator.county.webster import webster
from allocator.modelling import Configured


def quotas(county: County, configured: Sequence[Configured]) -> dict[str, int]:
    """Quota places of each senior high that divides any, by id, sorted.

    As stated; else its own share of its places, rounded up; else the rule's share: of its places,
    or what the total over all quality senior highs leaves to those without a statement of their
    own, in proportion to their places (Webster; a tie goes to the larger, then to the first code).
    """
    rule = next(
        (
            c.rule
            for c in configured
            if isinstance(c.rule, QuotaShareFloor) and c.firmness in ("must", "should")
        ),
        None,
    )
    highs = sorted(county.senior_highs, key=lambda h: h.id)
    found: dict[str, int] = {}
    open_ones: list[SeniorHigh] = []
    for high in highs:
        if high.quota_places is not None:
            found[high.id] = high.quota_places
        elif high.quality and high.quota_share is not None:
            found[high.id] = _part(high.quota_share, high.places)
        elif high.quality and rule is not None:
            open_ones.append(high)
    if rule is not None and rule.over == "each":
        share = rule.share(county)
        found |= {high.id: _part(share, high.places) for high in open_ones}
    elif rule is not None:
        good = [h for h in highs if h.quality]
        stated = sum(found.get(h.id, 0) for h in good)
        rest = _part(rule.share(county), sum(h.places for h in good)) - stated
        sizes = [h.places for h in open_ones]
        # Within the places there are: Webster then gives nobody more than it has.
        given = webster(min(max(rest, 0), sum(sizes)), sizes)
        found |= {high.id: places for high, places in zip(open_ones, given, strict=True)}
    return dict(sorted(found.items()))


def _part(share: Decimal, places: int) -> int:
    """A share of a number of places, rounded up."""
    exact = Fraction(share) * places
    return -(-exact.numerator // exact.denominator)
