"""Search over a program of flows: whole moves, periods in any pieces.

Guided by the linear program with its cuts, most moves are whole; the rest and those of least
reduced cost are decided by one MILP on the first tier. Later tiers are decided once the flows stand
(``modelling.fixed``), by the ordinary search. The whole MILP comes last, for its bound alone: cuts
of the engine's own at its root, no branching.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from allocator.modelling import Floats
from allocator.solving.milp import solve_milp
from allocator.solving.neighbourhood import Mask, bounds_around, cheapest, undecided

if TYPE_CHECKING:
    from allocator.solving.search import Search

FREE = 5_000
"""Moves of least reduced cost that are decided beside the fractional ones."""
GAP = 0.001
"""Open share of the first tier at which the MILP that finds a plan stops."""
PROOF = 0.004
"""Open share of the first tier at which the MILP that bounds it stops."""


def round_flow(search: Search) -> None:
    """Find whole moves whose flows leave little more uncovered than the relaxation."""
    tier = search.tiers[0]
    guide = search.chain.guides[tier.name]
    free = undecided(search.program, guide) | cheapest(search.program, guide, FREE)
    before = search.found.levels
    _decide(search, free, guide.levels)
    if search.found.levels is before and before is not None:
        # Nothing there keeps all rows, or nothing is better: around the plan in hand there is.
        apart = np.abs(before - guide.levels[: search.program.decisions]) > 1e-6
        _decide(search, free | (apart & search.program.entire), before)


def _decide(search: Search, free: Mask, levels: Floats) -> None:
    """Decide some moves and all flows on the first tier alone: a hint of later ones is dear."""
    tier, matrix = search.tiers[0], search.program.matrix
    lower, upper = bounds_around(search.program, levels, free)
    size = matrix.lower.size
    answer = search.timed(
        "round",
        lambda: solve_milp(
            matrix,
            search.chain.dense[tier.name],
            search.chain.tight(search.chain.guides[tier.name]),
            lower=lower[:size],
            upper=upper[:size],
            threads=search.threads,
            clock=search.clock,
            start=search.start(lower, upper),
            absolute_gap=GAP * search.chain.lows[tier.name],
            nodes=search.nodes,
        ),
    )
    search.take(answer.levels)


def bound_flow(search: Search) -> None:
    """Bound the first tier by the root of the whole MILP, cuts and all."""
    tier, matrix = search.tiers[0], search.program.matrix
    value = search.found.values[tier.name]
    if value - search.chain.lows[tier.name] <= PROOF * value:
        return
    answer = search.timed(
        "prove",
        lambda: solve_milp(
            matrix,
            search.chain.dense[tier.name],
            search.chain.tight(search.chain.guides[tier.name]),
            lower=matrix.lower,
            upper=matrix.upper,
            threads=search.threads,
            clock=search.clock,
            start=search.found.levels,
            absolute_gap=PROOF * value,
            root_only=True,
        ),
    )
    search.take(answer.levels)
    search.raise_to(0, value, answer)
