"""What a workbook of this tool holds beside its tables: help, lists, settings, examples."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from allocator.files.books import RawBook, RawSheet
from allocator.files.templates.wording import (
    APART,
    EXAMPLE,
    GOALS,
    PUBLISHED,
    RULES,
    SETTINGS,
)


def data_of(book: RawBook) -> RawBook:
    """A workbook without the sheets that hold no table, and without rows that are examples.

    Rows keep their numbers: an example leaves an empty one.
    """
    apart = {name for text in APART for name in text}
    sheets = tuple(_bare(s) for s in book.sheets if s.name not in apart)
    return replace(book, sheets=sheets)


def _bare(sheet: RawSheet) -> RawSheet:
    if not any(map(_example, sheet.rows)):
        return sheet
    rows = tuple(tuple(None for _ in row) if _example(row) else row for row in sheet.rows)
    return replace(sheet, rows=rows)


def _example(row: tuple[Any, ...]) -> bool:
    first = next((cell for cell in row if cell is not None), None)
    return isinstance(first, str) and first.startswith(tuple(mark.strip() for mark in EXAMPLE))


def has_settings(book: RawBook) -> bool:
    """Whether a workbook holds settings of a scenario."""
    names = {sheet.name for sheet in book.sheets}
    return any(name in names for text in (SETTINGS, RULES, GOALS, PUBLISHED) for name in text)
