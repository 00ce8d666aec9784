"""The program as a matrix: decisions, units of convex pieces, slack, and one cost per tier.

Columns are laid out as [decisions | units | slack]. Decisions and whole slack are integer; units
need not be, as the increments of a convex piece never fall.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from allocator.modelling import Allocation, Floats, Ints, Linear, Piece, Row

INFINITY = float("inf")


@dataclass(frozen=True)
class Matrix:
    """Rows in compressed form, with bounds of rows and columns.

    ``starts`` has rows + 1 entries; row r holds ``index[starts[r]:starts[r + 1]]``.
    """

    starts: Ints
    index: Ints
    value: Floats
    row_lower: Floats
    row_upper: Floats
    lower: Floats
    upper: Floats
    whole: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Condition:
    """One row of a rule in the program: its slack column, if it is only wished for."""

    rule: str
    where: str
    row: Row
    slack: int | None


@dataclass(frozen=True)
class Program:
    """An allocation laid out for a solver; the same arrays go to every engine."""

    allocation: Allocation
    matrix: Matrix
    costs: dict[str, Linear]
    """Tier -> cost over all columns of the matrix."""
    conditions: tuple[Condition, ...]
    names: tuple[str, ...]
    """Readable names of all columns."""
    row_names: tuple[str, ...]

    @property
    def decisions(self) -> int:
        """How many decision columns there are; they come first."""
        return len(self.allocation.names)

    def tier_values(self, levels: Floats) -> dict[str, float]:
        """The value of each tier when the decisions are fixed and everything else is best.

        Parameters
        ----------
        levels
            Whole levels of the decision columns.

        """
        values = {tier.name: 0.0 for tier in self.allocation.tiers}
        for cost in self.allocation.costs:
            values[cost.tier] += cost.expression.value(levels) + sum(
                piece_value(piece, levels) for piece in cost.pieces
            )
        for condition in self.conditions:
            if condition.slack is not None:
                tier = _tier_of(self.allocation, condition.rule)
                values[tier] += least_slack(condition.row, levels)
        return values


def _tier_of(allocation: Allocation, rule: str) -> str:
    return next(r.configured.rule.tier for r in allocation.rules if r.configured.rule.name == rule)


def piece_count(piece: Piece, levels: Floats) -> int:
    """The whole count of a piece under the decisions."""
    return round(piece.count.expression.value(levels))


def piece_value(piece: Piece, levels: Floats) -> float:
    """A convex piece at the count the decisions give, exact inside and outside its window."""
    return piece.function(piece_count(piece, levels))


def least_slack(row: Row, levels: Floats) -> float:
    """The least shortfall with which a row holds, once the decisions are fixed."""
    actual = row.expression.value(levels) + sum(piece_value(p, levels) for p in row.pieces)
    gap = {
        ">=": row.limit - actual,
        "<=": actual - row.limit,
        "==": abs(actual - row.limit),
    }[row.sense]
    short = max(0.0, gap / row.relief)
    return float(np.ceil(short - 1e-9)) if row.whole else (short if short > 1e-6 else 0.0)


@dataclass
class _Layout:
    """Columns and rows as they are added."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    rows: list[tuple[Ints, Floats, float, float, str]] = field(default_factory=list)

    def column(self, name: str, upper: float, *, whole: bool = False) -> int:
        self.names.append(name)
        self.lower.append(0.0)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.names) - 1

    def row(self, name: str, expression: Linear, low: float, high: float) -> None:
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
        if not values.size or not all(self.whole[c] for c in expression.columns):
            return 0
        if (values != np.round(values)).any():
            return 0
        return int(np.gcd.reduce(np.abs(values).astype(np.int64)))


def _up(limit: float) -> float:
    """A limit rounded up to a whole number; infinite limits stay."""
    return limit if math.isinf(limit) else float(math.ceil(limit - 1e-9))


def _units(layout: _Layout, piece: Piece, name: str) -> Linear:
    """Add the unit columns of a piece; return its value as an expression over all columns.

    Units with the same increment share a column. Where increments are never above zero and end
    at zero, a count above the window needs no column: the row becomes an inequality.
    """
    count = piece.count.expression
    if count.columns.size == 0 or len(piece.values) == 1:
        return Linear.number(
            piece_value(piece, np.zeros(0)) if not count.columns.size else piece.values[0]
        )
    steps = np.round(np.diff(np.array(piece.values)), 9)
    falling = steps[-1] == 0
    terms: list[tuple[int, float]] = []
    used: list[tuple[int, float]] = []
    last = piece.first + steps.size
    if piece.count.least < piece.first:
        below = layout.column(f"{name}.below", float(piece.first - piece.count.least))
        used.append((below, -1.0))
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
        terms.append((column, step))
    columns = np.array([c for c, _ in used], dtype=np.int64)
    signs = np.array([s for _, s in used])
    link = count - Linear.of(columns, signs)
    layout.row(name, link, float(piece.first), INFINITY if falling else float(piece.first))
    return Linear.of(
        np.array([c for c, _ in terms], dtype=np.int64),
        np.array([v for _, v in terms]),
        piece.values[0],
    )


