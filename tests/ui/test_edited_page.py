"""A results workbook changed by hand, uploaded: edits, their price, keeping them."""

import io
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from allocator.files import load, load_outcome
from allocator.files.workbook.released import released_workbook
from allocator.jobs import jobs_in
from allocator.modelling import Language
from tests.ui.conftest import goto
from tests.ui.reading import solved, words
from tests.ui.spreadsheets import XLSX

SHEET, TEACHER, SCHOOL = "交流名单", "教职工号", "交流学校"


def _book(home: Path) -> openpyxl.Workbook:
    job = jobs_in(home / "jobs")[0]
    found = released_workbook(
        load(job.folder.scenario), load_outcome(job.folder.result), "internal", "zh"
    )
    return openpyxl.load_workbook(io.BytesIO(found))


def _upload(page: AppTest, book: openpyxl.Workbook) -> AppTest:
    held = io.BytesIO()
    book.save(held)
    page.file_uploader[0].set_value(("改.xlsx", held.getvalue(), XLSX)).run()
    assert not page.exception
    return page


def _at(page: AppTest) -> AppTest:
    goto(page, "intake")
    page.segmented_control(key="intake-view-3").set_value("edited").run()
    assert not page.exception
    return page


def _first_row(book: openpyxl.Workbook) -> tuple[int, dict[str, int]]:
    """The row below the headings of the exchange list, and where each heading stands."""
    for row in book[SHEET].iter_rows():
        heads = {str(c.value): c.column for c in row if c.value}
        if {TEACHER, SCHOOL} <= heads.keys():
            return row[0].row + 1, heads
    raise AssertionError("no exchange list")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_a_result_it_says_what_to_do(page: AppTest, lang: Language) -> None:
    page.query_params["lang"] = lang
    _at(page)
    assert not page.file_uploader
    assert ("还没有结果" if lang == "zh" else "There is no result yet") in words(page)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_row_taken_out_is_an_edit_that_is_judged_and_kept(
    page: AppTest, home: Path, lang: Language
) -> None:
    solved(goto(page, "rules")).segmented_control(key="lang").set_value(lang).run()
    _at(page)
    book = _book(home)
    row, heads = _first_row(book)
    teacher = str(book[SHEET].cell(row, heads[TEACHER]).value)
    book[SHEET].delete_rows(row)
    _upload(page, book)
    assert [m.value for m in page.metric] == ["1", "1"]
    assert len(page.dataframe[-1].value) == 1
    page.button(key="judge").click().run()
    assert not page.exception
    for chosen in ("tiers", "rules", "verdicts"):
        page.segmented_control(key="edited-view").set_value(chosen).run()
        assert not page.exception
    page.button(key="keep-edits").click().run()
    assert not page.exception
    draft = page.session_state["drafts"]["own/toy"][1]
    pins = draft.scenario.county.teacher[teacher].pins
    assert [(p.kind) for p in pins], "the teacher is pinned"
    assert len(jobs_in(home / "jobs")) == 1


def test_edits_are_kept_and_the_rest_is_solved_again(page: AppTest, home: Path) -> None:
    _at(solved(goto(page, "rules")))
    book = _book(home)
    row, heads = _first_row(book)
    teacher = str(book[SHEET].cell(row, heads[TEACHER]).value)
    book[SHEET].delete_rows(row)
    _upload(page, book)
    page.button(key="keep-and-solve").click().run()
    assert not page.exception
    newest = jobs_in(home / "jobs")[0]
    assert newest.wait(90)
    plan = load_outcome(newest.folder.result).plan
    assert teacher not in {m.teacher for m in plan.moves}


def test_an_untouched_workbook_holds_no_edit(page: AppTest, home: Path) -> None:
    _at(solved(goto(page, "rules")))
    _upload(page, _book(home))
    assert "没有手工改动" in words(page) or page.success
    assert not page.metric


def test_what_cannot_be_read_is_told_with_its_cell(page: AppTest, home: Path) -> None:
    _at(solved(goto(page, "rules")))
    book = _book(home)
    row, heads = _first_row(book)
    book[SHEET].cell(row, heads[SCHOOL]).value = "没有这所学校"
    _upload(page, book)
    assert any(SHEET in e.value for e in page.error)
    assert not page.metric
