"""Reductions, coverage by posts, supply in coverage, weights of famous teachers: by hand."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from allocator.county.county import County
from allocator.county.frozen import DataError
from allocator.county.plan import Plan, Supply, Teaching
from allocator.insight.training_tables import training
from allocator.samples import toy_scenario
from allocator.solving.program import lay_out
from allocator.staffing.decode import today
from allocator.staffing.goals.coverage import Coverage, price
from allocator.staffing.goals.famous_share import FamousFairShare
from allocator.staffing.goals.famous_share import price as fair_price
from allocator.staffing.model import build
from allocator.staffing.need import need
from allocator.staffing.placement import placement
from allocator.staffing.rules import EligibilityLock, FamousTeacherFloor, SupplyFloor
from allocator.staffing.terms import StaffingTerms
from tests.staffing.plans import ORDER, TERMS, configured, some_levels
from tests.staffing.toy import TOY, T, readings, short, varied


def uncovered(county: County, plan: Plan, by: str = "periods") -> float:
    return Coverage(by=by).score(county, placement(county, plan))


# Personal reductions


def test_a_reduction_leaves_as_many_periods_uncovered() -> None:
    # S2 needs 15 periods of Chinese and has T8 alone with 10: 5 are missing; 2 less, 7 are
    less = varied({8: {"reduction": 2}})
    assert price(5, 15) == 5
    assert price(7, 15) == 7.4
    assert uncovered(less, today(less)) == pytest.approx(uncovered(TOY, today(TOY)) + 2.4)


def test_a_plan_may_not_give_more_than_the_load_less_the_reduction() -> None:
    less = varied({8: {"reduction": 2}})
    entry = Teaching(teacher=T(8), section="C2.junior", subject="chinese", periods=9)
    with pytest.raises(DataError, match="full load"):
        placement(less, Plan(teaching=(entry,)))
    placement(less, Plan(teaching=(entry.model_copy(update={"periods": 8}),)))


@pytest.mark.parametrize("people", [{8: 2, 1: 4}, {1: 3, 2: 5, 4: 1}, {6: 1, 7: 2, 12: 7}])
def test_different_loads_in_one_cell_cost_the_same_in_program_and_plan(people) -> None:
    county = varied({n: {"reduction": less} for n, less in people.items()})
    rules = configured(EligibilityLock())
    allocation = build(county, rules, ORDER, TERMS)
    laid = lay_out(allocation)
    for levels in some_levels(allocation, 150, seed=13):
        plan = allocation.decode(levels)
        assert laid.tier_values(levels)["coverage"] == pytest.approx(uncovered(county, plan))


# Coverage by agreed posts


def test_an_agreed_post_counts_as_a_full_load() -> None:
    # S4 needs 4 periods of music, agreed is one post of 8; elsewhere nothing is agreed
    assert need(TOY, "periods")["C4.junior"]["music"] == 4
    assert need(TOY, "posts")["C4.junior"]["music"] == 8
    by_posts = uncovered(TOY, today(TOY, "posts"), "posts")
    assert by_posts == pytest.approx(uncovered(TOY, today(TOY)) - price(4, 4) + price(8, 8))


def test_program_and_plan_count_posts_alike() -> None:
    terms = StaffingTerms(coverage="posts")
    allocation = build(TOY, configured(EligibilityLock()), ORDER, terms)
    laid = lay_out(allocation)
    for levels in some_levels(allocation, 60, seed=3):
        plan = allocation.decode(levels)
        assert laid.tier_values(levels)["coverage"] == pytest.approx(uncovered(TOY, plan, "posts"))


# Supply covers periods


def test_one_hire_for_music_covers_the_four_periods_of_the_eastern_school() -> None:
    county = varied(supply=[{"kind": "hire", "stage": "junior", "subject": "music", "count": 1}])
    hired = Supply(section="C4.junior", subject="music", kind="hire", count=1)
    plan = today(county).model_copy(update={"supply": (hired,)})
    assert uncovered(county, plan) == pytest.approx(uncovered(county, today(county)) - price(4, 4))
    allocation = build(county, configured(SupplyFloor(), firmness="must"), ORDER, TERMS)
    levels = np.zeros(len(allocation.names))
    levels[allocation.names.index("supply[hire.junior.music,C4.junior]")] = 1
    assert allocation.decode(levels).supply == (hired,)
    assert lay_out(allocation).tier_values(levels)["coverage"] == pytest.approx(
        uncovered(county, plan)
    )


# Famous teachers by kind of move


def test_a_seconded_famous_teacher_counts_as_the_planner_says() -> None:
    # S3 (40 pupils) needs one; T1 is famous and comes on a secondment
    whole, half = FamousTeacherFloor(), FamousTeacherFloor(seconded=Decimal("0.5"))
    assert readings(whole, TOY, {1: "C3"})["S3"].actual == 1
    assert readings(half, TOY, {1: "C3"})["S3"].actual == 0.5
    assert "S3" not in short(whole, TOY, {1: "C3"})
    assert short(half, TOY, {1: "C3"})["S3"] == 1
    assert short(half, TOY, {1: "C3", 4: "C3"}).get("S3") is None  # two halves


def test_half_a_person_missing_costs_half_the_first_step() -> None:
    # one missing of two needed costs 1/2, two cost 1/2 + 3/2
    assert [fair_price(Decimal(m), 2) for m in ("0", "0.5", "1", "1.5", "2")] == [
        0, 0.25, 0.5, 1.25, 2.0,
    ]  # fmt: skip
    rule = FamousTeacherFloor(seconded=Decimal("0.5"))
    plan = placement(TOY, Plan())
    assert FamousFairShare(rule=rule).score(TOY, plan) == FamousFairShare(
        rule=FamousTeacherFloor()
    ).score(TOY, plan)


def test_training_adds_up_to_what_is_missing_over_subjects_and_years() -> None:
    scenario = toy_scenario()
    table = training(scenario, today(scenario.county))
    # S2 needs 2, S3 1, S4 1, nobody famous is there: 4. Full loads of Chinese, maths and music
    # are 3.0, 3.0 and 1.5 of 7.5, so of four people 1.6, 1.6 and 0.8: two, one (or one, two), one
    assert table["to_train"].sum() == table["famous_need"].sum() == 4
    assert sorted(table["to_train"]) == [1, 1, 2]
    years = [c for c in table.columns if str(c).isdigit()]
    assert years == ["2021", "2022", "2023", "2024", "2025"]
    assert (table[years].sum(axis="columns") == table["to_train"]).all()
    assert table.loc[table["to_train"] == 2, years].to_numpy().tolist() == [[1, 1, 0, 0, 0]]
