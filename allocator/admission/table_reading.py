"""Read a table to be filled: weights, sums, floors and caps, all mistakes at once."""

from __future__ import annotations

import numbers
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from allocator.admission.flow import ImpossibleTable, Ints, Marks, TableProblem
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
from allocator.admission.signposts import Divisor, Rational

Table: TypeAlias = pd.DataFrame | npt.NDArray[Any] | Sequence[Sequence[Any]]
CellLimits: TypeAlias = Table | Number | None


def read_frame(what: str, table: Table) -> pd.DataFrame:
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
    values = frame.to_numpy()[
        np.ix_(_positions(frame.index, row_names), _positions(frame.columns, column_names))
    ]
    whole = values.astype(np.int64) if _are_whole(values) else None
    weights: Sequence[Sequence[Rational]] = (
        whole.tolist() if whole is not None else _weights(values, row_names, column_names, problems)
    )
    row_sums = _read_sums("rows", rows, row_names, list(frame.index), problems)
    column_sums = _read_sums("columns", columns, column_names, list(frame.columns), problems)
    divisor = read_divisor(signpost, problems)
    is_open = whole > 0 if whole is not None else np.array([[w > 0 for w in x] for x in weights])
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
        weights,
        row_sums,
        column_sums,
        low,
        high,
        divisor,
        tuple(row_names),
        tuple(column_names),
        whole,
    )


def _positions(index: pd.Index[Any], labels: list[Any]) -> list[int]:
    """Where labels stand in an index without repeats."""
    at = {label: n for n, label in enumerate(index)}
    return [at[label] for label in labels]


def _are_whole(values: npt.NDArray[Any]) -> bool:
    """Whether all are whole numbers small enough for a machine word, and none is negative."""
    return values.dtype.kind in "iu" and bool((values >= 0).all() and (values < 2**62).all())


def _weights(
    values: npt.NDArray[Any], rows: list[Any], columns: list[Any], problems: list[str]
) -> list[list[Fraction]]:
    return [
        [
            read_number(f"weight of {row}, {column}", value, problems)
            for column, value in zip(columns, line, strict=True)
        ]
        for row, line in zip(rows, values.astype(object), strict=True)
    ]


def _read_sums(
    what: str, values: Labelled, names: list[Any], given_order: list[Any], problems: list[str]
) -> Ints:
    """Return one sum for every label, in the order of `names`; a plain list follows the table."""
    if isinstance(values, pd.Series) and _are_whole(values.to_numpy()):
        sums_given = dict(zip(values.index, values.tolist(), strict=True))
        if len(sums_given) == values.size == len(names) and sums_given.keys() == set(names):
            return np.array([sums_given[label] for label in names], dtype=np.int64)
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
    table = read_frame(what, limits)
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
