"""Sheets are recognised by their headings, wherever they stand; what is doubtful is asked."""

from __future__ import annotations

import pytest

from allocator.files.books import RawBook, RawSheet
from allocator.files.intake.headers import recognise
from allocator.files.intake.mapping import LEFT_ASIDE, SavedMapping
from allocator.files.intake.recognition import Recognition
from allocator.records import TABLES, Table

GRADES = ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级")
CLASSES = {n + 3: f"classes_{n}" for n in range(1, 7)}
UNNAMED = {"zones", "groups", "campuses", "certificates", "quota_pools", "rounds"}
"""Tables whose headings alone, in Chinese or in English, are also those of another."""


def book(*rows: tuple, name: str = "Sheet1", **more) -> RawBook:
    width = max(map(len, rows))
    filled = tuple((*row, *(None,) * (width - len(row))) for row in rows)
    return RawBook("a.xlsx", "xlsx", (RawSheet(name, filled, **more),))


def found(*rows: tuple, mapping: SavedMapping | None = None, **more) -> Recognition:
    return recognise(book(*rows, **more), None, mapping)


def told(recognition: Recognition) -> list[str]:
    problems = (*recognition.problems, *recognition.notes)
    return [p.text.format_map(dict(p.details)) for p in problems]


def across(row: int, first: int, last: int):
    return (row, first), (row, last)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_table_is_known_by_its_own_titles(table: Table, language: str) -> None:
    titles = tuple(f.title.say(language) for f in table.fields.values())
    seen = found(titles, ("x",) * len(titles), name=table.title.say(language))
    assert [t.table for t in seen.tables] == [table.name]
    assert dict(seen.tables[0].columns) == dict(enumerate(table.fields))
    assert (seen.questions, seen.problems) == ((), ())
    assert seen.tables[0].missing == ()


@pytest.mark.parametrize(
    "table", [t for t in TABLES if t.name not in UNNAMED], ids=lambda t: t.name
)
def test_a_table_under_another_name_is_known_by_its_headings(table: Table) -> None:
    titles = tuple(f.title.zh for f in table.fields.values())
    seen = found(titles, ("x",) * len(titles))
    assert [t.table for t in seen.tables] == [table.name]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("教师姓名", "name"), ("姓 名", "name"), ("*姓名", "name"), ("姓名：", "name"),
        ("工号", "id"), ("教师编号", "id"), ("人员编号", "id"),
        ("任教学科", "subject"), ("教授科目", "subject"), ("任教\n科目", "subject"),
        ("进校时间", "entered_school"), ("到本校时间", "entered_school"),
        ("进本校年月（年/月）", "entered_school"), ("出生日期", "born"),
        ("出生年月【必填】", "born"),
        ("参加工作时间", "entered_work"), ("专业技术职务", "title"), ("最高学历", "degree"),
        ("是否在编", "employment"), ("编制性质", "employment"), ("骨干称号", "honours"),
        ("农村任教年限（年）", "rural_years"), ("教师资格学科", "certificates"),
        ("entered_school", "entered_school"), ("Professional title", "title"),
    ],
)  # fmt: skip
def test_headings_of_a_roster_are_known_as_offices_write_them(heading: str, field: str) -> None:
    seen = found((heading, "学段", "性别", "职务", "人员状态"), ("x",) * 5, name="花名册")
    assert seen.tables[0].table == "teachers"
    assert seen.tables[0].columns[0] == field
    assert seen.questions == ()


def test_school_and_identity_number_are_keys_of_a_roster() -> None:
    seen = found(("单位", "姓名", "证件号", "学段", "出生年月"), ("x",) * 5)
    assert seen.tables[0].keys == {0: "school", 2: "identity"}
    assert dict(seen.tables[0].columns) == {1: "name", 3: "stage", 4: "born"}


def test_headings_below_a_title_and_empty_rows_are_found() -> None:
    seen = found(
        ("某市2020学年教师花名册",), (), ("单位：某局", None, None, "2020年9月"),
        ("序号", "工号", "姓名", "任教学科"), (1, "T1", "张三", "语文"),
        merged=(across(0, 0, 3),),
    )  # fmt: skip
    assert (seen.tables[0].header, seen.tables[0].rows) == (3, (4,))
    assert seen.tables[0].aside == (0,)


