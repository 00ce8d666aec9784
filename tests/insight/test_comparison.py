"""Two scenarios and two plans compared, counted by hand on the small county.

The first plan sends T1 and T5 from A to B, the second T1 and T2. Then A lacks 10 of 30 periods of
Chinese instead of 6 of music, and B all 3 of its music instead of none.
"""

from __future__ import annotations

import pandas as pd
import pytest

from allocator.county.plan import Plan, QuotaCell
from allocator.insight import tables
from allocator.insight.data_compared import data_compared, data_counts
from allocator.insight.results_compared import cells_compared, gains, moves_compared, summed
from allocator.insight.settings_compared import settings_compared
from allocator.insight.side_by_side import change, differing, side, side_by_side
from allocator.scenario import Scenario, with_rule
from tests.insight import small_county as small

FIRST = small.STAFFING_PLAN
SECOND = Plan(
    moves=(small.move(1), small.move(2)),
    teaching=(
        *(small.taught(n, "A1.junior", "chinese", 10) for n in (3, 4)),
        small.taught(5, "A1.junior", "music", 6),
        small.taught(1, "B1.junior", "chinese", 5),
        *(t for t in FIRST.teaching if t.teacher in ("T6", "T7", "T8", "T9")),
    ),
)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return small.scenario()


def held(scenario: Scenario, plan: Plan, quotas: Plan) -> dict[str, pd.DataFrame]:
    return {
        "moves": tables.exchange_list(scenario, plan),
        "coverage": tables.coverage(scenario, plan),
        "quotas": tables.quota_matrix(scenario, quotas),
    }


def shifted() -> Plan:
    """One place of H1 taken from A and given to B."""
    given = {("H1", "A"): 33, ("H1", "B"): 27}
    return Plan(
        quotas=tuple(
            QuotaCell(
                senior_high=q.senior_high,
                junior_high=q.junior_high,
                places=given.get((q.senior_high, q.junior_high), q.places),
            )
            for q in small.QUOTA_PLAN.quotas
        )
    )


def test_a_scenario_differs_from_itself_in_nothing(scenario: Scenario) -> None:
    assert settings_compared([scenario, small.scenario()]).empty
    assert data_compared(scenario.county, small.county()) == ()


def test_only_the_parameter_that_differs_is_told(scenario: Scenario) -> None:
    other = with_rule(
        scenario, "staffing", {"rule": "exchange_rate_floor", "parameters": {"at_least": "0.5"}}
    )
    (row,) = settings_compared([scenario, other], "en").to_dict("records")
    assert row["title"] == "Exchange rate"
    assert row[side(0)].endswith("at least 17%")
    assert row[side(1)].endswith("at least 50%")
    assert "counts" not in row[side(1)]


def test_a_rule_off_in_both_does_not_differ_whatever_its_parameters(scenario: Scenario) -> None:
    off = {"rule": "exchange_rate_floor", "firmness": "off"}
    one = with_rule(scenario, "staffing", off)
    other = with_rule(one, "staffing", {**off, "parameters": {"at_least": "0.5"}})
    assert settings_compared([one, other]).empty


def test_a_rule_off_in_one_is_told_in_full_in_the_other(scenario: Scenario) -> None:
    other = with_rule(scenario, "staffing", {"rule": "exchange_rate_floor", "firmness": "off"})
    (row,) = settings_compared([scenario, other], "zh").to_dict("records")
    assert "全县交流人数" in row[side(0)]
    assert row[side(1)] == "停用"


def test_a_part_only_one_scenario_holds_differs_in_every_rule_in_force(scenario: Scenario) -> None:
    other = scenario.model_copy(update={"admission": None})
    table = settings_compared([scenario, other])
    assert set(table["part"]) == {"admission"}
    assert set(table[side(1)]) == {"—"}


def test_another_order_of_goals_and_another_rounding_are_told(scenario: Scenario) -> None:
    assert scenario.staffing is not None
    assert scenario.admission is not None
    goals = tuple(reversed(scenario.staffing.goals))
    terms = scenario.admission.terms.model_copy(update={"rounding": "down"})
    other = scenario.model_copy(
        update={
            "staffing": scenario.staffing.model_copy(update={"goals": goals}),
            "admission": scenario.admission.model_copy(update={"terms": terms}),
        }
    )
    rows = settings_compared([scenario, other], "en").set_index("title")
    assert set(rows.index) == {"Order of goals", "Rounding"}
    assert rows.loc["Rounding", side(1)] == "row by row, down, rest returned"


