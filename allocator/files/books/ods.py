"""An ods workbook: looked through piece by piece, then parsed from a copy of its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from allocator.county.frozen import DataError
from allocator.files.books.book import RawBook
from allocator.files.books.cells import Checked, parsed, warnings_of
from allocator.files.books.found import Found
from allocator.files.books.limits import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    MOST_TEXT,
    check_extent,
    too_many_cells,
    too_many_sheets,
    too_much_text,
    unreadable,
)
from allocator.files.books.packed import Packed, encrypted, packed

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_CELLS = ("table:table-cell", "table:covered-table-cell")
_TAGS = 6
"""Tags of a cell with its text, and some to spare."""
_LINK = re.compile(r"'file:|\[\s*'")
_MANIFEST = (
    b"<manifest:manifest xmlns:manifest="
    b"'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'></manifest:manifest>"
)


def read_ods(name: str, content: bytes, files: Packed) -> RawBook:
    """The sheets of an ods workbook.

    Raises
    ------
    DataError
        If it is encrypted, broken or too large.
    """
    if "META-INF/manifest.xml" in files and b"encryption-data" in files.part(
        "META-INF/manifest.xml"
    ):
        raise encrypted(name)
    if "content.xml" not in files:
        raise unreadable(name)
    xml = files.part("content.xml")
    if xml.count(b"<") > _TAGS * MOST_CELLS:
        raise too_many_cells(name)
    looked = _Look(name)
    looked.through(xml)
    checked = [Checked(t.name, t.name, t.found, t.hidden) for t in looked.sheets]
    parts = {"mimetype": MIMETYPE, "META-INF/manifest.xml": _MANIFEST, "content.xml": xml}
    sheets = parsed(name, packed(parts), checked)
    return RawBook(name, "ods", sheets, tuple(warnings_of(checked)), content)


@dataclass
class _Sheet:
    name: str
    hidden: bool
    found: Found = field(default_factory=Found)
    row: int = 0
    column: int = 0
    repeated: int = 1
    """How often the present row stands there."""
    within: int = 1
    """How often the present cell stands in it."""
    text: int = 0
    """Signs of the present cell."""


class _Look:
    """Walks through the XML and counts what repetitions make of it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sheets: list[_Sheet] = []
        self.shown = self.cells = 0
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._open: list[_Sheet] = []
        self._cell: Mapping[str, str] | None = None
        self._words: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._said

    def through(self, xml: bytes) -> None:
        """Look through all of it.

        Raises
        ------
        DataError
            If it is broken or too large.
        """
        try:
            self._parser.Parse(xml, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            if isinstance(error, DataError):
                raise
            raise unreadable(self.name) from None
        names = [s.name for s in self.sheets]
        if len(set(names)) < len(names):
            raise unreadable(self.name)
        for sheet in self.sheets:
            check_extent(sheet.name, sheet.found.rows, sheet.found.columns)

    def _start(self, tag: str, about: dict[str, str]) -> None:
        if tag == "style:style":
            self._style = about.get("style:name", "")
        elif tag == "style:table-properties" and about.get("table:display") == "false":
            self._hidden_styles.add(self._style)
        elif tag == "table:table":
            if len(self.sheets) >= MOST_SHEETS:
                raise too_many_sheets(self.name)
            hidden = about.get("table:style-name") in self._hidden_styles
            self._open.append(_Sheet(about.get("table:name", ""), hidden))
            self.sheets.append(self._open[-1])
        elif not self._open:
            return
        elif tag == "table:table-row":
            sheet = self._open[-1]
            sheet.column = 0
            sheet.repeated = _times(about.get("table:number-rows-repeated"))
            if about.get("table:visibility", "visible") != "visible" and sheet.repeated < MOST_ROWS:
                sheet.found.hidden_rows += sheet.repeated
        elif tag in _CELLS:
            self._begin(self._open[-1], about)
        elif tag == "text:s" and self._cell is not None:
            self._open[-1].text += _times(about.get("text:c"))

    def _begin(self, sheet: _Sheet, about: dict[str, str]) -> None:
        self._cell, self._words, sheet.text = about, [], 0
        sheet.within = _times(about.get("table:number-columns-repeated"))
        formula = about.get("table:formula", "")
        value = "office:value-type" in about
        if value or formula:
            self.cells += min(sheet.within * sheet.repeated, MOST_CELLS + 1)
            sheet.found.fill(sheet.row + sheet.repeated - 1, sheet.column + sheet.within - 1)
            sheet.text = sum(map(len, about.values()))
        if formula:
            sheet.found.linked |= _LINK.search(formula) is not None
            if not value:
                sheet.found.unsaved.append((sheet.row, sheet.column))
        if self.cells > MOST_CELLS or sheet.found.columns > MOST_COLUMNS:
            check_extent(sheet.name, sheet.found.rows, sheet.found.columns)
            raise too_many_cells(sheet.name)

    def _said(self, text: str) -> None:
        if self._cell is not None and self._open:
            self._open[-1].text += len(text)
            if len(self._words) < 10:
                self._words.append(text)

    def _end(self, tag: str) -> None:
        if tag == "table:table" and self._open:
            self._open.pop()
        elif not self._open:
            return
        elif tag == "table:table-row":
            self._open[-1].row += self._open[-1].repeated
        elif tag in _CELLS and self._cell is not None:
            self._finish(self._open[-1], self._cell)

    def _finish(self, sheet: _Sheet, about: Mapping[str, str]) -> None:
        filled = "office:value-type" in about or "table:formula" in about
        if filled:
            self.shown += sheet.text * sheet.within * sheet.repeated
            if self.shown > MOST_TEXT:
                raise too_much_text(sheet.name)
        if about.get("calcext:value-type") == "error" and sheet.within * sheet.repeated == 1:
            said = "".join(self._words).strip()
            sheet.found.errors[sheet.row, sheet.column] = said[:20] or "#ERR"
        sheet.column += sheet.within
        self._cell = None


def _times(repeated: str | None) -> int:
    """How often something stands there."""
    return int(repeated) if repeated and repeated.isascii() and repeated.isdigit() else 1
