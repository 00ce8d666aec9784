"""Divisor methods (除数法) by their signposts: where the k-th place of a school is due.

A school with weight w and factor c has at least k places if w c >= d(k), where d is

    Jefferson (D'Hondt) k      Webster k - 1/2      Hill sqrt(k (k - 1))
    Adams           k - 1      Dean 2 k (k - 1) / (2 k - 1)

Hill's signposts are no fractions, but their squares are. Since all comparisons are of ratios
d(k) / w, both sides may be squared: every method has a *power* p such that d(k)^p is a fraction.

References
----------
Balinski, M. and Young, H. P. (2001). Fair Representation, 2nd ed., Brookings, appendix A.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Method = Literal["webster", "dhondt", "adams", "hill", "dean"]


@dataclass(frozen=True)
class Divisor:
    """A divisor method.

    Attributes
    ----------
    name
        One of `METHODS`, or ``stationary``.
    power
        The p that makes d(k)^p a fraction for every k.
    shift
        For stationary methods, the s of d(k) = k - 1 + s.
    """

    name: str
    power: int = 1
    shift: Fraction | None = None

    def post(self, place: int) -> Fraction:
        """``d(place)^power``, exact; places are counted from 1."""
        if self.shift is not None:
            return place - 1 + self.shift
        product = Fraction(place * (place - 1))
        return product if self.name == "hill" else 2 * product / (2 * place - 1)

    def price(self, place: int, weight: Fraction) -> Fraction:
        """``(d(place) / weight)^power``: what a place costs, to be compared and multiplied."""
        return self.post(place) / weight**self.power

    @property
    def first(self) -> int:
        """Places that cost nothing, so that every weight has them: 1 if d(1) = 0, else 0."""
        return int(self.post(1) == 0)


def stationary(shift: Fraction) -> Divisor:
    """The method with signposts k - 1 + shift."""
    known = {d.shift: d for d in METHODS.values() if d.shift is not None}
    return known.get(shift) or Divisor("stationary", shift=shift)


METHODS: dict[Method, Divisor] = {
    "webster": Divisor("webster", shift=Fraction(1, 2)),
    "dhondt": Divisor("dhondt", shift=Fraction(1)),
    "adams": Divisor("adams", shift=Fraction(0)),
    "hill": Divisor("hill", power=2),
    "dean": Divisor("dean"),
}