def test_every_term_has_its_words_in_both_languages(scenario: Scenario) -> None:
    other = scenario.model_copy(update={"staffing": None, "admission": None})
    for one, two in ((scenario, other), (other, scenario)):
        table = settings_compared([one, two], "zh")
        assert not [t for t in table["title"] if t.isascii()]


def test_changed_added_and_removed_rows_are_counted(scenario: Scenario) -> None:
    county = scenario.county
    *kept, last = county.teachers
    young = last.model_copy(update={"degree": "master"})
    new = small.teacher(10, "C1", "primary", "music")
    pupils = small.county().model_copy(update={"teachers": (*kept[1:], young, new)})
    (found,) = data_compared(county, pupils)
    assert (found.table, found.added, found.removed) == ("teachers", ("T10",), ("T1",))
    assert [(c.row, c.column, c.first, c.second) for c in found.cells] == [
        ("T9", "degree", "bachelor", "master")
    ]
    (counts,) = data_counts([found]).to_dict("records")
    assert counts == {"table": "teachers", "rows_added": 1, "rows_removed": 1, "rows_changed": 1}


def test_a_cell_deep_in_a_school_is_found_in_its_section(scenario: Scenario) -> None:
    schools = list(scenario.county.schools)
    campus = schools[1].campuses[0]
    section = campus.sections[0].model_copy(update={"pupils": 151})
    campus = campus.model_copy(update={"sections": (section,)})
    schools[1] = schools[1].model_copy(update={"campuses": (campus,)})
    other = scenario.county.model_copy(update={"schools": tuple(schools), "post_pool": 3})
    found = data_compared(scenario.county, other)
    cells = [(c.table, c.row, c.column, c.first, c.second) for d in found for c in d.cells]
    assert ("sections", "B1.junior", "pupils", 150, 151) in cells
    assert ("county", "", "post_pool", 0, 3) in cells
    assert len(cells) == 2


def test_moves_that_only_one_plan_makes_are_told_apart(scenario: Scenario) -> None:
    one, other = (tables.exchange_list(scenario, p) for p in (FIRST, SECOND))
    rows = moves_compared(one, other).set_index("teacher")["only"].to_dict()
    assert rows == {"T2": "only_second", "T5": "only_first"}
    assert moves_compared(one, one).empty


def test_a_cell_that_differs_is_told_with_its_change(scenario: Scenario) -> None:
    one, other = (tables.quota_matrix(scenario, p) for p in (small.QUOTA_PLAN, shifted()))
    rows = cells_compared(one, other)
    assert rows[["junior_high", "senior_high", side(0), side(1), "change"]].values.tolist() == [
        ["A校", "places:H1", 34.0, 33.0, -1.0],
        ["B校", "places:H1", 26.0, 27.0, 1.0],
    ]
    assert cells_compared(one, one).empty


def test_schools_gain_and_lose_as_counted_by_hand(scenario: Scenario) -> None:
    sides = (held(scenario, FIRST, small.QUOTA_PLAN), held(scenario, SECOND, shifted()))
    table = gains(*sides, (scenario.county, scenario.county)).set_index("school_id")
    assert table["uncovered:0"].to_dict() == {"A": 6, "B": 0, "C": 10}
    assert table["uncovered:1"].to_dict() == {"A": 10, "B": 3, "C": 10}
    assert table["net:0"].to_dict() == {"A": -2, "B": 2, "C": 0}
    assert table["quota:change"].to_dict() == {"A": -1, "B": 1, "C": 0}
    towns = summed(table.reset_index(), ("township",)).set_index("township")
    assert towns["uncovered:change"].to_dict() == {"西街道": 4, "东镇": 3}
    assert towns[["quota:gain", "quota:lose"]].values.tolist() == [[0, 1], [1, 0]]


def test_a_plan_without_a_table_has_no_figure_there(scenario: Scenario) -> None:
    tables_ = held(scenario, FIRST, small.QUOTA_PLAN)
    del tables_["quotas"]
    table = gains(tables_, held(scenario, SECOND, shifted()), (scenario.county, scenario.county))
    assert table["quota:0"].isna().all()
    assert table["quota:change"].isna().all()


def test_a_row_that_one_table_lacks_has_no_value_there() -> None:
    one = pd.DataFrame({"k": ["a", "b"], "v": [1.0, 2.0]})
    other = pd.DataFrame({"k": ["b", "c"], "v": [2.0 + 1e-12, 3.0]})
    table = side_by_side([one, other, None], ("k",), "v")
    assert table["k"].tolist() == ["a", "b", "c"]
    assert change(table).fillna(-9).tolist() == [-9, 0, -9]
    assert differing(table.drop(columns=side(2)))["k"].tolist() == ["a", "c"]
