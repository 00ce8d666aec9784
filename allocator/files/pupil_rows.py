"""From a file of pupils to its cells as texts: CSV as Excel writes it, or a workbook."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from allocator.county.frozen import DataError, Problem

MOST_MEGABYTES = 50
"""Size of a file, megabytes: ten times that of a county of 50,000 pupils."""


def rows_of(path: Path) -> list[list[str]]:
    """The cells of a file; of a workbook, those of its first sheet.

    Raises
    ------
    DataError
        If there is no such file, or it is no table.
    """
    name = str(path)
    try:
        content = path.read_bytes() if path.stat().st_size <= MOST_MEGABYTES * 10**6 else None
    except FileNotFoundError:
        raise DataError((Problem(name, "there is no such file: correct the name"),)) from None
    except IsADirectoryError:
        raise DataError((Problem(name, "this is a folder: name a file in it"),)) from None
    if content is None:
        text = "larger than {most} MB: keep only the columns that are needed"
        raise DataError((Problem(name, text, {"most": MOST_MEGABYTES}),))
    rows = _of_workbook(name, content) if path.suffix.lower() == ".xlsx" else _of_csv(name, content)
    if not any(any(row) for row in rows):
        raise DataError((Problem(name, "the list holds no pupil: choose another file"),))
    return rows


def _of_csv(name: str, content: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return [[c.strip() for c in row] for row in csv.reader(StringIO(text, newline=""))]
        except csv.Error as error:
            fault = "the table cannot be read ({reason}): save it as CSV again"
            raise DataError((Problem(name, fault, {"reason": str(error)}),)) from None
    raise DataError((Problem(name, "neither in UTF-8 nor in GB18030: save it as CSV UTF-8"),))


def _of_workbook(name: str, content: bytes) -> list[list[str]]:
    try:
        cells = pd.read_excel(
            BytesIO(content), engine="calamine", header=None, dtype=object, na_filter=False
        )
    except Exception:
        # What a broken workbook raises differs with the break; none of it helps a planner.
        text = "this is no workbook that can be read: save it as .xlsx again, without a password"
        raise DataError((Problem(name, text),)) from None
    return [[_shown(value) for value in row] for row in cells.to_numpy().tolist()]


def _shown(value: Any) -> str:
    """What a cell shows."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()
