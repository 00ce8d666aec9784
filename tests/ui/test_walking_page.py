"""The page on walking: every view in both languages, what it says without a result, and where it
stands in the navigation.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from allocator.files import save
from allocator.modelling import Language
from allocator.scenario import Scenario, with_rule
from allocator.ui import session
from allocator.ui.logic import runs
from allocator.ui.pages import walking
from tests.insight.walking_toy import walking_toy
from tests.ui.conftest import ROOT, goto


def _kept(home: Path, scenario: Scenario, *, solved: bool = True) -> Path:
    (home / "scenarios").mkdir(exist_ok=True)
    save(scenario, home / "scenarios" / "toy.json")
    if solved:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ALLOCATOR_HOME", str(home))
            run = runs.begin(scenario, "own/toy", ("staffing",), None)
            until = time.monotonic() + 90
            while not run.job.ended:
                assert time.monotonic() < until, "the run does not end"
                time.sleep(0.2)
    return home


@pytest.fixture(scope="module")
def walked_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which the toy county is solved, music teachers walking."""
    return _kept(tmp_path_factory.mktemp("walked"), walking_toy())


def _opened(home: Path, monkeypatch: pytest.MonkeyPatch, lang: Language = "zh") -> AppTest:
    monkeypatch.setenv("ALLOCATOR_HOME", str(home))
    st.cache_resource.clear()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    page.query_params["scenario"] = "own/toy"
    page.query_params["lang"] = lang
    return page


def _words(page: AppTest) -> str:
    kinds = ("title", "markdown", "caption", "error", "info", "success", "warning")
    return "\n".join(str(e.value) for kind in kinds for e in page.get(kind)).replace("\\", "")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_view_is_drawn_in_both_languages(walked_home, monkeypatch, lang) -> None:
    page = _opened(walked_home, monkeypatch, lang).run()
    goto(page, "walking")
    for view in walking._VIEWS:
        page.segmented_control(key="walking-view").set_value(view).run()
        assert not page.exception, view
        kinds = ("vega_lite_chart", "echarts_chart")
        assert page.dataframe or any(page.get(kind) for kind in kinds), view
        if lang == "zh":
            told = [str(e.value) for kind in ("caption", "info", "success", "markdown")
                    for e in page.get(kind)]  # fmt: skip
            # The notes of the county, in both languages, are the only English on the page.
            said = " ".join(t for t in told if "All of this is invented" not in t)
            assert not re.findall("[a-z]{4,}", re.sub(r":[a-z-]+\[|</?small>", "", said))


def test_the_steps_of_deciding_stand_side_by_side(walked_home, monkeypatch) -> None:
    page = goto(_opened(walked_home, monkeypatch).run(), "walking")
    table = next(m.value for m in page.markdown if "先交流后走教" in m.value)
    heads = [h.strip() for h in table.splitlines()[0].strip("| ").split(" | ")]
    assert heads == ["每周未开足课时", "现状", "本方案交流后无人走教", "先交流后走教",
                     "合并求解（本方案）", "理论下界"]  # fmt: skip
    priced = [c.strip() for c in table.splitlines()[3].strip("| ").split(" | ")][1:]
    two_steps, together, bound = (float(c) for c in priced[2:])
    assert bound <= together <= two_steps


def test_a_filter_leaves_the_visits_that_fit(walked_home, monkeypatch) -> None:
    page = goto(_opened(walked_home, monkeypatch).run(), "walking")
    everyone = page.dataframe[0].value
    schools = page.selectbox(key="walking-school").options
    assert schools[0] == "全部"
    page.selectbox(key="walking-school").select_index(1).run()
    shown = page.dataframe[0].value
    assert 0 < len(shown) <= len(everyone)
    for row in shown.to_dict("records"):
        assert schools[1] in (row["任教校区"], row["上课学校"])


def test_the_school_chosen_is_explained(walked_home, monkeypatch) -> None:
    page = goto(_opened(walked_home, monkeypatch).run(), "walking")
    page.segmented_control(key="walking-view").set_value("place").run()
    page.selectbox(key="walking-place").set_value("C4.junior").run()
    assert not page.exception
    assert "音乐：每周需 4 节" in _words(page)