def lay_out(allocation: Allocation, spare: int = 0) -> Program:
    """Lay an allocation out as a matrix.

    Parameters
    ----------
    spare
        Counts by which the windows of all convex pieces are wider than stated, on both sides.
    """
    layout = _Layout(
        [0.0] * len(allocation.names),
        allocation.upper.tolist(),
        [True] * len(allocation.names),
        list(allocation.names),
    )
    for row in allocation.structure:
        layout.row(f"structure.{row.where}", row.expression, *_range(row.sense, row.limit))
    costs: dict[str, list[Linear]] = {tier.name: [] for tier in allocation.tiers}
    for cost in allocation.costs:
        costs[cost.tier].append(cost.expression)
        for n, piece in enumerate(cost.pieces):
            costs[cost.tier].append(_units(layout, piece.widened(spare), f"{cost.tier}.{n}"))
    conditions = []
    for listed in allocation.rules:
        rule = listed.configured.rule
        for row in listed.rows:
            key = f"{rule.name}.{row.where}"
            parts = [row.expression]
            parts += [
                _units(layout, p.widened(spare), f"{key}.{n}") for n, p in enumerate(row.pieces)
            ]
            slack = None
            if listed.configured.firmness == "should":
                slack = layout.column(
                    f"{key}.missing", _most_missing(allocation, row), whole=row.whole
                )
                sign = {">=": 1.0, "<=": -1.0, "==": 1.0}[row.sense]
                parts.append(Linear(np.array([slack]), np.array([sign * row.relief])))
                costs[rule.tier].append(Linear(np.array([slack]), np.array([1.0])))
            low, high = _range(row.sense, row.limit)
            if slack is not None and row.sense == "==":
                # One slack counts either way: what is missing, or what is too many.
                over = Linear.total((*parts[:-1], parts[-1] * -1))
                layout.row(f"{key}.over", over, -INFINITY, high)
                high = INFINITY
            layout.row(key, Linear.total(parts), low, high)
            conditions.append(Condition(rule.name, row.where, row, slack))
    return Program(
        allocation=allocation,
        matrix=_matrix(layout),
        costs={tier: Linear.total(parts) for tier, parts in costs.items()},
        conditions=tuple(conditions),
        names=tuple(layout.names),
        row_names=tuple(name for *_, name in layout.rows),
    )


def _most_missing(allocation: Allocation, row: Row) -> float:
    """A shortfall no plan can exceed: a finite bound keeps bounds from duals finite."""
    ups, c = allocation.upper[row.expression.columns], row.expression.coefficients
    low = row.expression.constant + float(np.minimum(c * ups, 0).sum())
    high = row.expression.constant + float(np.maximum(c * ups, 0).sum())
    for piece in row.pieces:
        ends = [piece.function(n) for n in (piece.count.least, piece.count.most)]
        low, high = low + min(piece.values), high + max(*ends, *piece.values)
    gap = {
        ">=": row.limit - low,
        "<=": high - row.limit,
        "==": max(row.limit - low, high - row.limit),
    }
    return math.ceil(max(0.0, gap[row.sense]) / row.relief) + 1.0


def _range(sense: str, limit: float) -> tuple[float, float]:
    return (
        limit if sense in (">=", "==") else -INFINITY,
        limit if sense in ("<=", "==") else INFINITY,
    )


def _matrix(layout: _Layout) -> Matrix:
    sizes = [columns.size for columns, *_ in layout.rows]
    return Matrix(
        starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        index=np.concatenate([np.zeros(0, dtype=np.int64)] + [r[0] for r in layout.rows]),
        value=np.concatenate([np.zeros(0)] + [r[1] for r in layout.rows]),
        row_lower=np.array([r[2] for r in layout.rows]),
        row_upper=np.array([r[3] for r in layout.rows]),
        lower=np.array(layout.lower),
        upper=np.array(layout.upper),
        whole=np.array(layout.whole, dtype=np.bool_),
    )
