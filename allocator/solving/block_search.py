"""Search and proof block by block: the subjects of each stage, which share only few rows."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from allocator.solving.blocks import BlockBound, bound_by_blocks, split
from allocator.solving.neighbourhood import bounds_around
from allocator.solving.tiers import rounded_up

if TYPE_CHECKING:
    from allocator.solving.search import Search

ROUNDS = 2
"""How often the blocks are solved for a bound, with better multipliers each time."""


def block_by_block(search: Search, k: int) -> None:
    """Decide each block anew, the others as they are, the earlier tiers no worse."""
    blocks = search.program.allocation.blocks
    if blocks is None:
        return
    labels = np.array(blocks)
    for block in sorted(set(blocks)):
        if search.closed(k):
            return
        assert search.found.levels is not None
        lower, upper = bounds_around(search.program, search.found.levels, labels == block)
        flows = np.flatnonzero((labels != block) & ~search.program.entire)
        lower[flows] = upper[flows] = search.found.levels[flows]
        over = search.chain.tangents.over(search.found.levels)
        search.decide(k, search.found.values, lower, upper, over)


def raise_by_blocks(search: Search, k: int) -> None:
    """Raise the bound of tier k by whole people in each block, rates and caps priced."""
    tier, blocks = search.tiers[k], search.program.allocation.blocks
    guide, value = search.chain.guides[tier.name], search.found.values[tier.name]
    if blocks is None or not guide.duals.size or len(set(blocks)) < 2:
        return
    cost = search.program.costs[tier.name]
    # No tier from this one on may be held: the bound is for plans as good in those before.
    matrix = search.chain.relaxation.without(t.name for t in search.tiers[k:])
    answer = _timed(
        search,
        lambda: bound_by_blocks(
            split(matrix, blocks),
            search.chain.dense[tier.name],
            guide.duals,
            threads=search.threads,
            clock=search.clock,
            target=value - cost.constant,
            rounds=ROUNDS,
            nodes=search.nodes,
        ),
    )
    if math.isfinite(answer):
        low = rounded_up(min(answer + cost.constant, value), tier)
        search.chain.lows[tier.name] = max(search.chain.lows[tier.name], low)


def _timed(search: Search, work: Callable[[], BlockBound]) -> float:
    begin = time.monotonic()
    try:
        return work().bound
    finally:
        search.clock.add("prove", time.monotonic() - begin)
