"""All ways of rounding as tables and pictures, on a county counted by hand."""

from __future__ import annotations

import pytest

from allocator.county.frozen import DataError
from allocator.files.workbook.admission_sheets import method_sheets
from allocator.insight import tables
from allocator.scenario import Admission, Scenario
from allocator.ui.logic.quota_charts import deviations, left_with_nothing
from tests.admission.division import county, junior, senior

COUNTY = county(
    (senior("A", 10, quota_places=6), senior("B", 6, quota_places=4)),
    (junior("X", 11), junior("Y", 6, "T2"), junior("Z", 3, "T3")),
)
"""Claims: X 5.5, Y 3, Z 1.5; rounding down gives them 5, 2 and nothing."""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    rules = ({"rule": "protected_floor", "firmness": "must"},)
    part = Admission.model_validate({"rules": rules})
    return Scenario(title="示例", county=COUNTY, admission=part)


@pytest.fixture(scope="module")
def results(scenario):
    return tables.method_results(scenario)


def test_each_way_has_a_row_with_what_it_keeps_and_breaks(scenario, results) -> None:
    table = tables.method_comparison(scenario, results).set_index("way_code")
    assert len(table) == 15
    down = table.loc["down"]
    assert down["way"] == "逐校舍去，余额退回统招"
    assert not down["sums_kept"]
    assert (down["given"], down["given_less_quota"]) == (7, -3)
    assert (down["rural_without"], down["seat_without"], down["without"]) == (1, 0, 1)
    assert (down["farthest_below"], down["farthest_above"], down["off_by_one"]) == (1.5, 0, 2)
    assert down["rules_broken"] == "农村和薄弱初中保底"
    best = table.loc["biproportional.webster"]
    assert best["way"] == "双向比例（韦伯斯特）"
    assert best["sums_kept"]
    assert best["rules_broken"] == ""


def test_a_way_without_a_table_says_why_in_both_languages(scenario, results) -> None:
    for lang, word in (("zh", "抽签"), ("en", "lot")):
        table = tables.method_comparison(scenario, results, lang).set_index("way_code")
        assert word in table.loc["lots", "no_table"]
        assert table["given"].isna()["lots"]


def test_each_junior_high_has_its_claim_and_its_places_under_every_way(scenario, results) -> None:
    table = tables.junior_highs_by_method(scenario, results).set_index("school_id")
    assert table["entitlement"].tolist() == [5.5, 3, 1.5]
    assert table["area"].tolist() == ["urban", "township_seat", "rural"]
    assert table["way:down"].tolist() == [5, 2, 0]
    assert "way:lots" not in table
    names = tables.way_names(results, "en")
    assert all(names[c] for c in table.columns if c.startswith("way:"))


def test_sheets_colour_who_is_left_with_nothing(scenario, results) -> None:
    ways, schools = method_sheets(scenario, results, "zh")
    assert (ways.name.zh, schools.name.zh) == ("取整方法比较", "各初中各法结果")
    alarm = next(a for a in schools.alarms if a.column == "way:down")
    letters = {code: code for code in map(str, schools.table.columns)}
    assert alarm.when(letters, 4) == "=AND(N($entitlement4)>0,$way:down4=0)"


def test_pictures_show_every_way_and_every_school(scenario, results) -> None:
    table = tables.junior_highs_by_method(scenario, results)
    chart = deviations(table, tables.way_names(results, "zh"), "zh")
    assert chart is not None
    drawn = chart.to_dict()
    values = next(v for v in drawn["datasets"].values() if "places" in v[0])
    assert len(values) == 3 * sum(r.possible for r in results)
    bars = left_with_nothing(tables.method_comparison(scenario, results, "zh"), "zh")
    assert bars is not None
    listed = next(iter(bars.to_dict()["datasets"].values()))
    lost = {(v["way"], v["area"]): v["value"] for v in listed if v["value"]}
    assert lost["逐校舍去，余额退回统招", "乡村"] == 1


def test_where_nobody_is_left_with_nothing_there_is_no_picture(scenario, results) -> None:
    table = tables.method_comparison(scenario, results)
    kept = table[table["without"] == 0]
    assert left_with_nothing(kept, "zh") is None
    assert deviations(tables.junior_highs_by_method(scenario, results).iloc[:0], {}, "zh") is None


def test_a_scenario_without_quotas_is_refused(scenario) -> None:
    with pytest.raises(DataError):
        tables.method_results(scenario.model_copy(update={"admission": None}))
