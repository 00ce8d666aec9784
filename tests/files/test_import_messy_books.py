"""Workbooks as they really come, each with the report it must give, row by row."""

from __future__ import annotations

from datetime import date

import pytest

from allocator.county.people import RunningTerm
from allocator.files.intake.proposal import propose
from tests.sheets import (
    HEADINGS,
    book,
    changed,
    changes,
    csv_book,
    questions,
    roster,
    teachers,
    told,
    toy,
)


def test_a_roster_as_the_county_has_it_changes_nothing() -> None:
    made = propose(toy(), [book({"教师": roster(*teachers(1, 2, 3))})])
    (found,) = made.tables
    assert (found.unchanged, found.any, len(found.kept)) == (3, False, 17)
    assert not made.open
    assert made.scenario == toy()


def test_a_title_merged_above_and_groups_of_headings_are_read_over() -> None:
    one = changed(teachers(1)[0], stage="初中")
    rows = [
        ["示例县2020年教师名册", *[None] * 8],
        ["基本信息", None, "任教情况", None, None, "个人情况", None, None, None],
        list(HEADINGS),
        one,
    ]
    made = propose(toy(), [book({"教师": rows}, merged=("A1:I1", "A2:B2", "C2:E2", "F2:I2"))])
    assert told(made) == []
    assert made.tables[0].unchanged == 1


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_a_csv_of_any_encoding_is_read(encoding: str) -> None:
    row = changed(teachers(1)[0], title="高级")
    made = propose(toy(), [csv_book(roster(row), encoding)])
    assert told(made) == []
    assert made.tables[0].unchanged == 1


def test_dates_written_in_ten_ways_say_the_same_month() -> None:
    written = [
        date(1982, 3, 5), "1982-03", "1982.3", "1982年3月", "1982/3", "198203", "1982-3-5",
        "１９８２年３月", " 1982.03 ", "1982年03月",
    ]  # fmt: skip
    rows = [changed(t, born=w) for t, w in zip(teachers(*_1982), written, strict=True)]
    made = propose(toy(), [book({"教师": roster(*rows)})])
    assert told(made) == []
    assert made.tables[0].unchanged == len(rows)


_1982 = (1, 2, 3, 4, 5, 6, 8, 10, 14, 16)
"""Teachers of the toy county born in March 1982."""


def test_units_below_the_headings_and_totals_at_the_end_are_no_teachers() -> None:
    rows = [
        list(HEADINGS),
        [None, None, None, None, None, None, "（年月）", "（年月）", "（年月）"],
        *teachers(1, 2),
        ["合计", "2人", *[None] * 7],
    ]
    made = propose(toy(), [book({"教师": rows})])
    assert told(made) == []
    assert made.tables[0].unchanged == 2


def test_a_teacher_listed_twice_is_told_with_the_row_before() -> None:
    made = propose(toy(), [book({"教师": roster(*teachers(1, 2, 1))})])
    text = "T00001 在表中出现两次，首次在第 2 行：请只保留一行"
    assert told(made) == [("教师!A4", "T00001", text)]
    assert made.scenario is None


def test_a_teacher_in_two_schools_is_told_by_both_cells() -> None:
    one = teachers(1)[0]
    rows = roster(one, changed(one, campus="示例镇初中"))
    made = propose(toy(), [book({"教师": rows})])
    text = "教师 T00001 同时在两处，示例镇初中和示例城区初中（教师!C2）：请只保留一处"
    assert told(made) == [("教师!C3", "示例镇初中", text)]


def test_two_sheets_that_contradict_each_other_are_told_by_both_cells() -> None:
    one = teachers(1)[0]
    sheets = {
        "甲校教师": roster(one),
        "乙校教师": roster(changed(one, born="1983-04")),
    }
    made = propose(toy(), [book(sheets)])
    text = "此处为“1982-03”，而 乙校教师!G2 为“1983-04”：请改正其一"
    assert told(made) == [("甲校教师!G2", "1982-03", text)]


def test_two_sheets_that_agree_are_joined() -> None:
    one = teachers(1)[0]
    short = [["教职工号", "姓名", "职称"], ["T00001", one[1], "高级"]]
    made = propose(toy(), [book({"名册": roster(one), "职称": short})])
    assert told(made) == []
    assert changes(made) == [("teachers", "T00001", "title", "none", "senior")]


