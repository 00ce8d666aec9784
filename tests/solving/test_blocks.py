"""Bounds by blocks: at least the linear relaxation's, never above the optimum."""

from __future__ import annotations

import numpy as np
import pytest

from allocator.solving.blocks import bound_by_blocks, split
from allocator.solving.highs import dense
from allocator.solving.milp import solve_milp
from allocator.solving.program import lay_out
from allocator.solving.progress import Clock
from allocator.solving.relaxation import Relaxation
from tests.staffing.walking_counties import walking_case


def bounds_of(seed: int, rounds: int = 6) -> tuple[float, float, float]:
    """The relaxation's bound, the blocks', and the optimum of the first tier."""
    allocation = walking_case(seed).program("flow")
    program = lay_out(allocation, squares=False)
    matrix = program.matrix
    if not matrix.lower.size:
        return 0.0, 0.0, 0.0
    cost = dense(program.costs["coverage"], matrix.lower.size)
    relaxation = Relaxation(matrix, 1, Clock())
    relaxed = relaxation.cold(cost)
    relaxed.must_be_optimal()
    best = solve_milp(
        matrix, cost, [], lower=matrix.lower, upper=matrix.upper, threads=1, clock=Clock()
    )
    assert allocation.blocks is not None
    found = bound_by_blocks(
        split(matrix, allocation.blocks),
        cost,
        relaxed.duals,
        threads=1,
        clock=Clock(),
        target=best.objective,
        rounds=rounds,
    )
    return relaxed.objective, found.bound, best.objective


@pytest.mark.parametrize("seed", range(150))
def test_a_bound_by_blocks_lies_between_the_relaxation_and_the_optimum(seed):
    relaxed, blocks, best = bounds_of(seed)
    assert relaxed - 1e-4 <= blocks <= best + 1e-6


def test_blocks_close_most_of_what_the_relaxation_leaves_open():
    found = [bounds_of(seed) for seed in range(150)]
    open_ = [(r, b, o) for r, b, o in found if o - r > 1e-3]
    assert len(open_) >= 10
    assert sum(b - r for r, b, _ in open_) >= 0.5 * sum(o - r for r, _, o in open_)


def test_blocks_share_no_row_but_the_coupling_ones_and_nothing_is_lost():
    allocation = walking_case(3).program("flow")
    matrix = lay_out(allocation, squares=False).matrix
    assert allocation.blocks is not None
    cut = split(matrix, allocation.blocks)
    columns = np.concatenate([cut.rest, *(b.columns for b in cut.blocks)])
    rows = np.concatenate([cut.coupling, *(b.rows for b in cut.blocks)])
    assert sorted(columns.tolist()) == list(range(matrix.lower.size))
    assert sorted(rows.tolist()) == list(range(matrix.row_lower.size))
    for block in cut.blocks:
        inside = np.isin(cut.row_of, block.rows)
        assert np.isin(matrix.index[inside], block.columns).all()
