"""Lists to confirm: out to schools, filled in, and back with everything that is wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from allocator.files.books import open_book
from allocator.files.csv_tables import csv_bytes
from allocator.files.forms.confirm import confirm_bytes, confirm_files, write_confirm
from allocator.files.forms.returned import Returned, changes_table, read_returned
from allocator.insight.confirm_tables import confirm_lists
from allocator.insight.released import Form
from allocator.scenario import Scenario

sys.path.insert(0, str(Path(__file__).parents[2]))
small = import_module("tests.insight.small_county")

Fill = Callable[[openpyxl.Workbook], None]
FIRST = 4
"""Row of the first teacher."""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """T2 is ill, all others are due."""
    people = [
        t.model_copy(update={"exemptions": ("medical",)}) if t.id == "T2" else t
        for t in small.county().teachers
    ]
    return small.scenario(teachers=tuple(people))


def columns(sheet: Any) -> dict[str, int]:
    return {c.value: c.column for c in sheet[FIRST - 1] if c.value}


def put(sheet: Any, row: int, **values: Any) -> None:
    """Fill in a line, by Chinese heading."""
    at = columns(sheet)
    for heading, value in values.items():
        sheet.cell(row, at[heading]).value = value


def back(scenario: Scenario, fill: Fill, form: Form = "internal") -> Returned:
    book = openpyxl.load_workbook(BytesIO(confirm_bytes(scenario, form)))
    fill(book)
    held = BytesIO()
    book.save(held)
    return read_returned(scenario, [open_book(held.getvalue(), "核对.xlsx")])


def texts(found: Returned) -> list[str]:
    return [f"{p.path}: {p.text.format_map(dict(p.details))}" for p in found.problems]


def untouched(book: openpyxl.Workbook) -> None:
    del book


def test_a_workbook_has_a_sheet_a_school_and_a_folder_a_file_a_school(
    scenario: Scenario, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(BytesIO(confirm_bytes(scenario, "publication")))
    assert book.sheetnames == ["填写说明", "A校", "B校", "C校"]
    files = write_confirm(tmp_path / "lists", scenario, "publication")
    assert [p.name for p in files] == ["A校.xlsx", "B校.xlsx", "C校.xlsx"]


@pytest.mark.parametrize(
    ("form", "reason"), [("publication", "符合暂不交流规定"), ("internal", "医疗")]
)
def test_a_reason_is_told_as_the_form_allows(scenario: Scenario, form: Form, reason: str) -> None:
    sheet = openpyxl.load_workbook(BytesIO(confirm_bytes(scenario, form)))["A校"]
    at = columns(sheet)
    assert sheet.cell(FIRST + 1, at["教职工号"]).value == "T2"
    assert sheet.cell(FIRST + 1, at["资格认定原因"]).value == reason
    assert ("相关年月" in at) == (form == "internal")


def test_grounds_are_offered_inside_alone(scenario: Scenario) -> None:
    def offered(form: Form) -> list[str]:
        sheet = openpyxl.load_workbook(BytesIO(confirm_bytes(scenario, form)))["A校"]
        return [v.formula1 for v in sheet.data_validations.dataValidation]

    assert offered("internal") == ['"应交流,可交流,暂不交流"', '"孕哺期,医疗,临退,服务期,特色项目"']
    assert offered("publication") == ['"应交流,可交流,暂不交流"', '"符合暂不交流规定"']


def test_no_list_to_confirm_is_for_the_open_web(scenario: Scenario) -> None:
    with pytest.raises(ValueError, match="open web"):
        confirm_lists(scenario, "web")


@pytest.mark.parametrize("form", ["publication", "internal"])
def test_lists_that_come_back_untouched_change_nothing(scenario: Scenario, form: Form) -> None:
    found = back(scenario, untouched, form)
    assert (found.problems, found.lines, found.missing) == ((), (), ())
    assert found.schools == ("A", "B", "C")
    assert found.scenario == scenario


def test_a_correction_is_listed_and_taken_over(scenario: Scenario) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        put(book["A校"], FIRST, 更正为="可交流", 更正说明="任教年限有误", 确认人="王校长")
        put(book["C校"], FIRST, 更正为="暂不交流", 更正的暂缓情形="服务期", 确认人="李校长")

    found = back(scenario, fill)
    assert texts(found) == []
    told = ["teacher", "standing_now", "corrected_to", "confirmed_by"]
    assert changes_table(scenario, found.lines)[told].to_numpy().tolist() == [
        ["T1", "due", "may", "王校长"],
        ["T7", "due", "not_now", "李校长"],
    ]  # fmt: skip
    assert found.scenario is not None
    standings = found.scenario.county.standings
    assert (standings["T1"].status, standings["T1"].reason) == ("may", "corrected")
    assert (standings["T7"].status, standings["T7"].ground) == ("not_now", "service_contract")
    assert scenario.county.corrections == ()


def test_outside_the_ground_is_recorded_as_within_the_rules(scenario: Scenario) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        put(book["A校"], FIRST, 更正为="暂不交流", 更正的暂缓情形="符合暂不交流规定", 确认人="王")

    found = back(scenario, fill, "publication")
    assert texts(found) == []
    assert found.lines[0].ground is None
    assert found.lines[0].status == "not_now"


def test_a_second_correction_replaces_the_first(scenario: Scenario) -> None:
    def first(book: openpyxl.Workbook) -> None:
        put(book["A校"], FIRST, 更正为="可交流", 确认人="王")

    def second(book: openpyxl.Workbook) -> None:
        put(book["A校"], FIRST, 更正为="应交流", 确认人="李")

    once = back(scenario, first).scenario
    assert once is not None
    twice = back(once, second)
    assert [(c.status, c.confirmed_by) for c in twice.scenario.county.corrections] == [
        ("due", "李")
    ]


def test_everything_wrong_is_said_at_once_with_its_place(scenario: Scenario) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        a, b, c = book["A校"], book["B校"], book["C校"]
        put(a, FIRST, 更正为="不去", 确认人="王")
        put(a, FIRST + 1, 更正说明="有误")
        put(a, FIRST + 2, 更正为="可交流", 更正的暂缓情形="医疗", 确认人="王")
        put(a, FIRST + 3, 更正为="可交流", 更正说明="证件330282198501011234", 确认人="王")
        put(a, FIRST + 4, 姓名="别人")
        put(b, FIRST, 教职工号="X9")
        put(c, FIRST, 更正为="可交流")
        put(c, FIRST + 1, 教职工号="T1", 姓名="教师1")

    said = texts(back(scenario, fill))
    expected = [
        "核对.xlsx A校!H4: 不去 is not one of the choices: choose 应交流, 可交流, 暂不交流",
        "核对.xlsx A校!H5: a correction is explained but not chosen: choose the standing or empty "
        "the line",
        "核对.xlsx A校!I6: a ground goes only with 暂不交流: correct one of them",
        "核对.xlsx A校!J7: an identity number must not stand here: delete it",
        "核对.xlsx A校!B8: number T5 stands beside another name than in the data: correct the line",
        "核对.xlsx B校!A4: teacher X9 is on no list of a public school: correct the number",
        "核对.xlsx B校: the line of teacher T6 is not there: put it back as the bureau sent it",
        "核对.xlsx C校!K4: a correction needs the name of who confirms it",
        "核对.xlsx C校!A5: teacher T1 serves at A校: only that school confirms the line",
        "核对.xlsx C校: the line of teacher T8 is not there: put it back as the bureau sent it",
    ]
    assert said == expected
    assert not any("330282" in text for text in said)


def test_with_any_problem_nothing_is_taken_over(scenario: Scenario) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        put(book["A校"], FIRST, 更正为="可交流", 确认人="王")
        put(book["C校"], FIRST, 更正为="可交流")

    found = back(scenario, fill)
    assert found.scenario is None
    assert [line.teacher.id for line in found.lines] == ["T1"]


def test_two_answers_about_one_teacher_are_refused_and_the_same_twice_is_one(
    scenario: Scenario,
) -> None:
    def book(status: str) -> Any:
        made = openpyxl.load_workbook(BytesIO(confirm_bytes(scenario, "internal")))
        put(made["A校"], FIRST, 更正为=status, 确认人="王")
        held = BytesIO()
        made.save(held)
        return open_book(held.getvalue(), f"{status}.xlsx")

    same = read_returned(scenario, [book("可交流"), book("可交流")])
    assert (len(same.lines), same.problems) == (1, ())
    other = texts(read_returned(scenario, [book("可交流"), book("暂不交流")]))
    assert other == [
        "暂不交流.xlsx A校!4: teacher T1 is answered otherwise at 可交流.xlsx A校!4: keep one "
        "answer"
    ]


def test_a_list_of_another_month_is_refused(scenario: Scenario) -> None:
    old = scenario.county.model_copy(update={"as_of": "2019-06"})
    content = confirm_bytes(scenario.model_copy(update={"county": old}), "internal")
    said = texts(read_returned(scenario, [open_book(content, "旧.xlsx")]))
    assert "旧.xlsx A校: the list is of 2019-06, the data of 2020-06: send out the new list" in said


def test_what_the_county_refuses_is_told_at_its_line(scenario: Scenario) -> None:
    people = [
        t.model_copy(update={"status": "lent_out"}) if t.id == "T3" else t
        for t in scenario.county.teachers
    ]
    made = small.scenario(teachers=tuple(people))

    def fill(book: openpyxl.Workbook) -> None:
        put(book["A校"], FIRST + 2, 更正为="应交流", 确认人="王")

    (problem,) = back(made, fill).problems
    assert problem.path == "核对.xlsx A校!6"


def test_schools_that_have_not_answered_are_named(scenario: Scenario) -> None:
    files = dict(confirm_files(scenario, "internal"))
    found = read_returned(scenario, [open_book(files["B校.xlsx"], "B校.xlsx")])
    assert (found.schools, found.missing) == (("B",), ("A", "C"))


def test_another_workbook_is_no_list(scenario: Scenario) -> None:
    held = BytesIO()
    openpyxl.Workbook().save(held)
    said = texts(read_returned(scenario, [open_book(held.getvalue(), "x.xlsx")]))
    assert said == [
        "x.xlsx: no sheet of it is a list to confirm: send the file that the bureau wrote"
    ]


def test_a_list_saved_as_csv_comes_back_too(scenario: Scenario) -> None:
    table = confirm_lists(scenario, "internal")["B"]
    table.loc[0, ["corrected_to", "confirmed_by"]] = ["may", "王"]
    found = read_returned(scenario, [open_book(csv_bytes(table), "B校.csv")])
    assert texts(found) == []
    assert [(line.teacher.id, line.status) for line in found.lines] == [("T6", "may")]


def test_names_that_look_like_formulas_go_out_and_come_back() -> None:
    people = [
        t.model_copy(update={"name": "=1+1"}) if t.id == "T6" else t
        for t in small.county().teachers
    ]
    made = small.scenario(teachers=tuple(people))
    assert texts(back(made, untouched)) == []
    table = confirm_lists(made, "internal")["B"]
    assert texts(read_returned(made, [open_book(csv_bytes(table), "B校.csv")])) == []
