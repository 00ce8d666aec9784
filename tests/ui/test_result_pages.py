"""The pages of a staffing result: every view in both languages, and without a result."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from allocator.files import load, save
from allocator.modelling import Language
from allocator.scenario import with_rule
from allocator.ui.logic import runs
from allocator.ui.pages import balance, exchange, famous
from tests.ui.conftest import ROOT, TOY, goto

VIEWS = [
    *(("exchange", view) for view in exchange._VIEWS),
    *(("famous", view) for view in famous._VIEWS),
    *(("balance", view) for view in balance._VIEWS),
]


@pytest.fixture(scope="module")
def solved_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which the toy county is solved: a high rate, so that people move."""
    home = tmp_path_factory.mktemp("solved")
    (home / "scenarios").mkdir()
    rule = {"rule": "exchange_rate_floor", "parameters": {"at_least": 0.4}}
    scenario = with_rule(load(TOY), "staffing", rule)
    save(scenario, home / "scenarios" / "toy.json")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALLOCATOR_HOME", str(home))
        run = runs.begin(scenario, "own/toy", ("staffing",), None)
        until = time.monotonic() + 90
        while not run.job.ended:
            assert time.monotonic() < until, "the run does not end"
            time.sleep(0.2)
    return home


@pytest.fixture
def solved(solved_home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("ALLOCATOR_HOME", str(solved_home))
    st.cache_resource.clear()
    return _opened()


def _opened() -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    page.query_params["scenario"] = "own/toy"
    return page


def _words(page: AppTest) -> str:
    kinds = ("title", "markdown", "caption", "error", "info", "success", "warning")
    return "\n".join(str(e.value) for kind in kinds for e in page.get(kind)).replace("\\", "")


def _drawn(page: AppTest) -> bool:
    """Whether there is a table, a picture, or a word on why there is none."""
    kinds = ("vega_lite_chart", "echarts_chart", "info", "success")
    return bool(page.dataframe) or any(page.get(kind) for kind in kinds)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_view_is_drawn_in_both_languages(solved: AppTest, lang: Language) -> None:
    solved.query_params["lang"] = lang
    solved.run()
    for code, view in VIEWS:
        goto(solved, code)
        solved.segmented_control(key=f"{code}-view").set_value(view).run()
        assert not solved.exception, (code, view)
        assert _drawn(solved), (code, view)
        if lang == "zh":
            # The notes of the county, in both languages, are the only English on the page.
            told = [
                str(e.value) for kind in ("caption", "info", "success") for e in solved.get(kind)
            ]
            assert not re.findall("[a-z]{4,}", " ".join(told))


def test_each_picture_of_flows_and_each_form_of_coverage_is_drawn(solved: AppTest) -> None:
    goto(solved.run(), "exchange")
    solved.segmented_control(key="exchange-view").set_value("flows").run()
    for picture in ("sankey", "chord", "map"):
        solved.segmented_control(key="exchange-picture").set_value(picture).run()
        assert not solved.exception, picture
        assert solved.get("echarts_chart"), picture
    solved.segmented_control(key="exchange-view").set_value("coverage").run()
    for form in ("map", "table", "bars"):
        solved.segmented_control(key="coverage-form").set_value(form).run()
        assert not solved.exception, form
        assert _drawn(solved), form


def test_a_filter_leaves_the_moves_that_fit(solved: AppTest) -> None:
    goto(solved.run(), "exchange")
    everyone = len(solved.dataframe[0].value)
    assert everyone
    subjects = solved.selectbox(key="exchange-subject").options
    assert subjects[0] == "全部"
    solved.selectbox(key="exchange-subject").select_index(1).run()
    shown = solved.dataframe[0].value
    assert 0 < len(shown) <= everyone
    assert set(shown["学科"]) == {subjects[1]}


def test_the_view_chosen_is_kept_over_a_change_of_page(solved: AppTest) -> None:
    goto(solved.run(), "exchange")
    solved.segmented_control(key="exchange-view").set_value("coverage").run()
    goto(solved, "famous")
    goto(solved, "exchange")
    assert solved.segmented_control(key="exchange-view").value == "coverage"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_a_result_pages_say_what_to_do(page: AppTest, lang: Language) -> None:
    page.query_params["lang"] = lang
    page.run()
    for code in ("exchange", "famous"):
        goto(page, code)
        assert not page.exception
        assert ("请点上方" in _words(page) or "求解" in _words(page)) or "press Solve" in _words(
            page
        )
        assert not page.dataframe


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_balance_is_measured_without_a_solve(page: AppTest, lang: Language) -> None:
    page.query_params["lang"] = lang
    goto(page.run(), "balance")
    assert ("按现状测算" if lang == "zh" else "Measured on the county as it is") in _words(page)
    for view in balance._VIEWS:
        page.segmented_control(key="balance-view").set_value(view).run()
        assert not page.exception, view
        assert _drawn(page), view
        for shown in page.dataframe:
            assert not {"方案前", "方案后", "Before", "After"} & set(shown.value.columns)


def test_where_only_places_are_divided_the_pages_on_teachers_are_hidden(home: Path) -> None:
    from allocator.ui.pages import PAGES

    (home / "scenarios").mkdir()
    shutil.copy(TOY, home / "scenarios" / "toy.json")
    only = load(TOY).model_copy(update={"staffing": None})
    save(only, home / "scenarios" / "toy.json")
    st.cache_resource.clear()
    page = _opened().run()
    assert not page.exception
    for code in ("exchange", "famous", "balance"):
        about = next(p for p in PAGES if p.code == code)
        assert about.part == "staffing"
        # Whoever still has the address is told, and sees no table of teachers.
        goto(page, code)
        assert not page.exception
