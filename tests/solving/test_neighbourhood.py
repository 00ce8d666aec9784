"""Neighbourhoods: narrower unit columns lose no plan and cost nothing."""

from __future__ import annotations

import numpy as np
import pytest

from allocator.solving.highs import dense
from allocator.solving.milp import solve_milp
from allocator.solving.neighbourhood import bounds_around
from allocator.solving.program import lay_out
from allocator.solving.progress import Clock
from tests.solving.tiny import tiny
from tests.staffing.walking_counties import walking_case

PLANNED = (0, 1, 2, 3, 4, 5, 6, 8)
"""Seeds of tiny counties that have a plan."""


def drawn(allocation, seed):
    """A program, a random plan of it, and decisions that may change; None without a plan."""
    program = lay_out(allocation)
    rng = np.random.default_rng(seed)
    matrix = program.matrix
    plan = solve_milp(
        matrix,
        rng.normal(size=matrix.lower.size),
        [],
        lower=matrix.lower,
        upper=np.minimum(matrix.upper, 1e4),
        threads=1,
        clock=Clock(),
    )
    if not plan.levels.size:
        return None
    return program, plan.levels, rng.random(program.decisions) < 0.5


def least(program, cost, lower, upper):
    return solve_milp(
        program.wide,
        dense(cost, program.wide.lower.size),
        [],
        lower=lower,
        upper=upper,
        threads=1,
        clock=Clock(),
    ).objective


def check(allocation, seed):
    """How many columns are narrowed, none where there is no plan; the least of tiers stays."""
    found = drawn(allocation, seed)
    if found is None:
        return None
    program, levels, free = found
    lower, upper = bounds_around(program, levels, free)
    wide_lower, wide_upper = program.wide.lower.copy(), program.wide.upper.copy()
    fixed = np.flatnonzero(~free & program.entire)
    wide_lower[fixed] = wide_upper[fixed] = np.round(levels[fixed])
    assert (lower <= upper + 1e-9).all()
    for cost in program.costs.values():
        narrow = least(program, cost, lower, upper)
        assert narrow == pytest.approx(least(program, cost, wide_lower, wide_upper), abs=1e-6)
    return int((upper - lower < wide_upper - wide_lower).sum())


@pytest.mark.parametrize("seed", range(80))
def test_the_least_of_every_tier_is_the_same_in_a_tiny_county(seed):
    if check(tiny(seed).allocation, seed) is None:
        assert tiny(seed).judged.best is None


@pytest.mark.parametrize("seed", range(30))
def test_the_least_of_every_tier_is_the_same_where_periods_flow(seed):
    assert check(walking_case(seed).program("flow"), seed) is not None


def test_most_unit_columns_are_narrowed():
    assert sum(check(tiny(seed).allocation, seed) for seed in PLANNED) >= 50


def test_units_of_a_plan_that_cannot_change_are_fixed_at_its_counts():
    for seed in PLANNED:
        program, levels, _ = drawn(tiny(seed).allocation, seed)
        lower, upper = bounds_around(program, levels, np.zeros(program.decisions, dtype=np.bool_))
        for ladder in program.ladders:
            assert (upper[ladder.columns] - lower[ladder.columns] < 1e-9).all()
            used = float(ladder.signs @ upper[ladder.columns])
            beyond = ladder.count.value(lower) - (ladder.begins[0] if ladder.begins.size else 0.0)
            widths = program.wide.upper[ladder.columns]
            assert used == pytest.approx(min(beyond, float(widths[ladder.signs > 0].sum())))
