"""Spreadsheets of other people: checked before anything is parsed, then read as plain cells."""

from allocator.files.books.book import Cell, RawBook, RawSheet, cell_name, cell_path
from allocator.files.books.opening import open_book

__all__ = ["Cell", "RawBook", "RawSheet", "cell_name", "cell_path", "open_book"]
