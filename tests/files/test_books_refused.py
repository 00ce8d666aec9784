"""What is no table, or more than a table, is refused before it is parsed, each in its own words."""

from __future__ import annotations

import struct
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from allocator.county.frozen import DataError, Problem
from allocator.files.books import biff, open_book
from allocator.files.books.compound import SIGNATURE, compound
from allocator.files.books.limits import (
    MOST_COLUMNS,
    MOST_ENTRIES,
    MOST_MEGABYTES,
    MOST_ROWS,
    MOST_UNPACKED,
)
from allocator.files.books.ods import MIMETYPE
from tests.files.old_book import old_book, record, shared

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def refusal(content: bytes | Path, name: str = "a.xlsx") -> Problem:
    with pytest.raises(DataError) as caught:
        open_book(content, name)
    (problem,) = caught.value.problems
    assert problem.text.format_map(dict(problem.details))
    return problem


def plain() -> bytes:
    held = BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet("教师").write(0, 0, "x")
    return held.getvalue()


def repacked(changes: dict[str, bytes | None], content: bytes | None = None) -> bytes:
    """A workbook with some of its parts replaced, added or taken out."""
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(content or plain())) as old:
        parts = {name: old.read(name) for name in old.namelist()} | changes
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)
    return held.getvalue()


def sheet(rows: str) -> bytes:
    return repacked({"xl/worksheets/sheet1.xml": SHEET.format(rows).encode()})


def ods(content: str) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("mimetype", MIMETYPE)
        new.writestr(
            "content.xml",
            "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x'>"
            f"<table:table table:name='甲'>{content}</table:table></office:document-content>",
        )
    return held.getvalue()


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "nichts.xlsx").text
    assert "folder" in refusal(tmp_path).text


def test_an_empty_file_is_told() -> None:
    assert "empty" in refusal(b"").text
    assert "empty" in refusal(b" \r\n").text


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(MOST_MEGABYTES * 1_000_000 + 1)
    assert refusal(path).details == {"most": MOST_MEGABYTES}


def test_a_bomb_is_known_by_the_sizes_it_states() -> None:
    packed = repacked({"x.xml": bytes(10_000)})
    bomb = packed.replace(struct.pack("<I", 10_000), struct.pack("<I", MOST_UNPACKED * 1_000_001))
    assert refusal(bomb).details == {"most": MOST_UNPACKED}


def test_a_smaller_bomb_is_known_by_how_far_it_is_packed() -> None:
    assert "packed more than" in refusal(repacked({"x.xml": bytes(20_000_000)})).text


def test_a_part_that_unpacks_into_more_than_it_states_is_cut_and_refused() -> None:
    content = repacked({"xl/worksheets/sheet1.xml": SHEET.format(" " * 4_000_000).encode()})
    with zipfile.ZipFile(BytesIO(content)) as held:
        size = held.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = content.replace(struct.pack("<I", size), struct.pack("<I", 100))
    assert lying != content
    assert "damaged" in refusal(lying).text


def test_too_many_packed_files_are_refused() -> None:
    many = repacked({f"x/{n}": b"" for n in range(MOST_ENTRIES + 1)})
    assert "files are packed" in refusal(many).text


@pytest.mark.parametrize("name", ["../x.xml", "/etc/x", "C:/x", "xl/../../x", "XL/WORKBOOK.XML"])
def test_odd_names_of_packed_files_are_refused(name: str) -> None:
    assert "names" in refusal(repacked({name: b"x"})).text


@pytest.mark.parametrize(
    "name", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "xl/JDEData.bin", "Basic/x/y.xml"]
)
def test_macros_are_refused(name: str) -> None:
    assert "macros" in refusal(repacked({name: b"x"}), "a.xlsm").text


def test_a_part_with_text_of_its_own_is_refused() -> None:
    lol = b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]><worksheet>&a;</worksheet>"
    assert "declares text" in refusal(repacked({"xl/worksheets/sheet1.xml": lol})).text


def test_encrypted_workbooks_are_told() -> None:
    assert "password" in refusal(compound("EncryptedPackage", bytes(5000))).text
    password = record(biff.FILEPASS, b"\1\0" + bytes(52))
    assert "password" in refusal(old_book([("甲", [["x"]])], before=password), "a.xls").text
    flagged = bytearray(plain())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = flagged.find(mark)
        flagged[place + at] |= 1
    assert "password" in refusal(bytes(flagged)).text


def test_macros_of_an_old_workbook_are_refused() -> None:
    assert "macros" in refusal(old_book([("甲", [])], kind=1), "a.xls").text
    assert "macros" in refusal(compound("_VBA_PROJECT_CUR", bytes(5000)), "a.xls").text


@pytest.mark.parametrize(
    ("begin", "word"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "PNG"),
        (b"Rar!\x1a", "RAR"),
        (b"<html><table><tr><td>1", "web page"),
        ("\ufeff<!DOCTYPE html><html>".encode(), "web page"),
        (b"\r\n<table border=1>", "web page"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook", "web page"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "Excel 2003"),
    ],
)
def test_other_files_are_told_what_they_are(begin: bytes, word: str) -> None:
    problem = refusal(begin, "a.xls")
    assert word in problem.text.format_map(dict(problem.details))


@pytest.mark.parametrize(
    ("part", "kind"),
    [("word/document.xml", "Word"), ("ppt/presentation.xml", "PowerPoint"), ("x.txt", "ZIP")],
)
def test_other_packed_files_are_told_what_they_are(part: str, kind: str) -> None:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as new:
        new.writestr(part, "x")
    assert refusal(held.getvalue()).details == {"kind": kind}


