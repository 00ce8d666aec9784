"""Fill the quota matrix: places of each senior high for each junior high, sums kept exactly.

The biproportional divisor method (双向比例分配) chooses one factor for every row and one for every
column such that weight x row factor x column factor, rounded at the signposts, has the wanted
sums. Rounding each senior high by itself takes places from small schools again and again; here
the column sums protect them.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from allocator.admission.exact import ProvenTable, is_proven, prove
from allocator.admission.flow import (
    ImpossibleTable,
    Ints,
    Marks,
    TableProblem,
    fill_by_flow,
)
from allocator.admission.reading import (
    ApportionmentError,
    Labelled,
    Number,
    in_label_order,
    is_missing,
    labelled,
    read_divisor,
    read_number,
    read_whole,
)
from allocator.admission.signposts import Divisor
from allocator.admission.ties import settle_ties

Table: TypeAlias = pd.DataFrame | npt.NDArray[Any] | Sequence[Sequence[Any]]
CellLimits: TypeAlias = Table | Number | None


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
    frame = table_frame("weights", weights)
    problem = read_table(frame, rows, columns, floors, caps, signpost)
    proven = prove(problem, fill_by_flow(problem))
    seats, rising, falling = settle_ties(problem, proven.seats, proven.rising, proven.falling)
    settled = replace(proven, seats=seats, rising=rising, falling=falling)

    row_names, column_names = problem.row_labels, problem.column_labels
    row_at = [row_names.index(label) for label in frame.index]
    column_at = [column_names.index(label) for label in frame.columns]
    return BiproportionalTable(
        table=pd.DataFrame(seats[np.ix_(row_at, column_at)], frame.index, frame.columns),
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


def table_frame(what: str, table: Table) -> pd.DataFrame:
    """Return a table of objects, so that no number is changed on the way."""
    if isinstance(table, pd.DataFrame):
        return table
    lines = [list(line) for line in table]
    if len({len(line) for line in lines}) != 1:
        raise ApportionmentError(
            [f"{what}: the rows of the table differ in length, or are missing"]
        )
    return pd.DataFrame(lines, dtype=object)


def read_table(
    frame: pd.DataFrame,
    rows: Labelled,
    columns: Labelled,
    floors: CellLimits,
    caps: CellLimits,
    signpost: Number | str | Divisor,
) -> TableProblem:
    """Read all input in the order of labels, and list every problem at once."""
    row_names, column_names = in_label_order(frame.index), in_label_order(frame.columns)
    if not frame.size:
        raise ApportionmentError(["weights: the table is empty"])
    if not (frame.index.is_unique and frame.columns.is_unique):
        raise ApportionmentError(["weights: a row or column label is listed twice"])
    problems: list[str] = []
    row_at = [list(frame.index).index(label) for label in row_names]
    column_at = [list(frame.columns).index(label) for label in column_names]
    values = frame.to_numpy(dtype=object)[np.ix_(row_at, column_at)]
    weights = tuple(
        tuple(
            read_number(f"weight of {row}, {column}", value, problems)
            for column, value in zip(column_names, line, strict=True)
        )
        for row, line in zip(row_names, values, strict=True)
    )
    row_sums = _read_sums("rows", rows, row_names, list(frame.index), problems)
    column_sums = _read_sums("columns", columns, column_names, list(frame.columns), problems)
    divisor = read_divisor(signpost, problems)
    is_open = np.array([[w > 0 for w in line] for line in weights])
    low = _read_cells("floors", floors, frame, is_open, np.zeros(is_open.shape, int), problems)
    no_cap = np.maximum(low, row_sums.sum() + 1)
    high = _read_cells("caps", caps, frame, is_open, no_cap, problems)
    problems += [
        f"{row_names[i]}, {column_names[j]}: floor {low[i, j]} is above cap {high[i, j]}"
        for i, j in np.argwhere(low > high).tolist()
    ]
    if row_sums.sum() != column_sums.sum():
        problems.append(
            f"sums differ: rows add up to {row_sums.sum()}, columns to {column_sums.sum()}"
        )
    if problems:
        raise ApportionmentError(problems)

    most = np.minimum(row_sums[:, None], column_sums[None, :])
    if divisor.first:
        high = np.minimum(high, np.where(most > 0, high, 0))
        low = np.where(is_open & (high > 0), np.maximum(low, 1), low)
    # One more than there are: a cap that is only implied must not excuse the factors.
    high = np.where(is_open, np.minimum(high, most + 1), low)
    first = " (signpost 0 gives each open cell a first place)" if divisor.first else ""
    too_full = [
        f"{kind} {label}: the floors of its cells add up to {floor}{first}, but its sum is {total}"
        for kind, labels, found, sums in (
            ("row", row_names, low.sum(axis=1), row_sums),
            ("column", column_names, low.sum(axis=0), column_sums),
        )
        for label, floor, total in zip(labels, found, sums, strict=True)
        if floor > total
    ]
    if too_full:
        raise ImpossibleTable(too_full)
    return TableProblem(
        weights, row_sums, column_sums, low, high, divisor, tuple(row_names), tuple(column_names)
    )


def _read_sums(
    what: str, values: Labelled, names: list[Any], given_order: list[Any], problems: list[str]
) -> Ints:
    """Return one sum for every label, in the order of `names`; a plain list follows the table."""
    pairs = labelled(values)
    if not isinstance(values, pd.Series | Mapping):
        if len(pairs) != len(names):
            problems.append(f"{what}: {len(pairs)} sums are given for {len(names)} labels")
        pairs = [(label, value) for label, (_, value) in zip(given_order, pairs, strict=False)]
    elif len(missing := set(names) - {label for label, _ in pairs}):
        problems.append(
            f"{what}: no sum is given for {', '.join(map(str, in_label_order(missing)))}"
        )
    known = set(names)
    sums: dict[Any, int] = {}
    for label, value in pairs:
        if label not in known or label in sums:
            why = "is listed twice" if label in sums else "is no label of the weights"
            problems.append(f"{what}: {label!r} {why}")
        else:
            sums[label] = read_whole(f"sum of {label}", value, problems)
    return np.array([sums.get(label, 0) for label in names], dtype=np.int64)


def _read_cells(
    what: str,
    limits: CellLimits,
    frame: pd.DataFrame,
    is_open: Marks,
    default: Ints,
    problems: list[str],
) -> Ints:
    """Return the floor or cap of every cell in the order of labels; blank cells get the default."""
    if limits is None:
        return default
    if isinstance(limits, int | float | Decimal | Fraction | numbers.Real):
        return np.where(is_open, read_whole(what, limits, problems), default)
    row_at = {label: i for i, label in enumerate(in_label_order(frame.index))}
    column_at = {label: j for j, label in enumerate(in_label_order(frame.columns))}
    table = table_frame(what, limits)
    if not isinstance(limits, pd.DataFrame):
        if table.shape != frame.shape:
            problems.append(f"{what}: the table is {table.shape}, the weights are {frame.shape}")
            return default
        table.index, table.columns = frame.index, frame.columns
    if not (table.index.is_unique and table.columns.is_unique):
        problems.append(f"{what}: a row or column label is listed twice")
    cells = default.copy()
    problems += [f"{what}: {x!r} is no row of the weights" for x in table.index if x not in row_at]
    problems += [
        f"{what}: {x!r} is no column of the weights" for x in table.columns if x not in column_at
    ]
    for row, line in zip(table.index, table.to_numpy(dtype=object), strict=True):
        for column, value in zip(table.columns, line, strict=True):
            if row in row_at and column in column_at and not is_missing(value):
                where = f"{what} of {row}, {column}"
                cells[row_at[row], column_at[column]] = read_whole(where, value, problems)
    return cells
