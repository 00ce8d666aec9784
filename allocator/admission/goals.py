"""Admission goals: column totals nearest the entitlement, then the biproportional matrix.

The k-th place of a cell with weight w costs ``log(d(k) / w)`` (d the signposts): the table of
least cost with given sums is the biproportional divisor apportionment. Each cell's cost is
counted above its own least, so no cost is negative.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache, partial
from math import floor, fsum, log

import numpy as np

from allocator.admission.signposts import Divisor
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


def _price(weight: Fraction, divisor: Divisor, place: int) -> float:
    """What one place costs, counted from 1."""
    return log(divisor.price(place, weight)) / divisor.power


def divergence(
    weight: Fraction,
    divisor: Divisor,
    places: int,
    price: Callable[[int], float] | None = None,
) -> float:
    """What ``places`` cost above the number of places that would cost least.

    Parameters
    ----------
    price
        Price of each place, where the caller keeps them to ask for many numbers of places.
    """
    price = price or partial(_price, weight, divisor)
    # Nothing is counted before a first place that is beyond price.
    least = divisor.first
    best = max(least, floor(weight))
    while best > least and divisor.price(best, weight) > 1:
        best -= 1
    while divisor.price(best + 1, weight) <= 1:
        best += 1
    places = max(places, least)
    low, high = sorted((best, places))
    steps = [price(k) for k in range(low + 1, high + 1)]
    return fsum(steps) if places > best else -fsum(steps)


def _piece(count: Count, weight: Fraction, divisor: Divisor) -> Piece:
    kept = cache(partial(_price, weight, divisor))
    function: Callable[[int], float] = partial(divergence, weight, divisor, price=kept)
    middle = round(weight)
    return Piece.of(count, function, (max(divisor.first, middle - _WINDOW), middle + _WINDOW))


def costs(x: Variables, terms: AdmissionTerms) -> tuple[Cost, ...]:
    """The two costs for the solver: one piece for each column, one for each cell."""
    zero = Linear.number(0.0)
    due = x.entitlement
    columns = tuple(
        _piece(x.places(school=school), weight, terms.divisor)
        for school, weight in due.columns.items()
        if weight
    )
    cells = tuple(
        _piece(x.places(high=high, school=school), due.cells[high, school], terms.divisor)
        for high, school in x.position
        if due.cells[high, school]
    )
    return Cost("columns", zero, columns), Cost("matrix", zero, cells)


def scores(table: QuotaTable, terms: AdmissionTerms) -> dict[str, float]:
    """The same two costs, counted from a table."""
    due = table.entitlement
    received = table.columns
    columns = [(received[school], weight) for school, weight in due.columns.items() if weight]
    cells = [(table.cells.get(cell, 0), weight) for cell, weight in due.cells.items() if weight]
    return {"columns": _total(columns, terms.divisor), "matrix": _total(cells, terms.divisor)}


def _total(given: Sequence[tuple[int, Fraction]], divisor: Divisor) -> float:
    """The sum of `divergence` over many numbers of places, all at once."""
    first = divisor.first
    places = np.array([max(n, first) for n, _ in given], dtype=np.int64)
    weights = np.array([log(w.numerator) - log(w.denominator) for _, w in given])
    best = np.maximum(np.exp(weights).astype(np.int64), first)
    logs = divisor.logs(int(max(best.max(initial=0), places.max(initial=0))) + 2)
    # A place that costs nothing may stand on either side.
    best -= (best > first) & (logs[best] > weights)
    best += logs[best + 1] <= weights
    steps: list[float] = []
    for ahead, sign in ((places > best, 1.0), (places < best, -1.0)):
        low, high, weight = (
            np.minimum(best, places)[ahead],
            np.maximum(best, places)[ahead],
            weights[ahead],
        )
        for k in range(1, int((high - low).max(initial=0)) + 1):
            due = low + k <= high
            steps += (sign * (logs[(low + k)[due]] - weight[due])).tolist()
    return fsum(steps)
