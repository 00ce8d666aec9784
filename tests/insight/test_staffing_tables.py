"""Tables of a staffing plan, counted by hand on the small county."""

from __future__ import annotations

import math

import pytest

from allocator.county.frozen import DataError
from allocator.county.indicators import INDICATORS
from allocator.insight import tables
from allocator.insight.staffing_figures import staffing_figures
from allocator.scenario import with_rule
from tests.insight import small_county as small


@pytest.fixture(scope="module")
def scenario():
    return small.scenario()


@pytest.fixture(scope="module")
def plan():
    return small.STAFFING_PLAN


def test_the_exchange_list_says_who_goes_where(scenario, plan) -> None:
    table = tables.exchange_list(scenario, plan)
    assert table["teacher"].tolist() == ["T1", "T5"]
    first = table.iloc[0].to_dict()
    assert first["name"] == "教师1"
    assert (first["from_school"], first["from_campus"]) == ("A校", "A校本部")
    assert (first["from_township"], first["to_township"]) == ("西街道", "东镇")
    assert (first["to_school"], first["kind"], first["start"]) == ("B校", "secondment", "2020-09")
    assert (first["minutes"], first["years"], first["points_rank"]) == (25, 3, 1)
    assert first["backbone"]
    assert first["exchanged"]
    assert first["honours"] == "慈溪市名师、慈溪市骨干教师"
    assert not table.iloc[1]["backbone"]


def headed_by(number: int, **more: object):
    """The small county with one of its teachers as principal."""
    people = list(small.county().model_dump()["teachers"])
    people[number - 1] |= {"role": "principal", **more}
    return small.scenario(teachers=people)


def test_a_move_of_a_head_that_nobody_decided_is_in_no_list_for_publication(plan) -> None:
    proposed = headed_by(1)
    assert tables.exchange_list(proposed, plan, publication=True)["teacher"].tolist() == ["T5"]
    assert tables.exchange_list(proposed, plan)["teacher"].tolist() == ["T1", "T5"]
    assert tables.head_proposals(proposed, plan)["teacher"].tolist() == ["T1"]


def test_a_head_who_is_pinned_to_go_is_published(plan) -> None:
    sent = headed_by(1, pins=[{"kind": "goes", "campus": "B1"}])
    listed = tables.exchange_list(sent, plan, publication=True)
    assert listed["teacher"].tolist() == ["T1", "T5"]
    assert tables.head_proposals(sent, plan).empty
    # A pin of anybody else is no appointment of a head, and sends nobody elsewhere.
    elsewhere = headed_by(1, pins=[{"kind": "not_to", "campus": "B1"}])
    assert tables.head_proposals(elsewhere, plan)["teacher"].tolist() == ["T1"]


def test_an_empty_plan_gives_empty_tables_with_all_columns(scenario, plan) -> None:
    nobody = plan.model_copy(update={"moves": (), "teaching": ()})
    assert tables.exchange_list(scenario, nobody).empty
    full = tables.exchange_list(scenario, plan)
    assert list(tables.exchange_list(scenario, nobody).columns) == list(full.columns)
    assert tables.moves_by_township(scenario, nobody).empty


def test_flows_between_townships_are_summed(scenario, plan) -> None:
    table = tables.moves_by_township(scenario, plan)
    assert len(table) == 1
    row = table.iloc[0]
    assert (row["from_township"], row["to_township"]) == ("西街道", "东镇")
    assert (row["moves"], row["backbone_moves"], row["mean_minutes"]) == (2, 1, 25.0)


