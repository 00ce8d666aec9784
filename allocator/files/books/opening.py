"""Open a file of a bureau: checked first, then read as plain cells, or refused in plain words."""

from __future__ import annotations

from pathlib import Path

from allocator.files.books.book import RawBook


def open_book(source: Path | bytes, name: str = "") -> RawBook:
    """The sheets of an xlsx, xls or ods workbook, or the one table of a CSV file.

    Parameters
    ----------
    source
        Where the file lies, or what it holds.
    name
        How it is called, for messages; without one, the file's own name.

    Raises
    ------
    DataError
        If it is no such file, encrypted, broken, holds macros, or is larger than any table of a
        county can be. Nothing else is ever raised for what a file holds.
    """
    raise NotImplementedError
