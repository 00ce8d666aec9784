"""The export as a person uses it: forms asked for each time, previews, names of files."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from allocator.files import load, load_outcome, save
from allocator.insight.released import FORMS
from allocator.jobs import jobs_in
from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.ui.logic import exports
from allocator.ui.logic.findings import Findings
from allocator.ui.pages import export
from tests.ui.conftest import goto
from tests.ui.reading import solved, words

ASKED = ("workbook", "persons", "confirm", "notices", "tables")

WITHOUT_A_PLAN = ("eligibility", "confirm", "map", "scenario")


@pytest.fixture
def done(page: AppTest) -> AppTest:
    """The export after the toy county was solved."""
    return goto(solved(goto(page, "rules")), "export")


def _files(page: AppTest) -> list[str]:
    return [b.label for b in page.get("download_button") if "export-" in str(b.proto.id)]


def _choose(page: AppTest, what: str, form: str | None = None) -> AppTest:
    page.radio(key="export-what").set_value(what).run()
    if form is not None:
        page.radio(key=f"export-form-{what}").set_value(form).run()
    assert not page.exception
    return page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_a_result_only_what_needs_none_is_offered(page: AppTest, lang: Language) -> None:
    page.query_params["lang"] = lang
    goto(page, "export")
    assert not page.exception
    titles = {exports.item(c).title.say(lang) for c in WITHOUT_A_PLAN}
    assert set(page.radio(key="export-what").options) == titles
    assert ("还没有求解结果" if lang == "zh" else "There is no result yet") in words(page)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_is_offered_in_both_languages(done: AppTest, lang: Language) -> None:
    done.segmented_control(key="lang").set_value(lang).run()
    assert done.radio(key="export-what").options == [i.title.say(lang) for i in exports.ITEMS]
    for item in exports.ITEMS:
        for form in FORMS if item.kind in ASKED else (None,):
            _choose(done, item.code, form)
            assert done.title[0].value == ("导出" if lang == "zh" else "Export")
            assert _files(done), (item.code, form)


def test_no_list_of_persons_is_shown_or_offered_before_its_form_is_chosen(done: AppTest) -> None:
    for item in exports.ITEMS:
        if item.kind in ASKED:
            _choose(done, item.code)
            assert done.radio(key=f"export-form-{item.code}").value is None
            assert not _files(done)
            assert not done.dataframe
            assert "请先选择用途" in words(done)


def test_the_form_is_asked_for_again_after_something_else(done: AppTest) -> None:
    _choose(done, "exchange", "publication")
    assert _files(done)
    _choose(done, "quotas")
    _choose(done, "exchange")
    assert done.radio(key="export-form-exchange").value is None


def test_the_list_for_publication_is_seen_before_it_is_taken_away(done: AppTest) -> None:
    _choose(done, "exchange", "publication")
    shown = done.dataframe[0].value
    assert "姓名" in shown.columns
    assert "教职工号" not in shown.columns
    _choose(done, "exchange", "web")
    assert set(done.dataframe[0].value["姓名"].str[1:]) == {"*"}
    _choose(done, "exchange", "internal")
    assert "教职工号" in done.dataframe[0].value.columns
    assert "不得外传" in words(done)


def test_files_are_named_after_scenario_form_and_day(done: AppTest, toy: Scenario) -> None:
    _choose(done, "exchange", "publication")
    day = date.today()
    assert any(f"{toy.title} 交流名单 公示稿 {day}.csv" in label for label in _files(done))
    slashed = toy.model_copy(update={"title": "2026/秋: 试算"})
    name = exports.file_name(slashed, exports.item("quotas"), None, day, "xlsx", "en")
    assert name == f"2026 秋 试算 Quota table {day}.xlsx"


def test_a_result_older_than_the_settings_is_told(done: AppTest) -> None:
    rate = "own/toy/staffing/exchange_rate_floor/at_least/0"
    goto(done, "rules").number_input(key=rate).set_value(50).run()
    goto(done, "export")
    assert any("此结果之后设定已有改动" in w.value for w in done.warning)


def test_a_plan_the_audit_rejects_is_not_offered_for_publication(
    done: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "_rejected", lambda context: True)
    for form, closed in (("publication", True), ("web", True), ("internal", False)):
        _choose(done, "exchange", form)
        assert "核验不通过" in words(done) or done.error
        files = [b for b in done.get("download_button") if "export-" in str(b.proto.id)]
        assert {b.proto.disabled for b in files} == {closed}


@pytest.fixture
def found(done: AppTest, home: Path) -> Findings:
    job = jobs_in(home / "jobs")[0]
    return Findings(load(job.folder.scenario), load_outcome(job.folder.result))


def test_the_files_hold_what_the_preview_shows(found: Findings) -> None:
    item = exports.item("exchange")
    for form in FORMS:
        table = exports.table_of(item, form, found.scenario, found, "zh")
        content = exports.as_xlsx(item, form, table, {}, found.scenario, "zh")
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        names = {str(c.value) for row in sheet.iter_rows() for c in row}
        assert set(table["name"]) <= names
        assert exports.as_csv(table, {}, "zh").decode("utf-8-sig").count("\r\n") == len(table) + 1
        assert openpyxl.load_workbook(io.BytesIO(exports.whole(found, form, "zh"))).sheetnames


def test_a_list_of_persons_cannot_be_made_without_a_form(found: Findings) -> None:
    with pytest.raises(ValueError, match="form must be chosen"):
        exports.table_of(exports.item("exchange"), None, found.scenario, found, "zh")
    with pytest.raises(ValueError, match="form must be chosen"):
        exports.whole(found, None, "zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_admission_scenario_is_offered_nothing_about_teachers(
    page: AppTest, home: Path, toy: Scenario, lang: Language
) -> None:
    save(toy.model_copy(update={"staffing": None}), home / "scenarios" / "toy.json")
    solved(goto(page, "rules"))
    goto(page, "export").segmented_control(key="lang").set_value(lang).run()
    offered = page.radio(key="export-what").options
    wanted = (
        "workbook", "notices", "quotas", "page", "summary", "proof", "tables", "map", "scenario",
        "outcome",
    )  # fmt: skip
    assert offered == [exports.item(code).title.say(lang) for code in wanted]
    for code in wanted:
        _choose(page, code)
        assert _files(page), code
        assert not {"交流", "教师", "teacher"} & set(words(page).split())
