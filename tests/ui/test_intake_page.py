"""Bringing spreadsheets in as a person does: files, questions, problems, one button, undo."""

import io

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from allocator.files.forms.confirm import confirm_bytes
from allocator.modelling import Language
from allocator.scenario import Scenario
from tests.ui.conftest import goto
from tests.ui.reading import words
from tests.ui.spreadsheets import XLSX, book, roster

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def _draft(page: AppTest):  # type: ignore[no-untyped-def]
    return page.session_state["drafts"]["own/toy"][1]


def _with(page: AppTest, content: bytes, name: str = "名册.xlsx") -> AppTest:
    page.file_uploader[0].set_value([(name, content, XLSX)]).run()
    assert not page.exception
    return page


def _section(page: AppTest, code: str) -> AppTest:
    page.segmented_control(key="bringing-section").set_value(code).run()
    assert not page.exception
    return page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_is_shown_taken_over_and_taken_back(
    page: AppTest, toy: Scenario, lang: Language
) -> None:
    page.query_params["lang"] = lang
    goto(page, "intake")
    assert not page.exception
    assert page.title[0].value == ("导入表格" if lang == "zh" else "Bring in sheets")
    _with(page, roster(toy))
    # Shown first: six rows would change, nothing has.
    assert _draft(page).scenario == toy
    assert [m.value for m in page.metric] == ["0", "0", "0", "6", "0", "0"]
    assert len(page.dataframe[-1].value) == 6
    for code in ("sheets", "questions", "report", "changes"):
        _section(page, code)
    page.button(key="take-over").click().run()
    assert not page.exception
    assert [t.born for t in _draft(page).scenario.county.teachers[:6]] == ["1980-05"] * 6
    assert ("已采用：名册" if lang == "zh" else "Taken over: 名册") in words(page)
    assert not page.metric
    page.button(key="undo").click().run()
    assert _draft(page).scenario == toy


@pytest.mark.parametrize("lang", LANGUAGES)
def test_problems_are_listed_and_stand_in_the_way(
    page: AppTest, toy: Scenario, lang: Language
) -> None:
    page.query_params["lang"] = lang
    _with(goto(page, "intake"), roster(toy, birthday="1980年13月"))
    assert page.button(key="take-over").disabled
    shown = page.dataframe[-1].value
    assert len(shown) >= 6
    assert "1980年13月" in set(shown.iloc[:, 6])
    assert any("marked" in str(b.proto.id) for b in page.get("download_button"))
    words_of_it = "1980年13月"
    page.text_input(key="report-words").set_value("没有这样的话").run()
    assert page.dataframe[-1].value.empty
    page.text_input(key="report-words").set_value(words_of_it).run()
    assert len(page.dataframe[-1].value) == 6


def test_a_question_is_answered_with_a_suggestion_and_known_next_time(
    page: AppTest, toy: Scenario
) -> None:
    teacher = toy.county.teachers[-1]
    school = toy.county.home(teacher).school
    content = roster(toy, [teacher.id, teacher.name, f"{school.name}校", "1980.5", ""])
    _with(goto(page, "intake"), content)
    assert page.segmented_control(key="bringing-section").value == "questions"
    assert page.button(key="take-over").disabled
    answers = [w for w in (*page.radio, *page.selectbox) if str(w.key).startswith("answer-")]
    assert answers
    assert school.name in answers[0].options[0]
    answers[0].set_value(school.id)
    page.get("button")[-1].click().run()
    assert not page.exception
    assert not page.button(key="take-over").disabled
    page.button(key="take-over").click().run()
    assert not page.exception
    assert "已记住" in words(page)
    _with(page, content, "次年.xlsx")
    assert [m.value for m in page.metric][:2] == ["0", "0"]
    page.button(key="forget-settled").click().run()
    assert [m.value for m in page.metric][1] == "1"


def test_a_wrong_guess_is_corrected_by_hand(page: AppTest, toy: Scenario) -> None:
    _section(_with(goto(page, "intake"), roster(toy)), "sheets")
    table = next(w for w in page.selectbox if str(w.key).startswith("sheet-table-"))
    assert table.value == "teachers"
    table.set_value("").run()
    assert not page.exception
    assert [m.value for m in page.metric][3] == "0"
    assert "不读取" in words(page)


def test_a_file_that_is_no_workbook_is_refused_in_words(page: AppTest) -> None:
    goto(page, "intake").file_uploader[0].set_value([("图.xlsx", b"\x89PNG\r\n", XLSX)]).run()
    assert not page.exception
    assert page.error
    assert not page.metric


def test_files_make_a_new_scenario(page: AppTest) -> None:
    goto(page, "intake")
    page.segmented_control(key="bringing-into-zh").set_value("new").run()
    rows = [["名称", "类型", "招生计划"], ["第一中学", "普通高中", 600]]
    _with(page, book(rows, "普通高中"))
    assert not page.exception
    assert page.metric


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lists_that_schools_sent_back_are_taken_over(
    page: AppTest, toy: Scenario, lang: Language
) -> None:
    page.query_params["lang"] = lang
    goto(page, "intake")
    page.segmented_control(key="intake-view-3").set_value("returned").run()
    assert not page.exception
    made = openpyxl.load_workbook(io.BytesIO(confirm_bytes(toy, "internal", "zh")))
    untouched = io.BytesIO()
    made.save(untouched)
    page.file_uploader[0].set_value([("核对表.xlsx", untouched.getvalue(), XLSX)]).run()
    assert not page.exception
    assert page.metric
    assert page.metric[1].value == "0"
    assert page.button(key="take-returned").disabled


def test_a_correction_of_a_school_becomes_one_edit(page: AppTest, toy: Scenario) -> None:
    made = openpyxl.load_workbook(io.BytesIO(confirm_bytes(toy, "internal", "zh")))
    corrected = _corrected(made)
    held = io.BytesIO()
    made.save(held)
    goto(page, "intake")
    page.segmented_control(key="intake-view-3").set_value("returned").run()
    page.file_uploader[0].set_value([("核对表.xlsx", held.getvalue(), XLSX)]).run()
    assert not page.exception
    assert len(page.dataframe[-1].value) == 1
    page.button(key="take-returned").click().run()
    assert not page.exception
    held_now = {c.teacher: c.status for c in _draft(page).scenario.county.corrections}
    assert held_now.get(corrected) == "may"
    page.button(key="undo").click().run()
    assert _draft(page).scenario == toy


def _corrected(made: openpyxl.Workbook) -> str:
    """Call the first teacher who shall move one who may; gives the number."""
    for sheet in made.worksheets:
        for row in sheet.iter_rows():
            heads = {str(c.value): c.column for c in row if c.value}
            if {"教职工号", "更正为"} <= heads.keys():
                for line in sheet.iter_rows(min_row=row[0].row + 1):
                    at = {name: line[column - 1] for name, column in heads.items()}
                    if any(c.value == "应交流" for c in line) and at["教职工号"].value:
                        at["更正为"].value = "可交流"
                        at["更正说明"].value = "已在外任教"
                        at["确认人"].value = "校长"
                        return str(at["教职工号"].value)
    raise AssertionError("nobody can be corrected")
