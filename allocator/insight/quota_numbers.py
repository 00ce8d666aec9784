"""How the numbers of a division are written: never rounded over the signpost that decides."""

from __future__ import annotations

from fractions import Fraction
from math import floor, log10

from allocator.admission.record import written

_SHORT = 9
_FINEST = 12


def rounded(value: Fraction, places: int = 2) -> str:
    """A fraction with so many decimals, halves to even; fewer where that is exact."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    return f"{float(round(value, places)):,.{places}f}"


def beside(value: Fraction, *posts: Fraction) -> str:
    """A fraction with as many decimals as tell it from each signpost it does not meet."""
    for places in range(2, _FINEST):
        shown = round(value, places)
        if all((shown > post) == (value > post) and (shown < post) == (value < post)
               for post in posts):  # fmt: skip
            return rounded(value, places)
    return written(value)


def equals(value: Fraction, text: str) -> str:
    """The text of a value behind a sign that says whether it is exact."""
    return ("= " if Fraction(text.replace(",", "")) == value else "≈ ") + text


def multiplier(value: Fraction) -> str:
    """A multiplier for reading: exact where it is a short decimal, else six figures."""
    exact = written(value)
    if "/" not in exact and len(exact) <= _SHORT:
        return exact
    digits = 5 - floor(log10(abs(value))) if value else 0
    return f"{float(value):.{min(max(digits, 0), _FINEST)}f}"
