"""Controlled rounding (受控取整): every cell the floor or the ceiling of its fitted share.

The fitted shares are weights times row factors times column factors, within floors and caps, with
the wanted sums (`fitting`). Among all tables that round each share down or up and keep the sums -
there always is one - the table nearest the shares is taken: the sum of squared differences is
least. Unlike the biproportional table no cell is ever a place or more off its share; unlike it, the
table has no factors that anyone could recompute a cell from.

References
----------
Cox, L. H. (1987). A constructive procedure for unbiased controlled rounding, Journal of the
American Statistical Association 82, 520-524.
Cox, L. H. and Ernst, L. R. (1982). Controlled rounding, INFOR 20, 423-432.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from allocator.admission.fitting import NEAR, Fit, fit
from allocator.admission.flow import Ints, Marks, TableProblem, fill_by_flow
from allocator.admission.matrix import TiedCell
from allocator.admission.reading import Labelled
from allocator.admission.table_reading import CellLimits, Table, read_frame, read_table
from allocator.admission.ties import Claim, settle_ties

_BILLION = 10**9
"""Parts of a place in which shares that are no exact fractions are compared."""


@dataclass(frozen=True)
class ControlledTable:
    """A controlled rounding with the shares it rounds.

    Attributes
    ----------
    table
        Places of each cell, rows and columns in the order the weights came in.
    fitted
        Share of each cell: exact fractions, or floats whose sums are right to ``error`` places.
    exact
        Whether the shares are exact fractions.
    error
        Largest error of a sum of shares, in places.
    ties
        Cells that could be the other neighbour of their share in a table just as near.
    """

    table: pd.DataFrame
    fitted: pd.DataFrame
    exact: bool
    error: float
    ties: tuple[TiedCell, ...]


def controlled_rounding(
    weights: Table,
    rows: Labelled,
    columns: Labelled,
    *,
    floors: CellLimits = None,
    caps: CellLimits = None,
) -> ControlledTable:
    """Round fitted shares down or up so that all row and column sums are kept.

    The order of rows and columns never matters. Shares within 1e-9 of a whole number are that
    number, and shares that are no exact fractions are compared in billionths of a place. Among
    tables equally near, cells are looked at from the largest weight down, then by row label, then
    by column label; each in turn keeps the larger number that the cells before it allow.

    Parameters
    ----------
    weights
        Weight of each cell, senior highs in rows and junior highs in columns. A weight of zero
        closes the cell: it gets its floor and nothing more.
    rows, columns
        Places of each row and column.
    floors, caps
        Least and most places of a cell: one number for all cells of positive weight, or a table
        for some or all cells.

    Raises
    ------
    ApportionmentError
        When the input cannot be read; every problem found is listed.
    ImpossibleTable
        When no table has these sums within these floors and caps.
    """
    frame = read_frame("weights", weights)
    problem = read_table(frame, rows, columns, floors, caps, Fraction(1, 2))
    seats, rising, falling, fitted = rounded(problem)
    row_at = [problem.row_labels.index(label) for label in frame.index]
    column_at = [problem.column_labels.index(label) for label in frame.columns]
    shares = np.array(fitted.shares, dtype=object)

    def shown(values: Any) -> pd.DataFrame:
        return pd.DataFrame(values[np.ix_(row_at, column_at)], frame.index, frame.columns)

    other = seats + rising - falling
    return ControlledTable(
        table=shown(seats),
        fitted=shown(shares),
        exact=fitted.exact,
        error=fitted.error,
        ties=tuple(
            TiedCell(
                problem.row_labels[i], problem.column_labels[j], int(seats[i, j]), int(other[i, j])
            )
            for i, j in np.argwhere(rising | falling).tolist()
        ),
    )


def rounded(
    problem: TableProblem,
    order: Callable[[list[tuple[int, int]]], Iterable[Claim]] | None = None,
) -> tuple[Ints, Marks, Marks, Fit]:
    """The controlled rounding of a problem, its ties settled in an order, and the shares.

    Returns
    -------
    tuple
        Places; cells that have one place more, and one fewer, in another table as near; shares.

    Raises
    ------
    ImpossibleTable
        When no table has these sums within these floors and caps.
    """
    fitted = fit(problem, fill_by_flow(problem))
    seats, rising, falling = _nearest(problem, *_parted(fitted))
    return (*settle_ties(problem, seats, rising, falling, order), fitted)


def is_controlled(table: Table, fitted: Table) -> bool:
    """Whether every cell is the floor or the ceiling of its share, and a whole share itself."""
    cells = read_frame("table", table).to_numpy(dtype=object)
    shares = read_frame("fitted", fitted).to_numpy(dtype=object)
    return cells.shape == shares.shape and all(
        int(x) in neighbours(share) for x, share in zip(cells.flat, shares.flat, strict=True)
    )


def neighbours(share: Fraction | float) -> tuple[int, ...]:
    """The whole numbers a share may be rounded to; an exact fraction is taken at its word."""
    near = round(share)
    if isinstance(share, Fraction | int):
        return (near,) if near == share else (math.floor(share), math.ceil(share))
    return (near,) if abs(share - near) <= NEAR else (math.floor(share), math.ceil(share))


def _parted(fitted: Fit) -> tuple[Ints, Ints]:
    """Whole part of each share, and what is left of it as a whole number of equal small parts.

    Both together decide the rounding; a rest of 0 is rounded down only.
    """
    if fitted.exact:
        lines: Any = fitted.shares
        unit = math.lcm(*(share.denominator for line in lines for share in line))
        parts = [[divmod(int(share * unit), unit) for share in line] for line in lines]
        if unit < 2**40:
            return (
                np.array([[whole for whole, _ in line] for line in parts], dtype=np.int64),
                np.array([[rest for _, rest in line] for line in parts], dtype=np.int64),
            )
    shares = fitted.numbers
    near = np.rint(shares)
    whole = np.where(np.abs(shares - near) <= NEAR, near, np.floor(shares)).astype(np.int64)
    rest = np.rint((shares - whole) * _BILLION).astype(np.int64)
    return whole, np.clip(rest, 0, _BILLION - 1)


def _nearest(problem: TableProblem, low: Ints, rest: Ints) -> tuple[Ints, Marks, Marks]:
    """Round up where it keeps the sums and takes least, and say which cells other tables change.

    Rounding a share up instead of down changes its squared difference by 1 - 2 x rest, and their
    number is fixed: the rests rounded up shall be largest together.
    """
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    height, width = low.shape
    rows, columns = np.nonzero(rest)
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        rows, height + columns, np.ones(rows.size, dtype=np.int64), -rest[rows, columns]
    )
    supplies = np.concatenate(
        [problem.rows - low.sum(axis=1), low.sum(axis=0) - problem.columns]
    ).astype(np.int64)
    flow.set_nodes_supplies(np.arange(height + width), supplies)
    status = flow.solve()
    if status != flow.OPTIMAL:
        # Reading flows now would end the interpreter (OR-Tools 9.15).
        raise RuntimeError(f"the flow of the controlled rounding ended with status {status}")
    up = np.zeros(low.shape, dtype=np.bool_)
    up[rows, columns] = flow.flows(arcs) > 0
    rising, falling = _tied(up, rest)
    return low + up, rising, falling


def _tied(up: Marks, rest: Ints) -> tuple[Marks, Marks]:
    """Cells that are rounded the other way in another table just as near.

    With potentials of rows and columns no change costs less than nothing; the changes that cost
    nothing make up the other tables, those of them on a cycle do so indeed.
    """
    import networkx as nx

    height = len(up)
    may_rise, may_fall = (rest > 0) & ~up, up & (rest > 0)
    of_row = np.zeros(height, dtype=np.int64)
    while True:
        # Rounding up (i, j) costs -rest and leads from row to column; rounding down leads back.
        of_column = np.min(np.where(may_rise, of_row[:, None] - rest, 0), axis=0, initial=0)
        back = np.min(np.where(may_fall, of_column[None, :] + rest, 2**62), axis=1, initial=2**62)
        nearer = np.minimum(of_row, back)
        if np.array_equal(nearer, of_row):
            break
        of_row = nearer
    rising = may_rise & (of_row[:, None] - rest == of_column[None, :])
    falling = may_fall & (of_column[None, :] + rest == of_row[:, None])
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_edges_from((i, height + j) for i, j in np.argwhere(rising).tolist())
    graph.add_edges_from((height + j, i) for i, j in np.argwhere(falling).tolist())
    part = np.full(sum(up.shape), -1, dtype=np.int64)
    for label, members in enumerate(nx.strongly_connected_components(graph)):
        part[list(members)] = label
    together = (part[:height, None] == part[None, height:]) & (part[:height, None] >= 0)
    return rising & together, falling & together
