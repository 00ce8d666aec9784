"""The walking list and its figures, counted by hand on the toy county."""

from __future__ import annotations

import pytest

from allocator.county.plan import Plan
from allocator.files.workbook.walking_sheets import walking_sheets
from allocator.insight import tables
from allocator.insight.headings import COLUMNS
from allocator.insight.staffing_figures import staffing_figures
from allocator.insight.vocabulary import TEACHES_AS
from allocator.samples import toy_scenario
from allocator.scenario import Scenario
from tests.insight.walking_toy import PLAN, walking_toy


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return walking_toy()


def test_the_list_says_who_walks_where_and_how_much(scenario) -> None:
    table = tables.walking(scenario, PLAN)
    columns = ["teacher", "served_campus", "teaches_as", "campus", "subject", "periods", "minutes"]
    assert table[columns].to_numpy().tolist() == [
        ["T00006", "示例城区初中", "visit", "示例镇初中", "音乐", 4, 29],
        ["T00006", "示例城区初中", "visit", "示例村初中", "音乐", 2, 23],
        ["T00007", "示例城区初中", "second", "示例城区初中", "数学", 3, 0],
    ]
    assert set(table.columns) <= set(COLUMNS)
    assert set(table["teaches_as"]) == set(TEACHES_AS)


def test_the_figures_add_the_list_up(scenario) -> None:
    found = staffing_figures(scenario, tables.before_after(scenario, PLAN))
    assert found["walking_people"].after == 1
    assert found["walking_periods"].after == 6
    assert found["second_periods"].after == 3
    today = staffing_figures(toy_scenario(), tables.before_after(toy_scenario(), Plan()))
    assert "walking_people" not in today


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_has_a_sheet_where_somebody_walks(scenario, lang) -> None:
    (sheet,) = walking_sheets(scenario, tables.before_after(scenario, PLAN), lang)
    assert sheet.table["periods"].sum() == 9
    assert not list(walking_sheets(scenario, tables.before_after(scenario, Plan()), lang))
