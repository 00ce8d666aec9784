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

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

Rational: TypeAlias = int | Fraction
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
    given
        Places already given, from which on places are counted.
    """

    name: str
    power: int = 1
    shift: Fraction | None = None
    given: int = 0

    def post(self, place: int) -> Fraction:
        """``d(place)^power``, exact; places are counted from 1."""
        k = place + self.given
        if self.shift is not None:
            return k - 1 + self.shift
        product = Fraction(k * (k - 1))
        return product if self.name == "hill" else 2 * product / (2 * k - 1)

    def price(self, place: int, weight: Rational) -> Fraction:
        """``(d(place) / weight)^power``: what a place costs, to be compared and multiplied."""
        return self.post(place) / weight**self.power

    def logs(self, places: int) -> npt.NDArray[np.float64]:
        """Natural logarithms of ``d(k)`` for k from 0 to ``places``; the first is never used."""
        return _logs(self, places)

    def below(self, quotient: Fraction) -> int:
        """How many places are due before a quotient: those with ``d(k) < quotient``."""
        # d(k) lies between k - 1 and k.
        place = max(0, math.floor(quotient) - 1 - self.given)
        target = quotient**self.power
        while self.post(place + 1) < target:
            place += 1
        return place

    def after(self, places: int) -> Divisor:
        """The method for what is left when everyone has so many places."""
        return replace(self, given=self.given + places)

    @property
    def first(self) -> int:
        """Places that cost nothing, so that every weight has them: 1 if d(1) = 0, else 0."""
        return int(self.post(1) == 0)


@lru_cache(maxsize=64)
def _logs(divisor: Divisor, places: int) -> npt.NDArray[np.float64]:
    k = np.arange(divisor.given, places + divisor.given + 1, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        if divisor.shift is not None:
            found = np.log(k - 1 + float(divisor.shift))
        elif divisor.name == "hill":
            found = (np.log(k) + np.log(k - 1)) / 2
        else:
            found = math.log(2) + np.log(k) + np.log(k - 1) - np.log(2 * k - 1)
    found.flags.writeable = False
    return found


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

_ALSO_CALLED: dict[str, Method] = {
    "sainte_lague": "webster",
    "jefferson": "dhondt",
    "huntington_hill": "hill",
}


def named(name: str) -> Divisor | None:
    """The method of a name, None if there is none."""
    plain = name.lower().replace("-", "_")
    wanted = _ALSO_CALLED.get(plain, plain)
    return next((d for known, d in METHODS.items() if known == wanted), None)
