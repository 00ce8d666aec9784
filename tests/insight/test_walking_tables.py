"""The walking list and its figures, counted by hand on the toy county."""

from __future__ import annotations

import pytest

from allocator.county.county import County
from allocator.county.plan import Plan, Teaching
from allocator.files.workbook.walking_sheets import walking_sheets
from allocator.insight import tables
from allocator.insight.headings import COLUMNS
from allocator.insight.staffing_figures import staffing_figures
from allocator.insight.vocabulary import TEACHES_AS
from allocator.samples import toy_scenario
from allocator.scenario import Scenario, with_rule


def teach(teacher: str, section: str, periods: int, subject: str = "music") -> Teaching:
    return Teaching(teacher=teacher, section=section, subject=subject, periods=periods)


PLAN = Plan(
    teaching=(
        teach("T00006", "C1.junior", 2),
        teach("T00006", "C2.junior", 4),
        teach("T00006", "C3.junior", 2),
        teach("T00007", "C1.junior", 4),
        teach("T00007", "C1.junior", 3, "maths"),
    )
)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    alone = toy_scenario().model_copy(update={"admission": None})
    data = alone.county.model_dump()
    # T7 teaches music and is certified for maths
    data["teachers"] = list(data["teachers"])
    data["teachers"][6] |= {"also_teaches": ["maths"]}
    made = alone.model_copy(update={"county": County.model_validate(data)})
    parameters = {"subjects": ("music",), "within": 30, "block": 2}
    choice = {"rule": "walking", "firmness": "must", "parameters": parameters}
    return with_rule(made, "staffing", choice)


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
