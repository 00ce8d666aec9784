"""Files that leave the house: CSV that Excel reads as meant, workbooks that name nobody in vain."""

from __future__ import annotations

import csv
import sys
from importlib import import_module
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from allocator.files.csv_tables import csv_bytes
from allocator.files.workbook.released import released_workbook, table_bytes
from allocator.modelling import Text

sys.path.insert(0, str(Path(__file__).parents[2]))
small = import_module("tests.insight.small_county")

DANGEROUS = ["=1+1", "+86", "@x", "-1", "\t=1", "\r=1", "\n=1", "＝1+1", '=HYPERLINK("http://x")']


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def _text(content: bytes) -> str:
    book = openpyxl.load_workbook(BytesIO(content))
    cells = (c.value for sheet in book for row in sheet.iter_rows() for c in row)
    return "\n".join(str(v) for v in cells if v is not None)


@pytest.fixture(scope="module")
def scenario():
    return small.scenario()


@pytest.fixture(scope="module")
def outcome(scenario):
    return small.outcome(scenario)


def test_csv_begins_with_the_mark_that_excel_asks_for():
    content = csv_bytes(pd.DataFrame({"school": ["甲校"], "moves": [3]}))
    assert content.startswith(b"\xef\xbb\xbf")
    assert _rows(content) == [["学校", "交流人数"], ["甲校", "3"]]


def test_no_text_of_a_csv_is_a_formula():
    rows = _rows(csv_bytes(pd.DataFrame({"school": DANGEROUS})))[1:]
    assert [cell for (cell,) in rows] == [f"'{text}" for text in DANGEROUS]


def test_a_heading_named_after_data_is_no_formula_either():
    content = csv_bytes(pd.DataFrame({"places:H1": [1]}), names={"places:H1": "=cmd"})
    assert _rows(content)[0] == ["'=cmd"]


def test_numbers_of_a_csv_stay_numbers_and_nothing_stays_empty():
    table = pd.DataFrame({"moves": [-3, None], "school": [None, "甲"]})
    assert _rows(csv_bytes(table))[1:] == [["-3.0", ""], ["", "甲"]]


def test_the_workbook_for_the_web_names_nobody(scenario, outcome):
    text = _text(released_workbook(scenario, outcome, "web"))
    assert "教*" in text
    for teacher in scenario.county.teachers:
        assert teacher.name not in text
        assert teacher.id not in text.split()


def test_the_workbook_for_publication_names_only_those_who_move(scenario, outcome):
    text = _text(released_workbook(scenario, outcome, "publication"))
    named = {t.id for t in scenario.county.teachers if t.name in text}
    assert named == {"T1", "T5"}


def test_the_internal_workbook_holds_the_eligibility_list(scenario, outcome):
    book = openpyxl.load_workbook(BytesIO(released_workbook(scenario, outcome, "internal")))
    assert "交流资格名单" in book.sheetnames
    outside = openpyxl.load_workbook(BytesIO(released_workbook(scenario, outcome, "web")))
    assert "交流资格名单" not in outside.sheetnames
    assert {"教师交流名单", "摘要", "名额分配表"} <= set(outside.sheetnames)


def test_a_single_table_is_a_workbook_of_one_sheet(scenario):
    table = pd.DataFrame({"school": ["=1+1"], "moves": [2]})
    title = Text("课时覆盖", "Coverage")
    book = openpyxl.load_workbook(BytesIO(table_bytes(scenario, table, title, note="网页稿")))
    assert book.sheetnames == ["课时覆盖"]
    cells = [c for row in book.active.iter_rows() for c in row if c.value == "=1+1"]
    assert [c.data_type for c in cells] == ["s"]
