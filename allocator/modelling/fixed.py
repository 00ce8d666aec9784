"""A program with its last columns fixed: what is left to decide once they are settled."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from allocator.county.plan import Plan
from allocator.modelling.allocation import Allocation, RuleRows
from allocator.modelling.goal import Cost
from allocator.modelling.linear import Count, Floats, Linear
from allocator.modelling.piece import Piece
from allocator.modelling.rows import Row

_SLACK = 1e-6
"""By how much an engine may break a row."""


def fixed(allocation: Allocation, first: int, levels: Floats) -> Allocation:
    """The program that is left when all columns from one on stand at given levels.

    Rows without columns left are dropped: the levels are those of a point that keeps them. Where
    all columns of a row are whole and have coefficients of one size, it is divided by that size and
    its limit rounded to a whole number.

    Parameters
    ----------
    first
        Number of the first fixed column; all before it stay open.
    levels
        Levels of all columns.

    """
    tail = _Tail(first, levels)
    return replace(
        allocation,
        names=allocation.names[:first],
        upper=allocation.upper[:first],
        structure=tail.rows(allocation.structure),
        rules=tuple(
            RuleRows(r.configured, tuple(tail.row(row) for row in r.rows)) for r in allocation.rules
        ),
        costs=tuple(tail.cost(cost) for cost in allocation.costs),
        decode=lambda found: _decode(allocation, found, tail),
        whole=None if allocation.whole is None else allocation.whole[:first],
        cuts=None,
        blocks=None if allocation.blocks is None else allocation.blocks[:first],
    )


def _decode(allocation: Allocation, found: Floats, tail: _Tail) -> Plan:
    return allocation.decode(np.concatenate([found, tail.levels[tail.first :]]))


@dataclass(frozen=True)
class _Tail:
    """The columns that are fixed."""

    first: int
    levels: Floats

    def linear(self, expression: Linear) -> Linear:
        """An expression over the open columns, the others counted in."""
        split = int(np.searchsorted(expression.columns, self.first))
        away = expression.columns[split:]
        given = float(expression.coefficients[split:] @ self.levels[away])
        return Linear(
            expression.columns[:split],
            expression.coefficients[:split],
            expression.constant + given,
        )

    def rows(self, listed: tuple[Row, ...]) -> tuple[Row, ...]:
        """The rows of the structure that open columns stand in."""
        left = []
        for row in listed:
            expression = self.linear(row.expression)
            if expression.columns.size == row.expression.columns.size:
                left.append(row)
            elif expression.columns.size:
                left.append(replace(row, expression=expression, limit=_limit(row, expression)))
        return tuple(left)

    def row(self, row: Row) -> Row:
        """A row of a rule."""
        pieces = tuple(self.piece(piece) for piece in row.pieces)
        return replace(row, expression=self.linear(row.expression), pieces=pieces)

    def piece(self, piece: Piece) -> Piece:
        """A convex piece over what is left of its count."""
        count = piece.count
        left = self.linear(count.expression)
        return replace(piece, count=Count(left, count.least, count.most))

    def cost(self, cost: Cost) -> Cost:
        """A cost: pieces whose count is settled are a number in it."""
        pieces = [self.piece(piece) for piece in cost.pieces]
        settled = sum(
            p.at(p.count.expression.constant) for p in pieces if not p.count.expression.columns.size
        )
        return Cost(
            cost.tier,
            self.linear(cost.expression) + settled,
            tuple(p for p in pieces if p.count.expression.columns.size),
        )


def _limit(row: Row, expression: Linear) -> float:
    """The limit of a row, as tight as whole columns allow."""
    if row.sense == "==":
        return row.limit
    sign = 1.0 if row.sense == "<=" else -1.0
    size = abs(float(expression.coefficients[0]))
    room = sign * (row.limit - expression.constant) + _SLACK
    if (np.abs(expression.coefficients) == size).all():
        room = size * np.floor(room / size + _SLACK)
    return float(sign * room + expression.constant)
