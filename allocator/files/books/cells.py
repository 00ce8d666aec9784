"""From a checked workbook to plain cells, and what is to be known about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook

from allocator.county.frozen import Problem
from allocator.files.books.book import Cell, RawSheet, cell_name
from allocator.files.books.found import Found
from allocator.files.books.limits import MOST_IN_BOOK, check_extent, refused, unreadable

_WHOLE = 10**15
"""Below it every whole number has its own place among the numbers of a spreadsheet."""
_SHOWN = 5
"""Cells named in one warning."""


@dataclass(frozen=True)
class Checked:
    """A sheet that was looked through and may be parsed."""

    name: str
    held: str | int
    """Its name or number in what is parsed."""
    found: Found
    hidden: bool = False


def parsed(name: str, content: bytes, sheets: Sequence[Checked]) -> tuple[RawSheet, ...]:
    """The sheets of a workbook as plain cells.

    Parameters
    ----------
    content
        A workbook that holds nothing but what was looked through.

    Raises
    ------
    DataError
        If it cannot be parsed.
    """
    for sheet in sheets:
        check_extent(sheet.name, sheet.found.rows, sheet.found.columns)
    if sum(sheet.found.rows * sheet.found.columns for sheet in sheets) > MOST_IN_BOOK:
        text = "all sheets together have more than {most} cells: split the workbook"
        raise refused(name, text, most=MOST_IN_BOOK)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            return tuple(_sheet(book, sheet) for sheet in sheets)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:
        # What a broken workbook raises differs with the break, and some breaks stop the parser
        # itself, which is no Exception; none of it helps a planner.
        raise unreadable(name) from None


def _sheet(book: CalamineWorkbook, sheet: Checked) -> RawSheet:
    held = (
        book.get_sheet_by_name(sheet.held)
        if isinstance(sheet.held, str)
        else book.get_sheet_by_index(sheet.held)
    )
    errors = sheet.found.errors
    rows = [
        [(v or None) if type(v) is str else _plain(v) for v in row]
        for row in held.to_python(skip_empty_area=False)
    ]
    for row, column in errors:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = None
    return RawSheet(
        sheet.name,
        tuple(tuple(row) for row in rows),
        tuple(held.merged_cell_ranges or ()),
        errors,
        sheet.hidden,
    )


def _plain(value: Any) -> Cell:
    kind = type(value)
    if kind is float:
        return int(value) if abs(value) < _WHOLE and value.is_integer() else value
    if kind is time or kind is timedelta:
        return str(value)
    known: str | int | float | bool | date | None = value
    return known


def warnings_of(sheets: Iterable[Checked]) -> Iterator[Problem]:
    """What was read and should be known of the sheets that are seen."""
    for sheet in sheets:
        found = sheet.found
        if sheet.hidden:
            continue
        if found.linked:
            text = (
                "formulas here read another file; the values stored last are taken: check that "
                "they are up to date"
            )
            yield Problem(sheet.name, text)
        if found.unsaved:
            text = (
                "{number} formulas have no stored value and are read as empty ({cells}): open the "
                "file in Excel or WPS and save it"
            )
            yield Problem(
                sheet.name, text, {"number": len(found.unsaved), "cells": _named(found.unsaved)}
            )
        if found.hidden_rows:
            text = "{number} hidden rows are read like the others: delete them if they do not count"
            yield Problem(sheet.name, text, {"number": found.hidden_rows})


def _named(places: Sequence[tuple[int, int]]) -> str:
    names = [cell_name(row, column) for row, column in places[:_SHOWN]]
    return ", ".join(names) + (", …" if len(places) > _SHOWN else "")
