"""Numbers of a program as fractions, and as whole numbers of a common part of one."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm

REAL = 10**9
"""Parts of one in which numbers without a small common denominator are stated.

A thousand times finer than what the audit forgives, so that rounding to it is never seen there.
"""
_DENOMINATOR = 10_000
"""Largest denominator looked for behind a float."""
_NEAR = Fraction(1, 2**48)
"""How near, relative to numbers above one, a fraction must be to be the one meant: 32 units in the
last place, what a few dozen float operations may have lost."""


def exact(value: float) -> Fraction:
    """The fraction a float stands for.

    Rules and goals reckon with shares, thirds and tenths and hand floats over, so a fraction of
    small denominator within the rounding error of a few dozen float operations is the number meant:
    two such fractions are at least 1e-8 apart, so below a million no other fits. Where the number
    was another one after all, it is moved by less than 1e-14 of itself, far below the tolerance of
    any engine. A float that no such fraction fits (a logarithm, a square over many pupils) stays
    the binary fraction it is.

    >>> exact(0.1 + 0.2), exact(2 / 3 + 1)
    (Fraction(3, 10), Fraction(5, 3))
    """
    if value == int(value):
        return Fraction(int(value))
    given = Fraction(value)
    near = given.limit_denominator(_DENOMINATOR)
    return near if abs(near - given) <= _NEAR * max(Fraction(1), abs(given)) else given


def common_scale(numbers: Iterable[Fraction]) -> int:
    """The number that makes all of them whole, or ``REAL`` where that would be larger.

    >>> common_scale([Fraction(3, 10), Fraction(5, 3)])
    30
    """
    scale = 1
    for number in numbers:
        scale = lcm(scale, number.denominator)
        if scale > REAL:
            return REAL
    return scale


def nearest(number: Fraction, scale: int) -> tuple[int, Fraction]:
    """A number in parts of one, rounded to whole ones, and by how many parts that moved it."""
    scaled = number * scale
    rounded = round(scaled)
    return rounded, abs(scaled - rounded)
