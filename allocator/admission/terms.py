"""Terms of the division that are no rule: whose graduates count, and how fractions round."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from allocator.county.frozen import Frozen, Share

Method = Literal["webster", "dhondt", "adams"]

_SIGNPOSTS: dict[Method, Fraction] = {
    "webster": Fraction(1, 2),
    "dhondt": Fraction(1),
    "adams": Fraction(0),
}


class AdmissionTerms(Frozen):
    """What entitles a junior high to quota places, and the divisor method that rounds."""

    base: Literal["registered", "graduates"] = "registered"
    """Graduates with three years' registration (三年学籍), or all graduates."""
    private_factor: Share = Decimal(1)
    """What a graduate of a private junior high counts for: 1 in, 0 out."""
    method: Method = "webster"
    """Fractions round at the half (webster), down (dhondt) or up (adams); with adams every pair
    with an entitlement has a first place."""

    @property
    def signpost(self) -> Fraction:
        """The k-th place is due at k - 1 + signpost."""
        return _SIGNPOSTS[self.method]
