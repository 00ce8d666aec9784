"""Sharing whole numbers in proportion (Webster's divisor method), exactly."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from fractions import Fraction


def webster(
    total: int, weights: Sequence[Fraction | int], floors: Sequence[int] = ()
) -> tuple[int, ...]:
    """Divide a whole number in proportion to weights, nobody below a floor.

    Beyond the floors, the next unit goes where weight / (2 x what is there + 1) is largest; a tie
    goes to the larger weight, then to the first in order. Floors hold even where they add up to
    more than the total, and weight zero gets nothing beyond its floor.

    Raises
    ------
    ValueError
        If a weight is negative, or weights and floors are not equally many.

    """
    parts = list(floors) or [0] * len(weights)
    if len(parts) != len(weights) or any(w < 0 for w in weights):
        raise ValueError("one floor a weight is needed, and no weight below zero")
    queue = [(-_claim(w, parts[n]), -w, n) for n, w in enumerate(weights) if w > 0]
    heapq.heapify(queue)
    for _ in range(total - sum(parts) if queue else 0):
        n = queue[0][2]
        parts[n] += 1
        heapq.heapreplace(queue, (-_claim(weights[n], parts[n]), -weights[n], n))
    return tuple(parts)


def _claim(weight: Fraction | int, held: int) -> Fraction:
    return Fraction(weight) / (2 * held + 1)
