"""Which junior highs a published division protected, told by fit: an inference, never a fact.

Some offices publish eligible graduates and quota places, but neither the base rate nor the list of
rural or weak junior highs that receive places on top. Both are sought here so that the largest
error over all junior highs is least.

Symbols
-------
e[j], q[j]
    Eligible graduates and published quota places of junior high j.
t[j]
    Places on top for a protected junior high: ``e_j / per``, as it is or rounded.
b, f[j] in {0, 1}
    The base rate and whether j is protected: both sought.

``min over b, f of max_j |q_j - b e_j - f_j t_j|``. For a given b each f_j is the nearer one, so the
largest error is a piecewise linear function of b. Where it is least, a line that rises crosses one
that falls: ``b = (a_j + a_k) / (e_j + e_k)`` with ``a = q - f t``. All such b are tried, in exact
fractions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from allocator.county.frozen import DataError, Problem

PER = 30
"""Eligible graduates for one place on top (Guangzhou's rule)."""


@dataclass(frozen=True)
class Published:
    """What an office published of one junior high."""

    name: str
    graduates: int
    """Eligible graduates."""
    places: int
    """Quota places."""


@dataclass(frozen=True)
class Inference:
    """The base rate and the protected junior highs that fit a published column best (推断)."""

    published: tuple[Published, ...]
    per: int
    whole: bool
    """Whether places on top were rounded, half up, before they were added."""
    base: Fraction
    """Places for each eligible graduate, without those on top."""
    error: Fraction
    """The largest error, places."""

    @cached_property
    def flagged(self) -> tuple[str, ...]:
        """Junior highs that fit better with places on top, in the order published."""
        return tuple(p.name for p in self.published if self._nearer(p))

    @cached_property
    def fitted(self) -> dict[str, Fraction]:
        """Places by the base rate and the flags, before any rounding."""
        return {
            p.name: self.base * p.graduates + self._nearer(p) * on_top(p, self.per, self.whole)
            for p in self.published
        }

    def either_way(self, tolerance: Fraction | int) -> tuple[str, ...]:
        """Junior highs that fit with places on top and without, each at some base rate.

        Parameters
        ----------
        tolerance
            Places by which a junior high may be off; at the base rate in question all fit. Below
            ``error`` nothing fits, so no junior high is named.
        """
        windows = {
            p.name: [
                ((a - tolerance) / p.graduates, (a + tolerance) / p.graduates)
                for a in (Fraction(p.places), p.places - on_top(p, self.per, self.whole))
            ]
            for p in self.published
        }
        # Windows are closed, so sets of them that meet do so at an end of one.
        fits = [
            base
            for base in sorted({end for pair in windows.values() for ends in pair for end in ends})
            if all(any(a <= base <= b for a, b in pair) for pair in windows.values())
        ]
        return tuple(
            name
            for name, pair in windows.items()
            if all(any(a <= base <= b for base in fits) for a, b in pair)
        )

    def _nearer(self, one: Published) -> bool:
        rest = one.places - self.base * one.graduates
        return abs(rest - on_top(one, self.per, self.whole)) < abs(rest)


def on_top(one: Published, per: int, whole: bool) -> Fraction:
    """Places on top for a junior high, if it is protected."""
    exact = Fraction(one.graduates, per)
    return Fraction((exact + Fraction(1, 2)).__floor__()) if whole else exact


def infer(published: Iterable[Published], *, per: int = PER, whole: bool = False) -> Inference:
    """Find the base rate and the flags with the least largest error.

    Of several base rates with the same error the lowest is taken.

    Parameters
    ----------
    per
        Eligible graduates for one place on top.
    whole
        Whether places on top are rounded, half up, before they are added.

    Raises
    ------
    DataError
        If a junior high has no graduates, is listed twice, or none is listed.
    """
    rows = tuple(published)
    if problems := _problems(rows):
        raise DataError(problems)
    lines = sorted(
        {
            (a, p.graduates)
            for p in rows
            for a in (Fraction(p.places), p.places - on_top(p, per, whole))
        }
    )
    # Large schools first: they tell a base rate that cannot be the best after a few of them.
    tried = [
        (p.graduates, p.places, on_top(p, per, whole))
        for p in sorted(rows, key=lambda p: (-p.graduates, p.name))
    ]
    best: tuple[Fraction, Fraction] | None = None
    for base in sorted({(a + c) / (e + g) for a, e in lines for c, g in lines}):
        largest = Fraction(0)
        for graduates, places, top in tried:
            rest = places - base * graduates
            largest = max(largest, min(abs(rest), abs(rest - top)))
            if best is not None and largest >= best[1]:
                break
        else:
            best = base, largest
    assert best is not None
    return Inference(rows, per, whole, *best)


def _problems(rows: tuple[Published, ...]) -> tuple[Problem, ...]:
    if not rows:
        return (Problem("", "no junior high is listed: list those of the published column"),)
    empty = "{name} has no eligible graduates: nothing can be inferred from it, leave it out"
    twice = "{name} is listed twice: keep it once"
    found: list[Problem] = []
    seen: set[str] = set()
    for n, one in enumerate(rows):
        details = {"name": one.name}
        if one.graduates <= 0:
            found.append(Problem(f"[{n}]", empty, details))
        if one.name in seen:
            found.append(Problem(f"[{n}]", twice, details))
        seen.add(one.name)
    return tuple(found)
