"""Small random programs: some whole columns, some not, with points inside."""

from __future__ import annotations

import numpy as np

from allocator.modelling import Floats
from allocator.solving.program import Matrix


def random_matrix(rng: np.random.Generator, columns: int, rows: int) -> Matrix:
    """Sparse rows, two thirds of the columns whole, and one whole point that keeps every row."""
    cells = np.where(
        rng.random((rows, columns)) < 0.5, rng.integers(-6, 7, (rows, columns)) / 2, 0.0
    )
    whole = rng.random(columns) < 2 / 3
    upper = rng.integers(1, 6, columns).astype(float)
    point = np.where(whole, np.round(rng.random(columns) * upper), rng.random(columns) * upper)
    at = cells @ point
    room = rng.random(rows) * 2
    equal = rng.random(rows) < 0.2
    used = cells != 0.0
    return Matrix(
        starts=np.concatenate([[0], np.cumsum(used.sum(axis=1))]).astype(np.int64),
        index=np.nonzero(used)[1].astype(np.int64),
        value=cells[used],
        row_lower=np.where(equal, at, np.where(rng.random(rows) < 0.3, at - room, -np.inf)),
        row_upper=np.where(equal, at, at + room),
        lower=np.zeros(columns),
        upper=upper,
        whole=whole,
    )


def random_cost(rng: np.random.Generator, columns: int) -> Floats:
    """A cost of either sign for every column."""
    return np.round(rng.normal(size=columns) * 4) / 2 + rng.normal(size=columns) * 0.01
