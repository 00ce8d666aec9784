"""The packed files of an xlsx or ods workbook: counted, measured and unpacked within limits."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from io import BytesIO

from allocator.county.frozen import DataError
from allocator.files.books.limits import (
    MEGA,
    MOST_ENTRIES,
    MOST_RATIO,
    MOST_UNPACKED,
    RATIO_FROM,
    refused,
    unreadable,
)

_LISTED = b"PK\x01\x02"
"""How the entry of a packed file begins."""
_ENCRYPTED = 0x1
_OUTSIDE = re.compile(r"^(?:/|[A-Za-z]:)|(?:^|/)\.\.(?:/|$)")
_MACROS = re.compile(r"(?i)(?:^|/)(?:vbaProject\.bin|JDEData\.bin|Basic/.+|macrosheets/.+)$")
"""Macros of Excel, WPS and LibreOffice, and sheets of old macros."""
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DECLARED = re.compile(rb"^[^<]*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)


class Packed:
    """The files packed in a workbook, by name with forward slashes.

    Raises
    ------
    DataError
        If it is encrypted, holds macros, or more than any workbook of a county; nothing is
        unpacked to find that out.
    """

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        if content.count(_LISTED) > MOST_ENTRIES:
            raise self._too_many()
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, zlib.error):
            raise unreadable(name) from None
        self._entries = {
            e.filename.replace("\\", "/"): e for e in entries if e.filename[-1:] not in ("", "/")
        }
        self._check(entries)

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > MOST_ENTRIES:
            raise self._too_many()
        if any(e.flag_bits & _ENCRYPTED for e in entries):
            raise encrypted(self.name)
        names = Counter(e.filename.replace("\\", "/").lower() for e in entries)
        if any(_OUTSIDE.search(name) for name in names) or max(names.values(), default=1) > 1:
            text = (
                "the packed files have names no spreadsheet program gives: open it in Excel or "
                "WPS and save it as .xlsx again"
            )
            raise refused(self.name, text)
        if sum(e.file_size for e in entries) > MOST_UNPACKED * MEGA:
            text = "it unpacks into more than {most} MB: remove sheets and pictures not needed"
            raise refused(self.name, text, most=MOST_UNPACKED)
        for entry in entries:
            if entry.file_size > max(RATIO_FROM * MEGA, MOST_RATIO * entry.compress_size):
                text = (
                    "a part is packed more than {most} to 1, as no table is: delete empty rows "
                    "and columns with formats and save it again"
                )
                raise refused(self.name, text, most=MOST_RATIO)
        if any(_MACROS.search(name) for name in self._entries):
            raise with_macros(self.name)

    def _too_many(self) -> DataError:
        text = "more than {most} files are packed in it: this is no workbook of tables"
        return refused(self.name, text, most=MOST_ENTRIES)

    def __contains__(self, part: str) -> bool:
        return part in self._entries

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all packed files."""
        return tuple(self._entries)

    def part(self, part: str) -> bytes:
        """One XML file, unpacked.

        A file that unpacks into more than it says is cut there and refused as damaged, since its
        check sum is then wrong.
        """
        try:
            held = self._zip.read(self._entries[part])
        except (KeyError, zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
            raise unreadable(self.name) from None
        except (RuntimeError, EOFError, zlib.error):
            raise unreadable(self.name) from None
        if _DOCTYPE.search(held[:4096]) or b"<!ENTITY" in held or b"<!DOCTYPE" in held:
            text = (
                "a part of it declares text of its own, as no spreadsheet program does: open it "
                "in Excel or WPS and save it as .xlsx again"
            )
            raise refused(self.name, text)
        declared = _DECLARED.match(held[:200])
        if held[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in held[:200] or (
            declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii")
        ):  # fmt: skip
            raise unreadable(self.name)
        return held


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Files packed anew, the first one first: what is parsed is what was looked through."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as made:
        for name, content in parts.items():
            made.writestr(zipfile.ZipInfo(name), content)
    return held.getvalue()


def encrypted(name: str) -> DataError:
    """A workbook with a password."""
    text = "the file is protected by a password: save a copy without it and choose that one"
    return refused(name, text)


def with_macros(name: str) -> DataError:
    """A workbook with macros."""
    text = "the file holds macros, which are never run or read: save it as .xlsx without macros"
    return refused(name, text)
