"""Rows of several sheets that speak of one record: joined, and told where they contradict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.files.intake.desk import Desk
from allocator.files.intake.findings import Where
from allocator.files.intake.rows import SheetRow
from allocator.records import Table

_TWICE = "{id} is in the sheet twice, first in row {first}: keep one"
_TWO_PLACES = "teacher {id} is in two places, {here} and {there} ({cell}): keep one entry"
_CONTRADICTS = "{here}, but {there} in {cell}: correct one"


@dataclass
class Record:
    """What all sheets say of one record of a table."""

    id: str
    rows: list[SheetRow] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    told_by: dict[str, SheetRow] = field(default_factory=dict)
    """Field -> the row that says it."""
    bad: set[str] = field(default_factory=set)

    def raw(self, name: str | None) -> Any:
        """What stands in the cell that says a field."""
        row = self.told_by.get(name) if name is not None else None
        if row is None or name is None or name not in row.source.column_of:
            return None if name is None else self.values.get(name)
        return row.source.cell(row.number, row.source.column_of[name])

    def where(self, name: str | None = None) -> Where:
        """The cell that says a field; the first row where none does."""
        row = self.told_by.get(name) if name is not None else None
        if row is not None:
            return row.where(name)
        for each in self.rows:
            if name is not None and name in each.source.column_of:
                return each.where(name)
        return self.rows[0].where()


def joined(
    rows: Iterable[tuple[str, SheetRow]], table: Table, county: County, desk: Desk
) -> Mapping[str, Record]:
    """Every record the rows speak of, by id.

    A filled cell goes before an empty one of another sheet. Two filled cells that differ are told,
    as is a record that one sheet lists twice.
    """
    found: dict[str, Record] = {}
    for id, row in sorted(rows, key=lambda pair: pair[1].order):
        record = found.get(id)
        if record is None:
            record = found[id] = Record(id)
        else:
            _compared(record, row, table, county, desk)
        record.rows.append(row)
        record.bad |= row.bad
        for name, value in row.values.items():
            if name not in record.values:
                record.values[name] = value
                record.told_by[name] = row
    for record in found.values():
        for row in record.rows:
            for name, value in row.empty.items():
                if name not in record.values:
                    record.values[name] = value
                    record.told_by[name] = row
    return dict(sorted(found.items()))


def _compared(record: Record, row: SheetRow, table: Table, county: County, desk: Desk) -> None:
    """Tell what a further row of a record contradicts."""
    again = next((r for r in record.rows if r.order[:2] == row.order[:2]), None)
    teacher = table.name == "teachers"
    told: set[str] = set()
    for name, value in row.values.items():
        if name not in record.values or record.values[name] == value:
            continue
        place = teacher and name == "campus"
        if name not in row.source.column_of and not place:
            continue  # It follows from another cell of the row, which is told by itself.
        there = record.told_by[name].where(name)
        spoken = table.fields[name].spoken
        shown = {
            "here": _said(spoken(_named(table, name, value, county), county, "zh")),
            "there": _said(spoken(_named(table, name, record.values[name], county), county, "zh")),
            "cell": str(there),
        }
        where = row.where(name)
        if place:
            desk.wrong(where, shown["here"], Problem("", _TWO_PLACES, {"id": record.id, **shown}))
        else:
            desk.wrong(where, shown["here"], Problem("", _CONTRADICTS, shown))
        told.add(name)
    if again is not None and not told:
        key = next((k for k in ("id", "teacher", "name") if k in row.source.column_of), None)
        desk.wrong(
            row.where(key),
            record.id,
            Problem("", _TWICE, {"id": record.id, "first": again.number + 1}),
        )


def _named(table: Table, name: str, value: Any, county: County) -> Any:
    kind = table.fields[name].names
    if kind is None or isinstance(value, list):
        return value
    return table.fields[name].options(county, "zh").get(str(value), value)


def _said(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
