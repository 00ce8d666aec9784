"""The rules page as a person uses it: presets, filters, readings of today, goals, terms."""

import pytest
from streamlit.testing.v1 import AppTest

from allocator.files import save
from allocator.insight.registry import REGISTRY
from allocator.modelling import Language
from allocator.scenario import Scenario, preset
from allocator.ui.logic.goal_order import meaning
from allocator.ui.logic.term_controls import terms
from tests.ui.conftest import goto
from tests.ui.reading import open_rules

RATE = "exchange_rate_floor"


def _words(page: AppTest) -> str:
    kinds = ("subheader", "markdown", "caption", "error", "info", "warning")
    return "\n".join(str(e.value) for kind in kinds for e in page.get(kind)).replace("\\", "")


def _cards(page: AppTest) -> set[str]:
    keys = [str(c.key).split("/") for c in page.segmented_control]
    return {key[3] for key in keys if len(key) > 4 and key[4] == "firmness"}


def _sheet(page: AppTest, lang: Language, number: int) -> None:
    """Turn to one of the sheets; only that one is drawn."""
    key = f"sheets-{lang}"
    page.session_state[key] = page.tabs[number].label
    page.run()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rules_goals_and_terms_stand_on_their_sheets(page: AppTest, lang: Language) -> None:
    page.query_params["lang"] = lang
    goto(page, "rules")
    assert not page.exception
    assert [t.label for t in page.tabs] == (
        ["规则", "目标次序", "计算口径"]
        if lang == "zh"
        else ["Rules", "Order of goals", "Terms of counting"]
    )
    assert ("现状" if lang == "zh" else "Today") in _words(page)
    _sheet(page, lang, 1)
    assert meaning("coverage", lang) in _words(page)
    assert page.button(key="goal-1-staffing-coverage").disabled
    _sheet(page, lang, 2)
    assert page.number_input(key="own/toy/terms/staffing/years/0").value == 3


def test_a_scenario_of_one_part_shows_no_card_of_the_other(
    page: AppTest, home: object, toy: Scenario
) -> None:
    save(toy.model_copy(update={"staffing": None}), f"{home}/scenarios/toy.json")
    goto(page, "rules")
    assert not page.exception
    assert "channel_limits" in _cards(page)
    assert "pair_minimum_floor" not in _cards(page)
    open_rules(page, "admission")
    assert _cards(page) == {r.name for r in REGISTRY["admission"]}
    assert "现状" not in _words(page)


def test_todays_reading_follows_a_change(page: AppTest) -> None:
    goto(page, "rules")
    page.text_input(key="search").set_value("教师交流比例").run()
    assert any("现状 :orange" in c.value for c in page.caption)
    page.number_input(key=f"own/toy/staffing/{RATE}/at_least/0").set_value(0).run()
    assert not page.exception
    assert any("现状 :green" in c.value for c in page.caption)


def test_rules_are_filtered_and_shown_again(page: AppTest) -> None:
    goto(page, "rules")
    every = _cards(page)
    page.segmented_control(key=f"own/toy/staffing/{RATE}/firmness/0").set_value("watch").run()
    page.selectbox(key="mark").set_value("changed").run()
    assert _cards(page) == {RATE}
    page.selectbox(key="mark").set_value("missed_today").run()
    assert not page.exception
    assert RATE in _cards(page)
    assert _cards(page) < every
    page.text_input(key="search").set_value("没有这样的规则").run()
    assert not _cards(page)
    assert "没有符合的规则" in _words(page)
    page.button(key="show-all").click().run()
    assert _cards(page) == every


def test_a_preset_is_taken_over_and_taken_back(page: AppTest) -> None:
    goto(page, "rules")
    assert "与预设不同" not in _words(page)
    page.selectbox(key="preset-own/toy").set_value("hefei").run()
    assert "与预设不同" in _words(page)
    assert "条教师规则与它不同" in _words(page)
    page.button(key="take-preset").click().run()
    assert not page.exception
    assert "教师规则与此预设一致" in _words(page)
    rates = page.session_state["drafts"]["own/toy"][1].scenario.staffing
    assert rates.goals[1] == preset("hefei").goals[1] == "rates"
    page.button(key="undo").click().run()
    page.button(key="undo").click().run()
    assert not page.session_state["drafts"]["own/toy"][1].edits


def test_a_goal_goes_up_by_one_button(page: AppTest) -> None:
    goto(page, "rules")
    _sheet(page, "zh", 1)
    page.button(key="goal-1-admission-columns").click().run()
    assert not page.exception
    draft = page.session_state["drafts"]["own/toy"][1]
    assert draft.scenario.admission.goals == ("columns", "protection", "matrix")
    page.button(key="usual-admission").click().run()
    assert not page.session_state["drafts"]["own/toy"][1].edits


def test_an_impossible_term_is_said_at_once(page: AppTest) -> None:
    goto(page, "rules")
    _sheet(page, "zh", 2)
    page.text_input(key="own/toy/terms/staffing/start/0").set_value("2020-13").run()
    assert not page.exception
    assert "2020-13" in page.error[-1].value
    assert page.button(key="solve").disabled
    page.text_input(key="own/toy/terms/staffing/start/0").set_value("2021-09").run()
    assert not page.button(key="solve").disabled


def test_the_base_asks_for_its_columns(page: AppTest) -> None:
    goto(page, "rules")
    _sheet(page, "zh", 2)
    page.selectbox(key="own/toy/terms/admission/base/0").set_value("column").run()
    assert not page.exception
    assert "无法分配名额" in _words(page)
    page.selectbox(key="own/toy/terms/admission/column/0").set_value("graduates").run()
    assert "无法分配名额" not in _words(page)
    page.selectbox(key="own/toy/terms/admission/base/0").set_value("formula").run()
    page.number_input(key="own/toy/terms/admission/formula/graduates/0").set_value(1).run()
    assert not page.exception
    assert "无法分配名额" not in _words(page)


def test_every_term_has_its_control(page: AppTest) -> None:
    goto(page, "rules")
    _sheet(page, "zh", 2)
    keys = {str(e.key) for kind in ("number_input", "selectbox", "text_input", "toggle")
            for e in page.get(kind)}  # fmt: skip
    for term in (*terms("staffing"), *terms("admission")):
        assert "/".join(("own/toy/terms", *term.place, "0")) in keys


def test_a_rule_turned_on_stays_among_those_that_were_off(page: AppTest) -> None:
    goto(page, "rules")
    open_rules(page, "staffing")
    key = "own/toy/staffing/graduating_rate_floor/firmness/0"
    before = [str(c.key) for c in page.segmented_control]
    page.segmented_control(key=key).set_value("watch").run()
    assert not page.exception
    assert [str(c.key) for c in page.segmented_control] == before
    assert page.session_state["drafts"]["own/toy"][1].edits


def test_a_search_looks_through_both_parts(page: AppTest) -> None:
    goto(page, "rules")
    assert "pair_minimum_floor" not in _cards(page)
    page.text_input(key="search").set_value("每所").run()
    assert not page.exception
    parts = {str(c.key).split("/")[2] for c in page.segmented_control if "/" in str(c.key)}
    assert parts == {"staffing", "admission"}
