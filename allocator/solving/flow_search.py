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
from allocator.solving.left import Left, left_by
from allocator.solving.milp import solve_milp
from allocator.solving.neighbourhood import Mask, bounds_around, cheapest, undecided

if TYPE_CHECKING:
    from allocator.solving.search import Search

FREE = 5_000
"""Moves of least reduced cost that are decided beside the fractional ones."""
FEW = 1_500
"""Moves of least reduced cost that are decided beside those of the plan before a change."""
GAP = 0.001
"""Open share of the first tier at which the MILP that finds a plan stops."""
EASE = 0.001
"""By what share a plan may be further from its bound than that of an earlier search was."""
PROOF = 0.004
"""Open share of the first tier at which the MILP that bounds it stops."""
NO_PRICE = 1e-9
"""Up to this a dual is zero."""


def round_flow(search: Search) -> None:
    """Find whole moves whose flows leave little more uncovered than the relaxation."""
    tier, earlier = search.tiers[0], search.earlier
    if earlier is not None and search.found.values[tier.name] > _target(search):
        # Most of the plan before the change will stay.
        guide = search.chain.guides[tier.name]
        kept = (earlier.near > 0) & search.program.entire
        _decide(search, kept | cheapest(search.program, guide, FEW), earlier.near)
    if search.found.values[tier.name] <= _target(search):
        return
    guide = search.chain.guides[tier.name]
    free = undecided(search.program, guide) | cheapest(search.program, guide, FREE)
    before = search.found.levels
    _decide(search, free, guide.levels)
    if search.found.levels is before and before is not None:
        # Nothing there keeps all rows, or nothing is better: around the plan in hand there is.
        apart = np.abs(before - guide.levels[: search.program.decisions]) > 1e-6
        _decide(search, free | (apart & search.program.entire), before)


def _target(search: Search) -> float:
    """Where the first tier is as near its bound as an earlier search has left it."""
    if search.earlier is None:
        return 0.0
    return search.chain.lows[search.tiers[0].name] * search.earlier.ratio * (1 + EASE)


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
            [*search.chain.tight(search.chain.guides[tier.name]).values()],
            lower=lower[:size],
            upper=upper[:size],
            threads=search.threads,
            clock=search.clock,
            start=search.start(lower, upper),
            absolute_gap=GAP * search.chain.lows[tier.name],
            target=_target(search) - search.program.costs[tier.name].constant,
            nodes=search.nodes,
        ),
    )
    search.take(answer.levels)


def bound_flow(search: Search) -> None:
    """Bound the first tier by the root of the whole MILP, cuts and all.

    Rows of rules that the relaxation pays nothing for are left out. They hold most of the matrix,
    and what is left is a relaxation of the same value.
    """
    tier = search.tiers[0]
    value = search.found.values[tier.name]
    if value - search.chain.lows[tier.name] <= PROOF * value:
        return
    matrix = search.program.matrix.over(proof_rows(search))
    answer = search.timed(
        "prove",
        lambda: solve_milp(
            matrix,
            search.chain.dense[tier.name],
            [*search.chain.tight(search.chain.guides[tier.name]).values()],
            lower=matrix.lower,
            upper=matrix.upper,
            threads=search.threads,
            clock=search.clock,
            start=search.found.levels,
            absolute_gap=PROOF * value,
            root_only=True,
        ),
    )
    search.raise_to(0, value, answer)


def proof_rows(search: Search) -> Mask:
    """The rows that bound the first tier: those that say what a plan is, what its pieces cost, and
    those of rules that have a dual in its relaxation.
    """
    tier, matrix = search.tiers[0], search.program.matrix
    size = matrix.row_lower.size
    kept = np.abs(search.chain.guides[tier.name].duals[:size]) > NO_PRICE
    kept[: len(search.program.allocation.structure)] = True
    rows = matrix.row_of_entries()
    kept[rows[search.chain.dense[tier.name][matrix.index] != 0]] = True
    return kept if search.earlier is None else kept | search.earlier.proof


def left_by_flow(search: Search) -> Left | None:
    """What a search over flows leaves for the next one; None without a plan."""
    chain, found, tier = search.chain, search.found, search.tiers[0]
    if found.levels is None or chain.root is None:
        return None
    return left_by(
        search.program,
        chain.root,
        found.levels,
        (found.values[tier.name], chain.lows[tier.name]),
        proof_rows(search),
        chain.tight(chain.guides[tier.name]),
    )
