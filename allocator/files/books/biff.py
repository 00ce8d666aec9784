"""The records of an old xls workbook, and the lengths of the texts it shares.

References
----------
[MS-XLS] Excel Binary File Format (.xls) Structure.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from allocator.files.books.compound import BrokenError

BOF, EOF, CONTINUE = 0x0809, 0x000A, 0x003C
FILEPASS, BOUNDSHEET, SST, SUPBOOK = 0x002F, 0x0085, 0x00FC, 0x01AE
NAME, EXTERNSHEET = 0x0018, 0x0017
DIMENSIONS, ROW, FORMULA, BOOLERR = 0x0200, 0x0208, 0x0006, 0x0205
NUMBER, RK, LABEL, RSTRING, LABELSST = 0x0203, 0x027E, 0x0204, 0x00D6, 0x00FD
MULRK, STRING = 0x00BD, 0x0207
UNREAD = 0x01C0
"""A record that says nothing of cells, in the place of one that is not to be parsed."""
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
Record = tuple[int, int, int]
"""Kind, where its data begin, how long they are."""


def records(stream: bytes | memoryview, start: int = 0) -> Iterator[Record]:
    """The records from a place on to the end of their part.

    Raises
    ------
    BrokenError
        If the stream ends within one.
    """
    at, end = start, len(stream)
    while at + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > end:
            raise BrokenError
        yield kind, at + 4, length
        if kind == EOF:
            return
        at += 4 + length
    raise BrokenError


def text_lengths(parts: Sequence[bytes]) -> list[int]:
    """Signs of every shared text.

    Parameters
    ----------
    parts
        The table of shared texts and the records that continue it.

    Raises
    ------
    BrokenError
        If it says something else than it holds.
    """
    if len(parts[0]) < 8:
        raise BrokenError
    (count,) = struct.unpack_from("<i", parts[0], 4)
    if not 0 <= count <= sum(map(len, parts)) // 3:
        raise BrokenError
    reader = _Texts(parts)
    try:
        return [reader.length() for _ in range(count)]
    except (struct.error, IndexError):
        raise BrokenError from None


class _Texts:
    def __init__(self, parts: Sequence[bytes]) -> None:
        self._parts = iter(parts)
        self._data = next(self._parts)
        self._at = 8

    def _on(self) -> None:
        """Go on to the record that continues the table."""
        self._data = next(self._parts, b"")
        self._at = 0
        if not self._data:
            raise BrokenError

    def length(self) -> int:
        """Signs of the next text."""
        if self._at >= len(self._data):
            self._on()
        signs: int
        flags: int
        signs, flags = struct.unpack_from("<HB", self._data, self._at)
        self._at += 3
        beside = 0
        if flags & 8:
            beside += 4 * int(struct.unpack_from("<H", self._data, self._at)[0])
            self._at += 2
        if flags & 4:
            further = int(struct.unpack_from("<i", self._data, self._at)[0])
            if further < 0:
                raise BrokenError
            beside += further
            self._at += 4
        self._pass_text(signs, 1 + (flags & 1))
        while beside > 0:
            if self._at >= len(self._data):
                self._on()
            step = min(beside, len(self._data) - self._at)
            self._at += step
            beside -= step
        return signs

    def _pass_text(self, signs: int, width: int) -> None:
        while True:
            taken = min(signs, max(0, len(self._data) - self._at) // width)
            self._at += taken * width
            signs -= taken
            if not signs:
                return
            self._on()
            width = 1 + (self._data[0] & 1)
            self._at = 1
