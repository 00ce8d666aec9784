"""Convex pieces: functions of one whole count that need no binaries."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from allocator.modelling.linear import Count

_WHOLE = 1e-6
"""How near a whole number a count may be to be one."""


@dataclass(frozen=True)
class Piece:
    """A convex function of a whole count, exact at every whole count of its window.

    With ``count = first + u_1 + u_2 + ...``, ``0 <= u_n <= 1``, the n-th unit carries the
    increment ``values[n] - values[n-1]``: no binaries, as the increments never fall. Outside the
    window the first and the last increment go on, which never overstates a convex function.
    """

    count: Count
    function: Callable[[int], float]
    first: int
    values: tuple[float, ...]

    @classmethod
    def of(
        cls,
        count: Count,
        function: Callable[[int], float],
        window: tuple[int, int] | None = None,
    ) -> Piece:
        """Tabulate ``function`` over the range of the count, or over a window of it."""
        least, most = count.least, count.most
        if window is not None:
            least = min(max(least, window[0]), most)
            most = max(min(most, window[1]), least)
            if least == most:
                # One count has no slope to go on with.
                least, most = max(count.least, least - 1), min(count.most, most + 1)
        return cls(count, function, least, tuple(function(n) for n in range(least, most + 1)))

    def widened(self, spare: int) -> Piece:
        """The same function over a window wider by ``spare`` counts on both sides."""
        last = self.first + len(self.values) - 1
        return Piece.of(self.count, self.function, (self.first - spare, last + spare))

    def at(self, number: float) -> float:
        """The function, between two whole counts on the line through them."""
        below = math.floor(number + _WHOLE)
        part = number - below
        if part <= _WHOLE:
            return self.function(below)
        return (1 - part) * self.function(below) + part * self.function(below + 1)

    def extended(self, number: int) -> float:
        """What the window says of a whole count: its value inside, the end slopes outside."""
        at, values = number - self.first, self.values
        if len(values) == 1:
            return values[0]
        if at < 0:
            return values[0] + at * (values[1] - values[0])
        if at >= len(values):
            return values[-1] + (at - len(values) + 1) * (values[-1] - values[-2])
        return values[at]
