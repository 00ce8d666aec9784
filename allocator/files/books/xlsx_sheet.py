"""A look at the XML of an xlsx sheet: how far it is filled, its errors, formulas without value.

Read with patterns, as parsing 100,000 rows twice would take too long. Whatever the patterns cannot
tell for certain counts as filled: a sheet may be refused that could have been read, never the
other way round.
"""

from __future__ import annotations

import re

from allocator.files.books.book import Place
from allocator.files.books.found import Found
from allocator.files.books.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS

_ASIDE = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"))
"""Where a text may look like a cell and is none."""
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]{1,4})(\d{1,10})")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_PLAIN = re.compile(rb"<c r=\"([A-Z]{1,3}\d{1,7})\"")
_BLANK = re.compile(rb"<c(?:\s+[a-z]+=\"[^\"<>]*\")*\s*/>")
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\s[^<>]*?\br\s*=\s*[\"']\s*(\d{1,10})")
_HIDDEN = re.compile(rb"<(?:\w+:)?row\s[^<>]*\bhidden=[\"'](?:1|true)[\"']")
_ERROR = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*+)>"
    rb"(?:<(?:\w+:)?f\b[^<>]*/>|<(?:\w+:)?f\b[^<>]*+>[^<]*+</(?:\w+:)?f>)?"
    rb"\s*+<(?:\w+:)?v>(#[^<]*+)<"
)
_UNSAVED = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*+)>\s*+<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*+>[^<]*+</(?:\w+:)?f>)\s*+"
    rb"(<(?:\w+:)?v\s*+/>|<(?:\w+:)?v>\s*+</(?:\w+:)?v>)?\s*+</(?:\w+:)?c>"
)
_LINKED = re.compile(rb"<(?:\w+:)?f\b[^<>]*>[^<]*\[\d+\]")
_INDEX = re.compile(rb"<(?:\w+:)?v>\s*(\d{1,9})\s*<")
_IS_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_STRING = re.compile(rb"\bt=[\"']str[\"']")
ERRORS = frozenset(
    ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA")
)
"""Errors every spreadsheet program knows."""


def look(xml: bytes) -> Found:
    """What a sheet holds, from its XML."""
    if b"<!" in xml or xml.count(b"<?") > 1:
        for begin, end in _ASIDE:
            xml = _without(xml, begin, end)
    found = Found()
    found.rows, found.columns = _extent(xml)
    if found.rows > MOST_ROWS or found.columns > MOST_COLUMNS or (
        found.rows * found.columns > MOST_CELLS
    ):  # fmt: skip
        # Formats often reach down to the last row of all; such cells hold nothing.
        found.rows, found.columns = _extent(_BLANK.sub(b"", xml))
    if b"hidden=" in xml:
        found.hidden_rows = len(_HIDDEN.findall(xml))
    for tag, error in _ERROR.findall(xml) if b't="e"' in xml or b"t='e'" in xml else ():
        place = _place(tag)
        if place is not None and _IS_ERROR.search(b" " + tag):
            found.errors[place] = error.decode("utf-8", "replace").strip()
    if b"<f" in xml or b":f" in xml:
        found.linked = _LINKED.search(xml) is not None
        for tag, value in _UNSAVED.findall(xml):
            place = _place(tag)
            if place is not None and not (value and _STRING.search(tag)):
                found.unsaved.append(place)
    return found


def _without(xml: bytes, begin: bytes, end: bytes) -> bytes:
    """The XML without what stands between two marks; without the rest where one is not closed."""
    kept, at = [], 0
    while (start := xml.find(begin, at)) >= 0:
        kept.append(xml[at:start])
        stop = xml.find(end, start + len(begin))
        if stop < 0:
            return b"".join(kept)
        at = stop + len(end)
    return b"".join((*kept, xml[at:]))


def rows_in(xml: bytes) -> int:
    """Rows of a sheet, empty ones included, or more."""
    return xml.count(b"<row") + xml.count(b":row")


def _extent(xml: bytes) -> tuple[int, int]:
    """Rows and columns up to the last cell, or more where a cell does not say where it stands."""
    plain = _PLAIN.findall(xml)
    if len(plain) == cells_in(xml):
        # As all spreadsheet programs write it: every cell says where it stands, and says it first.
        joined = b" ".join(plain)
        rows = max(map(int, set(joined.translate(None, _LETTERS).split())), default=0)
        letters = set(joined.translate(None, b"0123456789").split())
        return rows, max(map(_column, letters), default=-1) + 1
    named = _REFERENCE.findall(xml)
    rows = max(map(int, {digits for _, digits in named}), default=0)
    columns = max(map(_column, {letters for letters, _ in named}), default=-1) + 1
    if len(plain) < len(_CELL.findall(xml)):
        numbers = map(int, _ROW_NUMBER.findall(xml))
        rows = max(rows, max(numbers, default=0)) + len(_ROW.findall(xml))
        columns += max((len(_CELL.findall(row)) for row in _ROW.split(xml)), default=0)
    return rows, columns


def shown_text(xml: bytes, lengths: list[int]) -> int:
    """Signs of shared text a sheet shows, or more: every number is taken for that of a text."""
    return sum(lengths[n] for n in map(int, _INDEX.findall(xml)) if n < len(lengths))


def cells_in(xml: bytes) -> int:
    """Cells of a sheet, empty ones included."""
    if b":c" in xml:
        return sum(1 for _ in _CELL.finditer(xml))
    return sum(map(xml.count, (b"<c ", b"<c>", b"<c/", b"<c\t", b"<c\r", b"<c\n")))


def _place(tag: bytes) -> Place | None:
    match = _REFERENCE.search(b" " + tag)
    return None if match is None else (int(match[2]) - 1, _column(match[1]))


def _column(letters: bytes) -> int:
    """The number of a column from its letters, A being 0."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - ord("A") + 1
    return number - 1
