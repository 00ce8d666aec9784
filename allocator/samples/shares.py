"""Whole numbers out of shares, and weighted draws without return."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np


def apportion(total: int, weights: Sequence[float], at_least: int = 0) -> list[int]:
    """Divide a whole number by weights: each gets ``at_least``, the rest by largest remainder.

    Equal remainders go to the first in order. Nobody gets anything if all weights are zero.
    """
    whole = sum(weights)
    if whole <= 0:
        return [0] * len(weights)
    spare = total - at_least * len(weights)
    if spare < 0:
        return apportion(total, weights)
    exact = [spare * w / whole for w in weights]
    parts = [int(e) for e in exact]
    order = sorted(range(len(weights)), key=lambda n: (parts[n] - exact[n], n))
    for n in order[: spare - sum(parts)]:
        parts[n] += 1
    return [at_least + p for p in parts]


def draw_order(weights: Sequence[float], rng: np.random.Generator) -> list[int]:
    """Positions in the order of a weighted draw without return; weight zero is never drawn."""
    weight = np.asarray(weights, dtype=np.float64)
    keys = np.full(weight.size, np.inf)
    drawn = rng.exponential(size=weight.size)
    np.divide(drawn, weight, out=keys, where=weight > 0)
    return [int(n) for n in np.argsort(keys, kind="stable") if keys[n] < np.inf]


def bisect(rising: Callable[[float], float], target: float, low: float, high: float) -> float:
    """Where a rising function reaches a target, within a range; the nearer end if it does not."""
    if rising(low) >= target:
        return low
    if rising(high) <= target:
        return high
    for _ in range(24):
        middle = (low + high) / 2
        if rising(middle) < target:
            low = middle
        else:
            high = middle
    return (low + high) / 2
