"""An xlsx workbook: its sheets looked through, then parsed from a copy that holds nothing else."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from allocator.files.books.book import RawBook
from allocator.files.books.cells import Checked, parsed, warnings_of
from allocator.files.books.limits import (
    MOST_CELLS,
    MOST_SHEETS,
    MOST_TEXT,
    refused,
    too_many_cells,
    too_many_sheets,
    too_much_text,
    unreadable,
)
from allocator.files.books.packed import Packed, packed
from allocator.files.books.xlsx_sheet import ERRORS, cells_in, look, rows_in, shown_text

_BOOK = "xl/workbook.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ROWS = 1_048_576
"""Rows a sheet can have at all."""
_ITEM = re.compile(rb"<(?:\w+:)?si\b")
_TAG = re.compile(rb"<[^<>]*>")


def read_xlsx(name: str, content: bytes, files: Packed) -> RawBook:
    """The sheets of an xlsx workbook.

    Raises
    ------
    DataError
        If it is broken or too large.
    """
    listed = list(_sheets(name, files))
    if len(listed) > MOST_SHEETS:
        raise too_many_sheets(name)
    strings = files.part("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in files else b""
    if strings.count(b"si") > 2 * MOST_CELLS:
        raise too_much_text(name)
    lengths = [len(_TAG.sub(b"", item)) for item in _ITEM.split(strings)[1:]]
    longest, shown = max(lengths, default=0), 0
    checked, parts = [], dict[str, bytes]()
    for n, (title, part, hidden) in enumerate(listed):
        xml = files.part(part)
        cells = cells_in(xml)
        if cells > MOST_CELLS or rows_in(xml) > 2 * _ROWS:
            raise too_many_cells(title)
        found = look(xml)
        _check_errors(title, found.errors)
        shown += len(xml)
        if shown + cells * longest > MOST_TEXT:
            shown += shown_text(xml, lengths)
        if shown > MOST_TEXT:
            raise too_much_text(title)
        checked.append(Checked(title, f"s{n}", found, hidden))
        parts[f"xl/worksheets/s{n}.xml"] = xml
    if strings:
        parts["xl/sharedStrings.xml"] = strings
    if "xl/styles.xml" in files:
        parts["xl/styles.xml"] = files.part("xl/styles.xml")
    clean = packed({**_frame(len(listed), _from_1904(files)), **parts})
    sheets = parsed(name, clean, checked)
    return RawBook(name, "xlsx", sheets, tuple(warnings_of(checked)), content)


def _sheets(name: str, files: Packed) -> Iterator[tuple[str, str, bool]]:
    """Name, packed file and whether hidden, of every sheet of cells in order."""
    book = _tree(name, files, _BOOK)
    targets = {}
    for relation in _tree(name, files, "xl/_rels/workbook.xml.rels"):
        target = relation.get("Target", "").replace("\\", "/")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        if not path.startswith("xl/"):
            path = posixpath.join("xl", path)
        targets[relation.get("Id")] = (posixpath.normpath(path), relation.get("Type", ""))
    for sheet in book.iter():
        if _local(sheet.tag) != "sheet":
            continue
        id = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
        path, kind = targets.get(id, ("", ""))
        if kind.rsplit("/", 1)[-1] not in ("worksheet", ""):
            continue
        if path not in files:
            raise unreadable(name)
        yield sheet.get("name", ""), path, sheet.get("state", "visible") != "visible"


def _tree(name: str, files: Packed, part: str) -> ElementTree.Element:
    if part not in files:
        raise unreadable(name)
    try:
        return ElementTree.fromstring(files.part(part))
    except (ElementTree.ParseError, ValueError, LookupError):
        raise unreadable(name) from None


def _local(tag: object) -> str:
    return str(tag).rsplit("}", 1)[-1]


def _from_1904(files: Packed) -> bool:
    """Whether days are counted from 1904, as on old Macintosh computers."""
    return re.search(rb"\bdate1904\s*=\s*[\"'](?:1|true)[\"']", files.part(_BOOK)) is not None


def _check_errors(sheet: str, errors: dict[tuple[int, int], str]) -> None:
    """Refuse errors that only the newest programs know and no parser reads."""
    strange = sorted({error for error in errors.values() if error not in ERRORS})
    if strange:
        text = "cells hold the error {error}: correct the formulas, or paste them as values"
        raise refused(sheet, text, error=", ".join(strange)[:60])


def _frame(sheets: int, from_1904: bool) -> dict[str, bytes]:
    """The list of sheets of a workbook of our own."""
    rows = "".join(
        f"<sheet name={quoteattr(f's{n}')} sheetId='{n + 1}' r:id='r{n}'/>" for n in range(sheets)
    )
    links = "".join(
        f"<Relationship Id='r{n}' Type='{_OFFICE}/worksheet' Target='worksheets/s{n}.xml'/>"
        for n in range(sheets)
    )
    book = (
        f"<workbook xmlns='{_MAIN}' xmlns:r='{_OFFICE}'>"
        f"<workbookPr date1904='{int(from_1904)}'/><sheets>{rows}</sheets></workbook>"
    )
    root = f"<Relationship Id='r' Type='{_OFFICE}/officeDocument' Target='xl/workbook.xml'/>"
    types = f"<Types xmlns='{_PACKAGE}/content-types'/>"
    return {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": _relations(root),
        _BOOK: book.encode(),
        "xl/_rels/workbook.xml.rels": _relations(links),
    }


def _relations(links: str) -> bytes:
    return f"<Relationships xmlns='{_PACKAGE}/relationships'>{links}</Relationships>".encode()
