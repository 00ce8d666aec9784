"""Whatever a file holds, it is read or refused: no other error, and no endless reading."""

from __future__ import annotations

import datetime as dt
import random
import sys
import zipfile
from functools import cache
from io import BytesIO

import pytest
import xlsxwriter

from allocator.county.frozen import DataError, Problem
from allocator.files.books import open_book
from allocator.files.books.compound import SIGNATURE
from allocator.files.books.ods import MIMETYPE
from tests.files.old_book import old_book

ROWS = [["工号", "姓名", "年月"], ["T1", "张三", 2016.9], ["T2", "李四", 12], ["T3", "", True]]
NASTY = (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\xfe\xff\xff\xff")
CONTENT = (
    "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
    "xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' "
    "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body>"
    "<office:spreadsheet><table:table table:name='教师'><table:table-row><table:table-cell "
    "office:value-type='string'><text:p>工号</text:p></table:table-cell><table:table-cell "
    "table:number-columns-repeated='3' office:value-type='float' office:value='2016.9'/>"
    "</table:table-row></table:table></office:spreadsheet></office:body>"
    "</office:document-content>"
)


@cache
def books() -> tuple[bytes, ...]:
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("教师")
        for n, row in enumerate(ROWS):
            sheet.write_row(n, 0, row)
        sheet.write_formula(5, 0, "=1/0", None, "#DIV/0!")
        sheet.merge_range(6, 0, 7, 1, "x")
        sheet.write_datetime(8, 0, dt.datetime(2016, 9, 1), book.add_format({"num_format": 14}))
    other = BytesIO()
    with zipfile.ZipFile(other, "w") as book:
        book.writestr("mimetype", MIMETYPE)
        book.writestr("content.xml", CONTENT)
    old = old_book([("教师", ROWS), ("乙", ROWS)])
    text = "工号,姓名\r\nT1,张三\r\n".encode("gb18030")
    return held.getvalue(), other.getvalue(), old, text


def flipped(content: bytes, by: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(by.randint(1, 8)):
        place = by.randrange(len(changed))
        changed[place] ^= 1 << by.randrange(8)
        if by.random() < 0.3:
            changed[place : place + 4] = by.choice(NASTY)
    return bytes(changed)


def scrambled(content: bytes, by: random.Random) -> bytes:
    """A workbook with one packed file damaged and packed again, so that check sums are right."""
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(held, "w") as new:
        chosen = by.choice(old.namelist())
        for name in old.namelist():
            part = bytearray(old.read(name))
            for _ in range(by.randint(1, 5) if name == chosen and part else 0):
                place = by.randrange(len(part))
                match by.randrange(3):
                    case 0:
                        part[place] = by.choice(b"<>\"'/&=019 :\xff")
                    case 1:
                        del part[place : place + by.randint(1, 20)]
                        part = part or bytearray(b" ")
                    case _:
                        again = by.randrange(len(part))
                        part[place:place] = part[again : again + by.randint(1, 40)]
            new.writestr(name, bytes(part))
    return held.getvalue()


def damaged(seed: int) -> bytes:
    by = random.Random(seed)
    content = by.choice(books())
    match by.randrange(4):
        case 0:
            begin = by.choice((b"", b"PK\x03\x04", b"PK\x05\x06", SIGNATURE))
            return begin + by.randbytes(by.randint(0, 3_000))
        case 1:
            return content[: by.randrange(len(content))]
        case 2 if content.startswith(b"PK"):
            return scrambled(content, by)
    return flipped(content, by)


def read_or_refused(seed: int) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        open_book(damaged(seed), "x.xlsx")
    except DataError as error:
        problems = error.problems
    assert all(p.text.format_map(dict(p.details)) for p in problems)


def test_undamaged_the_four_are_read() -> None:
    assert [open_book(b, "x").kind for b in books()] == ["xlsx", "ods", "xls", "csv"]


def test_a_damaged_file_is_read_or_refused() -> None:
    for seed in range(1_000):
        read_or_refused(seed)


@pytest.mark.long
def test_many_damaged_files_are_read_or_refused_in_bounded_memory() -> None:
    for seed in range(1_000, 100_000):
        read_or_refused(seed)
    if sys.platform != "win32":
        import resource

        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2_000_000