def test_coverage_is_counted_before_and_after(scenario, plan) -> None:
    table = tables.coverage(scenario, plan).set_index(["section", "subject_id"])
    columns = [
        "needed", "teachers_before", "teachers_after", "covered_before", "covered_after",
        "uncovered_before", "uncovered_after",
    ]  # fmt: skip
    counted = {key: tuple(row) for key, row in table[columns].iterrows()}
    assert counted == {
        ("A1.junior", "chinese"): (30, 4, 3, 30, 30, 0, 0),
        ("A1.junior", "music"): (6, 1, 0, 6, 0, 0, 6),
        ("B1.junior", "chinese"): (15, 1, 2, 10, 15, 5, 0),
        ("B1.junior", "music"): (3, 0, 1, 0, 3, 3, 0),
        ("C1.primary", "chinese"): (30, 2, 2, 20, 20, 10, 10),
        ("C1.primary", "music"): (6, 1, 1, 6, 6, 0, 0),
    }
    assert set(table["load"]) == {10}


def test_a_subject_nobody_needs_is_listed_where_somebody_teaches_it() -> None:
    more = small.SUBJECTS[0].model_copy(update={"id": "drama", "name": "戏剧", "periods": (0,) * 9})
    county = small.county(
        subjects=(*small.SUBJECTS, more), teachers=(small.teacher(1, "C1", "primary", "drama"),)
    )
    scenario = small.scenario().model_copy(update={"county": county})
    table = tables.coverage(scenario, small.Plan())
    drama = table[table["subject_id"] == "drama"]
    assert drama[["section", "needed", "teachers_before"]].values.tolist() == [["C1.primary", 0, 1]]


def test_famous_teachers_are_counted_in_rural_junior_highs(scenario, plan) -> None:
    table = tables.famous(scenario, plan)
    assert table["school"].tolist() == ["B校"]
    row = table.iloc[0]
    assert (row["pupils"], row["need"]) == (150, 2)
    assert (row["have_before"], row["have_after"]) == (0, 1)
    assert (row["missing_before"], row["missing_after"]) == (2, 1)


def test_famous_teachers_follow_the_rule_and_its_defaults_when_off(scenario, plan) -> None:
    twice = with_rule(
        scenario, "staffing", {"rule": "famous_teacher_floor", "parameters": {"per_100": 2}}
    )
    assert tables.famous(twice, plan)["need"].tolist() == [3]
    off = with_rule(twice, "staffing", {"rule": "famous_teacher_floor", "firmness": "off"})
    assert tables.famous(off, plan)["need"].tolist() == [2]


def test_coefficients_are_those_of_the_formula_with_the_cap_beside(scenario, plan) -> None:
    table = tables.indicators(scenario, plan).set_index(["stage", "indicator"])
    degree = table.loc[("junior", "L1")]
    # A has 5 then 3 of 200 pupils, B 1 then 3 of 150: CV^2 = P / x^2 * sum x_i^2 / P_i - 1.
    assert degree["before"] == pytest.approx(math.sqrt(350 / 36 * (25 / 200 + 1 / 150) - 1))
    assert degree["after"] == pytest.approx(math.sqrt(350 / 36 * (9 / 200 + 9 / 150) - 1))
    assert degree["change"] == pytest.approx(degree["after"] - degree["before"])
    here = table.loc["junior"]
    assert here["target"].dropna().to_dict() == {"mean": 0.3}
    assert here.loc["mean", "kept"] == (here.loc["mean", "after"] <= 0.3)
    singles = here.loc[[i for i in here.index if i.startswith("L")]]
    assert here.loc["mean", "after"] == pytest.approx(singles["after"].mean())
    assert here.loc["largest", "after"] == pytest.approx(singles["after"].max())


@pytest.mark.parametrize(
    ("binds", "asked", "lines"),
    [
        ("each", ["L1", "L4"], {"L1", "L4"}),
        ("largest", list(INDICATORS), {"largest"}),
        ("mean", list(INDICATORS), {"mean"}),
        ("largest", ["L1", "L4"], {"capped"}),
        ("mean", ["L1", "L4"], {"capped"}),
    ],
)
def test_the_cap_stands_beside_what_it_binds(scenario, plan, binds, asked, lines) -> None:
    chosen = {"binds": binds, "indicators": asked}
    made = with_rule(scenario, "staffing", {"rule": "balance_cap", "parameters": chosen})
    table = tables.indicators(made, plan)
    here = table[(table["stage"] == "junior") & table["target"].notna()]
    assert set(here["indicator"]) == lines
    assert here.set_index("indicator")["kept"].to_dict() == {
        line: value <= 0.3 for line, value in zip(here["indicator"], here["after"], strict=True)
    }


