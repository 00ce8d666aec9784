"""The compound file an old xls workbook lies in: streams out of one, a stream into a new one.

References
----------
[MS-CFB] Compound File Binary File Format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFE
_FREE = 0xFFFFFFFF
_FAT = 0xFFFFFFFD
_BIG = 4096
"""Sector of a new file, and the size below which a stream lies among the small ones."""
_MINI = 64


class BrokenError(ValueError):
    """A compound file whose parts do not fit together."""


@dataclass(frozen=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


class Compound:
    """A compound file; every chain of sectors is followed once round at most.

    Raises
    ------
    BrokenError
        If it is none, or its parts do not fit together.
    """

    def __init__(self, content: bytes) -> None:
        if len(content) < 512 or not content.startswith(SIGNATURE):
            raise BrokenError
        self._content = content
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise BrokenError
        self._size = 1 << shift
        self._most = len(content) // self._size + 1
        (self._directory,) = struct.unpack_from("<I", content, 48)
        (self._mini_start,) = struct.unpack_from("<I", content, 60)
        self._fat = self._read_fat()
        self._entries = list(self._read_entries())

    @property
    def names(self) -> frozenset[str]:
        """Names of all streams and folders."""
        return frozenset(e.name for e in self._entries)

    def stream(self, name: str) -> bytes | None:
        """A stream by name; None if there is none."""
        entry = next((e for e in self._entries if e.name == name and e.kind == 2), None)
        if entry is None:
            return None
        if entry.size > len(self._content):
            raise BrokenError
        if entry.size >= _BIG:
            return self._chain(entry.start)[: entry.size]
        return self._small(entry.start)[: entry.size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if number > self._most or start >= len(self._content):
            raise BrokenError
        return self._content[start : start + self._size].ljust(self._size, b"\0")

    def _read_fat(self) -> tuple[int, ...]:
        held = list(struct.unpack_from("<109I", self._content, 76))
        (further,) = struct.unpack_from("<I", self._content, 68)
        for _ in range(self._most):
            if further in (_LAST, _FREE):
                break
            numbers = self._numbers(self._sector(further))
            held.extend(numbers[:-1])
            further = numbers[-1]
        used = [n for n in held if n != _FREE]
        if len(used) > self._most:
            raise BrokenError
        return tuple(n for sector in used for n in self._numbers(self._sector(sector)))

    @staticmethod
    def _numbers(data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data)

    def _chain(self, start: int) -> bytes:
        found, number = list[bytes](), start
        while number != _LAST:
            if number >= len(self._fat) or len(found) > self._most:
                raise BrokenError
            found.append(self._sector(number))
            number = self._fat[number]
        return b"".join(found)

    def _read_entries(self) -> Iterator[_Entry]:
        held = self._chain(self._directory)
        for at in range(0, len(held), 128):
            length, kind = struct.unpack_from("<HB", held, at + 64)
            start, size = struct.unpack_from("<IQ", held, at + 116)
            if self._size == 512:
                size &= 0xFFFFFFFF
            if kind:
                name = held[at : at + max(0, min(length, 64) - 2)]
                yield _Entry(name.decode("utf-16-le", "replace"), kind, start, size)

    @cached_property
    def _mini(self) -> tuple[bytes, tuple[int, ...]]:
        """All small streams, and how their sectors follow each other."""
        root = next((e for e in self._entries if e.kind == 5), None)
        if root is None:
            raise BrokenError
        return self._chain(root.start), self._numbers(self._chain(self._mini_start))

    def _small(self, start: int) -> bytes:
        data, follows = self._mini
        found, number = list[bytes](), start
        while number != _LAST:
            if number >= len(follows) or len(found) > len(follows):
                raise BrokenError
            found.append(data[number * _MINI : (number + 1) * _MINI])
            number = follows[number]
        return b"".join(found)


def compound(name: str, stream: bytes) -> bytes:
    """A new compound file with one stream."""
    stream = stream.ljust(_BIG, b"\0")
    sectors = -(-len(stream) // _BIG)
    whole = sectors + 2
    tables = -(-whole // (_BIG // 4 - 1))
    fat = [*range(1, sectors), _LAST, _LAST, _LAST, *[_FAT] * tables]
    fat += [_FREE] * (tables * _BIG // 4 - len(fat))
    entries = [("Root Entry", 5, sectors + 1, _MINI, 1), (name, 2, 0, len(stream), _FREE)]
    header = SIGNATURE + bytes(16) + struct.pack("<HHHHH", 0x3E, 4, 0xFFFE, 12, 6) + bytes(6)
    header += struct.pack(
        "<IIIIIIIII", 1, tables, sectors, 0, _BIG, _LAST, 0, _LAST, 0
    )  # fmt: skip
    listed = [whole + n for n in range(tables)]
    header += struct.pack("<109I", *listed, *[_FREE] * (109 - tables))
    return b"".join(
        (
            header.ljust(_BIG, b"\0"),
            stream.ljust(sectors * _BIG, b"\0"),
            b"".join(_entry(*entry) for entry in entries).ljust(_BIG, b"\0"),
            bytes(_BIG),
            struct.pack(f"<{len(fat)}I", *fat),
        )
    )


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    title = name.encode("utf-16-le") + b"\0\0"
    return (
        title.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(title), kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
