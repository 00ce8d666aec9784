"""Fill the quota matrix: places of each senior high for each junior high, sums kept exactly.

The biproportional divisor method (双向比例分配) chooses one factor for every row and one for every
column such that weight x row factor x column factor, rounded at the signposts, has the wanted
sums. Rounding each senior high by itself takes places from small schools again and again; here
the column sums protect them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from allocator.admission.exact import ProvenTable, prove
from allocator.admission.factors import is_proven
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

    What goes beyond the table is found when it is asked for.
    """

    problem: TableProblem
    """What was asked, in the order of labels."""
    found: ProvenTable
    """The answer, in the order of labels."""
    index: pd.Index[Any]
    columns: pd.Index[Any]

    @cached_property
    def table(self) -> pd.DataFrame:
        """Places of each cell, rows and columns in the order the weights came in."""
        at = np.ix_(self._at(self.problem.row_labels, self.index),
                    self._at(self.problem.column_labels, self.columns))  # fmt: skip
        return pd.DataFrame(self.found.seats[at], self.index, self.columns)

    @cached_property
    def row_factors(self) -> pd.Series[Any]:
        """Exact fractions: weight^power x row factor x column factor, rounded at the signposts
        (to the same power), gives the places of every cell that no floor or cap holds.
        """
        at = self._at(self.problem.row_labels, self.index)
        return pd.Series([self.found.factors.rows[i] for i in at], self.index, dtype=object)

    @cached_property
    def column_factors(self) -> pd.Series[Any]:
        """See `row_factors`."""
        at = self._at(self.problem.column_labels, self.columns)
        return pd.Series([self.found.factors.columns[j] for j in at], self.columns, dtype=object)

    @property
    def power(self) -> int:
        """2 for Hill's method, whose factors are for squares; else 1."""
        return self.problem.divisor.power

    @cached_property
    def ties(self) -> tuple[TiedCell, ...]:
        """Cells that could have one place more or fewer; empty if the table is the only one."""
        rows, columns = self.problem.row_labels, self.problem.column_labels
        seats, rising, falling = self.found.seats, self.found.rising, self.found.falling
        other = seats + rising - falling
        return tuple(
            TiedCell(rows[i], columns[j], int(seats[i, j]), int(other[i, j]))
            for i, j in np.argwhere(rising | falling).tolist()
        )

    @cached_property
    def proven(self) -> bool:
        """Whether sums, bounds and factors were checked cell by cell in fractions."""
        return is_proven(self.problem, self.found.seats, self.found.factors)

    @cached_property
    def objective(self) -> float:
        """Sum over all priced places of log(d(k) / weight), which the table makes least."""
        return _objective(self.problem, self.found.seats)

    @staticmethod
    def _at(labels: Sequence[Hashable], given: pd.Index[Any]) -> list[int]:
        """Where each label, in the order given, stands in the order of labels."""
        position = {label: n for n, label in enumerate(labels)}
        return [position[label] for label in given]


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
    return BiproportionalTable(problem, proportional(problem), frame.index, frame.columns)


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
    if not proven.rising.any():
        return proven
    seats, rising, falling = settle_ties(
        problem, proven.seats, proven.rising, proven.falling, order
    )
    return replace(proven, seats=seats, rising=rising, falling=falling)


def _objective(problem: TableProblem, seats: Ints) -> float:
    """Sum of the logarithmic prices of all places in cells of positive weight."""
    logs = problem.divisor.logs(int(seats.max(initial=0))).copy()
    # The infinite price of a first place at signpost 0 is the same in every table.
    logs[: 1 + problem.divisor.first] = 0.0
    is_open = np.array([[w > 0 for w in line] for line in problem.weights])
    prices = np.cumsum(logs)[seats] - seats * problem.log_weights
    return math.fsum(prices[is_open & (seats > 0)].tolist())
