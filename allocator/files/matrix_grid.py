"""From a file of a quota table to its cells: nothing is read that would be too large to hold."""

from __future__ import annotations

import csv
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from allocator.county.frozen import DataError, Problem
from allocator.files.matrix import check_suffix
from allocator.files.matrix_labels import plain

MOST_MEGABYTES = 10
"""Size of a file, megabytes."""
MOST_UNPACKED = 100
"""Size of a workbook once unpacked, megabytes."""
MOST_CELLS = 500_000
"""Cells of a sheet: five times those of 60 senior and 1,500 junior highs."""

_MEGA = 1_000_000
_BLOCK = 1 << 16
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_WHOLE = re.compile(r"[0-9]{1,6}(\.0+)?")
"""A number of places, also as programs write it that keep whole numbers with a decimal."""
_CUT = 24
"""Longer than a reference: what a block must hand on so that none is cut in two."""


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet, as they stand in it."""

    name: str
    """Of the sheet; empty for a file that has none."""
    cells: list[list[Any]]

    def at(self, row: int, column: int) -> str:
        """A cell as a spreadsheet names it; counted from 0."""
        cell = str(xl_rowcol_to_cell(row, column))
        return f"{self.name}!{cell}" if self.name else cell

    def value(self, row: int, column: int) -> Any:
        """What a cell holds; empty beyond the end of its row."""
        held = self.cells[row]
        return held[column] if column < len(held) else ""

    def text(self, row: int, column: int) -> str:
        """What a cell shows, without blanks around it."""
        value = self.value(row, column)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return str(value).strip()

    def places(self, row: int, column: int) -> int | None:
        """Places in a cell: 0 where it is empty, None where it holds no such number."""
        if isinstance(self.value(row, column), bool | date):
            return None
        text = plain(self.text(row, column))
        if not text:
            return 0
        return int(text.split(".")[0]) if _WHOLE.fullmatch(text) else None


def grids_at(path: Path) -> tuple[Grid, ...]:
    """The sheets of a workbook, or the one table of a CSV file.

    Raises
    ------
    DataError
        If there is no such file, it is no table, or larger than a table of places can be.
    """
    check_suffix(path)
    name = str(path)
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise _refused(Problem(name, "this is a folder: name a file in it"))
        if size > MOST_MEGABYTES * _MEGA:
            raise _too_large(name, MOST_MEGABYTES)
        content = path.read_bytes()
    except FileNotFoundError:
        raise _refused(Problem(name, "there is no such file: correct the name")) from None
    if not content.strip():
        raise _refused(Problem(name, "the file is empty: choose one that holds a table"))
    if path.suffix.lower() == ".csv":
        return (Grid("", _csv_cells(name, content)),)
    return _sheets(path)


def _refused(problem: Problem) -> DataError:
    return DataError((problem,))


def _too_large(path: str, megabytes: int) -> DataError:
    text = "larger than {most} MB: a table of places is far smaller, save it without anything else"
    return _refused(Problem(path, text, {"most": megabytes}))


def _too_many(path: str) -> DataError:
    text = (
        "more than {most} cells lie between the first and the last one filled: remove what "
        "stands far away from the table"
    )
    return _refused(Problem(path, text, {"most": MOST_CELLS}))


def _csv_cells(path: str, content: bytes) -> list[list[Any]]:
    text = _decoded(path, content)
    tabs = "\t" in text and "," not in text
    wide = max(line.count("\t" if tabs else ",") for line in text.splitlines()) + 1
    if wide * (text.count("\n") + 1) > MOST_CELLS:
        raise _too_many(path)
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter="\t" if tabs else ","))
    except csv.Error as error:
        fault = "the table cannot be read ({reason}): save it as CSV again"
        raise _refused(Problem(path, fault, {"reason": str(error)})) from None


def _decoded(path: str, content: bytes) -> str:
    """The text, in the encodings Chinese Excel writes."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _refused(Problem(path, "neither in UTF-8 nor in GB18030: save it as CSV UTF-8"))


def _sheets(path: Path) -> tuple[Grid, ...]:
    name = str(path)
    fault = "this is no workbook that can be read: save it as .xlsx again, without a password"
    try:
        _check_extent(path)
        frames = pd.read_excel(
            path, sheet_name=None, header=None, dtype=object, na_filter=False, engine="calamine"
        )
    except DataError:
        raise
    except Exception:
        # What a broken workbook raises differs with the break; none of it helps a planner.
        raise _refused(Problem(name, fault)) from None
    return tuple(Grid(str(sheet), held.to_numpy().tolist()) for sheet, held in frames.items())


def _check_extent(path: Path) -> None:
    """Refuse a workbook that unpacks into too much, or has a cell far away from the others."""
    with zipfile.ZipFile(path) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED * _MEGA:
            raise _too_large(str(path), MOST_UNPACKED)
        for entry in packed.infolist():
            if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                with packed.open(entry) as sheet:
                    if _extent(sheet) > MOST_CELLS:
                        raise _too_many(str(path))


def _extent(sheet: Any) -> int:
    """Cells up to the last row and column that a sheet fills."""
    rows = columns = 0
    rest = b""
    while block := sheet.read(_BLOCK):
        for letters, row in _REFERENCE.findall(rest + block):
            rows = max(rows, int(row))
            columns = max(columns, _number(letters))
        rest = block[-_CUT:]
    return rows * columns


def _number(letters: bytes) -> int:
    """The number of a column from its letters, A being 1."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number
