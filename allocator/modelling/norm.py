"""Euclidean norms of whole counts: what no sum of convex pieces can say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from allocator.modelling.linear import Count, Floats
from allocator.modelling.piece import Piece


@dataclass(frozen=True)
class Norm:
    """The root of the sum of ``(scale_i count_i - shift_i)^2`` over whole counts.

    It is convex, and by Cauchy and Schwarz never below ``sum_i d_i part_i`` for any direction d of
    length one; with d along the parts at a point this is the tangent there. Its square is a sum of
    convex pieces.
    """

    counts: tuple[Count, ...]
    scales: Floats
    shifts: Floats
    squares: tuple[Piece, ...]
    """The square of each part, exact at every whole count of its window."""

    @classmethod
    def of(
        cls,
        counts: Sequence[Count],
        scales: Sequence[float],
        shifts: Sequence[float],
        windows: Sequence[tuple[int, int]],
    ) -> Norm:
        """Build from counts, the two numbers of each part, and the windows of the squares."""
        squares = tuple(
            Piece.of(count, partial(_square, scale, shift), window)
            for count, scale, shift, window in zip(counts, scales, shifts, windows, strict=True)
        )
        return cls(tuple(counts), np.array(scales), np.array(shifts), squares)

    def parts(self, levels: Floats) -> Floats:
        """The parts when column j stands at ``levels[j]``, whole or not."""
        counts = np.array([count.expression.value(levels) for count in self.counts])
        parts: Floats = self.scales * counts - self.shifts
        return parts

    def value(self, levels: Floats) -> float:
        """The norm at a point."""
        return float(np.linalg.norm(self.parts(levels)))

    def direction(self, levels: Floats) -> Floats:
        """The direction of the parts at a point, of length one, or zero where all parts are."""
        parts = self.parts(levels)
        length = float(np.linalg.norm(parts))
        return parts / length if length > 0 else parts

    @property
    def most(self) -> float:
        """A number the norm cannot exceed."""
        least = np.array([count.least for count in self.counts]) * self.scales - self.shifts
        most = np.array([count.most for count in self.counts]) * self.scales - self.shifts
        return float(np.linalg.norm(np.maximum(np.abs(least), np.abs(most))))


def _square(scale: float, shift: float, number: int) -> float:
    return (scale * number - shift) ** 2
