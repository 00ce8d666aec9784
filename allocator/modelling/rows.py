"""Rows and convex pieces: the vocabulary in which rules and goals speak to a solver."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from allocator.modelling.linear import Count, Linear

Sense = Literal["<=", ">=", "=="]


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


@dataclass(frozen=True)
class Row:
    """One linear or convex condition of a rule: ``expression + pieces  sense  limit``.

    Where the rule is only wished for, the solver adds ``relief`` for each unit of shortfall:
    ``expression + pieces + relief * s >= limit`` (or ``- relief * s <= limit``), ``s >= 0``.
    """

    where: str
    expression: Linear
    sense: Sense
    limit: float
    relief: float = 1.0
    whole: bool = True
    """Whether the shortfall is a whole number of its unit."""
    pieces: tuple[Piece, ...] = ()


def share_row(where: str, part: Linear, whole: Linear, share: tuple[int, int], *, up: bool) -> Row:
    """At least a share p/q of ``whole`` in ``part``: ``q part >= p whole``, exact.

    Rounded down, the requirement is ``floor(p whole / q)``: ``q part >= p whole - (q - 1)``.
    """
    p, q = share
    gap = part * q - whole * p
    return Row(where, gap, ">=", 0.0 if up else float(1 - q), relief=float(q))


def cap_row(where: str, part: Linear, whole: Linear, share: tuple[int, int]) -> Row:
    """At most a share p/q of ``whole`` in ``part``: ``q part <= p whole``, exact."""
    p, q = share
    return Row(where, part * q - whole * p, "<=", 0.0, relief=float(q))
