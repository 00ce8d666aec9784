"""How much of a file is read at most, and how a file is refused.

The limits lie far above the largest table a county has and far below what would stop the machine.
They are checked on what is really there, never on what a file says of itself.
"""

from __future__ import annotations

from typing import Any

from allocator.county.frozen import DataError, Problem

MEGA = 1_000_000
MOST_MEGABYTES = 50
"""Size of a file, megabytes: a roster of 10,000 teachers takes 2, one with photographs 30."""
MOST_UNPACKED = 300
"""Size of a workbook once unpacked, megabytes: 100,000 rows of 40 columns take 200."""
MOST_RATIO = 200
"""How far a part may be packed: tables reach 30 to 1, a packed bomb 1,000 to 1."""
RATIO_FROM = 5
"""Size from which that is asked, megabytes: a small part does no harm however it is packed."""
MOST_ENTRIES = 5_000
"""Files packed in a workbook: one for each sheet and picture."""
MOST_SHEETS = 1_000
"""Sheets: one for each school of the largest counties, twice."""
MOST_ROWS = 100_000
"""Rows of a sheet: twice the pupils of a grade in the largest counties."""
MOST_COLUMNS = 500
"""Columns of a sheet: a matrix of all senior highs, or a form of a whole year."""
MOST_CELLS = 3_000_000
"""Cells of a sheet up to the last row and column filled: 100,000 rows of 30 columns."""
MOST_IN_BOOK = 6_000_000
"""Cells of all sheets together, counted likewise."""
MOST_TEXT = 200 * MEGA
"""Signs of text in a workbook, each as often as it is shown."""


def refused(path: str, text: str, **details: Any) -> DataError:
    """Why a file is not read."""
    return DataError((Problem(path, text, details),))


def unreadable(path: str) -> DataError:
    """A workbook that is broken in a way no planner could name."""
    text = (
        "the workbook is damaged or incomplete: open it in Excel or WPS and save it as .xlsx again"
    )
    return refused(path, text)


def check_extent(sheet: str, rows: int, columns: int) -> None:
    """Refuse a sheet that would be too large to hold.

    Raises
    ------
    DataError
        If it has too many rows, columns or cells, counted up to the last one filled.
    """
    if rows > MOST_ROWS:
        text = (
            "the sheet is filled down to row {rows}, more than {most}: delete the rows below the "
            "table, or split it over several files"
        )
        raise refused(sheet, text, rows=rows, most=MOST_ROWS)
    if columns > MOST_COLUMNS:
        text = (
            "the sheet is filled up to column {columns}, more than {most}: delete the columns "
            "to the right of the table"
        )
        raise refused(sheet, text, columns=columns, most=MOST_COLUMNS)
    if rows * columns > MOST_CELLS:
        text = (
            "{rows} rows of {columns} columns are more than {most} cells: keep only the columns "
            "that are needed"
        )
        raise refused(sheet, text, rows=rows, columns=columns, most=MOST_CELLS)


def too_many_cells(path: str) -> DataError:
    """A sheet or a workbook of too many cells."""
    text = "more than {most} cells: keep only the columns that are needed"
    return refused(path, text, most=MOST_CELLS)


def too_much_text(path: str) -> DataError:
    """A workbook whose cells show too much text."""
    text = "its cells show more text than {most} million signs: shorten the long texts"
    return refused(path, text, most=MOST_TEXT // MEGA)


def too_many_sheets(path: str) -> DataError:
    """A workbook of too many sheets."""
    return refused(path, "more than {most} sheets: split the workbook", most=MOST_SHEETS)
