"""The county page: every table in both languages, with and without teachers."""

import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from allocator.files import save
from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.ui.logic import kept_edits
from allocator.ui.logic.county_tables import GRIDS, GROUPS, Grid, shown_for
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.edits import Edit
from tests.records.full import full_county
from tests.ui.conftest import ROOT, goto

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def _open(scenario: str, table: str, lang: Language) -> AppTest:
    st.cache_resource.clear()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    page.query_params["scenario"] = scenario
    page.query_params["table"] = table
    page.query_params["lang"] = lang
    return goto(page.run(), "county")


def _words(page: AppTest) -> str:
    kinds = ("title", "markdown", "caption", "error", "info")
    texts = [str(e.value) for kind in kinds for e in page.get(kind)]
    texts += [str(e.label) for kind in ("button", "metric") for e in page.get(kind)]
    return "\n".join(texts).replace("\\", "")


@pytest.fixture
def toy_home(home: Path) -> Path:
    (home / "scenarios").mkdir()
    shutil.copy(ROOT / "scenarios" / "toy.json", home / "scenarios" / "toy.json")
    return home


@pytest.fixture
def admission_home(toy_home: Path, toy: Scenario) -> Path:
    """The toy county as an admission officer has it: no teachers, no staffing part."""
    county = toy.county.model_copy(update={"teachers": ()})
    bare = toy.model_copy(update={"county": county, "staffing": None, "title": "名额"})
    save(bare, toy_home / "scenarios" / "quotas.json")
    return toy_home


@pytest.mark.usefixtures("toy_home")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("grid", GRIDS, ids=lambda g: g.name)
def test_every_table_opens(grid: Grid, lang: Language, toy: Scenario) -> None:
    page = _open("own/toy", grid.name, lang)
    assert not page.exception
    words = _words(page)
    assert grid.about.say(lang) in words
    frame = grid.frame(toy, lang)
    if frame.empty:
        assert grid.missing.say(lang) in words
    for total in grid.totals(toy):
        assert total.title.say(lang) in words
    if grid.form is not None:
        assert page.button(key=f"add-{grid.name}")


@pytest.fixture
def full_home(toy_home: Path, toy: Scenario) -> Path:
    """The toy county with rows in every table."""
    full = toy.model_copy(update={"county": full_county(), "title": "全"})
    save(full, toy_home / "scenarios" / "full.json")
    return toy_home


@pytest.mark.usefixtures("full_home")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", ["people", "agreed", "schools", "places"])
def test_tables_with_rows_open(code: str, lang: Language) -> None:
    for grid in next(g for g in GROUPS if g.code == code).grids:
        page = _open("own/full", grid.name, lang)
        assert not page.exception, grid.name
        assert grid.missing.say(lang) not in _words(page)


@pytest.mark.usefixtures("toy_home")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("colouring", ["area", "flags", "short"])
def test_the_map_is_drawn(lang: Language, colouring: str) -> None:
    page = _open("own/toy", "map", lang)
    page.segmented_control(key="map-colour").set_value(colouring).run()
    assert not page.exception
    assert page.get("echarts_chart") or page.get("arrow_echarts_chart") or not page.info


@pytest.mark.usefixtures("admission_home")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_admission_scenario_shows_no_teacher_table(lang: Language) -> None:
    for table in ("teachers", "posts", "map", "sections", "schools", "senior_highs"):
        page = _open("own/quotas", table, lang)
        assert not page.exception
        words = _words(page)
        for grid in GRIDS:
            if grid.part == "staffing":
                assert grid.about.say(lang) not in words
        for label in ("教师（人）", "Teachers (people)", "在岗（人）", "In post (people)"):
            assert label not in words


def test_tables_of_teachers_belong_to_the_staffing_part(toy: Scenario) -> None:
    bare = toy.model_copy(update={"staffing": None})
    shown = {grid.name for group in shown_for(bare) for grid in group.grids}
    assert not shown & {"teachers", "posts", "corrections", "subjects", "roads", "times"}
    assert {"schools", "sections", "graduates", "senior_highs", "past_quotas"} <= shown
    assert "establishment" not in next(g for g in GRIDS if g.name == "schools").columns_for(bare)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refused_cell_is_listed_with_its_repair(
    toy_home: Path, toy: Scenario, lang: Language
) -> None:
    del toy_home
    window, who = kept_edits.fresh_id(), toy.county.teachers[0]
    draft = Draft("own/toy", toy, toy)
    bad = draft.with_edit(Edit("cell", ("teachers", who.id, "points"), -3))
    kept_edits.write_down(window, bad)
    st.cache_resource.clear()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in (("scenario", "own/toy"), ("lang", lang), ("draft", window)):
        page.query_params[name] = value
    goto(page.run(), "county")
    words = _words(page)
    assert who.name in words
    assert ("不得小于 0" if lang == "zh" else "at least 0") in words
    next(b for b in page.button if str(b.key).startswith("drop-")).click().run()
    assert not page.exception
    assert who.name not in _words(page)
    assert not kept_edits.take_up(window, draft).wrong


@pytest.mark.usefixtures("toy_home")
def test_a_total_follows_an_edit_and_shows_the_change(toy: Scenario) -> None:
    window, who = kept_edits.fresh_id(), next(t for t in toy.county.teachers if not t.volunteer)
    edit = Edit("cell", ("teachers", who.id, "volunteer"), True)
    kept_edits.write_down(window, Draft("own/toy", toy, toy).with_edit(edit))
    st.cache_resource.clear()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in (("scenario", "own/toy"), ("table", "teachers"), ("draft", window)):
        page.query_params[name] = value
    goto(page.run(), "county")
    metric = next(m for m in page.metric if m.label == "自愿交流（人）")
    assert metric.delta == "+1"


@pytest.mark.usefixtures("toy_home")
def test_terms_of_service_are_edited_beside_the_list() -> None:
    page = _open("own/toy", "corrections", "zh")
    key = next(str(n.key) for n in page.number_input if "years_at_school" in str(n.key))
    page.number_input(key=key).set_value(1).run()
    assert not page.exception
    due = next(m for m in page.metric if m.label == "应交流（人）")
    assert due.delta.startswith("+")
    assert not page.button(key="undo").disabled


@pytest.mark.usefixtures("toy_home")
def test_what_the_county_says_of_itself_is_edited_beside_its_townships() -> None:
    page = _open("own/toy", "townships", "zh")
    key = next(str(n.key) for n in page.text_input if str(n.key).startswith("county-as_of"))
    page.text_input(key=key).set_value("2020.7").run()
    assert not page.exception
    assert "2020-07" in _words(page)
    assert not page.button(key="undo").disabled


@pytest.mark.usefixtures("toy_home")
def test_the_points_table_changes_who_goes_first() -> None:
    page = _open("own/toy", "teachers", "zh")
    key = next(str(n.key) for n in page.number_input if "titles_senior" in str(n.key))
    page.number_input(key=key).set_value(3.0).run()
    assert not page.exception
    assert not page.button(key="undo").disabled
