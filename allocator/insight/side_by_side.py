"""Tables of several scenarios or runs laid side by side, one column each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

MARK = "side:"
"""How columns of a side begin; the caller words them."""
_SLIGHT = 1e-9
"""Coefficients are real numbers: closer than this is equal."""


def side(number: int) -> str:
    """The column of a side, counted from 0."""
    return f"{MARK}{number}"


def side_by_side(
    tables: Sequence[pd.DataFrame | None], keys: Sequence[str], value: str, *also: str
) -> pd.DataFrame:
    """One value of several tables in one table: keys, then a column a side.

    Rows stand in the order in which the tables name them first; a side without a table, or whose
    table lacks the row, has no value there.

    Parameters
    ----------
    also
        Columns to keep beside the keys, as the first table that has the row says them.
    """
    known: dict[tuple[Any, ...], dict[str, Any]] = {}
    for n, table in enumerate(tables):
        for row in _records(table):
            key = tuple(row[k] for k in keys)
            held = known.setdefault(key, {k: row[k] for k in (*keys, *also)})
            held[side(n)] = row[value]
    columns = [*keys, *also, *(side(n) for n in range(len(tables)))]
    return pd.DataFrame(list(known.values()), columns=columns)


def change(table: pd.DataFrame, first: int = 0, second: int = 1) -> pd.Series[Any]:
    """Second side less the first, where both are numbers; a difference of rounding is none."""
    one, other = (
        pd.to_numeric(table[side(n)], errors="coerce").astype("float64") for n in (first, second)
    )
    found = other - one
    return found.where(found.isna() | (found.abs() > _SLIGHT), 0.0)


def differing(table: pd.DataFrame) -> pd.DataFrame:
    """The rows whose sides are not all the same; no value differs from any value."""
    sides = [c for c in table.columns if str(c).startswith(MARK)]
    kept = [_differ([row[c] for c in sides]) for row in _records(table)]
    return table[pd.Series(kept, index=table.index, dtype=bool)]


def _differ(values: Sequence[Any]) -> bool:
    first, *rest = (None if pd.isna(v) else v for v in values)
    return any(not _same(first, other) for other in rest)


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, int | float) and isinstance(b, int | float):
        return abs(a - b) <= _SLIGHT
    return bool(a == b)


def _records(table: pd.DataFrame | None) -> Sequence[Mapping[str, Any]]:
    return (
        []
        if table is None
        else [{str(k): v for k, v in r.items()} for r in table.to_dict("records")]
    )