def test_every_problem_of_every_sheet_is_in_one_report() -> None:
    one, two, five, fourteen = teachers(1, 2, 5, 14)
    sheets = {
        "初中": roster(
            changed(one, born="82年"),
            changed(two, entered_school="2004-08"),
            changed(five, stage="小学"),
        ),
        "小学": roster(
            changed(fourteen, sex="不详"), ["T99999", "新教师", *fourteen[2:5], *[None] * 4]
        ),
    }  # fmt: skip
    made = propose(toy(), [book(sheets)])
    assert [(cell, value) for cell, value, _ in told(made)] == [
        ("初中!G2", "82年"),
        ("初中!I3", "2004-08"),
        ("初中!D4", "小学"),
        ("小学!F2", "不详"),
        ("小学!F3", ""),
        ("小学!G3", ""),
        ("小学!H3", ""),
        ("小学!I3", ""),
    ]
    texts = [text for _, _, text in told(made)]
    assert "2004-08" in texts[1]
    assert "2005-08" in texts[1]
    assert texts[2] == "校区 C1 没有小学学部：请改正学段或校区"
    assert texts[4] == "新增记录缺少性别：请填写"


def test_a_column_that_new_teachers_need_is_named_once() -> None:
    new = [
        ["教职工号", "姓名", "任教校区"],
        ["N1", "甲", "示例城区初中"],
        ["N2", "乙", "示例城区初中"],
    ]
    made = propose(toy(), [book({"教师": new})])
    texts = {text for _, _, text in told(made)}
    assert "2 行新增记录缺少学科：请增加这一列" in texts
    assert all(cell == "教师!1" for cell, _, _ in told(made))


def test_a_school_that_no_record_has_is_a_question_not_a_guess() -> None:
    rows = [changed(t, campus="城区初中") for t in teachers(1, 2)]
    made = propose(toy(), [book({"教师": roster(*rows)})])
    assert told(made) == []
    ((words, cells, codes),) = questions(made)
    assert words.startswith("没有名为“城区初中”的学校或校区")
    assert cells == ["教师!C2", "教师!C3"]
    assert codes[0] == "C1"
    assert made.scenario is None


def test_an_error_of_a_formula_is_told_by_its_cell() -> None:
    row = changed(teachers(1)[0], born="#REF!")
    made = propose(toy(), [book({"教师": roster(row)})])
    assert [(cell, value) for cell, value, _ in told(made)] == [("教师!G2", "#REF!")]


def test_whoever_changes_the_school_without_a_new_month_is_noted() -> None:
    row = changed(teachers(1)[0], campus="示例镇初中")
    made = propose(toy(), [book({"教师": roster(row)})])
    assert changes(made) == [("teachers", "T00001", "campus", "C1", "C2")]
    assert [str(n.where) for n in made.notes if "id" in n.problem.details] == ["教师!C2"]
    assert made.scenario is not None


def test_rows_not_named_go_only_where_the_files_are_complete() -> None:
    books = [book({"教师": roster(*teachers(1, 2, 3))})]
    kept = propose(toy(), books)
    gone = propose(toy(), books, how={"teachers": "replace"})
    assert len(kept.tables[0].kept) == 17
    assert len(gone.tables[0].removed) == 17
    assert gone.scenario is not None
    assert [t.id for t in gone.scenario.county.teachers] == ["T00001", "T00002", "T00003"]


def test_the_order_of_files_sheets_and_rows_changes_nothing() -> None:
    one, two, three = teachers(1, 2, 3)
    first = {
        "甲": roster(changed(one, sex="男"), two),
        "乙": roster(changed(three, subject="数学")),
    }
    second = {"乙": first["乙"], "甲": roster(two, changed(one, sex="男"))}
    a = propose(
        toy(), [book(first, name="a.xlsx"), book({"丙": roster(*teachers(4))}, name="b.xlsx")]
    )
    b = propose(
        toy(), [book({"丙": roster(*teachers(4))}, name="b.xlsx"), book(second, name="a.xlsx")]
    )
    assert changes(a) == changes(b)
    assert a.scenario is not None
    assert a.scenario == b.scenario


def test_one_term_that_cannot_be_keeps_nobody_else_from_being_read() -> None:
    rows = [
        ["教职工号", "姓名", "职称", "交流期内原校区", "交流开始年月", "交流结束年月"],
        ["T00001", "教师00001", "高级", "示例镇初中", "2018-09", None],
        ["T00002", "教师00002", "高级", "示例镇初中", "2018-09", "2021-08"],
    ]
    made = propose(toy(), [book({"教师": rows})])
    ((cell, _, _),) = told(made)
    assert cell.startswith("教师!")
    assert cell.endswith("2")
    second = made.county.teacher["T00002"]
    assert second.title == "senior"
    assert second.running_term is not None
    assert second.running_term.ends == "2021-08"


def test_an_empty_mark_of_a_running_term_says_no() -> None:
    term = RunningTerm(home="C2", started="2018-09", ends="2021-08", goes_on=False)
    before = toy()
    first = before.county.teachers[0].model_copy(update={"running_term": term})
    county = before.county.model_copy(update={"teachers": (first, *before.county.teachers[1:])})
    before = before.model_copy(update={"county": county})
    rows = [["教职工号", "姓名", "期满续任"], ["T00001", "教师00001", None]]
    made = propose(before, [book({"教师": rows})])
    assert (told(made), changes(made)) == ([], [])
