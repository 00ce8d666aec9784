"""Limits on tiers that may be exceeded at a price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from allocator.modelling import Floats, Linear, Tier
from allocator.solving.blend import paid, steep
from allocator.solving.layout import INFINITY
from allocator.solving.milp import solve_milp
from allocator.solving.program import Matrix
from allocator.solving.tangents import Rows
from allocator.solving.tiers import room, wide_room

if TYPE_CHECKING:
    from allocator.solving.search import Search


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


def elastic_plan(search: Search, lower: Floats, upper: Floats, norms: Rows, first: int = 0) -> None:
    """Minimise the last tier over a neighbourhood, steep prices on exceeding earlier ones.

    Parameters
    ----------
    first
        The first tier that may be exceeded; those before stay at the plan's values.

    """
    last, earlier = search.tiers[-1], paid(search.program, search.tiers[first:-1])
    limits = [
        (search.program.costs[t.name], value + wide_room(value, t))
        for t in search.tiers[:first]
        for value in [search.found.values[t.name]]
    ]
    scale = 0.02 * max(1.0, abs(search.chain.lows[last.name]))
    prices = [(t, scale * factor) for t, factor in zip(earlier, steep(len(earlier)), strict=True)]
    matrix, cost = stretch(
        search.program.wide, search.wide[last.name], prices, search.program.costs, search.chain.held
    )
    extra = len(prices)
    answer = search.timed(
        "round",
        lambda: solve_milp(
            matrix,
            cost,
            [*limits, *norms],
            lower=np.concatenate([lower, np.zeros(extra)]),
            upper=np.concatenate([upper, np.full(extra, np.inf)]),
            threads=search.threads,
            clock=search.clock,
            start=search.start(lower, upper),
            absolute_gap=search.gap(len(search.tiers) - 1),
            target=search.target(len(search.tiers) - 1),
            nodes=search.nodes,
        ),
    )
    search.take(answer.levels)
