"""A CSV file as Chinese offices write it: encoding and separator found, never guessed from odds."""

from __future__ import annotations

import csv
import re
from io import StringIO
from itertools import islice

from allocator.files.books.book import Cell, RawBook, RawSheet
from allocator.files.books.limits import check_extent, refused
from allocator.files.csv_guard import unguarded

_SEPARATORS = (",", "\t", ";")
_SAMPLE = 50
"""Rows the separator is found from."""
_STATED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""A first line by which Excel is told the separator."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_KEPT = re.compile(r'^="([^"]*)"$')
"""A number kept as text by way of a formula, such as ="0012"."""


def read_csv(name: str, content: bytes) -> RawBook:
    """The one table of a CSV file; every cell is text.

    Raises
    ------
    DataError
        If it is no text in UTF-8, UTF-16 or GB18030, or too large.
    """
    text = _decoded(name, content)
    stated = _STATED.match(text)
    separator = stated[1] if stated else _separator(text)
    text = text[stated.end() :] if stated else text
    rows: list[list[Cell]] = []
    width = 0
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=separator):
            rows.append([_plain(cell) for cell in row])
            width = max(width, len(row))
            check_extent(name, len(rows), width)
    except csv.Error as error:
        fault = "the table cannot be read ({reason}): save it as CSV again"
        raise refused(name, fault, reason=str(error)) from None
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise refused(name, "the file is empty: choose one that holds a table")
    filled = tuple(tuple(row + [None] * (width - len(row))) for row in rows)
    return RawBook(name, "csv", (RawSheet(_title(name), filled),), (), content)


def _decoded(name: str, content: bytes) -> str:
    """The text in the encodings Chinese programs write; UTF-16 only with its mark."""
    encodings = ["utf-8-sig", "gb18030"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    text = (
        "this is neither a workbook nor a table in UTF-8 or GB18030: save it as .xlsx, or as "
        "CSV UTF-8"
    )
    raise refused(name, text)


def _separator(text: str) -> str:
    """The separator by which the most rows have the same number of cells, more than one."""

    def fit(separator: str) -> tuple[int, int]:
        try:
            rows = csv.reader(StringIO(text, newline=""), delimiter=separator)
            widths = [len(row) for row in islice(rows, _SAMPLE) if row]
        except csv.Error:
            return 0, 0
        wide = [w for w in widths if w > 1]
        common = max(set(wide), key=lambda w: (wide.count(w), w), default=0)
        return wide.count(common), common

    return max(_SEPARATORS, key=fit)


def _plain(cell: str) -> Cell:
    if not cell.strip():
        return None
    if kept := _KEPT.match(cell):
        return kept[1] or None
    if unguarded(cell) != cell:
        # How a text that must not become a formula is written by this tool.
        return cell[1:]
    return cell


def _title(name: str) -> str:
    return name.rsplit(".", 1)[0] or name
