"""The program as a matrix: the same for every engine, with bounds that hold."""

from __future__ import annotations

import highspy
import numpy as np
import pytest

from allocator.modelling import Count, Linear, Piece
from allocator.samples import toy_county, toy_scenario
from allocator.solving import Clock, pulp_adapter, solve_scenario
from allocator.solving.certificate import safe_bound
from allocator.solving.highs import dense
from allocator.solving.milp import solve_milp
from allocator.solving.program import lay_out, piece_value
from allocator.solving.relaxation import Relaxation
from tests.solving.tiny import tiny
from tests.staffing.plans import ORDER, defaults, program


@pytest.fixture(scope="module")
def laid():
    return program(toy_county(), defaults())


def test_pulp_and_highspy_are_given_the_same_matrix(laid, tmp_path):
    cost = laid.costs["coverage"]
    path = tmp_path / "model.mps"
    pulp_adapter.write_model(laid, cost, path)
    engine = highspy.Highs()
    engine.setOptionValue("output_flag", False)
    engine.readModel(str(path))
    read = engine.getLp()
    order = [int(name[1:]) for name in read.col_names_]
    matrix = laid.matrix
    assert sorted(order) == list(range(matrix.lower.size))
    assert np.allclose(read.col_cost_, dense(cost, matrix.lower.size)[order])
    assert np.allclose(read.col_upper_, matrix.upper[order])
    whole = [kind == highspy.HighsVarType.kInteger for kind in read.integrality_]
    assert whole == matrix.whole[order].tolist()
    entries = {}
    for r in range(matrix.row_lower.size):
        for at in range(matrix.starts[r], matrix.starts[r + 1]):
            entries[r, int(matrix.index[at])] = matrix.value[at]
    starts, index, value = (
        read.a_matrix_.start_,
        read.a_matrix_.index_,
        read.a_matrix_.value_,
    )
    assert read.a_matrix_.format_ == highspy.MatrixFormat.kColwise
    seen = set()
    for c, j in enumerate(order):
        for at in range(starts[c], starts[c + 1]):
            row = int(read.row_names_[index[at]].strip("rul"))
            assert value[at] == pytest.approx(entries[row, j])
            seen.add((row, j))
    assert seen == set(entries)
    for name, low, high in zip(read.row_names_, read.row_lower_, read.row_upper_, strict=True):
        r = int(name.strip("rul"))
        assert low == pytest.approx(matrix.row_lower[r], rel=1e-9) or low == -np.inf
        assert high == pytest.approx(matrix.row_upper[r], rel=1e-9) or high == np.inf


def test_bounds_from_duals_never_pass_the_optimum_whatever_the_duals(laid):
    cost = dense(laid.costs["coverage"], laid.matrix.lower.size)
    clock = Clock()
    answer = Relaxation(laid.matrix, 1, clock).cold(cost)
    best = solve_milp(
        laid.matrix,
        cost,
        [],
        lower=laid.matrix.lower,
        upper=laid.matrix.upper,
        threads=1,
        clock=clock,
    ).objective
    assert safe_bound(laid.matrix, cost, answer.duals) == pytest.approx(answer.objective)
    rng = np.random.default_rng(0)
    for _ in range(50):
        duals = answer.duals + rng.normal(size=answer.duals.size)
        assert safe_bound(laid.matrix, cost, duals) <= best + 1e-9


@pytest.mark.parametrize("seed", [3, 27, 147])
def test_a_point_has_the_objective_told_of_it_whatever_plan_it_started_from(seed):
    laid = lay_out(tiny(seed).allocation)
    matrix, cost = laid.matrix, dense(laid.costs["coverage"], laid.matrix.lower.size)
    for start in np.eye(laid.decisions):
        answer = solve_milp(
            matrix,
            cost,
            [],
            lower=matrix.lower,
            upper=matrix.upper,
            threads=1,
            clock=Clock(),
            start=start,
        )
        assert cost @ answer.levels == pytest.approx(answer.objective, abs=1e-6)


def test_units_of_a_piece_cost_what_the_function_says_at_every_count():
    count = Count(Linear(np.array([0]), np.array([1.0])), 0, 9)
    piece = Piece.of(count, lambda n: float((n - 4) ** 2), (2, 7))
    for n in range(2, 8):
        assert piece_value(piece, np.array([float(n)])) == (n - 4) ** 2
    assert (piece.extended(9), piece.extended(0)) == (9 + 2 * 5, 4 + 2 * 3)
    assert piece_value(piece, np.array([9.0])) == 25


def test_rows_of_whole_columns_are_divided_and_rounded(laid):
    matrix = laid.matrix
    checked = 0
    for r, name in enumerate(laid.row_names):
        span = slice(matrix.starts[r], matrix.starts[r + 1])
        index, value = matrix.index[span], matrix.value[span]
        if name.startswith("turnover_cap") and index.size:
            assert matrix.whole[index].all()
            assert np.gcd.reduce(np.abs(value).astype(int)) == 1
            assert matrix.row_upper[r] == round(matrix.row_upper[r])
            checked += 1
    assert checked


@pytest.mark.parametrize("part", ["staffing", "admission"])
def test_highs_and_cbc_agree_on_the_toy(part):
    scenario = toy_scenario()
    one, two = (solve_scenario(scenario, parts=(part,), engine=e) for e in ("highs", "cbc"))
    first, second = one.part(part), two.part(part)
    assert first.status == second.status == "optimal"
    for a, b in zip(first.tiers, second.tiers, strict=True):
        assert a.value == pytest.approx(b.value, abs=1e-4), a.name


def test_the_answer_does_not_depend_on_the_number_of_threads():
    scenario = toy_scenario()
    plans = []
    for threads in (1, 2):
        settings = scenario.settings.model_copy(update={"threads": threads})
        changed = scenario.model_copy(update={"settings": settings})
        plans.append(solve_scenario(changed).plan)
    assert plans[0] == plans[1]


def test_a_clock_that_has_run_out_gives_no_plan_and_says_so():
    outcome = solve_scenario(toy_scenario(), parts=("staffing",), clock=Clock(limit=0.0))
    part = outcome.part("staffing")
    assert (part.status, part.reason, part.plan) == ("unknown", "time_limit", None)


def test_contradicting_musts_are_proven_impossible_by_two_engines():
    scenario = toy_scenario()
    staffing = scenario.staffing
    rules = []
    for choice in staffing.rules:
        if choice.rule == "exchange_rate_floor":
            update = {"parameters": {"at_least": 1, "base": "all"}, "firmness": "must"}
            choice = type(choice).model_validate({"rule": choice.rule, **update})
        rules.append(choice)
    changed = scenario.model_copy(
        update={"staffing": staffing.model_copy(update={"rules": tuple(rules)})}
    )
    part = solve_scenario(changed, parts=("staffing",)).part("staffing")
    assert (part.status, part.reason) == ("infeasible", "no_plan_exists")


def test_order_lists_every_tier_once():
    assert len(set(ORDER)) == len(ORDER)
