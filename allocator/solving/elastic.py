"""Limits on tiers that may be exceeded at a price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from allocator.modelling import Floats, Linear, Tier
from allocator.solving.layout import INFINITY
from allocator.solving.program import Matrix
from allocator.solving.tiers import room


def stretch(
    matrix: Matrix,
    cost: Floats,
    prices: Sequence[tuple[Tier, float]],
    costs: Mapping[str, Linear],
    held: Mapping[str, float],
) -> tuple[Matrix, Floats]:
    """Add one row and one column a tier: ``c_k x - e_k <= held_k``, ``e_k >= 0`` at a price."""
    first = matrix.lower.size
    index, value, sizes, upper = [], [], [], []
    for n, (tier, _) in enumerate(prices):
        expression = costs[tier.name]
        index.append(np.append(expression.columns, first + n))
        value.append(np.append(expression.coefficients, -1.0))
        sizes.append(expression.columns.size + 1)
        most = held[tier.name]
        upper.append(most + room(most, tier) - expression.constant)
    extra = len(prices)
    return (
        Matrix(
            starts=np.concatenate(
                [matrix.starts, matrix.starts[-1] + np.cumsum(np.array(sizes, dtype=np.int64))]
            ),
            index=np.concatenate([matrix.index, *index]),
            value=np.concatenate([matrix.value, *value]),
            row_lower=np.concatenate([matrix.row_lower, np.full(extra, -INFINITY)]),
            row_upper=np.concatenate([matrix.row_upper, np.array(upper)]),
            lower=np.concatenate([matrix.lower, np.zeros(extra)]),
            upper=np.concatenate([matrix.upper, np.full(extra, INFINITY)]),
            whole=np.concatenate([matrix.whole, np.zeros(extra, dtype=np.bool_)]),
        ),
        np.concatenate([cost, np.array([price for _, price in prices])]),
    )
