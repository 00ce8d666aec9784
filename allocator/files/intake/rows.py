"""A recognised sheet as rows of plain values, with what cannot be read told by its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from allocator.files.books import Cell, RawBook
from allocator.files.intake.findings import Where
from allocator.files.intake.privacy import masked
from allocator.files.intake.recognition import RecognisedSheet


@dataclass(frozen=True)
class Source:
    """A recognised sheet of a file."""

    book: RawBook = field(repr=False)
    recognised: RecognisedSheet = field(repr=False)

    @property
    def table(self) -> str:
        """Name of the record table it holds."""
        return self.recognised.table

    @property
    def sheet(self) -> str:
        """Name of the sheet."""
        return self.recognised.sheet.name

    @cached_property
    def column_of(self) -> Mapping[str, int]:
        """Field or key -> column."""
        keys = {str(key): column for column, key in self.recognised.keys.items()}
        return keys | {name: column for column, name in self.recognised.columns.items()}

    def where(self, row: int | None = None, column: int | None = None) -> Where:
        """A cell, a row or the whole sheet; row and column counted from 0."""
        heading = "" if column is None else self.heading(column)
        number = None if row is None else row + 1
        return Where(self.book.name, self.sheet, number, column, heading)

    def heading(self, column: int) -> str:
        """The heading of a column as it is written."""
        return masked(self.recognised.headings.get(column, ""))

    def cell(self, row: int, column: int) -> Cell:
        """What stands in a cell."""
        cells = self.recognised.sheet.rows[row]
        return cells[column] if column < len(cells) else None


@dataclass(slots=True)
class SheetRow:
    """One row of a sheet as plain values."""

    source: Source
    number: int
    """Counted from 0."""
    values: dict[str, Any] = field(default_factory=dict)
    """Field -> plain value, of the cells that are filled and can be read."""
    empty: dict[str, Any] = field(default_factory=dict)
    """Field -> what an empty cell of it says; a filled cell of another sheet goes before."""
    keys: dict[str, Any] = field(default_factory=dict)
    """What it says of whom it is about, besides the fields."""
    bad: set[str] = field(default_factory=set)
    """Fields whose cells cannot be read or wait for an answer; that is told."""
    out: bool = False
    """Whether the row is left out."""

    @property
    def order(self) -> tuple[str, str, int]:
        """File, sheet and row."""
        return (self.source.book.name, self.source.sheet, self.number)

    def where(self, name: str | None = None) -> Where:
        """The cell of a field or key; the row where it has no such column."""
        columns = self.source.column_of
        column = None if name is None else columns.get(name)
        if column is None and name == "campus":
            # Where no column says the campus, it follows from the school.
            column = columns.get("school")
        return self.source.where(self.number, column)

    def said(self, name: str) -> Any:
        """The value of a field, None where it says nothing of it."""
        return self.values.get(name)
