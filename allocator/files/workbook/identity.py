"""What a workbook says of itself to a program: which table stands where, whatever people rename.

Every table is a named table ``t_`` and the identity of its sheet (``t_exchange_list``): Excel, WPS
and LibreOffice move it along when rows or columns are inserted or the sheet is renamed. Beside
that a sheet ``_allocator``, out of sight, holds two lists, from A1 on:

- pairs of key and value: ``format`` (:data:`FORMAT`), ``language``, and what the workbook was made
  from, ``scenario`` (its hash); then an empty row;
- a row of :data:`HEADINGS`, then one row for each column of each table: identity of the sheet, its
  name when written, code of the column (of ``allocator.insight.headings``, or ``places:ID`` of a
  senior high), its heading, its number from 1, first row of the table's cells and how many there
  are when written.

Hidden columns of a table (``Sheet.hidden``) are listed as well; they are sorted with their rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from allocator.files.workbook.sheet import FIRST_ROW
from allocator.files.workbook.text import clean

if TYPE_CHECKING:
    from allocator.files.workbook.page import Page

SHEET = "_allocator"
FORMAT = 1
HEADINGS = ("sheet", "tab", "code", "heading", "column", "first_row", "rows")


def table_name(identity: str) -> str:
    """The name of the table of a sheet in the file."""
    return f"t_{identity}"


def write_identity(page: Any, pages: Iterable[Page], about: Mapping[str, str]) -> None:
    """Write the sheet out of sight."""
    row = 0
    for key, value in {"format": FORMAT, **about}.items():
        page.write_string(row, 0, key)
        page.write(row, 1, value)
        row += 1
    row += 1
    for n, heading in enumerate(HEADINGS):
        page.write_string(row, n, heading)
    for written in pages:
        for n, code in enumerate(written.codes):
            row += 1
            told = (
                written.sheet.identity,
                written.name,
                clean(code),
                written.headings[n],
                n + 1,
                FIRST_ROW,
                written.count,
            )
            for at, value in enumerate(told):
                if isinstance(value, str):
                    page.write_string(row, at, value)
                else:
                    page.write_number(row, at, value)
    page.very_hidden()
