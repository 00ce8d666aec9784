"""The exchange page lists what was changed against a published plan, and proposals about heads."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from allocator.county.plan import Move, Plan
from allocator.samples import toy_scenario
from allocator.scenario import Scenario, with_published, with_rule
from tests.staffing.toy import T, varied
from tests.ui.conftest import goto, solved


def opened(home: Path, scenario: Scenario) -> AppTest:
    """The exchange page of a scenario that was solved."""
    return goto(solved(home, scenario), "exchange")


def shown(page: AppTest, view: str) -> AppTest:
    page.segmented_control(key="exchange-view").set_value(view).run()
    assert not page.exception
    return page


def test_a_published_move_that_a_pin_forbids_is_listed_with_the_pin(home: Path) -> None:
    county = varied({14: {"pins": ({"kind": "stays"},)}})
    plain = toy_scenario().model_copy(update={"county": county, "admission": None})
    move = Move(
        teacher=T(14), origin="C5.primary", destination="C6.primary", kind="secondment",
        ground="exchange", start="2020-09", years=3,
    )  # fmt: skip
    page = shown(opened(home, with_published(plain, Plan(moves=(move,)))), "changes")
    table = page.dataframe[0].value
    row = table[table["姓名"] == "教师00014"].iloc[0]
    assert (row["原学校"], row["公布的学校"], row["现安排学校"]) == (
        "示例城区小学",
        "示例村小",
        "示例城区小学",
    )
    assert row["规则或目标"] == "事先指定"


@pytest.mark.parametrize("firmness", ["off", "must"])
def test_proposals_about_heads_are_listed_where_the_rule_is_off(home: Path, firmness: str) -> None:
    # T3 has served eleven years of ten at S1; T8 is principal of S2 since 2010.
    county = varied({3: {"entered_school": "2008-08"}, 8: {"role": "principal"}})
    scenario = toy_scenario().model_copy(update={"county": county, "admission": None})
    for choice in (
        {"rule": "head_term_cap", "firmness": "should"},
        {"rule": "turnover_cap", "firmness": "off"},
        {"rule": "head_lock", "firmness": firmness},
    ):
        scenario = with_rule(scenario, "staffing", choice)
    page = shown(opened(home, scenario), "heads")
    if firmness == "must":
        assert "没有关于书记校长的建议。" in [str(e.value) for e in page.get("info")]
        return
    assert set(page.dataframe[0].value["姓名"]) == {"教师00003", "教师00008"}
