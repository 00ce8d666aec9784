"""Marked copies: what is wrong is coloured and commented, everything else stays."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl

from allocator.files.books import RawBook, open_book
from allocator.files.intake.marked_copy import OPEN, WRONG, marked_copy
from allocator.files.intake.proposal import propose
from tests.sheets import book, changed, content, csv_book, roster, teachers, toy


def _copied(uploaded: RawBook) -> Any:
    return openpyxl.load_workbook(BytesIO(marked_copy(uploaded, propose(toy(), [uploaded]))))


def _colour(cell: Any) -> str:
    return str(cell.fill.start_color.rgb)[-6:] if cell.fill.fill_type == "solid" else ""


def _rows() -> list[Any]:
    one, two = teachers(1, 2)
    return roster(changed(one, born="82年"), changed(two, campus="城区初中"))


def test_bad_cells_are_red_and_open_ones_yellow_each_with_a_comment() -> None:
    page = _copied(book({"教师": _rows()}))["教师"]
    marked = {c.coordinate: _colour(c) for row in page.iter_rows() for c in row if c.comment}
    assert marked == {"G2": WRONG, "C3": OPEN}
    assert "82年" in page["G2"].comment.text
    assert "示例城区初中（C1）" in page["C3"].comment.text
    assert (page["G2"].value, page["C3"].value) == ("82年", "城区初中")


def test_formulas_styles_and_other_sheets_of_the_file_stay() -> None:
    made = openpyxl.load_workbook(BytesIO(content({"教师": _rows(), "附": [["x"], [1]]})))
    made["附"]["B2"] = "=A2*2"
    made["教师"]["A1"].font = openpyxl.styles.Font(bold=True)
    made["教师"].column_dimensions["A"].width = 33
    made["教师"]["B2"].comment = openpyxl.comments.Comment("原批注", "校长")
    out = BytesIO()
    made.save(out)
    copy = _copied(open_book(out.getvalue(), "名册.xlsx"))
    assert copy["附"]["B2"].value == "=A2*2"
    assert copy["教师"]["A1"].font.bold
    assert copy["教师"].column_dimensions["A"].width == 33
    assert copy["教师"]["B2"].comment.text == "原批注"


def test_a_csv_becomes_a_workbook_of_the_same_cells_without_formulas() -> None:
    rows = _rows()
    rows[2][1] = "=1+1"
    uploaded = csv_book(rows, "gb18030")
    page = _copied(uploaded).worksheets[0]
    assert [[c.value for c in row] for row in page.iter_rows()] == [list(r) for r in rows]
    assert page["B3"].data_type == "s"
    assert _colour(page["G2"]) == WRONG


def test_marks_of_one_file_are_not_put_into_another() -> None:
    bad, good = book({"教师": _rows()}, name="a.xlsx"), book({"教师": roster()}, name="b.xlsx")
    made = propose(toy(), [bad, good])
    copy = openpyxl.load_workbook(BytesIO(marked_copy(good, made)))
    assert not any(c.comment for row in copy["教师"].iter_rows() for c in row)
