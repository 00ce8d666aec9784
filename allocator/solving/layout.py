"""Columns and rows as they are added: units of convex pieces, norms with their tangents."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from allocator.modelling import Count, Floats, Ints, Linear, Norm, Piece

INFINITY = float("inf")


@dataclass(frozen=True)
class Ladder:
    """The unit columns of a convex piece: each is used up before the next one begins.

    Increments never fall, so a point that leaves this order can be put right at no cost.
    """

    count: Linear
    columns: Ints
    """Unit columns in the order of their increments, the one below the window first if there is."""
    begins: Floats
    """The count at which each column begins; the one below the window counts down from there."""
    signs: Floats
    """What each column adds to the count: 1, below the window -1."""

    def narrow(self, lower: Floats, upper: Floats) -> None:
        """Bound the columns, in place, by what the count can reach within all column bounds."""
        least, most = self.count.range(lower, upper)
        ends = self.signs * (np.array([[least], [most]]) - self.begins)
        most_used = upper[self.columns]
        lower[self.columns] = np.clip(ends.min(axis=0), 0.0, most_used)
        upper[self.columns] = np.clip(ends.max(axis=0), 0.0, most_used)


@dataclass
class Layout:
    """Columns and rows as they are added."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    rows: list[tuple[Ints, Floats, float, float, str]] = field(default_factory=list)
    ladders: list[Ladder] = field(default_factory=list)

    def column(self, name: str, upper: float, *, whole: bool = False) -> int:
        """Add a column from zero to an upper bound; return its number."""
        self.names.append(name)
        self.lower.append(0.0)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.names) - 1

    def row(self, name: str, expression: Linear, low: float, high: float) -> None:
        """Add a row, divided and rounded where all its columns are whole."""
        low, high = low - expression.constant, high - expression.constant
        divisor = self._divisor(expression)
        if divisor:
            expression = expression * (1 / divisor)
            low, high = _up(low / divisor), -_up(-high / divisor)
        self.rows.append((expression.columns, expression.coefficients, low, high, name))

    def _divisor(self, expression: Linear) -> int:
        """Common divisor of the coefficients of a row of whole columns, 0 for any other row.

        Divided by it, the limit may be rounded: a cut that keeps every whole point.
        """
        values = expression.coefficients
        if not values.size or not all(map(self.whole.__getitem__, expression.columns.tolist())):
            return 0
        if (values != np.round(values)).any():
            return 0
        return int(np.gcd.reduce(np.abs(values).astype(np.int64)))


def _up(limit: float) -> float:
    """A limit rounded up to a whole number; infinite limits stay."""
    return limit if math.isinf(limit) else float(math.ceil(limit - 1e-9))


def units(layout: Layout, piece: Piece, name: str) -> Linear:
    """Add the unit columns of a piece; return its value as an expression over all columns.

    Units with the same increment share a column. Where increments are never above zero and end
    at zero, a count above the window needs no column: the row becomes an inequality.
    """
    count = piece.count.expression
    if count.columns.size == 0 or len(piece.values) == 1:
        fixed = piece.function(round(count.constant))
        return Linear.number(piece.values[0] if count.columns.size else fixed)
    steps = np.round(np.diff(np.array(piece.values)), 9)
    falling = steps[-1] == 0
    terms: list[tuple[int, float]] = []
    used: list[tuple[int, float]] = []
    begins: list[float] = []
    last = piece.first + steps.size
    if piece.count.least < piece.first:
        below = layout.column(f"{name}.below", float(piece.first - piece.count.least))
        used.append((below, -1.0))
        begins.append(float(piece.first))
        terms.append((below, -float(steps[0])))
    changes = np.concatenate([[0], np.flatnonzero(np.diff(steps)) + 1, [steps.size]])
    for begin, end in pairwise(changes.tolist()):
        step, width = float(steps[begin]), float(end - begin)
        if step == 0 and falling and end == steps.size:
            continue
        if end == steps.size:
            width += max(0, piece.count.most - last)
        column = layout.column(f"{name}.{piece.first + begin}", width)
        used.append((column, 1.0))
        begins.append(float(piece.first + begin))
        terms.append((column, step))
    columns = np.array([c for c, _ in used], dtype=np.int64)
    signs = np.array([s for _, s in used])
    link = count - Linear.of(columns, signs)
    layout.row(name, link, float(piece.first), INFINITY if falling else float(piece.first))
    layout.ladders.append(Ladder(count, columns, np.array(begins), signs))
    return Linear.of(
        np.array([c for c, _ in terms], dtype=np.int64),
        np.array([v for _, v in terms]),
        piece.values[0],
    )


