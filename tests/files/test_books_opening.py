"""Files of bureaus are read whole: kinds of cells, hidden sheets, errors, old encodings."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from allocator.files.books import RawBook, biff, open_book
from allocator.files.books.compound import Compound, compound
from tests.files.old_book import cells_of, old_book, record, stream

DATE = "yyyy-mm-dd"
ROWS = [["工号", "姓名", "年月"], ["T1", "张三", 2016.9], ["T2", "李四", 12]]


def workbook(rows, name="教师", **sheets) -> bytes:
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        dated = book.add_format({"num_format": DATE})
        for title, content in {name: rows, **sheets}.items():
            sheet = book.add_worksheet(title)
            for r, row in enumerate(content):
                for c, value in enumerate(row):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(r, c, value, dated)
                    elif value is not None:
                        sheet.write(r, c, value)
    return held.getvalue()


def texts(book: RawBook) -> list[str]:
    return [w.text for w in book.warnings]


def test_cells_keep_their_kinds() -> None:
    day, moment = dt.date(2016, 9, 1), dt.datetime(2016, 9, 1, 8, 30)
    row = ["语文", 1985.1, 12, True, day, moment, None, "x"]
    sheet = open_book(workbook([row]), "a.xlsx").sheets[0]
    assert sheet.rows == (tuple(row),)
    assert [type(v) for v in sheet.rows[0]] == [type(v) for v in row]


def test_rows_count_from_the_first_cell_of_the_sheet() -> None:
    book = open_book(workbook([[], [], [None, "x"]]), "a.xlsx")
    assert book.sheets[0].rows == ((None, None), (None, None), (None, "x"))


def test_a_file_has_the_name_it_is_given_without_folders(tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(workbook(ROWS))
    assert open_book(path).name == "花名册.xlsx"
    assert open_book(path.read_bytes(), r"C:\数据\..\花名册.xlsx").name == "花名册.xlsx"


def test_the_file_itself_is_kept_for_a_marked_copy() -> None:
    content = workbook(ROWS)
    assert open_book(content, "a.xlsx").content == content


def test_errors_are_told_by_cell_and_their_cells_are_empty() -> None:
    held = BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "x")
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    found = open_book(held.getvalue(), "a.xlsx").sheets[0]
    assert found.errors == {(1, 1): "#DIV/0!"}
    assert len(found.rows) < 2 or found.rows[1][1] is None


def test_a_formula_is_its_stored_value_and_one_without_is_told() -> None:
    held = BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    book.active["B2"] = "x"
    book.save(held)
    found = open_book(held.getvalue(), "a.xlsx")
    assert found.sheets[0].rows == ((None, None), (None, "x"))
    assert found.warnings[0].details == {"number": 1, "cells": "A1"}


def test_a_formula_that_gives_an_empty_text_is_no_missing_value() -> None:
    held = BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, '=IF(TRUE,"x","")', None, "x")
        sheet.write_formula(0, 1, '=A1&"y"', None, "xy")
    assert open_book(held.getvalue(), "a.xlsx").warnings == ()


def test_hidden_sheets_are_marked_and_hidden_rows_told() -> None:
    held = BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet, other = book.add_worksheet("甲"), book.add_worksheet("乙")
        sheet.write(0, 0, "x")
        sheet.write(1, 0, "y")
        sheet.set_row(1, None, None, {"hidden": True})
        other.write(0, 0, "z")
        other.hide()
    found = open_book(held.getvalue(), "a.xlsx")
    assert [(s.name, s.hidden) for s in found.sheets] == [("甲", False), ("乙", True)]
    assert found.sheets[0].rows == (("x",), ("y",))
    assert found.warnings[0].details == {"number": 1}


def test_links_to_other_files_are_read_as_stored_and_told() -> None:
    held = BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet().write_formula(0, 0, "='[1]甲'!A1", None, 7)
    found = open_book(held.getvalue(), "a.xlsx")
    assert found.sheets[0].rows == ((7,),)
    assert "read another file" in texts(found)[0]


def test_merged_ranges_are_told() -> None:
    held = BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet().merge_range(0, 0, 1, 3, "班级数")
    assert open_book(held.getvalue(), "a.xlsx").sheets[0].merged == (((0, 0), (1, 3)),)


def test_formats_down_to_the_last_row_of_all_do_no_harm() -> None:
    held = BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active["XFD1048576"].font = openpyxl.styles.Font(bold=True)
    book.save(held)
    assert open_book(held.getvalue(), "a.xlsx").sheets[0].rows == (("x",),)


def test_days_counted_from_1904_are_read_right() -> None:
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"date_1904": True}) as book:
        book.add_worksheet().write_datetime(
            0, 0, dt.datetime(2016, 9, 1), book.add_format({"num_format": DATE})
        )
    assert open_book(held.getvalue(), "a.xlsx").sheets[0].rows == ((dt.date(2016, 9, 1),),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_in_every_encoding_and_with_every_separator(encoding, separator) -> None:
    text = "\r\n".join(separator.join(row) for row in (["工号", "姓名"], ["T1", "张，三"]))
    book = open_book(text.encode(encoding), "名册.csv")
    assert book.kind == "csv"
    assert book.sheets[0].rows == (("工号", "姓名"), ("T1", "张，三"))
    assert book.sheets[0].name == "名册"


def test_csv_under_the_name_of_a_workbook_is_read_as_what_it_is() -> None:
    assert open_book("工号\t姓名\r\nT1\t张三".encode("gb18030"), "a.xls").kind == "csv"


def test_csv_keeps_quoted_breaks_leading_zeros_and_stated_separators() -> None:
    text = 'sep=;\r\n工号;姓名\r\n="007";"张\n三"\r\n;\r\n'
    assert open_book(text.encode(), "a.csv").sheets[0].rows == (("工号", "姓名"), ("007", "张\n三"))


def test_csv_takes_back_the_apostrophe_that_keeps_a_text_from_being_a_formula() -> None:
    assert open_book(b"a,b\n'=1+1,'x", "a.csv").sheets[0].rows[1] == ("=1+1", "'x")


def test_an_old_workbook_is_read() -> None:
    rows = [["工号", 3.5, True], ["张三", 2016, record(0x0201, b"\0" * 6)]]
    book = open_book(old_book([("教师", rows), ("空", [])]), "a.xls")
    assert book.kind == "xls"
    assert [s.name for s in book.sheets] == ["教师", "空"]
    assert book.sheets[0].rows == (("工号", 3.5, True), ("张三", 2016, None))


def test_an_old_workbook_larger_than_its_first_sectors_is_read() -> None:
    rows = [["教师" * (n < 1_000), n] for n in range(20_000)]
    book = open_book(old_book([("教师", rows)]), "a.xls")
    assert book.sheets[0].rows[999] == ("教师", 999)
    assert book.sheets[0].rows[-1] == (None, 19_999)


def test_what_an_old_sheet_says_of_its_size_is_not_believed() -> None:
    lying = old_book([("甲", [["x"]])], size=(5, 0xFFFFFFFF, 9, 0xFFFF))
    assert open_book(lying, "a.xls").sheets[0].rows == (("x",),)


def test_errors_of_an_old_workbook_are_told() -> None:
    error = record(biff.BOOLERR, bytes([0, 0, 1, 0, 0, 0, 0x17, 1]))
    book = open_book(old_book([("甲", [["x", error]])]), "a.xls")
    assert book.sheets[0].errors == {(0, 1): "#REF!"}


def test_a_stream_put_into_a_compound_file_comes_out_again() -> None:
    for size in (0, 1, 4096, 4097, 5_000_000):
        content = bytes(n % 251 for n in range(size))
        held = Compound(compound("Workbook", content)).stream("Workbook")
        assert held is not None
        assert held[:size] == content


def test_helpers_write_what_they_say() -> None:
    assert cells_of([["a"]], []) == record(biff.LABELSST, bytes(10))
    assert stream([("x", [])]).startswith(record(biff.BOF, bytes.fromhex("00060500") + bytes(12)))


soffice = shutil.which("soffice")


@pytest.mark.skipif(soffice is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_what_another_program_saves_is_read_alike(kind: str, tmp_path: Path) -> None:
    rows = [["工号", "姓名", "年月", "日期"], ["T1", "张三", 1985.1, dt.date(2016, 9, 1)]]
    held = BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet("教师")
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(r, c, value, book.add_format({"num_format": DATE}))
                else:
                    sheet.write(r, c, value)
        sheet.write_formula(2, 0, "=1/0", None, "#DIV/0!")
        sheet.write(2, 1, "x")
        book.add_worksheet("藏").hide()
    source = tmp_path / "a.xlsx"
    source.write_bytes(held.getvalue())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [str(soffice), profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    book = open_book(tmp_path / f"a.{kind}")
    assert book.kind == kind
    assert book.sheets[0].rows[:2] == tuple(map(tuple, rows))
    assert book.sheets[0].errors == {(2, 0): "#DIV/0!"}
    assert [s.hidden for s in book.sheets] == [False, True]
