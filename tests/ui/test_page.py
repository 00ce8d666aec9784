"""The page as a person uses it: every rule, changing, saving, solving, results."""

import time
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from allocator.files import load, load_outcome, text_of
from allocator.insight.registry import REGISTRY
from allocator.jobs import jobs_in
from allocator.modelling import Language, Rule
from allocator.scenario import PartName, Scenario
from allocator.staffing.rules.exchange_rate import ExchangeRateFloor
from allocator.ui.logic.controls import controls
from allocator.ui.logic.draft import chosen
from allocator.ui.pages import PAGES
from tests.ui.conftest import goto
from tests.ui.reading import open_rules

EVERY = [(part, rule) for part, rules in REGISTRY.items() for rule in rules]
RATE = ExchangeRateFloor.name


def _key(part: PartName, rule: str, name: str, revision: int = 0) -> str:
    return f"own/toy/{part}/{rule}/{name}/{revision}"


def _words(page: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "error", "info", "success", "warning")
    texts = [str(e.value) for kind in kinds for e in page.get(kind)]
    texts += [str(e.label) for kind in ("button", "expander", "metric") for e in page.get(kind)]
    texts += [p.proto.popover.label for p in page.get("popover")]
    return "\n".join(texts).replace("\\", "")


def _shown(page: AppTest) -> set[str]:
    """Names of the rules that have a card on the page."""
    keys = [str(c.key).split("/") for c in page.segmented_control]
    return {key[3] for key in keys if len(key) > 4 and key[4] == "firmness"}


def _solved(page: AppTest) -> AppTest:
    """Press the button and look on until the run is over."""
    page.button(key="solve").click().run()
    assert not page.exception
    until = time.monotonic() + 90
    while "求解中" in _words(page) or "启动中" in _words(page):
        assert time.monotonic() < until, "the run does not end"
        time.sleep(0.3)
        page.run()
        assert not page.exception
    return page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_opens_in_both_languages(page: AppTest, lang: Language) -> None:
    page.query_params["lang"] = lang
    goto(page, "rules")
    assert not page.exception
    assert ("求解" if lang == "zh" else "Solve") in _words(page)


def test_the_switch_changes_the_language(page: AppTest) -> None:
    goto(page, "rules")
    page.segmented_control(key="lang").set_value("en").run()
    assert not page.exception
    assert "Exchange rate" in _words(page)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_registered_rule_has_its_card(page: AppTest, lang: Language) -> None:
    page.query_params["lang"] = lang
    goto(page, "rules")
    for part, rule in EVERY:
        if _key(part, rule.name, "firmness") not in {c.key for c in page.segmented_control}:
            open_rules(page, part)
        words = _words(page)
        assert rule.title.say(lang) in words
        offered = page.segmented_control(key=_key(part, rule.name, "firmness"))
        assert len(offered.options) == len(rule.firmness_allowed)
        assert rule.clause.say(lang) in words


@pytest.mark.parametrize(("part", "rule"), EVERY, ids=[rule.name for _, rule in EVERY])
def test_every_parameter_has_its_control(
    page: AppTest, toy: Scenario, part: PartName, rule: type[Rule]
) -> None:
    open_rules(goto(page, "rules"), part)
    now, firmness = chosen(toy, part, rule).rule, _key(part, rule.name, "firmness")
    if page.segmented_control(key=firmness).value == "off":
        keys = {str(w.key) for kind in ("number_input", "selectbox") for w in page.get(kind)}
        assert not any(f"/{rule.name}/" in key for key in keys), "nothing to set where it is off"
        page.segmented_control(key=firmness).set_value(rule.firmness_allowed[0]).run()
    for control in controls(rule):
        widget = _widget(page, control.kind, _key(part, rule.name, control.name))
        assert widget.value == control.shown(getattr(now, control.name))


def _widget(page: AppTest, kind: str, key: str):  # type: ignore[no-untyped-def]
    if kind == "choice":
        return page.selectbox(key=key)
    if kind == "choices":
        return page.pills(key=key)
    return page.toggle(key=key) if kind == "flag" else page.number_input(key=key)


def test_an_impossible_value_is_said_at_once(page: AppTest) -> None:
    goto(page, "rules")
    page.number_input(key=_key("staffing", RATE, "at_least")).set_value(150).run()
    assert "150% 太大：不得大于 100%" in _words(page)
    assert page.button(key="solve").disabled
    page.number_input(key=_key("staffing", RATE, "at_least")).set_value(18).run()
    assert "太大" not in _words(page)
    assert not page.button(key="solve").disabled


def test_a_change_is_marked_and_can_be_undone(page: AppTest) -> None:
    goto(page, "rules")
    page.segmented_control(key=_key("staffing", RATE, "firmness")).set_value("watch").run()
    assert "已改动" in _words(page)
    page.button(key=f"undo-staffing-{RATE}").click().run()
    assert not page.exception
    assert "已改动" not in _words(page)
    again = page.segmented_control(key=_key("staffing", RATE, "firmness", 1))
    assert again.value == ExchangeRateFloor.default_firmness


def test_a_change_is_saved_in_the_file(page: AppTest, home: Path) -> None:
    goto(page, "rules")
    page.number_input(key=_key("staffing", RATE, "at_least")).set_value(33).run()
    page.button(key="save").click().run()
    assert not page.exception
    saved = chosen(load(home / "scenarios" / "toy.json"), "staffing", ExchangeRateFloor).rule
    assert isinstance(saved, ExchangeRateFloor)
    assert float(saved.at_least) == 0.33
    assert "已改动" not in _words(page)


