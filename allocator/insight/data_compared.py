"""Two counties compared record by record: what was added, what is gone, which cells changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from allocator.county.county import County
from allocator.county.frozen import Frozen
from allocator.scenario.hashing import one_line

_KEYS = (("id",), ("teacher",), ("campus", "subject"))
"""What names a record, tried in this order; a record without any is named by all it says."""


@dataclass(frozen=True)
class Cell:
    """One cell that is not the same in two counties."""

    table: str
    row: str
    column: str
    first: Any
    second: Any


@dataclass(frozen=True)
class TableDifference:
    """What differs in one table."""

    table: str
    added: tuple[str, ...]
    """Rows only the second county has."""
    removed: tuple[str, ...]
    """Rows only the first county has."""
    cells: tuple[Cell, ...]

    @property
    def changed(self) -> int:
        """Rows both have, with at least one other cell."""
        return len({cell.row for cell in self.cells})


def data_compared(first: County, second: County) -> tuple[TableDifference, ...]:
    """The tables in which two counties differ; none where they say the same."""
    tables = [dict(_tables(county)) for county in (first, second)]
    found = (_difference(name, tables[0][name], tables[1][name]) for name in tables[0])
    return tuple(d for d in found if d.added or d.removed or d.cells)


def data_counts(differences: Sequence[TableDifference]) -> pd.DataFrame:
    """Rows added, removed and changed, a row a table."""
    rows = [(d.table, len(d.added), len(d.removed), d.changed) for d in differences]
    return pd.DataFrame(rows, columns=["table", "rows_added", "rows_removed", "rows_changed"])


def _tables(county: County) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every table of a county as rows by name: records, or plain values."""
    single: dict[str, Any] = {}
    for name in County.model_fields:
        value = getattr(county, name)
        if name == "schools":
            yield from _schools(county)
        elif isinstance(value, tuple):
            yield name, _named(value)
        else:
            single[name] = value
    yield "county", {"": single}


def _schools(county: County) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Schools, their campuses and sections, each as a table of its own."""
    yield "schools", {s.id: _without(s, "campuses") for s in county.schools}
    held = {c.id: (c, s.id) for s in county.schools for c in s.campuses}
    yield "campuses", {i: {"school": of, **_without(c, "sections")} for i, (c, of) in held.items()}
    yield (
        "sections",
        {f"{i}.{section.stage}": section for i, (c, _) in held.items() for section in c.sections},
    )


def _without(record: Frozen, name: str) -> dict[str, Any]:
    return {field: v for field, v in record if field != name}


def _named(records: Sequence[Any]) -> Mapping[str, Any]:
    """Records by what names each; by all they say where no name tells two apart."""
    for keys in _KEYS:
        if all(hasattr(r, k) for r in records for k in keys):
            named = {"+".join(str(getattr(r, k)) for k in keys): r for r in records}
            if len(named) == len(records):
                return named
    return {_said(r): r for r in records}


def _said(record: Any) -> str:
    plain = record.model_dump(mode="json", exclude_defaults=True)
    return one_line(plain)


def _difference(table: str, first: Mapping[str, Any], second: Mapping[str, Any]) -> TableDifference:
    both = [row for row in first if row in second]
    cells = (cell for row in both for cell in _cells(table, row, first[row], second[row]))
    return TableDifference(
        table,
        added=tuple(row for row in second if row not in first),
        removed=tuple(row for row in first if row not in second),
        cells=tuple(cells),
    )


def _cells(table: str, row: str, first: Any, second: Any) -> Iterator[Cell]:
    """The cells of one row that differ; a record within a cell is told value by value."""
    if first is second or first == second:
        return
    for column, one in _values(first):
        other = dict(_values(second))[column]
        if one == other:
            continue
        if isinstance(one, Frozen) and isinstance(other, Frozen):
            for inner in _cells(table, row, one, other):
                yield Cell(table, row, f"{column}.{inner.column}", inner.first, inner.second)
        else:
            yield Cell(table, row, column, _plain(one), _plain(other))


def _values(record: Any) -> Iterator[tuple[str, Any]]:
    yield from record.items() if isinstance(record, dict) else iter(record)


def _plain(value: Any) -> Any:
    """A value as data for JSON."""
    if isinstance(value, Frozen):
        return value.model_dump(mode="json", exclude_defaults=True)
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value