def test_units_numbers_repeated_headings_totals_and_notes_are_no_data() -> None:
    heads = ("工号", "姓名", "任教学科", "农村任教年限")
    seen = found(
        heads, (None, None, None, "（年）"), (1, 2, 3, 4), ("T1", "张三", "语文", 3), heads,
        ("T2", "李四", "数学", 1), ("小计", None, None, 4), ("合 计", None, None, 4),
        ("填表人：王五", None, "审核人：赵六"),
    )  # fmt: skip
    assert seen.tables[0].rows == (3, 5)
    assert "headings repeated in between are skipped: rows 5" in told(seen)
    assert "rows of totals are skipped: 7、8" in told(seen)
    assert "rows of notes are skipped: 9" in told(seen)


def test_a_person_called_like_a_total_is_no_total() -> None:
    seen = found(("工号", "姓名", "任教学科"), ("T1", "何计", "语文"), ("T2", "总小计", "数学"))
    assert seen.tables[0].rows == (1, 2)


SCHOOL = ("学校名称", "校区", "所在镇街", "学段")


def test_grades_below_a_merged_heading_are_classes() -> None:
    seen = found(
        (*SCHOOL, "班级数", *(None,) * 5, "学生数"), (*(None,) * 4, *GRADES, None),
        ("一小", "本部", "浒山", "小学", *(2,) * 6, 480),
        merged=(*(((0, c), (1, c)) for c in (0, 1, 2, 3, 10)), across(0, 4, 9)),
    )  # fmt: skip
    sections, campuses = seen.tables
    assert sections.table == "sections"
    assert sections.columns == {
        0: "school", 1: "campus", 3: "stage", **CLASSES, 10: "pupils",
    }  # fmt: skip
    assert (sections.header, sections.rows) == (1, (2,))
    assert campuses.table == "campuses"
    assert campuses.columns == {0: "school", 1: "name", 2: "township"}


def test_the_same_without_merged_cells_as_in_a_csv_file() -> None:
    seen = found(
        (*SCHOOL, "班级数", *(None,) * 5, "学生数"), (*(None,) * 4, *GRADES, None),
        ("一小", "本部", "浒山", "小学", *(2,) * 6, 480),
    )  # fmt: skip
    assert seen.tables[0].columns == {
        0: "school", 1: "campus", 3: "stage", **CLASSES, 10: "pupils",
    }  # fmt: skip


def test_grades_below_pupils_are_no_classes() -> None:
    seen = found(
        ("学校名称", "学段", "班级数", None, None, "学生数", None, None, "在校生数"),
        (None, None, "七年级", "八年级", "九年级", "七年级", "八年级", "九年级", None),
        ("一中", "初中", 2, 2, 2, 80, 80, 80, 240),
        merged=(((0, 0), (1, 0)), ((0, 1), (1, 1)), across(0, 2, 4), across(0, 5, 7)),
    )
    columns = seen.tables[0].columns
    assert [columns.get(c) for c in range(2, 8)] == [
        "classes_7", "classes_8", "classes_9", None, None, None,
    ]  # fmt: skip


def test_grades_alone_are_classes_where_the_title_says_so() -> None:
    rows = (("学校名称", "学段", *GRADES, "在校生数"), ("一小", "小学", *(2,) * 6, 480))
    assert found(("各校班级数",), *rows).tables[0].columns[2] == "classes_1"
    asked = found(("各校情况",), *rows)
    assert 2 not in asked.tables[0].columns
    assert [q.options for q in asked.questions] == [(f"classes_{n}",) for n in range(1, 7)]


def test_one_school_over_several_merged_rows_belongs_to_each_of_them() -> None:
    seen = found(
        ("学校名称", "学段", "在校生数"), ("一校", "小学", 400), (None, "初中", 300),
        merged=(((1, 0), (2, 0)),),
    )  # fmt: skip
    sheet = seen.tables[0].sheet
    assert [sheet.rows[n][0] for n in seen.tables[0].rows] == ["一校", "一校"]


def test_a_sheet_of_schools_gives_schools_campuses_and_sections() -> None:
    heads = ("学校名称", "办学性质", "核定编制", "教育集团", "校区", "镇街", "学段", "在校生数")
    seen = found(heads, ("一小", "公办", 30, None, "本部", "浒山", "小学", 400))
    assert {t.table for t in seen.tables} == {"schools", "campuses", "sections"}
    by_name = {t.table: t.columns for t in seen.tables}
    assert by_name["schools"] == {0: "name", 1: "private", 2: "establishment", 3: "group"}
    assert by_name["campuses"] == {0: "school", 4: "name", 5: "township"}
    assert by_name["sections"] == {0: "school", 4: "campus", 6: "stage", 7: "pupils"}