def _title(page: AppTest) -> str:
    return str(page.title[0].value)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_where_the_rule_is_off_the_page_says_how_to_switch_it_on(
    tmp_path, monkeypatch, lang
) -> None:
    scenario = with_rule(walking_toy(), "staffing", {"rule": "walking", "firmness": "off"})
    page = _opened(_kept(tmp_path, scenario, solved=False), monkeypatch, lang).run()
    goto(page, "walking")
    assert not page.exception
    assert ("设为“硬性”" if lang == "zh" else "Set it to must") in _words(page)
    assert not page.dataframe
    assert not page.metric
    page.button(key="walking-rule").click().run()
    assert not page.exception
    assert _title(page) == ("规则" if lang == "zh" else "Rules")
    assert ("走教与兼课" if lang == "zh" else "Walking") in page.text_input(key="search").value


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_before_a_solve_the_page_says_to_solve(tmp_path, monkeypatch, lang) -> None:
    page = _opened(_kept(tmp_path, walking_toy(), solved=False), monkeypatch, lang).run()
    goto(page, "walking")
    assert not page.exception
    assert ("请按上方" if lang == "zh" else "press Solve") in _words(page)
    assert not page.metric


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_where_nobody_walks_the_page_says_why_and_what_is_missing(
    tmp_path, monkeypatch, lang
) -> None:
    nobody = walking_toy(within=0, second_subjects="no")
    page = _opened(_kept(tmp_path, nobody), monkeypatch, lang).run()
    goto(page, "walking")
    for view in ("list", "map"):
        page.segmented_control(key="walking-view").set_value(view).run()
        assert not page.exception
        assert ("没有人走教" if lang == "zh" else "Nobody walks") in _words(page)
        assert not page.get("echarts_chart")
    for view in ("subjects", "small", "place"):
        page.segmented_control(key="walking-view").set_value(view).run()
        assert not page.exception
        assert page.dataframe


def test_a_result_made_without_walking_is_not_shown_as_one(tmp_path, monkeypatch) -> None:
    without = with_rule(walking_toy(), "staffing", {"rule": "walking", "firmness": "off"})
    home = _kept(tmp_path, without)
    save(walking_toy(), home / "scenarios" / "toy.json")
    page = goto(_opened(home, monkeypatch).run(), "walking")
    assert not page.exception
    assert "停用时求得" in _words(page)
    assert not page.metric


@pytest.mark.parametrize(
    ("file", "result", "stands"),
    [("off", None, False), ("must", None, True), ("off", "must", True), ("off", "off", False)],
)
def test_the_page_stands_in_the_navigation_where_walking_is_on(
    tmp_path, monkeypatch, file, result, stands
) -> None:
    def scenario(firmness: str) -> Scenario:
        return with_rule(walking_toy(), "staffing", {"rule": "walking", "firmness": firmness})

    if result is not None:
        _kept(tmp_path, scenario(result))
    _kept(tmp_path, scenario(file), solved=False)
    page = _opened(tmp_path, monkeypatch)
    seen: list[bool] = []
    monkeypatch.setattr(session, "walking_open", _told(session.walking_open, seen))
    page.run()
    goto(page, "rules")
    assert not page.exception
    assert seen
    assert set(seen) == {stands}


def _told(asked, seen):
    def told() -> bool:
        seen.append(asked())
        return seen[-1]

    return told


def test_a_choice_that_the_map_does_not_have_is_given_up_there(walked_home, monkeypatch) -> None:
    page = goto(_opened(walked_home, monkeypatch).run(), "walking")
    everything = page.selectbox(key="walking-subject").options
    page.segmented_control(key="walking-view").set_value("map").run()
    visited = page.selectbox(key="walking-subject").options
    only_second = sorted(set(everything) - set(visited))
    assert only_second, "the toy county has a second subject that nobody walks for"
    page.segmented_control(key="walking-view").set_value("list").run()
    page.selectbox(key="walking-subject").select(only_second[0]).run()
    page.segmented_control(key="walking-view").set_value("map").run()
    assert not page.exception
    assert page.get("echarts_chart")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_estimates_say_that_they_read_walking_as_a_flow(tmp_path, monkeypatch, lang) -> None:
    page = _opened(_kept(tmp_path, walking_toy(), solved=False), monkeypatch, lang).run()
    goto(page, "solve")
    page.toggle(key="instant-mode").set_value(True).run()
    ready = "左侧参数下的估算" if lang == "zh" else "Estimates for the numbers beside"
    until = time.monotonic() + 90
    while ready not in _words(page):
        assert time.monotonic() < until
        time.sleep(0.3)
        page.run()
    assert ("按课时流量估算" if lang == "zh" else "as a flow of periods") in _words(page)
    page.toggle(key="instant-mode").set_value(False).run()