def test_saving_under_a_name_leaves_the_old_file_alone(page: AppTest, home: Path) -> None:
    before = (home / "scenarios" / "toy.json").read_bytes()
    goto(page, "rules")
    page.number_input(key=_key("staffing", RATE, "at_least")).set_value(33).run()
    page.text_input(key="name-own/toy").set_value("新方案").run()
    page.button(key="save-as").click().run()
    assert not page.exception
    assert (home / "scenarios" / "toy.json").read_bytes() == before
    assert load(home / "scenarios" / "新方案.json").title == "新方案"
    assert "新方案" in page.caption[0].value


def test_an_edit_survives_a_new_session(page: AppTest) -> None:
    goto(page, "rules")
    page.number_input(key=_key("staffing", RATE, "at_least")).set_value(33).run()
    again = AppTest.from_file(page._script_path, default_timeout=60)
    for name in ("scenario", "draft"):
        again.query_params[name] = page.query_params[name]
    goto(again, "rules")
    assert again.number_input(key=_key("staffing", RATE, "at_least")).value == 33


def test_a_broken_file_is_told_and_the_page_stands(page: AppTest, home: Path) -> None:
    (home / "scenarios" / "toy.json").write_text('{"format": "allocator-scenario"}', "utf-8")
    goto(page, "rules")
    assert not page.exception
    assert page.error


@pytest.mark.usefixtures("home")
def test_searching_leaves_the_rules_that_fit(page: AppTest) -> None:
    goto(page, "rules")
    page.text_input(key="search").set_value("骨干比例").run()
    assert _shown(page) == {"backbone_share"}


@pytest.fixture
def solved(page: AppTest) -> AppTest:
    """The page after solving the toy county with one rule changed."""
    goto(page, "rules")
    page.segmented_control(key=_key("staffing", RATE, "firmness")).set_value("watch").run()
    return _solved(page)


def test_solving_shows_every_result(solved: AppTest, home: Path) -> None:
    job = jobs_in(home / "jobs")[0]
    outcome = load_outcome(job.folder.result)
    assert all(part.plan is not None for part in outcome.parts), outcome.parts
    assert len(goto(solved, "solve").metric) >= 6
    for lang in ("zh", "en"):
        solved.segmented_control(key="lang").set_value(lang).run()
        for shown in PAGES:
            goto(solved, shown.code)
            assert not solved.exception, shown.code
            assert solved.title[0].value == shown.title.say(lang)
            if shown.result and shown.listed is None:
                assert solved.dataframe, shown.code


def test_a_change_after_solving_is_told(solved: AppTest) -> None:
    assert "已按当前设定求解" in _words(solved)
    solved.segmented_control(key=_key("staffing", "turnover_cap", "firmness")).set_value(
        "watch"
    ).run()
    assert "此结果之后设定已有改动" in _words(solved)
    assert solved.warning or goto(solved, "exchange").warning
    goto(solved, "rules").button(key="undo-staffing-turnover_cap").click().run()
    assert "已按当前设定求解" in _words(solved)


def test_a_run_is_found_again_by_its_address(solved: AppTest) -> None:
    again = AppTest.from_file(solved._script_path, default_timeout=60)
    for name in ("scenario", "draft", "run"):
        again.query_params[name] = solved.query_params[name]
    goto(again.run(), "exchange")
    assert not again.exception
    assert "已按当前设定求解" in _words(again)
    assert again.dataframe or again.info


def test_a_run_that_crashed_is_told_in_plain_words(page: AppTest, home: Path) -> None:
    goto(page, "rules")
    page.button(key="solve").click().run()
    job = jobs_in(home / "jobs")[0]
    job.kill()
    st.cache_resource.clear()
    page.run()
    assert not page.exception
    assert "上次求解未得到方案" in _words(page)
    assert goto(page, "solve").error


def test_a_run_can_be_stopped(page: AppTest) -> None:
    goto(page, "rules")
    page.button(key="solve").click().run()
    page.button(key="cancel").click().run()
    until = time.monotonic() + 60
    while "求解中" in _words(page):
        assert time.monotonic() < until, "the run does not end"
        time.sleep(0.3)
        page.run()
    assert not page.exception
    assert "求解" in _words(page)


def test_a_file_from_elsewhere_is_brought_in_and_opened(page: AppTest, toy: Scenario) -> None:
    page.run()
    named = toy.model_copy(update={"title": "来自同事"})
    content = text_of(named).encode()
    page.file_uploader(key="upload0").upload("同事.json", content, "application/json").run()
    assert not page.exception
    assert page.query_params["scenario"] == "own/同事"
    assert "来自同事" in _words(goto(page, "rules"))


def test_a_file_that_is_no_scenario_is_refused_in_words(page: AppTest) -> None:
    page.run()
    page.file_uploader(key="upload0").upload("x.json", b"[1]", "application/json").run()
    assert not page.exception
    assert "不是本工具的文件" in _words(page)


def test_a_file_that_cannot_be_written_is_told(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    goto(page, "rules")
    page.segmented_control(key=_key("staffing", RATE, "firmness")).set_value("watch").run()
    monkeypatch.setattr("allocator.ui.heading.save", refuse)
    page.button(key="save").click().run()
    assert not page.exception
    assert "文件无法读写" in _words(page)
    assert "已改动" in _words(page)


def test_every_page_keeps_the_edits_in_its_address(page: AppTest) -> None:
    goto(page, "rules")
    page.number_input(key=_key("staffing", RATE, "at_least")).set_value(33).run()
    name = page.query_params["draft"]
    # a change of page starts with an empty address
    page.query_params.clear()
    goto(page, "solve")
    assert page.query_params["draft"] == name
