"""A bound that does not trust the engine: computed from its duals by plain arithmetic.

For any multipliers y of the rows (signed by their sense), every point x of the relaxation has
``c x >= sum_r y_r b_r + sum_j min(d_j l_j, d_j u_j)`` with ``d = c - A' y``. So the number below is
a bound whatever the engine did; it is the LP value if the duals are right.

References
----------
Neumaier and Shcherbina, Safe bounds in linear and mixed-integer linear programming (2004).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from allocator.modelling import Floats, Linear
from allocator.solving.program import Matrix


def safe_bound(matrix: Matrix, cost: Floats, duals: Floats) -> float:
    """A lower bound on a cost over the relaxation, from any row duals.

    Parameters
    ----------
    duals
        One number a row; signs that cannot help are set to zero.

    Returns
    -------
    float
        The bound, minus infinity if the duals leave an unbounded column attractive.
    """
    y = duals.copy()
    y[(y > 0) & np.isneginf(matrix.row_lower)] = 0.0
    y[(y < 0) & np.isposinf(matrix.row_upper)] = 0.0
    row_of = np.repeat(np.arange(matrix.row_lower.size), np.diff(matrix.starts))
    d = cost - np.bincount(matrix.index, matrix.value * y[row_of], cost.size)
    rows = np.where(y > 0, matrix.row_lower, matrix.row_upper)
    at_rows = y[y != 0] * rows[y != 0]
    level = np.where(d > 0, matrix.lower, matrix.upper)
    at_columns = d[d != 0] * level[d != 0]
    return float(at_rows.sum() + at_columns.sum())


def with_rows(matrix: Matrix, limits: Sequence[tuple[Linear, float]]) -> Matrix:
    """The matrix with further rows ``expression <= most`` (constants already moved over)."""
    sizes = np.array([e.columns.size for e, _ in limits], dtype=np.int64)
    return replace(
        matrix,
        starts=np.concatenate([matrix.starts, matrix.starts[-1] + np.cumsum(sizes)]),
        index=np.concatenate([matrix.index, *(e.columns for e, _ in limits)]),
        value=np.concatenate([matrix.value, *(e.coefficients for e, _ in limits)]),
        row_lower=np.concatenate([matrix.row_lower, np.full(sizes.size, -np.inf)]),
        row_upper=np.concatenate([matrix.row_upper, np.array([most for _, most in limits])]),
    )