def test_a_cap_on_the_mean_of_some_has_a_line_of_its_own_with_that_mean(scenario, plan) -> None:
    chosen = {"binds": "mean", "indicators": ["L4", "L1"], "junior_from": 0.3}
    made = with_rule(scenario, "staffing", {"rule": "balance_cap", "parameters": chosen})
    table = tables.indicators(made, plan, "en").set_index(["stage", "indicator"]).loc["junior"]
    # L1 as above; L4 is even. The mean of the two is under the cap, that of all seven is no matter.
    before, after = (
        math.sqrt(350 / 36 * (25 / 200 + 1 / 150) - 1) / 2,
        math.sqrt(350 / 36 * (9 / 200 + 9 / 150) - 1) / 2,
    )
    line = table.loc["capped"]
    assert (line["before"], line["after"]) == pytest.approx((before, after))
    assert line["indicator_name"] == "under the cap: mean (L1, L4)"
    assert table["target"].dropna().to_dict() == {"capped": 0.3}
    figures = staffing_figures(made, tables.before_after(made, plan))["cv_capped_junior"]
    assert (figures.before, figures.after) == pytest.approx((before, after))


def test_thresholds_follow_the_rule(scenario, plan) -> None:
    # B meets L4, L6 and L7; L1 and L3 are below half of what is asked for.
    low = {"met_at_least": 3, "others_at_least": 0.3}
    made = with_rule(scenario, "staffing", {"rule": "resource_floor", "parameters": low})
    table = tables.school_indicators(made, plan).set_index("school_id")
    assert table.loc["B", "reached"]


def test_no_cap_in_force_leaves_the_target_empty(scenario, plan) -> None:
    off = with_rule(scenario, "staffing", {"rule": "balance_cap", "firmness": "off"})
    table = tables.indicators(off, plan)
    assert table["target"].isna().all()
    assert table["kept"].isna().all()


def test_schools_are_measured_against_the_thresholds(scenario, plan) -> None:
    table = tables.school_indicators(scenario, plan).set_index("school_id")
    row = table.loc["B"]
    assert (row["L1_before"], row["L1"]) == pytest.approx((100 / 150, 300 / 150))
    assert row["L4"] == pytest.approx(6.0)
    # L3 0.67 < 0.9, L5 9.0 < 10.2, L1 2.0 < 5.3, L2 0.67 < 1; L4, L6, L7 are met.
    assert (row["met"], row["with_data"], row["reached"]) == (3, 7, False)


def test_a_school_without_facility_data_is_not_called_missed(plan) -> None:
    bare = small.school("B", "E", "junior", 1, 150, (40, 40))
    section = bare.campuses[0].sections[0].model_copy(update={"facilities": small.Facilities()})
    campus = bare.campuses[0].model_copy(update={"sections": (section,)})
    schools = [s for s in small.county().schools if s.id != "B"]
    made = small.scenario(schools=(*schools, bare.model_copy(update={"campuses": (campus,)})))
    row = tables.school_indicators(made, plan).set_index("school_id").loc["B"]
    assert row["with_data"] == 3
    assert row.isna()["reached"]
    assert row.isna()["L4"]


def test_a_plan_of_another_county_is_refused(scenario, plan) -> None:
    stranger = plan.moves[0].model_copy(update={"teacher": "T99"})
    with pytest.raises(DataError, match="T99"):
        tables.exchange_list(scenario, plan.model_copy(update={"moves": (stranger,)}))


def test_a_plan_looked_up_once_serves_every_table(scenario, plan) -> None:
    seen = tables.before_after(scenario, plan)
    for table in (
        tables.coverage, tables.exchange_list, tables.famous, tables.indicators,
        tables.school_indicators, tables.moves_by_township,
    ):  # fmt: skip
        assert table(scenario, seen).equals(table(scenario, plan))
