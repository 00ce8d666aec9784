"""Rounding cuts: every whole point keeps them, the optimum they were found at does not."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from allocator.solving.cut_rounds import CutRounds
from allocator.solving.highs import dense
from allocator.solving.milp import solve_milp
from allocator.solving.program import lay_out
from allocator.solving.progress import Clock
from allocator.solving.relaxation import Relaxation
from allocator.solving.rounding_cuts import rounding_cuts
from allocator.solving.sifting import SiftedRelaxation
from tests.solving.random_programs import random_cost, random_matrix
from tests.solving.tiny import tiny


def greatest(matrix, row, limits=()):
    """The greatest value of a row over all whole points."""
    cost = -dense(row, matrix.lower.size)
    answer = solve_milp(
        matrix, cost, list(limits), lower=matrix.lower, upper=matrix.upper, threads=1, clock=Clock()
    )
    return -answer.bound if answer.ending == "optimal" else -np.inf


def cuts_of(seed, columns=12, rows=6, kind=Relaxation):
    rng = np.random.default_rng(seed)
    matrix = random_matrix(rng, columns, rows)
    relaxation, cost = kind(matrix, 1, Clock()), random_cost(rng, columns)
    answer = relaxation.cold(cost)
    if kind is SiftedRelaxation:
        relaxation.narrow(answer)
        answer = relaxation.primal(random_cost(rng, columns))
    return matrix, relaxation, answer


@pytest.mark.parametrize("seed", range(120))
def test_whole_points_keep_every_cut_and_the_optimum_breaks_it(seed):
    matrix, relaxation, answer = cuts_of(seed)
    for row, most in rounding_cuts(relaxation, answer):
        assert row.value(answer.levels) > most
        assert greatest(matrix, row) <= most + 1e-6


@pytest.mark.parametrize("seed", range(40))
def test_cuts_hold_for_columns_that_left_the_engine(seed):
    matrix, relaxation, answer = cuts_of(seed, columns=40, rows=5, kind=SiftedRelaxation)
    assert relaxation.held.size < 40
    for row, most in rounding_cuts(relaxation, answer):
        assert greatest(matrix, row) <= most + 1e-6


def test_cuts_are_found_and_raise_the_bound():
    raised = 0
    for seed in range(120):
        _, relaxation, answer = cuts_of(seed)
        rows = rounding_cuts(relaxation, answer)
        if rows and answer.ending == "optimal":
            cost = answer.objective
            relaxation.add([(f"cut{n}", *row) for n, row in enumerate(rows)])
            again = relaxation.dual(random_cost_of(seed))
            raised += again.objective > cost + 1e-3
    assert raised >= 60


def random_cost_of(seed):
    rng = np.random.default_rng(seed)
    random_matrix(rng, 12, 6)
    return random_cost(rng, 12)


@pytest.mark.parametrize("seed", range(60))
def test_plans_of_tiny_counties_keep_every_cut(seed):
    program = lay_out(tiny(seed).allocation)
    matrix = program.matrix
    rng = np.random.default_rng(seed)
    relaxation = Relaxation(matrix, 1, Clock())
    for cost in program.costs.values():
        blend = dense(cost, matrix.lower.size) + 0.01 * rng.random(matrix.lower.size)
        answer = relaxation.cold(blend)
        if answer.ending != "optimal":
            return
        for row, most in rounding_cuts(relaxation, answer):
            assert greatest(matrix, row) <= most + 1e-6


def test_cuts_under_a_limit_are_opened_once_the_limit_is():
    for seed in range(120):
        _, relaxation, answer = cuts_of(seed)
        rounds, cost = CutRounds(relaxation, Clock()), random_cost_of(seed)
        rounds.cut(1, answer, lambda a: a.objective, partial(relaxation.dual, cost))
        cut_off = relaxation.dual(cost).objective
        if cut_off > answer.objective + 1e-3:
            rounds.open_after(1)
            assert relaxation.dual(cost).objective == pytest.approx(cut_off)
            rounds.open_after(0)
            assert relaxation.dual(cost).objective == pytest.approx(answer.objective)
            return
    raise AssertionError("no cut raised anything")
