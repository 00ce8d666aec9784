"""Results workbooks read back: what is an edit, what is none, and what cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any

import openpyxl
import pytest

from allocator.county.frozen import DataError
from allocator.files.edited import EditedPlan, holds_a_plan, read_edited
from allocator.files.workbook.released import released_workbook
from tests.files.edited_books import (
    FIRST,
    HEADINGS,
    MOVES,
    QUOTAS,
    add,
    changed,
    column,
    content,
    outcome_of,
    plan,
    put,
    row_of,
    scenario,
    short,
    told,
)

Change = Callable[[openpyxl.Workbook], Any]


def read(change: Change) -> EditedPlan:
    return read_edited(scenario(), plan(), changed(change), "e.xlsx")


def wrong(change: Change) -> dict[str, str]:
    with pytest.raises(DataError) as caught:
        read(change)
    return told(caught.value.problems)


def test_who_is_sent_elsewhere_is_told_with_both_places_and_the_cell() -> None:
    found = read(lambda book: put(book, "T00004", "交流学校", "示例东部初中"))
    assert short(found.edits) == [("T00004", "C3.junior", "C4.junior")]
    assert found.edits[0].at == f"{MOVES}!H{FIRST}"
    assert found.parts == ("staffing", "admission")


def test_a_row_taken_out_lets_the_teacher_stay() -> None:
    found = read(lambda book: book[MOVES].delete_rows(row_of(book[MOVES], "T00006")))
    assert short(found.edits) == [("T00006", "C2.junior", None)]
    assert found.edits[0].at == MOVES


def test_a_row_added_sends_a_teacher_by_name_alone() -> None:
    found = read(lambda book: add(book, 姓名="教师00017", 交流学校="示例村小"))
    assert short(found.edits) == [("T00017", None, "C6.primary")]
    move = found.edits[0].now
    assert (move.kind, move.ground, move.start, move.years) == (
        "secondment",
        "exchange",
        "2020-09",
        3,
    )


def test_kind_and_term_are_edits_and_a_transfer_has_no_term() -> None:
    def change(book: openpyxl.Workbook) -> None:
        put(book, "T00004", "交流类型", "随调")
        put(book, "T00006", "年限（年）", "5年")
        put(book, "T00014", "开始年月", "2021.2")

    found = {e.teacher: e.now for e in read(change).edits}
    assert (found["T00004"].kind, found["T00004"].years) == ("transfer", None)
    assert found["T00006"].years == 5
    assert found["T00014"].start == "2021-02"


def test_quota_cells_are_edits_and_a_blank_one_is_none() -> None:
    def change(book: openpyxl.Workbook) -> None:
        put(book, "示例城区初中", "示例第一高中", 20, QUOTAS)
        put(book, "示例民办初中", "示例第二高中", None, QUOTAS)

    found = read(change)
    assert short(found.edits) == [("H1", "S1", 19, 20), ("H2", "S7", 4, 0)]
    assert [e.at for e in found.edits] == [f"{QUOTAS}!B4", f"{QUOTAS}!C8"]


def test_teaching_follows_from_who_serves_where() -> None:
    found = read(lambda book: book[MOVES].delete_rows(row_of(book[MOVES], "T00006")))
    music = {t.section: t.periods for t in found.plan.teaching if t.teacher == "T00006"}
    assert music == {"C1.junior": 6}
    kept = {t.teacher for t in plan().teaching} - {"T00006", "T00007"}
    assert kept <= {t.teacher for t in found.plan.teaching}


def turned(book: openpyxl.Workbook) -> None:
    """Rows and columns in another order, all cells moved along."""
    sheet = book[MOVES]
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=HEADINGS)]
    rows = [[*row[::-1]] for row in (rows[0], *rows[:0:-1])]
    for n, row in enumerate(rows):
        for m, value in enumerate(row):
            sheet.cell(HEADINGS + n, m + 1, value)


def formatted(book: openpyxl.Workbook) -> None:
    sheet = book[MOVES]
    for row in sheet.iter_rows():
        for cell in row:
            cell.font = copy(cell.font)
            cell.number_format = "@"
    sheet.row_dimensions[FIRST].hidden = True
    sheet.auto_filter.add_filter_column(0, ["T00006"])
    sheet.title = "交流名单（定稿）"


@pytest.mark.parametrize(
    "change",
    [
        turned,
        formatted,
        lambda book: book[MOVES].insert_rows(1, 4),
        lambda book: book[MOVES].insert_cols(1, 2),
        lambda book: add(book, 教职工号="合计", 交流学校="3 人"),
        lambda book: book[MOVES].cell(FIRST + 6, 1, "制表：示例"),
        lambda book: put(book, "T00004", "交流镇（街道）", "另写的镇"),
        lambda book: put(book, "T00004", "交流学校", "C3"),
        lambda book: put(book, "T00004", "交流校区", None),
        lambda book: put(book, "T00004", "单程（分钟）", 99),
        lambda book: [book.remove(book[s]) for s in book.sheetnames if s not in (MOVES, QUOTAS)],
        lambda book: book["学科课时覆盖"].delete_rows(4, 9),
    ],
)
def test_what_changes_no_decision_is_no_edit(change: Change) -> None:
    found = read(change)
    assert found.edits == ()
    assert found.plan == plan()


def test_a_list_whose_sheet_is_gone_stays_as_it_was_and_is_told() -> None:
    found = read(lambda book: book.remove(book[MOVES]))
    assert (found.edits, found.parts) == ((), ("admission",))
    assert found.plan == plan()
    found = read(lambda book: book.remove(book[QUOTAS]))
    assert (found.edits, found.parts) == ((), ("staffing",))


def test_a_copy_of_the_list_is_left_unread_and_told() -> None:
    def change(book: openpyxl.Workbook) -> None:
        copied = book.copy_worksheet(book[MOVES])
        copied.title = "备份"
        copied.cell(FIRST, column(copied, "交流学校"), "示例东部初中")

    found = read(change)
    assert found.edits == ()
    assert [n.path for n in found.notes] == ["备份"]


def test_two_lists_under_no_name_of_ours_are_refused() -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.copy_worksheet(book[MOVES]).title = "甲"
        book[MOVES].title = "乙"
        del book["_allocator"]

    assert wrong(change) == {"甲": "this sheet holds the same list as 乙: remove one of them"}


TAMPERED: list[tuple[Change, str, str]] = [
    (
        lambda b: add(b, 教职工号="T00004", 姓名="教师00004", 交流学校="示例村初中"),
        "B7",
        f"教师00004 (T00004) is listed twice, first at {MOVES}!B4",
    ),
    (
        lambda b: add(b, 教职工号="T00004", 交流学校="示例东部初中"),
        "B7",
        f"listed twice, first at {MOVES}!B4",
    ),
    (
        lambda b: put(b, "T00004", "交流学校", "示例村小"),
        "H4",
        "teaches at the junior stage, 示例村小 has none",
    ),
    (
        lambda b: put(b, "T00004", "交流学校", "示例城区初中"),
        "H4",
        "教师00004 (T00004) serves there already",
    ),
    (
        lambda b: put(b, "T00004", "交流学校", "示例东部中学"),
        "H4",
        "示例东部中学 is no school of this county (near: 示例东部初中",
    ),
    (
        lambda b: put(b, "T00004", "交流学校", "龙山"),
        "H4",
        "龙山 is no school of this county: correct it",
    ),
    (
        lambda b: [put(b, "T00004", h, None) for h in ("交流学校", "交流校区")],
        "H4",
        "教师00004 (T00004) has no destination",
    ),
    (
        lambda b: put(b, "T00004", "姓名", "教师00006"),
        "B4",
        "number T00004 is 教师00004, the row says 教师00006",
    ),
    (
        lambda b: put(b, "T00004", "原学校", "示例镇初中"),
        "E4",
        "serves at 示例城区初中, the row says 示例镇初中",
    ),
    (lambda b: put(b, "T00004", "教职工号", "T99999"), "A4", "number T99999 is not in the roster"),
    (
        lambda b: add(b, 姓名="教师0001", 交流学校="示例村小"),
        "B7",
        "教师0001 is not in the roster (near: 教师00001",
    ),
    (lambda b: add(b, 交流学校="示例村小"), "B7", "this row names no teacher"),
    (
        lambda b: add(b, 姓名="教师00017", 原学校="示例村小", 交流学校="示例村小"),
        "B7",
        "教师00017 does not serve at 示例村小",
    ),
    (lambda b: put(b, "T00004", "交流类型", "轮岗"), "K4", "轮岗 is not known here"),
    (lambda b: put(b, "T00004", "事由", "其他"), "L4", "其他 is not known here"),
    (lambda b: put(b, "T00004", "开始年月", "秋季"), "M4", "秋季 is no month"),
    (lambda b: put(b, "T00004", "开始年月", 2020.1), "M4", "2020.1 is no month"),
    (lambda b: put(b, "T00004", "年限（年）", 2.5), "N4", "2.5 is no length of a term"),
    (lambda b: put(b, "T00004", "年限（年）", 0), "N4", "0 is no length of a term"),
]


@pytest.mark.parametrize(("change", "cell", "said"), TAMPERED)
def test_what_cannot_be_read_is_told_with_its_cell(change: Change, cell: str, said: str) -> None:
    found = wrong(change)
    assert list(found) == [f"{MOVES}!{cell}"]
    assert said in found[f"{MOVES}!{cell}"]


@pytest.mark.parametrize("value", ["二十", -1, 19.5, "19个", "19.5"])
def test_what_is_no_number_of_places_is_told_with_its_cell(value: object) -> None:
    found = wrong(lambda b: put(b, "示例城区初中", "示例第一高中", value, QUOTAS))
    assert "is no whole number of places" in found[f"{QUOTAS}!B4"]


def test_a_junior_high_taken_out_of_the_table_is_missed() -> None:
    found = wrong(lambda b: b[QUOTAS].delete_rows(row_of(b[QUOTAS], "示例村初中")))
    assert any("示例村初中 is missing" in said for said in found.values())


def test_everything_is_told_at_once() -> None:
    def change(book: openpyxl.Workbook) -> None:
        put(book, "T00004", "交流学校", "龙山")
        put(book, "T00006", "交流类型", "轮岗")
        put(book, "示例城区初中", "示例第一高中", "二十", QUOTAS)

    assert list(wrong(change)) == [f"{MOVES}!H4", f"{MOVES}!K5", f"{QUOTAS}!B4"]


def test_headings_that_are_gone_or_there_twice_are_told() -> None:
    found = wrong(lambda b: [b[MOVES].cell(HEADINGS, c, "去向") for c in (8, 9)])
    assert "no row has the heading 交流学校 / 交流校区" in found[MOVES]
    found = wrong(lambda b: b[MOVES].cell(HEADINGS, 19, "交流学校"))
    assert "交流学校 stands here a second time" in found[f"{MOVES}!S3"]


def test_a_workbook_masked_for_the_open_web_cannot_be_read_back() -> None:
    masked = released_workbook(scenario(), outcome_of(scenario(), plan()), "web")
    with pytest.raises(DataError) as caught:
        read_edited(scenario(), plan(), masked)
    assert "masked for the open web" in str(caught.value)


def test_another_workbook_holds_no_plan() -> None:
    def change(book: openpyxl.Workbook) -> None:
        for name in book.sheetnames[1:]:
            book.remove(book[name])

    assert not holds_a_plan(changed(change))
    assert "no sheet holds an exchange list" in next(iter(wrong(change).values()))


def test_without_the_plan_before_the_workbook_is_read_as_it_stands() -> None:
    found = read_edited(scenario(), None, content())
    assert found.plan == plan()
    assert (found.base, found.edits) == (None, ())
