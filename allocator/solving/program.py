"""The program as a matrix: decisions, units of convex pieces, norms, slack, and a cost per tier.

Decisions come first and are integer, like whole slack; units need not be, as the increments of a
convex piece never fall. A norm is kept from below by tangents only: the program is a relaxation
there, exact where a tangent touches.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from allocator.modelling import Allocation, Floats, Ints, Linear, Piece, Row, Tier
from allocator.solving.layout import (
    INFINITY,
    Ladder,
    Layout,
    NormColumn,
    norm_column,
    square_of,
    units,
)


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

    def over(self, rows: npt.NDArray[np.bool_]) -> Matrix:
        """The matrix of some rows alone, over the same columns."""
        live = np.repeat(rows, np.diff(self.starts))
        return replace(
            self,
            starts=np.concatenate([[0], np.cumsum(np.diff(self.starts)[rows])]).astype(np.int64),
            index=self.index[live],
            value=self.value[live],
            row_lower=self.row_lower[rows],
            row_upper=self.row_upper[rows],
        )

    def within(self, columns: Ints) -> Matrix:
        """The matrix of some columns alone, in that order, under the same rows."""
        place = np.full(self.lower.size, -1, dtype=np.int64)
        place[columns] = np.arange(columns.size)
        live = place[self.index] >= 0
        counts = np.bincount(self.row_of_entries()[live], minlength=self.row_lower.size)
        return replace(
            self,
            starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            index=place[self.index[live]],
            value=self.value[live],
            lower=self.lower[columns],
            upper=self.upper[columns],
            whole=self.whole[columns],
        )

    def activity(self, levels: Floats) -> Floats:
        """What each row comes to at the levels of all columns."""
        rows, entries = self.row_of_entries(), self.value * levels[self.index]
        return np.asarray(np.bincount(rows, entries, self.row_lower.size), dtype=np.float64)

    def row_of_entries(self) -> Ints:
        """The row of every entry."""
        return np.repeat(np.arange(self.row_lower.size), np.diff(self.starts))


@dataclass(frozen=True)
class Condition:
    """One row of a rule in the program: its slack column, if it is only wished for, its norms."""

    rule: str
    where: str
    row: Row
    slack: int | None
    total: Linear
    """The row with its slack, over all columns."""
    norms: tuple[NormColumn, ...] = ()

    def beyond(self, levels: Floats) -> float:
        """By how much a point of the relaxation breaks the row once norms count in full."""
        short = sum(max(0.0, n.norm.value(levels) - float(levels[n.column])) for n in self.norms)
        return short - max(0.0, self.row.limit - self.total.value(levels))

    def hidden(self, levels: Floats) -> float:
        """By how much the tangents laid out understate the excess of a plan."""
        rest = _without_norms(self.row, levels) - self.row.limit
        true = rest + sum(n.norm.value(levels) for n in self.norms)
        return max(0.0, true) - max(0.0, rest + sum(n.stated(levels) for n in self.norms))


@dataclass(frozen=True)
class Program:
    """An allocation laid out for a solver; the same arrays go to every engine."""

    allocation: Allocation
    matrix: Matrix
    wide: Matrix
    """The matrix with further columns and rows at its end, which say the squares of norms."""
    squares: dict[int, Linear]
    """Column of a norm -> its square, over the columns of the wide matrix."""
    costs: dict[str, Linear]
    """Tier -> cost over all columns of the matrix."""
    conditions: tuple[Condition, ...]
    ladders: tuple[Ladder, ...]
    """The units of convex pieces, those of squares last."""
    names: tuple[str, ...]
    """Readable names of all columns."""
    row_names: tuple[str, ...]

    @property
    def entire(self) -> npt.NDArray[np.bool_]:
        """Which decisions must be whole."""
        return self.matrix.whole[: self.decisions]

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
        for listed in self.allocation.rules:
            if listed.configured.firmness == "should":
                short = shortfalls(listed.rows, levels)
                values[listed.configured.rule.tier] += sum(short.values())
        return values

    def counted(self, tier: Tier) -> list[Linear]:
        """The counts that the convex pieces and norms of a tier are functions of."""
        paid, matrix = self.costs[tier.name].columns, self.matrix
        rows = matrix.row_of_entries()
        shared = np.isin(rows, rows[np.isin(matrix.index, paid)])
        near = np.zeros(self.wide.lower.size, dtype=np.bool_)
        near[matrix.index[shared]] = True
        norms = [n for c in self.conditions if c.slack in paid for n in c.norms]
        return [ladder.count for ladder in self.ladders if near[ladder.columns].any()] + [
            count.expression for norm in norms for count in norm.norm.counts
        ]

    def kept_by(self, levels: Floats) -> bool:
        """Whether levels of the decisions are a plan: all that must be kept is kept.

        Parameters
        ----------
        levels
            One number a decision, whole where it must be.

        """
        must = [r.rows for r in self.allocation.rules if r.configured.firmness == "must"]
        lower, upper = self.matrix.lower[: levels.size], self.matrix.upper[: levels.size]
        return bool(((levels >= lower) & (levels <= upper)).all()) and all(
            _keeps(row, levels) for rows in (self.allocation.structure, *must) for row in rows
        )


def _keeps(row: Row, levels: Floats) -> bool:
    """Whether a row holds at the levels of the decisions."""
    return least_slack(replace(row, whole=False), levels) == 0.0


def piece_count(piece: Piece, levels: Floats) -> int:
    """The whole count of a piece under the decisions."""
    return round(piece.count.expression.value(levels))


def piece_value(piece: Piece, levels: Floats) -> float:
    """A convex piece at the count the decisions give, exact inside and outside its window."""
    return piece.at(piece.count.expression.value(levels))


def least_slack(row: Row, levels: Floats) -> float:
    """The least shortfall with which a row holds, once the decisions are fixed."""
    actual = _without_norms(row, levels) + sum(n.value(levels) for n in row.norms)
    gap = {
        ">=": row.limit - actual,
        "<=": actual - row.limit,
        "==": abs(actual - row.limit),
    }[row.sense]
    short = max(0.0, gap / row.relief)
    return float(np.ceil(short - 1e-9)) if row.whole else (short if short > 1e-6 else 0.0)


def _without_norms(row: Row, levels: Floats) -> float:
    return row.expression.value(levels) + sum(piece_value(p, levels) for p in row.pieces)


def shortfalls(rows: Iterable[Row], levels: Floats) -> dict[str, float]:
    """The least shortfall of each figure of a rule, once the decisions are fixed."""
    found: dict[str, float] = {}
    for row in rows:
        found[row.key] = max(found.get(row.key, 0.0), least_slack(row, levels))
    return found


def lay_out(
    allocation: Allocation,
    spare: int | None = None,
    points: Sequence[Floats] = (),
    *,
    squares: bool = True,
) -> Program:
    """Lay an allocation out as a matrix.

    Parameters
    ----------
    squares
        Whether squares of norms are laid out too; a relaxation alone needs none.
    spare
        Counts by which the windows of all convex pieces are wider than stated, on both sides; None
        takes what the allocation has to spare.
    points
        Levels of the decision columns at which tangents touch the norms, beside today's.

    """
    wider = allocation.spare if spare is None else spare
    layout = Layout(
        [0.0] * len(allocation.names),
        allocation.upper.tolist(),
        [True] * len(allocation.names) if allocation.whole is None else allocation.whole.tolist(),
        list(allocation.names),
    )
    for row in allocation.structure:
        layout.row(f"structure.{row.where}", row.expression, *_range(row.sense, row.limit))
    costs: dict[str, list[Linear]] = {tier.name: [] for tier in allocation.tiers}
    for cost in allocation.costs:
        costs[cost.tier].append(cost.expression)
        for n, piece in enumerate(cost.pieces):
            costs[cost.tier].append(units(layout, piece.widened(wider), f"{cost.tier}.{n}"))
    conditions = []
    touched = (np.zeros(len(allocation.names)), *points)
    for listed in allocation.rules:
        rule = listed.configured.rule
        shared: dict[str, int] = {}
        for row in listed.rows:
            key = f"{rule.name}.{row.where}"
            parts = [row.expression]
            parts += [
                units(layout, p.widened(wider), f"{key}.{n}") for n, p in enumerate(row.pieces)
            ]
            norms = tuple(
                norm_column(layout, norm, touched, f"{key}.norm{n}")
                for n, norm in enumerate(row.norms)
            )
            parts += [norm.itself for norm in norms]
            slack = None
            if listed.configured.firmness == "should":
                most = _most_missing(allocation, row)
                slack = shared.get(row.key)
                if slack is None:
                    slack = layout.column(f"{rule.name}.{row.key}.missing", most, whole=row.whole)
                    shared[row.key] = slack
                    costs[rule.tier].append(Linear(np.array([slack]), np.array([1.0])))
                layout.upper[slack] = max(layout.upper[slack], most)
                sign = {">=": 1.0, "<=": -1.0, "==": 1.0}[row.sense]
                parts.append(Linear(np.array([slack]), np.array([sign * row.relief])))
            total = Linear.total(parts)
            low, high = _range(row.sense, row.limit)
            if slack is not None and row.sense == "==":
                # One slack counts either way: what is missing, or what is too many.
                over = Linear.total((*parts[:-1], parts[-1] * -1))
                layout.row(f"{key}.over", over, -INFINITY, high)
                high = INFINITY
            layout.row(key, total, low, high)
            conditions.append(Condition(rule.name, row.where, row, slack, total, norms))
    matrix = _matrix(layout)
    squared = {
        norm.column: square_of(layout, norm)
        for c in conditions
        for norm in (c.norms if squares else ())
    }
    return Program(
        allocation=allocation,
        matrix=matrix,
        wide=_matrix(layout) if squared else matrix,
        squares=squared,
        costs={tier: Linear.total(parts) for tier, parts in costs.items()},
        conditions=tuple(conditions),
        ladders=tuple(layout.ladders),
        names=tuple(layout.names[: matrix.lower.size]),
        row_names=tuple(name for *_, name in layout.rows[: matrix.row_lower.size]),
    )


def _most_missing(allocation: Allocation, row: Row) -> float:
    """A shortfall no plan can exceed: a finite bound keeps bounds from duals finite."""
    ups, c = allocation.upper[row.expression.columns], row.expression.coefficients
    low = row.expression.constant + float(np.minimum(c * ups, 0).sum())
    high = row.expression.constant + float(np.maximum(c * ups, 0).sum())
    for piece in row.pieces:
        ends = [piece.function(n) for n in (piece.count.least, piece.count.most)]
        low, high = low + min(piece.values), high + max(*ends, *piece.values)
    high += sum(norm.most for norm in row.norms)
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


def _matrix(layout: Layout) -> Matrix:
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
