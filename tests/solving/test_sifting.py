"""A relaxation that lets most columns leave its engine answers as one that keeps them all."""

from __future__ import annotations

import numpy as np
import pytest

from allocator.modelling import Linear
from allocator.solving.certificate import safe_bound
from allocator.solving.progress import Clock
from allocator.solving.relaxation import Relaxation
from allocator.solving.sifting import KEPT, SiftedRelaxation
from tests.solving.random_programs import random_cost, random_matrix

COLUMNS, ROWS = 80, 6


def pair(seed):
    """Two relaxations of one program after the same first optimum, the second one narrowed."""
    rng = np.random.default_rng(seed)
    matrix = random_matrix(rng, COLUMNS, ROWS)
    entire, sifted = (kind(matrix, 1, Clock()) for kind in (Relaxation, SiftedRelaxation))
    first = random_cost(rng, COLUMNS)
    entire.cold(first)
    sifted.narrow(sifted.cold(first))
    return rng, matrix, entire, sifted


@pytest.mark.parametrize("seed", range(40))
def test_optima_are_those_over_all_columns_whatever_cost_and_limits_come(seed):
    rng, matrix, entire, sifted = pair(seed)
    assert sifted.held.size < COLUMNS
    for step in range(6):
        cost, other = random_cost(rng, COLUMNS), random_cost(rng, COLUMNS)
        expected, seen = entire.primal(cost), sifted.primal(cost)
        assert seen.objective == pytest.approx(expected.objective, abs=1e-6)
        assert seen.levels @ cost == pytest.approx(seen.objective, abs=1e-6)
        activity = matrix.activity(seen.levels)
        assert (activity >= matrix.row_lower - 1e-6).all()
        assert (activity <= matrix.row_upper + 1e-6).all()
        assert sifted.bound(cost, seen.duals) == pytest.approx(expected.objective, abs=1e-5)
        # A limit the point breaks, in terms of columns inside and outside the engine.
        row = Linear(np.arange(COLUMNS), other)
        least = entire.primal(other).objective
        most = least + 0.5 * max(0.0, row.value(seen.levels) - least) + 1e-3
        for relaxation in (entire, sifted):
            relaxation.limit(f"limit{step}", row, most)
        expected, seen = entire.dual(cost), sifted.dual(cost)
        assert seen.ending == expected.ending == "optimal"
        assert seen.objective == pytest.approx(expected.objective, abs=1e-5)


@pytest.mark.parametrize("seed", range(20))
def test_what_no_column_can_keep_is_told_as_infeasible(seed):
    rng, _, entire, sifted = pair(seed)
    row = Linear(np.arange(COLUMNS), random_cost(rng, COLUMNS))
    least = entire.primal(row.coefficients).objective
    sifted.limit("less", row, least - 0.1)
    assert sifted.dual(random_cost(rng, COLUMNS)).ending == "infeasible"
    sifted.limit("less", row, least + 0.1)
    assert sifted.dual(row.coefficients).objective == pytest.approx(least, abs=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_a_basis_from_before_columns_came_in_can_be_gone_back_to(seed):
    rng, _, entire, sifted = pair(seed)
    cost, other = random_cost(rng, COLUMNS), random_cost(rng, COLUMNS)
    sifted.primal(cost)
    basis, held = sifted.basis(), sifted.held.size
    sifted.primal(other)
    sifted.add([("row", Linear(np.arange(COLUMNS), np.ones(COLUMNS)), 1e6)])
    assert sifted.held.size >= held
    sifted.restart(basis)
    assert sifted.dual(cost).objective == pytest.approx(entire.primal(cost).objective, abs=1e-6)


def test_few_columns_all_stay():
    rng = np.random.default_rng(1)
    matrix = random_matrix(rng, KEPT * ROWS, ROWS)
    relaxation = SiftedRelaxation(matrix, 1, Clock())
    relaxation.narrow(relaxation.cold(random_cost(rng, KEPT * ROWS)))
    assert relaxation.held.size == KEPT * ROWS


def test_duals_of_a_narrowed_engine_prove_a_bound_over_all_columns():
    rng, matrix, entire, sifted = pair(3)
    cost = random_cost(rng, COLUMNS)
    duals = sifted.primal(cost).duals
    assert safe_bound(matrix, cost, duals) == pytest.approx(entire.primal(cost).objective, abs=1e-5)
