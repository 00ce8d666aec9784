"""A search asked to stop does so inside an engine too, and keeps what it has."""

from __future__ import annotations

import time

import numpy as np
import pytest

from allocator.solving.milp import solve_milp
from allocator.solving.program import Matrix
from allocator.solving.progress import Clock, Stopped


def hard(columns: int = 300, rows: int = 80) -> tuple[Matrix, np.ndarray]:
    """A packing problem no engine finishes in a minute; a first plan is found at once."""
    rng = np.random.default_rng(1)
    weights = rng.integers(1, 100, (rows, columns))
    matrix = Matrix(
        starts=np.arange(0, columns * rows + 1, columns),
        index=np.tile(np.arange(columns), rows),
        value=weights.ravel().astype(float),
        row_lower=np.full(rows, -np.inf),
        row_upper=weights.sum(axis=1) / 3.0,
        lower=np.zeros(columns),
        upper=np.ones(columns),
        whole=np.ones(columns, dtype=np.bool_),
    )
    return matrix, -rng.integers(1, 100, columns).astype(float)


def test_a_milp_gives_its_best_plan_soon_after_the_wish_is_gone() -> None:
    matrix, cost = hard()
    begin = time.monotonic()
    clock = Clock(wanted=lambda: time.monotonic() < begin + 2)
    answer = solve_milp(
        matrix, cost, [], lower=matrix.lower, upper=matrix.upper, threads=1, clock=clock
    )
    assert answer.ending == "limit"
    assert time.monotonic() - begin < 30
    assert (answer.levels.round() @ np.ones(cost.size)) > 0
    assert cost @ answer.levels >= answer.bound - 1e-6
    with pytest.raises(Stopped) as stop:
        clock.check()
    assert stop.value.reason == "cancelled"
