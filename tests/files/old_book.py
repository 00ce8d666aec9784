"""Old xls workbooks written record by record, so that no other program is needed for them."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from allocator.files.books import biff
from allocator.files.books.compound import compound


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def bof(part: int) -> bytes:
    return record(biff.BOF, struct.pack("<HHHHII", 0x0600, part, 0, 0, 0, 0))


def shared(texts: Sequence[str], count: int | None = None) -> bytes:
    """The table of shared texts; ``count`` is what it says of itself."""
    said = len(texts) if count is None else count
    data = bytearray(struct.pack("<ii", said, said))
    for text in texts:
        data += struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")
    return record(biff.SST, bytes(data))


def cells_of(rows: Sequence[Sequence[object]], texts: list[str]) -> bytes:
    made = bytearray()
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                texts.append(value)
                made += record(biff.LABELSST, struct.pack("<HHHI", r, c, 0, len(texts) - 1))
            elif isinstance(value, bool):
                made += record(biff.BOOLERR, struct.pack("<HHHBB", r, c, 0, value, 0))
            elif isinstance(value, int | float):
                made += record(biff.NUMBER, struct.pack("<HHHd", r, c, 0, value))
            elif isinstance(value, bytes):
                made += value
    return bytes(made)


def stream(
    sheets: Sequence[tuple[str, Sequence[Sequence[object]]]],
    *,
    before: bytes = b"",
    size: tuple[int, int, int, int] = (0, 1, 0, 1),
    kind: int = 0,
    count: int | None = None,
) -> bytes:
    """The records of a workbook.

    Parameters
    ----------
    before
        Records put before the list of sheets.
    size
        What each sheet says of its size.
    kind
        What the sheets are: 0 for cells, 1 for old macros.
    count
        What the table of shared texts says of itself.
    """
    texts: list[str] = []
    parts = [
        bof(0x10)
        + record(biff.DIMENSIONS, struct.pack("<IIHHH", *size, 0))
        + cells_of(rows, texts)
        + record(biff.EOF)
        for _, rows in sheets
    ]
    begin = bof(0x05) + before
    end = shared(texts, count) + record(biff.EOF)
    titles = [
        struct.pack("<BB", len(name), 1) + name.encode("utf-16-le") for name, _ in sheets
    ]  # fmt: skip
    place = len(begin) + sum(10 + len(title) for title in titles) + len(end)
    listed = b""
    for title, part in zip(titles, parts, strict=True):
        listed += record(biff.BOUNDSHEET, struct.pack("<IBB", place, 0, kind) + title)
        place += len(part)
    return begin + listed + end + b"".join(parts)


def old_book(*args: object, **kwargs: object) -> bytes:
    """An xls workbook."""
    return compound("Workbook", stream(*args, **kwargs))  # type: ignore[arg-type]
