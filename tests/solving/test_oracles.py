"""Every engine and brute force agree, tier by tier, on tiny counties with random rules."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from allocator.county.county import County
from allocator.samples import toy_county, toy_scenario
from allocator.solving import Clock, solve_scenario
from allocator.solving.search import Search
from allocator.staffing.model import build
from allocator.staffing.rules import FamousTeacherFloor
from tests.solving.brute import brute_force
from tests.solving.engines import ENGINES, every_engine_agrees
from tests.solving.tiny import DRAWN, MANY, tiny
from tests.staffing.plans import ORDER, TERMS, configured, defaults, program

SEEDS = range(40)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_engine_finds_the_optimum_of_brute_force(seed):
    every_engine_agrees(tiny(seed))


def test_the_seeds_tried_put_every_rule_and_every_tier_to_the_test():
    cases = [tiny(seed) for seed in SEEDS]
    for rule in DRAWN:
        met = {c.firmness for case in cases for c in case.rules if isinstance(c.rule, rule)}
        binding = {"must", "should"}
        assert met & binding or not binding & {*rule.firmness_allowed}, rule.name
    plans = [case for case in cases if case.judged.best is not None]
    assert len(cases) > len(plans) > len(cases) / 2
    for tier in ORDER:
        fought = [c for c in plans if len({*c.judged.points[:, c.order.index(tier)]}) > 1]
        assert len(fought) >= 3, tier
    shares = [v for c in plans for v in c.judged.points[:, c.order.index("famous_share")]]
    assert any(value % 1 for value in shares)


@pytest.mark.parametrize("seed", [1, 2, 3, 5, 6, 7])
def test_moves_that_brute_force_leaves_out_are_in_no_plan_that_keeps_the_musts(seed):
    case = tiny(seed)
    free = replace(case, locked=False)
    if free.plans > MANY:
        pytest.skip("too many plans with every move left in")
    assert case.judged.best == free.judged.best
    assert np.array_equal(case.judged.points, free.judged.points)


def test_highs_cbc_and_brute_force_agree_on_the_toy_county():
    county, rules = toy_county(), defaults()
    best = brute_force(county, rules)
    for answer in (
        Search(program(county, rules), 1, Clock()).run(),
        ENGINES["cbc"](program(county, rules).allocation),
    ):
        assert [answer.values[t] for t in ORDER] == pytest.approx(best, abs=1e-4)


def _without_teachers() -> County:
    return County.model_validate(toy_county().model_dump() | {"teachers": ()})


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_where_nothing_can_be_decided_every_engine_has_the_one_plan(engine):
    found = ENGINES[engine](build(_without_teachers(), defaults(), ORDER, TERMS))
    assert found.ending == "plan"
    assert found.bounds == found.values
    assert found.values["coverage"] > 0
    scenario = toy_scenario().model_copy(update={"county": _without_teachers()})
    part = solve_scenario(scenario, parts=("staffing",), engine=engine).part("staffing")
    assert part.status == "optimal"


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_where_nothing_can_be_decided_a_broken_must_leaves_no_plan(engine):
    must = configured(FamousTeacherFloor(), firmness="must")
    found = ENGINES[engine](build(_without_teachers(), must, ORDER, TERMS))
    assert found.ending == "infeasible"
