"""Fill the quota matrix: places of each senior high for each junior high, sums kept exactly.

The biproportional divisor method (双向比例分配) chooses one factor for every row and one for every
column such that weight x row factor x column factor, rounded at the signposts, has the wanted
sums. Rounding each senior high by itself takes places from small schools again and again; here
the column sums protect them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from allocator.admission.exact import ProvenTable, is_proven, prove
from allocator.admission.flow import Ints, TableProblem, fill_by_flow
from allocator.admission.reading import Labelled, Number
from allocator.admission.signposts import Divisor
from allocator.admission.table_reading import CellLimits, Table, read_frame, read_table
from allocator.admission.ties import Claim, settle_ties


@dataclass(frozen=True)
class TiedCell:
    """A cell whose number of places a tie has decided.

    Attributes
    ----------
    row, column
        Labels of the cell.
    seats, or_else
        Places it has, and places it has in another table that is just as proportional.
    """

    row: Hashable
    column: Hashable
    seats: int
    or_else: int


@dataclass(frozen=True)
class BiproportionalTable:
    """A biproportional table with everything that is needed to check it by hand.

    Attributes
    ----------
    table
        Places of each cell, rows and columns in the order the weights came in.
    row_factors, column_factors
        Exact fractions: weight x row factor x column factor, rounded at the signposts, gives the
        places of every cell that no floor or cap holds.
    power
        2 for Hill's method, whose factors are for squares: weight^2 x both factors lies between
        the squares of the signposts; else 1.
    ties
        Cells that could have one place more or fewer; empty if the table is the only one.
    proven
        Whether sums, bounds and factors were checked cell by cell in fractions.
    objective
        Sum over all priced places of log(d(k) / weight), which the table makes least.
    """

    table: pd.DataFrame
    row_factors: pd.Series[Any]
    column_factors: pd.Series[Any]
    ties: tuple[TiedCell, ...]
    proven: bool
    objective: float
    power: int = 1


def biproportional(
    weights: Table,
    rows: Labelled,
    columns: Labelled,
    *,
    floors: CellLimits = None,
    caps: CellLimits = None,
    signpost: Number | str | Divisor = Fraction(1, 2),
) -> pd.DataFrame:
    """Fill a table in proportion to its weights so that all row and column sums are kept.

    See `biproportional_table`, which also returns factors, ties and proof.
    """
    return biproportional_table(
        weights, rows, columns, floors=floors, caps=caps, signpost=signpost
    ).table


def biproportional_table(
    weights: Table,
    rows: Labelled,
    columns: Labelled,
    *,
    floors: CellLimits = None,
    caps: CellLimits = None,
    signpost: Number | str | Divisor = Fraction(1, 2),
) -> BiproportionalTable:
    """Fill a table in proportion to its weights, and return the proof beside it.

    The order of rows and columns never matters. Among tables that tie, cells are looked at from
    the largest weight down, then by row label, then by column label; each in turn keeps the larger
    number of places that the cells before it allow.

    Parameters
    ----------
    weights
        Weight of each cell, senior highs in rows and junior highs in columns. A weight of zero
        closes the cell: it gets its floor and nothing more.
    rows, columns
        Places of each row and column.
    floors, caps
        Least and most places of a cell: one number for all cells of positive weight, or a table
        for some or all cells. A table may give a closed cell places: they are fixed places within
        the sums. Blank cells have no limit.
    signpost
        The divisor method: ``"webster"``, ``"dhondt"``, ``"adams"``, ``"hill"``, ``"dean"``, or
        the s of signposts k - 1 + s (1/2 is Webster, 1 D'Hondt, 0 Adams). Where the first signpost
        is 0 (Adams, Hill, Dean) every cell of positive weight gets a first place, unless its cap
        or a sum is 0.

    Raises
    ------
    ApportionmentError
        When the input cannot be read; every problem found is listed.
    ImpossibleTable
        When no table has these sums within these floors and caps, with the rows that cannot give
        their places and how many their columns can take.

    References
    ----------
    Balinski, M. and Demange, G. (1989). Algorithms for proportional matrices in reals and integers,
    Mathematical Programming 45, 193-210.
    Pukelsheim, F. (2017). Proportional Representation, 2nd ed., Springer, chapters 14-15.
    """
    frame = read_frame("weights", weights)
    problem = read_table(frame, rows, columns, floors, caps, signpost)
    settled = proportional(problem)

    row_names, column_names = problem.row_labels, problem.column_labels
    row_at = [row_names.index(label) for label in frame.index]
    column_at = [column_names.index(label) for label in frame.columns]
    return BiproportionalTable(
        table=pd.DataFrame(settled.seats[np.ix_(row_at, column_at)], frame.index, frame.columns),
        row_factors=pd.Series(
            [settled.row_factors[i] for i in row_at], index=frame.index, dtype=object
        ),
        column_factors=pd.Series(
            [settled.column_factors[j] for j in column_at], index=frame.columns, dtype=object
        ),
        ties=tuple(
            TiedCell(row_names[i], column_names[j], int(settled.seats[i, j]), int(other))
            for i, j, other in _tied(settled)
        ),
        proven=is_proven(problem, settled),
        objective=_objective(problem, settled.seats),
        power=problem.divisor.power,
    )


def proportional(
    problem: TableProblem,
    order: Callable[[list[tuple[int, int]]], Iterable[Claim]] | None = None,
) -> ProvenTable:
    """The biproportional table of a problem, with its factors; ties are settled in an order.

    Raises
    ------
    ImpossibleTable
        When no table has these sums within these floors and caps.
    """
    proven = prove(problem, fill_by_flow(problem))
    seats, rising, falling = settle_ties(
        problem, proven.seats, proven.rising, proven.falling, order
    )
    return replace(proven, seats=seats, rising=rising, falling=falling)


def _tied(table: ProvenTable) -> list[tuple[int, int, int]]:
    """List tied cells in the order of labels, with the other number of places."""
    other = table.seats + table.rising - table.falling
    return [(i, j, int(other[i, j])) for i, j in np.argwhere(table.rising | table.falling).tolist()]


def _objective(problem: TableProblem, seats: Ints) -> float:
    """Sum of the logarithmic prices of all places in cells of positive weight."""
    logs = problem.divisor.logs(int(seats.max(initial=0))).copy()
    # The infinite price of a first place at signpost 0 is the same in every table.
    logs[: 1 + problem.divisor.first] = 0.0
    is_open = np.array([[w > 0 for w in line] for line in problem.weights])
    prices = np.cumsum(logs)[seats] - seats * problem.log_weights
    return math.fsum(prices[is_open & (seats > 0)].tolist())