def test_a_binary_workbook_is_told_how_to_save_it() -> None:
    parts = {"xl/workbook.xml": None, "xl/workbook.bin": b"x"}
    assert ".xlsb" in refusal(repacked(parts)).text


@pytest.mark.parametrize("content", [b"\x00\x01\x02" * 50, b"a\x00b,c\n", bytes(range(128, 256))])
def test_what_is_no_text_is_no_csv(content: bytes) -> None:
    assert "GB18030" in refusal(content, "a.csv").text


def test_a_million_rows_are_refused_unparsed() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in (1, 1_048_576))
    problem = refusal(sheet(rows))
    assert (problem.path, problem.details["rows"]) == ("教师", 1_048_576)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="999999"><c><v>1</v></c></row>',
        "<row/>" * (MOST_ROWS + 1) + "<row><c><v>1</v></c></row>",
        '<row r="1"><c x=">" r="A999999"><v>1</v></c></row>',
        '<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="1">'
        '<x:c r="A999999"><x:v>1</x:v></x:c></x:row>',
        "<row r='1'><c  r = 'A999999'><v>1</v></c></row>",
    ],
)
def test_however_a_far_row_is_written_it_is_seen(rows: str) -> None:
    assert "filled down to row" in refusal(sheet(rows)).text


def test_far_columns_are_refused() -> None:
    assert refusal(sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>')).details["columns"] == 16_384
    wide = "<row>" + "<c><v>1</v></c>" * (MOST_COLUMNS + 1) + "</row>"
    assert "filled up to column" in refusal(sheet(wide)).text


def test_a_long_text_shown_again_and_again_is_refused() -> None:
    text = f"<sst><si><t>{'长' * 30_000}</t></si></sst>".encode()
    cells = "".join(f'<c r="A{n}" t="s"><v>0</v></c>' for n in range(1, 9_000))
    parts = {
        "xl/sharedStrings.xml": text,
        "xl/worksheets/sheet1.xml": SHEET.format(f"<row>{cells}</row>").encode(),
    }
    assert "more text" in refusal(repacked(parts)).text


def test_an_error_no_parser_knows_is_told() -> None:
    rows = '<row r="1"><c r="A1" t="e"><f>x</f><v>#SPILL!</v></c></row>'
    assert refusal(sheet(rows)).details == {"error": "#SPILL!"}


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (
            "<table:table-row table:number-rows-repeated='1000000'><table:table-cell "
            "office:value-type='float' office:value='1'/></table:table-row>",
            "row",
        ),
        (
            "<table:table-row table:number-rows-repeated='200000'><table:table-cell/>"
            "</table:table-row><table:table-row><table:table-cell office:value-type='float' "
            "office:value='1'/></table:table-row>",
            "row",
        ),
        (
            "<table:table-row><table:table-cell table:number-columns-repeated='9999999'/>"
            "<table:table-cell office:value-type='float' office:value='1'/></table:table-row>",
            "column",
        ),
        (
            "<table:table-row><table:table-cell office:value-type='string'><text:p>"
            "<text:s text:c='999999999'/></text:p></table:table-cell></table:table-row>",
            "text",
        ),
    ],
)
def test_repetitions_in_an_ods_sheet_are_counted_before_they_are_made(row: str, text: str) -> None:
    assert text in refusal(ods(row), "a.ods").text


def test_an_old_workbook_that_lies_about_its_texts_is_refused() -> None:
    assert "damaged" in refusal(old_book([("甲", [["x"]])], count=2_000_000_000), "a.xls").text
    assert "damaged" in refusal(old_book([("甲", [["x"]])], count=-1), "a.xls").text
    assert shared(["x"], 1) == shared(["x"])


def test_a_long_text_of_an_old_workbook_shown_again_and_again_is_refused() -> None:
    rows = [["长" * 4_000]] + [
        [record(biff.LABELSST, struct.pack("<HHHI", n, 0, 0, 0))] for n in range(1, 60_000)
    ]
    assert "more text" in refusal(old_book([("甲", rows)]), "a.xls").text


def test_sectors_that_go_round_in_circles_are_refused() -> None:
    content = bytearray(old_book([("甲", [["x"]])]))
    table = len(content) - 4096
    struct.pack_into("<I", content, table, 0)
    assert "damaged" in refusal(bytes(content), "a.xls").text
    assert "damaged" in refusal(SIGNATURE + bytes(600), "a.xls").text


@pytest.mark.parametrize(
    "again", ["<!--", "<![CDATA[", "<?x ", '<c t="e" ', "<c   ", "<f>[1", "&#"]
)
def test_what_is_never_closed_is_looked_through_once(again: str) -> None:
    # One that looked again from each of a million places would not come to an end.
    with suppress(DataError):
        open_book(sheet(again * (4_000_000 // len(again))), "a.xlsx")


def test_sheets_that_are_large_only_together_are_refused() -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="90000"><c r="AD90000"><v>1</v></c></row>'
    held = BytesIO()
    with xlsxwriter.Workbook(held) as book:
        for name in "甲乙丙":
            book.add_worksheet(name).write(0, 0, 1)
    parts = {f"xl/worksheets/sheet{n}.xml": SHEET.format(far).encode() for n in (1, 2, 3)}
    assert "all sheets together" in refusal(repacked(parts, held.getvalue())).text