def test_unknown_columns_are_kept_aside_and_listed() -> None:
    seen = found(("工号", "姓名", "任教学科", "民族", "联系电话"), ("x",) * 5)
    assert seen.tables[0].aside == (3, 4)
    assert "columns kept aside, as they belong to no field: 民族、联系电话" in told(seen)


def test_a_heading_that_only_looks_like_one_is_asked_and_the_answer_is_kept() -> None:
    rows = (("工号", "姓名", "出生年", "职称"), ("T1", "张三", "1980.1", "一级"))
    seen = found(*rows)
    (question,) = seen.questions
    assert (question.kind, question.heading, question.options[0]) == ("heading", "出生年", "born")
    assert 2 not in seen.tables[0].columns
    mapping = SavedMapping().with_heading("teachers", "出生年", "born")
    again = found(*rows, mapping=mapping)
    assert again.questions == ()
    assert again.tables[0].columns[2] == "born"
    aside = SavedMapping().with_heading("teachers", "出生年", LEFT_ASIDE)
    assert found(*rows, mapping=aside).questions == ()


def test_two_columns_for_one_field_are_asked_and_neither_is_taken() -> None:
    rows = (("工号", "姓名", "学历", "最高学历", "职称"), ("x",) * 5)
    seen = found(*rows)
    (question,) = seen.questions
    assert (question.kind, question.field) == ("twice", "degree")
    assert question.options == ("学历", "最高学历")
    assert "degree" not in seen.tables[0].columns.values()
    mapping = SavedMapping().with_heading("teachers", "学历", LEFT_ASIDE)
    assert found(*rows, mapping=mapping).tables[0].columns[3] == "degree"


def test_two_columns_of_one_name_are_told_apart() -> None:
    rows = (("工号", "姓名", "学历", "学历", "职称"), ("x",) * 5)
    assert found(*rows).questions[0].options == ("学历", "学历 (2)")
    mapping = SavedMapping().with_heading("teachers", "学历", LEFT_ASIDE)
    assert found(*rows, mapping=mapping).tables[0].columns[3] == "degree"


def test_columns_a_new_record_needs_are_named() -> None:
    seen = found(("姓名", "学校", "任教学科", "性别", "职称"), ("x",) * 5)
    assert seen.tables[0].missing == ("stage", "born", "entered_school", "entered_work")
    assert seen.problems == ()


def test_a_roster_without_anything_that_names_a_person_is_a_problem() -> None:
    seen = found(("任教学科", "出生年月", "职称", "学历"), ("x",) * 4)
    assert "column 教职工号 is missing" in told(seen)[0]


def test_headings_that_fit_two_tables_are_asked() -> None:
    rows = (("起点", "终点", "时间"), ("a", "b", 3))
    (question,) = found(*rows).questions
    assert (question.kind, set(question.options)) == ("sheet", {"roads", "times"})
    mapping = SavedMapping().with_sheet("Sheet1", "times")
    assert found(*rows, mapping=mapping).tables[0].table == "times"


def test_a_sheet_of_something_else_is_left_aside_and_told() -> None:
    seen = found(("会议", "地点"), ("a", "b"))
    assert (seen.tables, seen.questions) == ((), ())
    assert told(seen) == ["no table is recognised here, the sheet is left aside"]


def test_a_sheet_settled_to_be_left_aside_is_not_read() -> None:
    mapping = SavedMapping().with_sheet("2020年教师", LEFT_ASIDE)
    seen = found(("工号", "姓名", "任教学科"), ("x",) * 3, name="2021年教师", mapping=mapping)
    assert seen.tables == ()


def test_a_hidden_sheet_is_left_aside_and_told() -> None:
    seen = found(("工号", "姓名", "任教学科"), ("x",) * 3, hidden=True)
    assert seen.tables == ()
    assert "hidden" in told(seen)[0]


def test_an_empty_sheet_says_nothing() -> None:
    assert found((None,), (None,)) == Recognition(())


def test_a_settled_heading_of_no_field_is_not_followed() -> None:
    mapping = SavedMapping().with_heading("teachers", "民族", "nation")
    seen = found(("工号", "姓名", "任教学科", "民族"), ("x",) * 4, mapping=mapping)
    assert 3 not in seen.tables[0].columns
