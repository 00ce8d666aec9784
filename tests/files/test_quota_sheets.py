"""The quota sheets: the office's matrix, its marks, and a check that stays alive in the file."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from allocator.admission.terms import AdmissionTerms
from allocator.files.workbook import workbook_bytes

sys.path.insert(0, str(Path(__file__).parents[2]))
cases = import_module("tests.insight.quota_cases")
small = cases.small

SHEETS = [
    "摘要",
    "审批表",
    "名额分配表",
    "名额比例",
    "名额计算说明",
    "名额乘数",
    "名额验算",
    "取整方法比较",
    "各初中各法结果",
    "活动核验",
    "规则核验",
    "核验明细",
    "证明",
]


def opened(made, outcome, lang="zh", *, values=False) -> openpyxl.Workbook:
    content = workbook_bytes(made, outcome, lang)
    return openpyxl.load_workbook(BytesIO(content), data_only=values)


def two_highs(method="webster"):
    return cases.scenario(
        [
            small.senior("A", 90, quota_places=37, quality=False),
            small.senior("B", 50, quota_places=33, quality=False),
        ],
        [small.junior("X", 41), small.junior("Y", 27), small.junior("Z", 9)],
        AdmissionTerms(method=method),
    )


class Living:
    """Works the formulas of a workbook out, as a spreadsheet would after an edit."""

    def __init__(self, book: openpyxl.Workbook) -> None:
        self.book = book

    def value(self, sheet: str, cell: str) -> Any:
        held = self.book[sheet][cell].value
        if not (isinstance(held, str) and held.startswith("=")):
            return held if held is not None else ""
        text = held[1:].replace("^", "**").replace("<>", "!=")
        text = re.sub(r"(?<![<>!=])=(?!=)", "==", text)
        text = re.sub(r"([A-Z]+\d+):([A-Z]+\d+)", self.listed(sheet), text)
        text = re.sub(r"'([^']+)'!([A-Z]+\d+)", r'at("\1","\2")', text)
        text = re.sub(r"(?<![\"A-Z])\$?([A-Z]+\d+)\b(?!\")", rf'at("{sheet}","\1")', text)
        names = {"at": self.value, "AND": lambda *a: all(a), "MAX": max,
                 "IF": lambda a, b, c: b if a else c, "SUM": lambda *a: sum(a)}  # fmt: skip
        return eval(text, {"__builtins__": {}}, names)

    def listed(self, sheet: str):
        """A range as its cells, one by one."""

        def cells(found: re.Match[str]) -> str:
            rows = self.book[sheet][found[0]]
            return ",".join(cell.coordinate for row in rows for cell in row)

        return cells


def column(sheet, heading: str) -> str:
    return next(c.column_letter for c in sheet[3] if c.value == heading)


def agreeing(book) -> list[str]:
    sheet, living = book["名额验算"], Living(book)
    letter = column(sheet, "相符")
    rows = [c.row for c in sheet[letter][3:] if c.value is not None]
    return [living.value("名额验算", f"{letter}{row}") for row in rows]


def test_a_quota_outcome_has_its_sheets_in_order() -> None:
    made = cases.lifted()
    assert opened(made, cases.solved(made)).sheetnames == [*SHEETS, "_allocator"]
    tied = opened(cases.tied(), cases.solved(cases.tied()))
    assert "名额并列" in tied.sheetnames


def test_the_matrix_is_in_the_form_of_the_office() -> None:
    made = two_highs()
    sheet = opened(made, cases.solved(made), values=True)["名额分配表"]
    headings = [c.value for c in sheet[3]]
    assert headings[:6] == [
        "初中学校", "示例A高中", "示例B高中", "名额合计", "应得名额", "差额（名额）",
    ]  # fmt: skip
    # 70 places for 77 graduates.
    rows = {r[0]: r[1:6] for r in sheet.iter_rows(min_row=4, max_row=6, values_only=True)}
    assert rows["示例X初中"][2] == 37
    assert rows["示例X初中"][3] == pytest.approx(70 * 41 / 77)


def test_a_number_that_a_floor_decides_is_coloured_and_explained() -> None:
    made = cases.lifted()
    sheet = opened(made, cases.solved(made))["名额分配表"]
    total = column(sheet, "名额合计")
    colours = {sheet[f"A{row}"].value: sheet[f"{total}{row}"].fill.fgColor.rgb for row in (4, 5)}
    assert colours["示例Y初中"] == "FFBDD7EE"
    assert colours["示例X初中"] != "FFBDD7EE"
    legend = [c for c in sheet["A"] if c.value == "由下限决定"]
    assert [c.fill.fgColor.rgb for c in legend] == ["FFBDD7EE"]


@pytest.mark.parametrize("method", ["webster", "dhondt", "adams", "hill", "dean"])
def test_every_cell_agrees_and_an_edit_of_the_matrix_shows(method) -> None:
    made = two_highs(method)
    book = opened(made, cases.solved(made))
    assert agreeing(book) == ["是"] * 6
    sheet = book["名额分配表"]
    sheet["B4"].value += 1
    sheet["B5"].value -= 1
    assert agreeing(book).count("否") == 2


def test_a_held_total_and_its_cell_agree_too() -> None:
    made = cases.lifted()
    book = opened(made, cases.solved(made))
    assert agreeing(book) == ["是"] * 2


def test_the_steps_follow_the_matrix() -> None:
    made = two_highs()
    book = opened(made, cases.solved(made))
    sheet = book["名额计算说明"]
    total = column(sheet, "名额合计")
    assert [Living(book).value("名额计算说明", f"{total}{row}") for row in (4, 5, 6)] == [37, 25, 8]
    texts = [str(c.value) for row in sheet.iter_rows() for c in row if c.value]
    assert any("37 × 41 ÷ 77" in t for t in texts)
    assert any(t.startswith("已证明") for t in texts)


def test_exact_multipliers_stay_text() -> None:
    made = two_highs()
    sheet = opened(made, cases.solved(made))["名额乘数"]
    letter = column(sheet, "乘数（精确）")
    assert all(isinstance(sheet[f"{letter}{row}"].value, str) for row in range(4, 9))


def test_english_sheets_have_no_chinese_but_names() -> None:
    made = two_highs()
    book = opened(made, cases.solved(made), "en")
    for name in ("Quota matrix", "Quota steps", "Quota multipliers", "Quota check"):
        for row in book[name].iter_rows(values_only=True):
            for value in row:
                bare = re.sub(r"示例\w*", "", str(value))
                assert not re.search(r"[\u4e00-\u9fff]", bare), value
