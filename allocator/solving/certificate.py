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


def safe_bound(
    matrix: Matrix,
    cost: Floats,
    duals: Floats,
    limits: Sequence[tuple[Linear, float]] = (),
) -> float:
    """A lower bound on a cost over the relaxation, from any row duals.

    Parameters
    ----------
    duals
        One number a row, those of the limits last; signs that cannot help are set to zero.
    limits
        Further rows ``expression <= most`` (constants already moved over).

    Returns
    -------
    float
        The bound, minus infinity if the duals leave an unbounded column attractive.
    """
    first = matrix.row_lower.size
    y = duals[:first].copy()
    y[(y > 0) & np.isneginf(matrix.row_lower)] = 0.0
    y[(y < 0) & np.isposinf(matrix.row_upper)] = 0.0
    d = cost - np.bincount(matrix.index, matrix.value * y[matrix.row_of_entries()], cost.size)
    rows = np.where(y > 0, matrix.row_lower, matrix.row_upper)
    at_rows = float((y[y != 0] * rows[y != 0]).sum())
    for (expression, most), dual in zip(limits, duals[first:].tolist(), strict=True):
        if dual < 0 and most < np.inf:
            d[expression.columns] -= dual * expression.coefficients
            at_rows += dual * most
    level = np.where(d > 0, matrix.lower, matrix.upper)
    at_columns = d[d != 0] * level[d != 0]
    return at_rows + float(at_columns.sum())


def reduced_costs(
    matrix: Matrix, cost: Floats, duals: Floats, limits: Sequence[tuple[Linear, float]] = ()
) -> Floats:
    """What a little more of each column costs, once all rows are paid for with their duals.

    Parameters
    ----------
    duals
        One number a row, those of the limits last.
    limits
        Further rows ``expression <= most``.

    """
    y, first = duals[matrix.row_of_entries()], matrix.row_lower.size
    d = cost - np.bincount(matrix.index, matrix.value * y, cost.size)
    for (expression, _), dual in zip(limits, duals[first:].tolist(), strict=True):
        d[expression.columns] -= dual * expression.coefficients
    return d


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
