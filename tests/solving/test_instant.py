"""Instant mode answers with the very bounds of a chain from nothing, whatever was asked before."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import allocator
from allocator.samples.generator import SMALLEST
from allocator.samples.scenarios import sample_scenario
from allocator.scenario import Scenario, with_rule
from allocator.solving.building import build
from allocator.solving.chain import Chain
from allocator.solving.instant import Instant
from allocator.solving.program import lay_out
from allocator.solving.progress import Clock, Stopped
from allocator.staffing.restated import Stated

TOY = Path(__file__).parents[2] / "scenarios" / "toy.json"
MOVES: list[dict[str, object]] = [
    {"rule": "exchange_rate_floor", "parameters": {"at_least": "0.3"}},
    {"rule": "exchange_rate_floor", "parameters": {"at_least": "0.45"}},
    {"rule": "exchange_rate_floor", "parameters": {"rounding": "up"}},
    {"rule": "backbone_share", "parameters": {"at_least": "0.5"}},
    {"rule": "turnover_cap", "parameters": {"leaving_at_most": "0.1"}},
    {"rule": "turnover_cap", "parameters": {"arriving_at_most": "0.05"}},
    {"rule": "exchange_rate_floor", "parameters": {"at_least": "0.05"}},
    {"rule": "famous_teacher_floor", "parameters": {"per_100": "1.6"}},
    {"rule": "famous_teacher_floor", "firmness": "watch"},
    {"rule": "travel_cap", "parameters": {"within": 10}},
    {"rule": "exchange_rate_floor", "parameters": {"at_least": "0.4"}},
    {"rule": "famous_teacher_floor", "firmness": "should"},
    {"rule": "turnover_cap", "firmness": "watch"},
    {"rule": "turnover_cap", "firmness": "should", "parameters": {"leaving_at_most": "0.15"}},
]


@pytest.fixture(scope="module")
def toy() -> Scenario:
    return allocator.load(TOY)


@pytest.fixture(scope="module")
def county() -> Scenario:
    """The smallest county the generator makes: 1,500 teachers."""
    return sample_scenario(teachers=SMALLEST)


def cold(scenario: Scenario) -> dict[str, float] | None:
    """The bounds of a chain that knows nothing of any other; None where there is no point."""
    chain = Chain(lay_out(build(scenario, "staffing")), 1, Clock(), rounding=False)
    return chain.lows if chain.start() == "plan" else None


def agree(scenario: Scenario, instant: Instant) -> bool:
    """Whether a warm answer is the cold one; true also says that no program was built anew."""
    estimate = instant.ask(scenario, Clock())
    expected = cold(scenario)
    if expected is None:
        assert estimate.ending == "infeasible"
    else:
        assert estimate.bounds == pytest.approx(expected, rel=1e-6, abs=1e-6)
    return not estimate.rebuilt


@pytest.mark.parametrize("name", ["toy", "county"])
def test_after_every_move_the_warm_bounds_are_those_from_nothing(
    name: str, request: pytest.FixtureRequest
) -> None:
    scenario = request.getfixturevalue(name)
    instant = Instant(scenario)
    assert not agree(scenario, instant)
    moves = MOVES if name == "toy" else [MOVES[1], MOVES[4], MOVES[9]]
    kept = 0
    for move in moves:
        scenario = with_rule(scenario, "staffing", move)
        kept += agree(scenario, instant)
    assert kept >= len(moves) // 2
    # Back to the start, in one step.
    agree(request.getfixturevalue(name), instant)


def test_caps_on_the_mean_agree_as_far_as_tangents_tell(county: Scenario) -> None:
    # Norms are touched where they are needed: two chains may stop at other points of one norm.
    instant = Instant(county)
    instant.ask(county, Clock())
    for cap in ("0.3", "0.2"):
        parameters = {"primary_from": cap, "junior_from": cap, "primary_at_most": "0.1",
                      "junior_at_most": "0.1"}  # fmt: skip
        moved = with_rule(county, "staffing", {"rule": "balance_cap", "parameters": parameters})
        estimate, expected = instant.ask(moved, Clock()), cold(moved)
        assert expected is not None
        assert not estimate.rebuilt
        before_balance = ("coverage", "famous", "famous_share", "rates")
        for tier in before_balance:
            assert estimate.bounds[tier] == pytest.approx(expected[tier], rel=1e-6, abs=1e-6)
        assert estimate.bounds["balance"] == pytest.approx(expected["balance"], abs=0.01)


def test_the_order_of_goals_moves_without_building(county: Scenario) -> None:
    instant = Instant(county)
    instant.ask(county, Clock())
    assert county.staffing is not None
    first, *others = county.staffing.goals
    part = county.staffing.model_copy(update={"goals": (*others[:2], first, *others[2:])})
    assert agree(county.model_copy(update={"staffing": part}), instant)


def test_rules_that_leave_no_plan_are_told_and_the_next_question_is_answered(
    county: Scenario,
) -> None:
    must = {"rule": "exchange_rate_floor", "firmness": "must", "parameters": {"at_least": "1"}}
    instant = Instant(county)
    instant.ask(county, Clock())
    assert instant.ask(with_rule(county, "staffing", must), Clock()).ending == "infeasible"
    assert agree(county, instant)


def test_a_question_given_up_half_way_spoils_no_later_answer(county: Scenario) -> None:
    instant = Instant(county)
    instant.ask(county, Clock())
    moved = with_rule(county, "staffing", MOVES[1])
    heard: list[str] = []
    clock = Clock(report=lambda e: heard.append(e.tier), wanted=lambda: len(heard) < 2)
    with pytest.raises(Stopped):
        instant.ask(moved, clock)
    assert agree(moved, instant)


@pytest.mark.parametrize("move", MOVES[:8])
def test_rules_stated_again_are_the_rules_of_a_program_built_anew(
    toy: Scenario, move: dict[str, object]
) -> None:
    assert toy.staffing is not None
    terms, goals = toy.staffing.terms, toy.staffing.goals
    known = Stated.of(toy.county, toy.configured("staffing"), goals, terms)
    moved = with_rule(toy, "staffing", move)
    again = known.again(moved.configured("staffing"), goals, terms)
    assert again is not None
    one, other = lay_out(again.allocation), lay_out(build(moved, "staffing"))
    assert one.names == other.names
    assert one.row_names == other.row_names
    for field in ("starts", "index", "value", "row_lower", "row_upper", "lower", "upper"):
        assert np.array_equal(getattr(one.matrix, field), getattr(other.matrix, field)), field


def test_a_rule_that_removes_placements_is_never_stated_again(toy: Scenario) -> None:
    assert toy.staffing is not None
    known = Stated.of(
        toy.county, toy.configured("staffing"), toy.staffing.goals, toy.staffing.terms
    )
    moved = with_rule(toy, "staffing", {"rule": "travel_cap", "parameters": {"within": 10}})
    assert known.again(moved.configured("staffing"), toy.staffing.goals, toy.staffing.terms) is None
