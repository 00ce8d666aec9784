"""Admission goals: column totals nearest the entitlement, then the biproportional matrix.

The k-th place of a cell with weight w costs ``log((k - 1 + s) / w)`` (s the signpost): the table
of least cost with given sums is the biproportional divisor apportionment. Each cell's cost is
counted above its own least, so no cost is negative.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache, partial
from math import fsum, log

from allocator.admission.table import QuotaTable
from allocator.admission.terms import AdmissionTerms
from allocator.admission.variables import Variables
from allocator.modelling import Cost, Count, Linear, Piece, Text, Tier

TIERS: tuple[Tier, ...] = (
    Tier("protection", Text("保底和上限缺口", "floors and caps missed"), "places"),
    Tier("columns", Text("各初中总数偏离应得", "column totals off entitlement"), "log", None),
    Tier("matrix", Text("各校间分配偏离比例", "matrix off proportion"), "log", None),
)
"""The tiers in their default order."""

_WINDOW = 25
"""Places kept exact on both sides of a cell's own best; further out one slope goes on."""


def _price(weight: Fraction, signpost: Fraction, place: int) -> float:
    """What one place costs, counted from 1."""
    return log((place - 1 + signpost) / weight)


def divergence(
    weight: Fraction,
    signpost: Fraction,
    places: int,
    price: Callable[[int], float] | None = None,
) -> float:
    """What ``places`` cost above the number of places that would cost least.

    Parameters
    ----------
    price
        Price of each place, where the caller keeps them to ask for many numbers of places.
    """
    price = price or partial(_price, weight, signpost)
    exact = weight - signpost
    # Under signpost 0 nothing is counted before the first place, which is beyond price.
    least = 1 if signpost == 0 else 0
    best = max(least, exact.numerator // exact.denominator + 1)
    places = max(places, least)
    low, high = sorted((best, places))
    steps = [price(k) for k in range(low + 1, high + 1)]
    return fsum(steps) if places > best else -fsum(steps)


def _piece(count: Count, weight: Fraction, signpost: Fraction) -> Piece:
    kept = cache(partial(_price, weight, signpost))
    function: Callable[[int], float] = partial(divergence, weight, signpost, price=kept)
    middle = round(weight)
    first = 1 if signpost == 0 else 0
    return Piece.of(count, function, (max(first, middle - _WINDOW), middle + _WINDOW))


def costs(x: Variables, terms: AdmissionTerms) -> tuple[Cost, ...]:
    """The two costs for the solver: one piece for each column, one for each cell."""
    zero = Linear.number(0.0)
    due = x.entitlement
    columns = tuple(
        _piece(x.places(school=school), weight, terms.signpost)
        for school, weight in due.columns.items()
        if weight
    )
    cells = tuple(
        _piece(x.places(high=high, school=school), due.cells[high, school], terms.signpost)
        for high, school in x.position
    )
    return Cost("columns", zero, columns), Cost("matrix", zero, cells)


def scores(table: QuotaTable, terms: AdmissionTerms) -> dict[str, float]:
    """The same two costs, counted from a table."""
    due = table.entitlement
    received = table.columns
    return {
        "columns": fsum(
            divergence(weight, terms.signpost, received[school])
            for school, weight in due.columns.items()
            if weight
        ),
        "matrix": fsum(
            divergence(weight, terms.signpost, table.cells.get(cell, 0))
            for cell, weight in due.cells.items()
        ),
    }
