"""An old xls workbook: looked through record by record, then parsed from a copy of its cells."""

from __future__ import annotations

import struct
from collections import Counter

from allocator.county.frozen import Problem
from allocator.files.books import biff
from allocator.files.books.book import RawBook
from allocator.files.books.cells import Checked, parsed, warnings_of
from allocator.files.books.compound import BrokenError, Compound, compound
from allocator.files.books.found import Found
from allocator.files.books.limits import (
    MOST_CELLS,
    MOST_SHEETS,
    MOST_TEXT,
    check_extent,
    refused,
    too_many_cells,
    too_many_sheets,
    too_much_text,
    unreadable,
)
from allocator.files.books.packed import encrypted, with_macros

_MACROS = ("_VBA_PROJECT_CUR", "VBA", "_VBA_PROJECT", "Macros")
_SHEET, _MACRO_SHEET, _VBA = 0, 1, 6
_OWN, _ADD_IN = b"\x01\x04", b"\x01\x3a"
"""How the workbook itself and functions of programs stand in the list of linked files."""
_CELLS = (
    biff.NUMBER, biff.RK, biff.LABEL, biff.RSTRING, biff.LABELSST, biff.BOOLERR, biff.FORMULA,
)  # fmt: skip
_HIDDEN_ROW = 0x20
_RECORDS = 2 * MOST_CELLS
"""Records of all sheets: each cell has one at most, each row another."""


def read_xls(name: str, content: bytes) -> RawBook:
    """The sheets of an old xls workbook.

    Raises
    ------
    DataError
        If it is encrypted, broken, holds macros or is too large.
    """
    try:
        return _read(name, content)
    except (BrokenError, struct.error, IndexError):
        raise unreadable(name) from None


def _read(name: str, content: bytes) -> RawBook:
    files = Compound(content)
    if "EncryptedPackage" in files.names:
        raise encrypted(name)
    if "WordDocument" in files.names or "PowerPoint Document" in files.names:
        kind = "Word" if "WordDocument" in files.names else "PowerPoint"
        text = "this is a {kind} file, no workbook: choose an .xlsx, .xls, .ods or .csv file"
        raise refused(name, text, kind=kind)
    if not files.names.isdisjoint(_MACROS):
        raise with_macros(name)
    held = next((h for h in ("Workbook", "Book") if files.stream(h) is not None), None)
    if held is None:
        raise unreadable(name)
    look = _Look(name, bytearray(files.stream(held) or b""))
    look.through()
    clean = compound(held, bytes(look.stream))
    sheets = parsed(name, clean, look.sheets)
    warnings = list(warnings_of(look.sheets))
    if look.linked:
        text = (
            "formulas here read another file; the values stored last are taken: check that "
            "they are up to date"
        )
        warnings.append(Problem(name, text))
    return RawBook(name, "xls", sheets, tuple(warnings), content)


class _Look:
    """Walks through the records, counts what they hold and takes out what is not to be parsed."""

    def __init__(self, name: str, stream: bytearray) -> None:
        self.name = name
        self.stream = stream
        self.sheets: list[Checked] = []
        self.linked = False
        self._lengths: list[int] = []
        self._cells = self._shown = self._records = 0
        self._wide = True
        """Whether names are in the form of Excel 97 and later."""

    def through(self) -> None:
        """Look through the list of sheets, then through each sheet."""
        listed = self._contents()
        if len(listed) > MOST_SHEETS:
            raise too_many_sheets(self.name)
        for n, (title, place, kind, state) in enumerate(listed):
            if kind in (_MACRO_SHEET, _VBA):
                raise with_macros(self.name)
            found = self._sheet(title, place)
            if kind == _SHEET:
                self.sheets.append(Checked(title, n, found, state != 0))

    def _contents(self) -> list[tuple[str, int, int, int]]:
        """Name, place, kind and state of every sheet."""
        found, texts, before = [], list[bytes](), 0
        for kind, at, length in biff.records(bytes(self.stream)):
            data = bytes(self.stream[at : at + length])
            if kind == biff.FILEPASS:
                raise encrypted(self.name)
            if kind == biff.BOF:
                self._wide = data[:2] not in (b"\x00\x05", b"\x00\x04", b"\x00\x03", b"\x00\x02")
            elif kind == biff.BOUNDSHEET:
                place, state, what = struct.unpack_from("<IBB", data)
                if place >= len(self.stream):
                    raise BrokenError
                found.append((self._title(data[6:]), place, what, state & 0x3F))
            elif kind == biff.SST or (kind == biff.CONTINUE and before == biff.SST):
                texts.append(data)
                before = biff.SST
                continue
            elif kind == biff.SUPBOOK:
                self.linked |= length > 4 and data[2:4] not in (_OWN, _ADD_IN)
            elif kind in (biff.NAME, biff.EXTERNSHEET):
                struct.pack_into("<H", self.stream, at - 4, biff.UNREAD)
            before = kind
        if texts:
            self._lengths = biff.text_lengths(texts)
        return found

    def _title(self, data: bytes) -> str:
        signs = data[0]
        if not self._wide:
            return data[1 : 1 + signs].decode("gb18030", "replace")
        if data[1] & 1:
            return data[2 : 2 + 2 * signs].decode("utf-16-le", "replace").replace("\0", "")
        return data[2 : 2 + signs].decode("latin-1").replace("\0", "")

    def _sheet(self, title: str, place: int) -> Found:
        found, texts, last = Found(), Counter[int](), (0, 0)
        for kind, at, length in biff.records(memoryview(self.stream), place):
            self._records += 1
            if self._records > _RECORDS:
                raise too_many_cells(title)
            if kind == biff.DIMENSIONS:
                # What a sheet says of its size is not believed.
                self.stream[at : at + length] = bytes(length)
            elif kind in _CELLS:
                last = struct.unpack_from("<HH", self.stream, at)
                self._cell(found, texts, kind, at, length, last)
            elif kind == biff.MULRK:
                row, first = struct.unpack_from("<HH", self.stream, at)
                (end,) = struct.unpack_from("<H", self.stream, at + length - 2)
                found.fill(row, max(first, end))
                self._cells += max(0, end - first + 1)
            elif kind == biff.ROW and length >= 14:
                found.hidden_rows += bool(self.stream[at + 12] & _HIDDEN_ROW)
            elif kind == biff.STRING:
                self._shown += length
        self._shown += sum(
            self._lengths[n] * times for n, times in texts.items() if n < len(self._lengths)
        )
        check_extent(title, found.rows, found.columns)
        if self._cells > MOST_CELLS:
            raise too_many_cells(title)
        if self._shown > MOST_TEXT:
            raise too_much_text(title)
        return found

    def _cell(
        self,
        found: Found,
        texts: Counter[int],
        kind: int,
        at: int,
        length: int,
        place: tuple[int, int],
    ) -> None:
        found.fill(*place)
        self._cells += 1
        if kind == biff.LABELSST:
            texts[struct.unpack_from("<I", self.stream, at + 6)[0]] += 1
        elif kind in (biff.LABEL, biff.RSTRING):
            self._shown += length
        elif kind == biff.BOOLERR and self.stream[at + 7]:
            found.errors[place] = biff.ERRORS.get(self.stream[at + 6], "#ERR")
        elif kind == biff.FORMULA and length >= 22:
            value = bytes(self.stream[at + 6 : at + 14])
            if value[6:] == b"\xff\xff" and value[0] == 2:
                found.errors[place] = biff.ERRORS.get(value[2], "#ERR")
            # Only the stored value is parsed, never the formula.
            struct.pack_into("<H", self.stream, at + 20, 0)
