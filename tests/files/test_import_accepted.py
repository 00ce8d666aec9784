"""From proposal to scenario: whole tables, new counties, what is kept of answers."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.county.frozen import DataError
from allocator.files.intake.proposal import (
    NewCounty,
    Proposal,
    accepted,
    answered,
    propose,
    remembered,
)
from allocator.files.intake.report import change_table, counts, report
from allocator.records import table
from tests.sheets import book, changed, changes, questions, roster, sheets_of, teachers, told, toy


def test_every_table_as_a_sheet_changes_nothing() -> None:
    made = propose(toy(), [book(sheets_of(toy().county))])
    assert told(made) == []
    assert questions(made) == []
    assert not any(t.any for t in made.tables)
    assert made.scenario == toy()


def test_a_county_is_made_from_its_sheets_alone() -> None:
    made = propose(None, [book(sheets_of(toy().county))])
    assert told(made) == []
    scenario = accepted(made)
    assert scenario.county == toy().county
    assert scenario.parts == ("staffing", "admission")


def test_files_may_be_split_over_several_books_in_any_order() -> None:
    sheets = list(sheets_of(toy().county).items())
    books = [book(dict([pair]), name=f"{n}.xlsx") for n, pair in enumerate(sheets)]
    one = accepted(propose(None, books))
    other = accepted(propose(None, list(reversed(books))))
    assert one == other
    assert one.county == toy().county


def test_name_and_month_of_a_new_county_are_asked_or_told() -> None:
    sheets = sheets_of(toy().county)
    del sheets["全县"]
    first = propose(None, [book(sheets)])
    assert {q.key for q in first.questions} == {"facts:name", "facts:as_of"}
    assert told(first) == []
    made = accepted(first, {"facts:name": "示例县", "facts:as_of": "2020-06"})
    assert (made.county.name, made.county.as_of, made.title) == ("示例县", "2020-06", "示例县")
    also = propose(None, [book(sheets)], new=NewCounty("示例县", "2020-06", "方案"))
    assert accepted(also).title == "方案"


def test_a_new_school_comes_with_its_campus_classes_and_teachers() -> None:
    sheets = {
        "学校": [["代码", "名称"], ["S8", "示例新初中"]],
        "校区": [
            ["代码", "名称", "学校", "镇（街道）"],
            ["C8", "示例新初中", "示例新初中", "示例西镇"],
        ],
        "班级与学生": [
            ["校区", "学段", "学生（人）", "7年级（班）", "8年级（班）", "9年级（班）"],
            ["示例新初中", "初中", 80, 1, 1, 0],
        ],
        "教师": roster(changed(teachers(1)[0], id="T00099", name="新教师", campus="示例新初中")),
    }
    made = propose(toy(), [book(sheets)])
    assert told(made) == []
    county = accepted(made).county
    assert county.places["C8.junior"].section.classes == (1, 1, 0)
    assert county.home(county.teacher["T00099"]).school.name == "示例新初中"


def test_a_school_without_a_code_is_given_one_and_one_like_another_is_asked_about() -> None:
    sheets = {
        "学校": [["名称", "民办"], ["示例城区第二初中", "否"]],
        "校区": [
            ["名称", "学校", "镇（街道）"],
            ["示例城区第二初中", "示例城区第二初中", "示例街道"],
        ],
        "班级与学生": [["校区", "学段", "学生（人）"], ["示例城区第二初中", "初中", 0]],
    }
    first = propose(toy(), [book(sheets)])
    like = [q for q in first.questions if q.key.startswith("record:schools")]
    assert like[0].choices[0].code == "S1"
    made = first
    for _ in range(4):
        made = answered(made, {q.key: "+" for q in made.questions})
    assert told(made) == []
    county = accepted(made).county
    assert [s.id for s in county.schools if s.name == "示例城区第二初中"] == ["S001"]


def test_a_new_campus_without_classes_is_told_by_its_row() -> None:
    sheets = {
        "学校": [["代码", "名称"], ["S8", "示例新初中"]],
    }
    made = propose(toy(), [book(sheets)])
    ((cell, _, _),) = told(made)
    assert cell.startswith("学校!")
    assert made.scenario is None


def test_nothing_open_is_taken_over() -> None:
    rows = roster(changed(teachers(1)[0], born="82年"), changed(teachers(2)[0], campus="某校"))
    made = propose(toy(), [book({"教师": rows})])
    with pytest.raises(DataError) as caught:
        accepted(made)
    assert len(caught.value.problems) == 2


def test_tables_of_the_report_say_everything_in_both_languages() -> None:
    rows = roster(
        changed(teachers(1)[0], born="82年", sex="男"), changed(teachers(2)[0], campus="某校")
    )
    made = propose(toy(), [book({"教师": rows})])
    zh, en = report(made, "zh"), report(made, "en")
    assert list(zh["kind"]) == ["问题", "待确认"]
    assert list(en["kind"]) == ["problem", "question"]
    assert list(zh["row"]) == [2, 3]
    assert list(zh["column"]) == ["G", "C"]
    assert list(zh["heading"]) == ["出生年月", "任教校区"]
    listed = change_table(made, "zh")
    assert list(listed[["column", "old", "new", "cell"]].iloc[0]) == ["性别", "女", "男", "教师!F2"]
    (count,) = counts(made).to_dict("records")
    assert (count["changed"], count["kept"]) == (1, 18)


def test_months_that_may_be_two_are_asked_and_kept() -> None:
    row = changed(teachers(1)[0], entered_school=2016.1)
    made = propose(toy(), [book({"教师": roster(row)})])
    ((_, cells, codes),) = questions(made)
    assert (cells, codes) == (["教师!I2"], ["2016-01", "2016-10", "-"])
    answers = {q.key: "2016-10" for q in made.questions}
    assert accepted(made, answers).county.teacher["T00001"].entered_school == "2016-10"
    kept = remembered(made, answers)
    again = propose(toy(), [book({"教师": roster(row)})], kept)
    assert changes(again) == [("teachers", "T00001", "entered_school", "2010-08", "2016-10")]


def _settled(rows: list[list[Any]], answer: str, *, sheet: str = "教师") -> Proposal:
    """The proposal once the one question is answered; the mapping then answers it by itself."""
    first = propose(toy(), [book({sheet: rows})])
    (question,) = first.questions
    assert (question.kind, told(first)) == ("header", [])
    assert first.scenario is None
    answers = {question.key: answer}
    made = answered(first, answers)
    again = propose(toy(), [book({sheet: rows}, name="明年.xlsx")], remembered(first, answers))
    assert changes(again) == changes(made)
    assert not again.questions
    return made


@pytest.mark.parametrize(
    ("answer", "column"), [("entered_school", "entered_school"), ("entered_work", "entered_work")]
)
def test_a_heading_in_doubt_is_asked_and_kept(answer: str, column: str) -> None:
    rows = [["教职工号", "姓名", "进校年"], ["T00001", "教师00001", "2009-09"]]
    assert [c[2] for c in changes(_settled(rows, answer))] == [column]


def test_a_heading_in_doubt_may_be_left_aside() -> None:
    rows = [["教职工号", "姓名", "进校年"], ["T00001", "教师00001", "2009-09"]]
    assert changes(_settled(rows, "-")) == []


def test_which_of_two_columns_counts_is_asked_and_kept() -> None:
    rows = [["教职工号", "姓名", "职称", "职称"], ["T00001", "教师00001", "高级", "一级"]]
    made = _settled(rows, "职称 (2)")
    assert changes(made) == [("teachers", "T00001", "title", "none", "first")]


def test_which_table_a_sheet_holds_is_asked_and_kept() -> None:
    rows = [["名称", "代码"], ["西部片区", "Z1"]]
    made = _settled(rows, "zones", sheet="汇总")
    assert changes(made) == [("zones", "Z1", "name", "西片", "西部片区")]


def test_removed_teachers_leave_rankings_too() -> None:
    held = table("corrections")
    assert held.keys == ("teacher",)
    first = propose(toy(), [book({"交流资格": [["教职工号", "更正为", "确认人"],
                                            ["T00001", "暂不交流", "示例"]]})])  # fmt: skip
    corrected = accepted(first)
    assert len(corrected.county.corrections) == 1
    books = [book({"教师": roster(*teachers(2, 3))})]
    made: Proposal = propose(corrected, books, how={"teachers": "replace"})
    assert accepted(made).county.corrections == ()
