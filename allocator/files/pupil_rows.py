"""From a file of pupils to its cells as texts: a workbook, or CSV as Excel writes it."""

from __future__ import annotations

from pathlib import Path

from allocator.files.books import Cell, open_book
from allocator.files.books.limits import refused


def rows_of(path: Path) -> list[list[str]]:
    """The cells of a file; of a workbook, those of its first sheet that is not hidden.

    Raises
    ------
    DataError
        If there is no such file, or it is no table.
    """
    sheets = [sheet for sheet in open_book(path, str(path)).sheets if not sheet.hidden]
    rows = [[_shown(cell) for cell in row] for row in sheets[0].rows] if sheets else []
    if not any(any(row) for row in rows):
        raise refused(str(path), "the list holds no pupil: choose another file")
    return rows


def _shown(value: Cell) -> str:
    """What a cell shows."""
    return "" if value is None else str(value).strip()
