"""A bureau's workbook as it was read: sheets of plain cells, and what is to be known about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from xlsxwriter.utility import xl_col_to_name

from allocator.county.frozen import Problem

Cell = None | str | int | float | bool | date | datetime
"""What a cell holds; an empty one is None, a date stays a date, a formula is its stored value."""

Kind = Literal["xlsx", "xls", "ods", "csv"]
Place = tuple[int, int]
"""Row and column of a cell, counted from 0."""


@dataclass(frozen=True)
class RawSheet:
    """A sheet (工作表) from A1 on; every row is as long as the sheet is wide."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[tuple[Place, Place], ...] = ()
    """First and last cell of every merged range; the value stands in the first."""
    errors: Mapping[Place, str] = field(default_factory=dict)
    """Cells that hold an error, such as #REF!; in ``rows`` they are empty."""
    hidden: bool = False

    @cached_property
    def width(self) -> int:
        """Columns."""
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True)
class RawBook:
    """A workbook, or a CSV file as a workbook of one sheet."""

    name: str
    """Of the file, without folders."""
    kind: Kind
    sheets: tuple[RawSheet, ...]
    warnings: tuple[Problem, ...] = ()
    """What was read and should be known, such as stored values of links; no reason to stop."""
    content: bytes = field(default=b"", repr=False)
    """The file itself, for a copy with marks."""


def cell_name(row: int, column: int) -> str:
    """A cell as a spreadsheet names it; both counted from 0."""
    return f"{xl_col_to_name(column)}{row + 1}"


def cell_path(sheet: str, row: int, column: int | None = None) -> str:
    """Where a problem stands: sheet and cell, or sheet and row."""
    return f"{sheet}!{row + 1 if column is None else cell_name(row, column)}"
