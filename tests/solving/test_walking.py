"""Moves and walking decided together: against brute force over people, and against two steps."""

from __future__ import annotations

import pytest

from allocator.insight.proof import proof_head
from allocator.scenario import Scenario, Staffing
from allocator.solving import Clock, solve_scenario
from allocator.solving import walking as together
from tests.staffing.plans import ORDER
from tests.staffing.walking_counties import WalkingCase, walking_case


def scenario_of(case: WalkingCase) -> Scenario:
    rules = [
        {"rule": c.rule.name, "firmness": c.firmness, "parameters": c.rule.model_dump()}
        for c in case.rules
    ]
    terms = case.terms.model_dump()
    staffing = Staffing.model_validate({"rules": rules, "goals": ORDER, "terms": terms})
    return Scenario(title="t", county=case.county, staffing=staffing)


def solved(case: WalkingCase, engine: str = "highs", **clock):
    outcome = solve_scenario(scenario_of(case), engine=engine, clock=Clock(**clock))
    part = outcome.part("staffing")
    assert part is not None
    return part


def first(part):
    tier = part.tiers[0]
    assert tier.name == "coverage"
    return tier


@pytest.mark.parametrize("seed", range(300))
def test_moves_and_walking_together_reach_the_least_over_all_people(seed):
    case = walking_case(seed)
    part = solved(case)
    assert part.audit is not None
    assert part.audit.clean
    assert first(part).value == pytest.approx(case.least, abs=1e-6)
    assert first(part).proven
    assert part.status == "optimal"
    assert part.two_steps["coverage"] >= case.least - 1e-6


@pytest.mark.parametrize("seed", range(300))
def test_walking_settled_after_the_flow_is_clean_and_never_below_its_bound(seed, monkeypatch):
    monkeypatch.setattr(together, "WAYS", 0)
    case = walking_case(seed)
    part = solved(case)
    assert part.audit is not None
    assert part.audit.clean
    assert first(part).bound <= case.least + 1e-6
    assert case.least - 1e-6 <= first(part).value <= part.two_steps["coverage"] + 1e-6


@pytest.mark.parametrize("seed", range(0, 300, 25))
@pytest.mark.parametrize("engine", ["cbc", "cp-sat"])
def test_other_engines_find_the_same(seed, engine):
    case = walking_case(seed)
    part = solved(case, engine)
    assert first(part).value == pytest.approx(case.least, abs=1e-6)
    assert part.audit is not None
    assert part.audit.clean


def test_somewhere_deciding_together_leaves_fewer_periods_uncovered_than_two_steps():
    found = [solved(walking_case(seed)) for seed in range(60)]
    assert any(first(p).value < p.two_steps["coverage"] - 1e-6 for p in found)


def test_the_proof_sheet_tells_both_values():
    case = walking_case(3)
    scenario = scenario_of(case)
    outcome = solve_scenario(scenario)
    part = outcome.part("staffing")
    assert part is not None
    told = dict(proof_head(scenario, outcome, "en").itertuples(index=False))
    before, after = part.two_steps["coverage"], first(part).value
    (said,) = [text for item, text in told.items() if item.startswith("Moves first")]
    assert said.endswith(f"{before:g}, decided together {after:g}")


@pytest.mark.parametrize("seed", range(0, 60, 5))
def test_a_search_stopped_at_any_step_leaves_a_plan_that_audits_clean(seed):
    case, events = walking_case(seed), []
    solved(case, report=events.append)
    for stop in range(1, len(events), 4):
        told = []
        part = solved(
            case, report=told.append, wanted=lambda told=told, stop=stop: len(told) < stop
        )
        if part.plan is None:
            assert part.reason == "cancelled"
            continue
        assert part.audit is not None
        assert part.audit.clean
        for tier in part.tiers:
            assert tier.bound is None or tier.bound <= tier.value + 1e-6
        assert first(part).value >= case.least - 1e-6
