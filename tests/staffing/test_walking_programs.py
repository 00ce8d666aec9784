"""The programs of walking against every way in which the people of tiny counties can teach."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from allocator.modelling import Configured, Linear
from allocator.solving.cp_sat import solve_with_cp_sat
from allocator.solving.program import lay_out
from allocator.solving.progress import Clock
from allocator.staffing.goals.coverage import Coverage
from allocator.staffing.model import build, lay
from allocator.staffing.placement import placement
from allocator.staffing.rules import EligibilityLock, Walking
from allocator.staffing.walking.able import walking_by
from allocator.staffing.walking.greedy import walk_greedily
from allocator.staffing.walking.levels import levels_of
from allocator.staffing.walking.second_stage import laid_second_stage, second_stage
from tests.staffing.plans import ORDER, TERMS, defaults, program
from tests.staffing.toy import TOY
from tests.staffing.walking_brute import least_uncovered
from tests.staffing.walking_counties import WalkingCase, keeps, solved, walking_case

SEEDS = range(300)


def uncovered(case: WalkingCase, plan) -> float:
    """What a plan leaves uncovered, once it is seen that it keeps every limit."""
    seen = placement(case.county, plan, walking_by(case.rules, case.terms))
    assert all(r.kept for r in case.rule.readings(case.county, seen))
    return Coverage(by=case.terms.coverage).score(case.county, seen)


@pytest.mark.parametrize("seed", SEEDS)
def test_persons_find_the_least_over_all_people_and_the_flow_is_never_above(seed) -> None:
    case = walking_case(seed)
    by_persons, as_flow = case.program("persons"), case.program("flow")
    value, levels = solved(by_persons)
    assert value == pytest.approx(case.least, abs=1e-6)
    plan = by_persons.decode(levels)
    assert uncovered(case, plan) == pytest.approx(case.least)
    bound, _ = solved(as_flow)
    assert bound <= case.least + 1e-6
    relaxed, _ = solved(as_flow, relaxed=True)
    assert relaxed <= bound + 1e-6
    assert solved(by_persons, relaxed=True)[0] <= case.least + 1e-6


@pytest.mark.parametrize("seed", range(0, 300, 3))
def test_walking_after_the_moves_is_the_best_for_these_moves(seed) -> None:
    case = walking_case(seed)
    first = case.program("none")
    value, levels = solved(first)
    plan = first.decode(levels)
    assert uncovered(case, plan) <= value + 1e-6
    narrow = second_stage(case.county, case.rules, case.terms, plan)
    value, levels = solved(narrow)
    near = uncovered(case, narrow.decode(levels))
    assert near == pytest.approx(value, abs=1e-6)
    after = second_stage(case.county, case.rules, case.terms, plan, chains=True)
    least, levels = solved(after)
    seen = placement(case.county, plan.model_copy(update={"teaching": ()}))
    best = least_uncovered(case.county, case.rule, seen, case.terms)
    assert least == pytest.approx(best, abs=1e-6)
    decided = after.decode(levels)
    assert decided.moves == plan.moves
    assert uncovered(case, decided) == pytest.approx(best)
    assert after.values(decided)["coverage"] == pytest.approx(best)
    assert case.least <= best + 1e-6
    assert best - 1e-6 <= near <= uncovered(case, plan) + 1e-6


@pytest.mark.parametrize("seed", range(0, 300, 2))
def test_the_greedy_start_keeps_every_limit_and_leaves_no_more_than_nobody_walking(seed) -> None:
    case = walking_case(seed)
    first = case.program("none")
    _, levels = solved(first)
    plan = first.decode(levels)
    start = walk_greedily(case.county, case.rules, case.terms, plan)
    assert start.moves == plan.moves
    found = uncovered(case, start)
    assert case.least - 1e-6 <= found <= uncovered(case, plan) + 1e-6
    after, columns = laid_second_stage(case.county, case.rules, case.terms, plan)
    at = levels_of(columns, placement(case.county, start, case.terms.coverage), len(after.names))
    assert keeps(after, at)


@pytest.mark.parametrize("seed", range(0, 300, 3))
@pytest.mark.parametrize("walking", ["persons", "flow"])
def test_a_plan_stands_at_levels_of_both_programs(seed, walking) -> None:
    case = walking_case(seed)
    by_persons = case.program("persons")
    value, levels = solved(by_persons)
    moved = lay(case.county, case.rules, case.terms).supply
    moves = levels[: moved.first + moved.offer.size]
    plan = by_persons.decode(levels)
    other = case.program(walking)
    columns = lay(case.county, case.rules, case.terms, walking).walking
    found = levels_of(columns, placement(case.county, plan, case.terms.coverage), len(other.names))
    found[: moves.size] = moves
    assert keeps(other, found)
    priced = sum(
        c.expression.value(found)
        + sum(p.function(round(p.count.expression.value(found))) for p in c.pieces)
        for c in other.costs
        if c.tier == "coverage"
    )
    assert priced == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize("seed", range(0, 40, 2))
@pytest.mark.parametrize("walking", ["flow", "persons"])
def test_cp_sat_finds_the_same_least(seed, walking) -> None:
    allocation = walking_case(seed).program(walking)
    found = solve_with_cp_sat(lay_out(allocation), Clock())
    assert found.values["coverage"] == pytest.approx(solved(allocation)[0], abs=1e-6)


@pytest.mark.parametrize("seed", range(0, 300, 3))
def test_one_block_by_persons_and_the_others_as_flows_lies_between(seed) -> None:
    case = walking_case(seed)
    mixed = case.program("persons", frozenset({"junior.music"}))
    value, levels = solved(mixed)
    assert solved(case.program("flow"))[0] - 1e-6 <= value <= case.least + 1e-6
    uncovered(case, mixed.decode(levels))


@pytest.mark.parametrize("seed", range(0, 300, 5))
def test_rows_of_whole_people_only_raise_the_relaxation(seed) -> None:
    case = walking_case(seed)
    for walking in ("flow", "persons"):
        full = case.program(walking)
        rows = tuple(r for r in full.structure if not r.where.startswith("walking.whole."))
        without = replace(full, structure=rows)
        assert solved(without, relaxed=True)[0] <= solved(full, relaxed=True)[0] + 1e-6
        assert solved(without)[0] == pytest.approx(solved(full)[0], abs=1e-6)


def test_the_counties_tried_tell_the_programs_apart() -> None:
    cases = [walking_case(seed) for seed in range(60)]
    flow = [solved(case.program("flow"))[0] for case in cases]
    nobody = [solved(case.program("none"))[0] for case in cases]
    lp, cut = 0.0, 0.0
    for case in cases:
        full = case.program("flow")
        rows = tuple(r for r in full.structure if not r.where.startswith("walking.whole."))
        lp += solved(replace(full, structure=rows), relaxed=True)[0]
        cut += solved(full, relaxed=True)[0]
    persons = [case.least for case in cases]
    assert sum(p > f + 1e-6 for p, f in zip(persons, flow, strict=True)) >= 5
    assert sum(n > p + 1e-6 for n, p in zip(nobody, persons, strict=True)) >= 20
    assert cut > lp + 0.1


def test_a_part_of_a_teacher_covers_no_more_than_that_part_of_what_is_needed() -> None:
    # C3 needs 2 periods of music, a teacher gives 8: a quarter of one would cover them all
    walking = Configured(Walking(subjects=("music",), within=30, block=2), "must")
    rules = [walking, Configured(EligibilityLock(), "must")]  # T7 is no candidate
    allocation = build(TOY, rules, ORDER, TERMS, "flow")
    row = next(r for r in allocation.structure if r.where == "walking.whole.C3.junior,music")
    named = {allocation.names[c]: v for c, v in _terms(row.expression)}
    own = named.pop("own[C3.junior,music]")
    assert (own, row.limit) == (1, 0)
    assert set(named) == {"secondment[T00006,C3.junior]"}
    assert named.popitem()[1] == -2


def _terms(expression: Linear) -> list[tuple[int, float]]:
    return list(zip(expression.columns.tolist(), expression.coefficients.tolist(), strict=True))


@pytest.mark.parametrize("walking", ["flow", "persons"])
def test_where_the_rule_is_off_the_program_is_as_without_walking(walking) -> None:
    rules = defaults()
    assert next(c for c in rules if c.rule.name == "walking").firmness == "off"
    without = program(TOY, [c for c in rules if c.rule.name != "walking"]).matrix
    asked = lay_out(build(TOY, rules, ORDER, TERMS, walking)).matrix
    for name in without.__dataclass_fields__:
        assert np.array_equal(getattr(without, name), getattr(asked, name)), name


def test_moves_have_the_same_columns_however_walking_is_laid_out() -> None:
    for seed in range(20):
        case = walking_case(seed)
        first = case.program("none")
        for walking in ("flow", "persons"):
            other = case.program(walking)
            assert other.names[: len(first.names)] == first.names
            assert other.blocks[: len(first.names)] == first.blocks
            assert len(other.blocks) == len(other.names) == other.upper.size