@dataclass(frozen=True)
class NormColumn:
    """A norm in the program: a column t of its own, kept from below by tangents.

    Each part p_i has a share ``s_i >= p_i^2 / t`` of it, and the shares sum to at most t. For every
    number d, ``p_i^2 / t >= 2 d p_i - d^2 t``: a short row for each part, so that tangents at a few
    points combine part by part. With d along the parts at a point, they add up to the tangent.
    """

    name: str
    norm: Norm
    column: int
    counts: tuple[Linear, ...]
    """The counts, over all columns."""
    parts: tuple[Linear, ...]
    """The parts, over all columns."""
    shares: tuple[int, ...]
    tangents: tuple[Floats, ...]
    """Directions of the tangents laid out."""

    @property
    def itself(self) -> Linear:
        """The column as an expression."""
        return single(self.column)

    def along(self, direction: Floats) -> list[Linear]:
        """The rows of a tangent, one a part: each at or under zero at every point."""
        return [
            part * (2 * d) + self.itself * -(d**2) - single(share)
            for d, part, share in zip(direction.tolist(), self.parts, self.shares, strict=True)
        ]

    def over(self, square: Linear, near: float) -> Linear:
        """An expression that, kept at or under zero, keeps the true norm under its column.

        ``root(v) <= (v / near + near) / 2`` for every number ``near``, equal where that is the
        norm. The square v is exact at whole counts, so the column is never under the norm of a
        plan, and hardly above it if the norm is close to ``near``.

        Parameters
        ----------
        square
            The square of the norm, as :func:`square_of` adds it.

        """
        near = max(near, _LEAST_NORM)
        return square * (0.5 / near) + near / 2 - self.itself

    def stated(self, levels: Floats) -> float:
        """What each tangent laid out says, at least, of the norm of a plan."""
        parts = self.norm.parts(levels)
        return max([0.0, *(float(direction @ parts) for direction in self.tangents)])


_LEAST_NORM = 1e-3
"""A norm as small as this counts as zero where it divides."""


def single(column: int) -> Linear:
    """One column as an expression."""
    return Linear(np.array([column]), np.array([1.0]))


def norm_column(layout: Layout, norm: Norm, points: Sequence[Floats], name: str) -> NormColumn:
    """Add the columns of a norm and its tangents at some points.

    Each count that can change has a column too, which keeps the rows of tangents short.

    Parameters
    ----------
    points
        Levels of the decision columns.

    """
    counts, parts = [], []
    for n, count in enumerate(norm.counts):
        own = count.expression
        if own.columns.size:
            own = single(layout.column(f"{name}.{n}.count", float(count.most - count.least)))
            own += float(count.least)
            layout.row(f"{name}.{n}.count", count.expression - own, 0.0, 0.0)
        parts.append(own * float(norm.scales[n]) - float(norm.shifts[n]))
        counts.append(own)
    most = norm.most + 1.0
    column = layout.column(name, most)
    shares = tuple(layout.column(f"{name}.{n}.share", most) for n in range(len(parts)))
    layout.row(name, Linear.total(map(single, shares)) - single(column), -INFINITY, 0.0)
    directions = tuple(norm.direction(levels) for levels in points)
    found = NormColumn(name, norm, column, tuple(counts), tuple(parts), shares, directions)
    for k, direction in enumerate(directions):
        for n, row in enumerate(found.along(direction)):
            layout.row(f"{name}.{n}.tangent{k}", row, -INFINITY, 0.0)
    return found


def square_of(layout: Layout, found: NormColumn) -> Linear:
    """Add units for the square of a norm: exact at whole counts inside the windows."""
    squares = []
    for n, piece in enumerate(found.norm.squares):
        count = Count(found.counts[n], piece.count.least, piece.count.most)
        squares.append(units(layout, replace(piece, count=count), f"{found.name}.{n}.square"))
    return Linear.total(squares)
