"""Open a file of a bureau: checked first, then read as plain cells, or refused in plain words."""

from __future__ import annotations

import re
from pathlib import Path

from allocator.files.books.book import RawBook
from allocator.files.books.compound import SIGNATURE
from allocator.files.books.csv_text import read_csv
from allocator.files.books.limits import MEGA, MOST_MEGABYTES, refused, unreadable
from allocator.files.books.ods import MIMETYPE, read_ods
from allocator.files.books.packed import Packed
from allocator.files.books.xls import read_xls
from allocator.files.books.xlsx import read_xlsx

_ZIPPED = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "RTF"),
)
_PAGE = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|body|table|div|style)\b|^\s*MIME-Version:",
    re.I | re.S,
)
_OLD_XML = re.compile(
    rb"<\?mso-application\s+progid=\"Excel\.Sheet\"|urn:schemas-microsoft-com:office:spreadsheet"
)


def open_book(source: Path | bytes, name: str = "") -> RawBook:
    """The sheets of an xlsx, xls or ods workbook, or the one table of a CSV file.

    What a file is told by what it holds, whatever it is called. Hidden rows are read, hidden
    sheets are read and marked; formulas are read by their stored values.

    Parameters
    ----------
    source
        Where the file lies, or what it holds.
    name
        How it is called, for messages; without one, the file's own name.

    Raises
    ------
    DataError
        If it is no such file, encrypted, broken, holds macros, or is larger than any table of a
        county can be. Nothing else is ever raised for what a file holds.
    """
    given = name or (source.name if isinstance(source, Path) else "")
    title = re.split(r"[/\\]", given)[-1] or "-"
    content = source if isinstance(source, bytes) else _content(source)
    if len(content) > MOST_MEGABYTES * MEGA:
        raise _too_large(title)
    if not content.strip():
        raise refused(title, "the file is empty: choose one that holds a table")
    if content.startswith(_ZIPPED):
        return _unpacked(title, content)
    if content.startswith(SIGNATURE):
        return read_xls(title, content)
    _refuse_others(title, content[:4096])
    return read_csv(title, content)


def _content(path: Path) -> bytes:
    name = str(path)
    try:
        if path.stat().st_size <= MOST_MEGABYTES * MEGA or path.is_dir():
            return path.read_bytes()
    except FileNotFoundError:
        raise refused(name, "there is no such file: correct the name") from None
    except (OSError, ValueError) as error:
        if path.is_dir():
            raise refused(name, "this is a folder: name a file in it") from None
        reason = getattr(error, "strerror", None) or str(error)
        text = "the file cannot be read ({reason}): check name and rights"
        raise refused(name, text, reason=reason) from None
    raise _too_large(name)


def _too_large(name: str) -> Exception:
    text = "larger than {most} MB: keep only the sheets that are needed, without pictures"
    return refused(name, text, most=MOST_MEGABYTES)


def _unpacked(name: str, content: bytes) -> RawBook:
    files = Packed(name, content)
    if "xl/workbook.xml" in files:
        return read_xlsx(name, content, files)
    if "xl/workbook.bin" in files:
        text = "workbooks of the form .xlsb are not read: open it in Excel and save it as .xlsx"
        raise refused(name, text)
    if "mimetype" in files:
        if files.part("mimetype").strip() == MIMETYPE:
            return read_ods(name, content, files)
        raise _no_workbook(name, "OpenDocument")
    if "word/document.xml" in files:
        raise _no_workbook(name, "Word")
    if "ppt/presentation.xml" in files:
        raise _no_workbook(name, "PowerPoint")
    if "[Content_Types].xml" in files:
        raise unreadable(name)
    raise _no_workbook(name, "ZIP")


def _refuse_others(name: str, begin: bytes) -> None:
    """Say what a file is that is no table."""
    for mark, kind in _OTHERS:
        if begin.startswith(mark):
            raise _no_workbook(name, kind)
    if _OLD_XML.search(begin):
        text = (
            "this is a table in the XML form of Excel 2003: open it in Excel or WPS and save it "
            "as .xlsx"
        )
        raise refused(name, text)
    if _PAGE.search(begin):
        text = (
            "this is a web page under the name of a workbook, as many systems export it: open it "
            "in Excel or WPS and save it as .xlsx"
        )
        raise refused(name, text)


def _no_workbook(name: str, kind: str) -> Exception:
    text = "this is a {kind} file, no workbook: choose an .xlsx, .xls, .ods or .csv file"
    return refused(name, text, kind=kind)
