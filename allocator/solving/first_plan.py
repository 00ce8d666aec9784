"""The first plan of a search: what the last linear program leaves open is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allocator.solving.elastic import elastic_plan
from allocator.solving.milp import solve_milp
from allocator.solving.neighbourhood import bounds_around, cheapest, undecided
from allocator.solving.tiers import LAST_GAP

if TYPE_CHECKING:
    from allocator.solving.search import Search

FIRST = 1500
"""Columns of least reduced cost that the first MILP decides, beside the fractional ones."""
RETURNS = 4
"""How often a MILP under tangents alone is solved again."""


def first_plan(search: Search) -> None:
    """Find a plan near the last LP, or by the whole program where there is none near it."""
    _near(search)
    if search.found.levels is None:
        _whole(search)


def _near(search: Search) -> None:
    """Decide what the last LP left open.

    First with the earlier tiers held, unless a real-valued one stands above zero, where that
    is hard; then each may exceed what is held, at a price.
    """
    last = search.tiers[-1]
    within_caps = search.allowed(len(search.tiers) - 1) == LAST_GAP
    guide = search.chain.guides[last.name]
    if within_caps and search.chain.tangents.conditions:
        guide = search.chain.with_air()
    free = undecided(search.program, guide) | cheapest(search.program, guide, FIRST)
    lower, upper = bounds_around(search.program, guide.levels, free)
    over = search.chain.tangents.over(guide.levels)
    known = search.found.levels
    if within_caps:
        search.decide(len(search.tiers) - 1, search.chain.held, lower, upper, over)
    if search.found.levels is known:
        elastic_plan(search, lower, upper, over)


def _whole(search: Search) -> None:
    """The whole MILP on the blended cost, where rounding found no plan."""
    matrix = search.program.matrix
    for _ in range(1 + RETURNS):
        answer = search.timed(
            "round",
            lambda: solve_milp(
                matrix,
                search.chain.blend(),
                search.chain.tangents.rows,
                lower=matrix.lower,
                upper=matrix.upper,
                threads=search.threads,
                clock=search.clock,
            ),
        )
        search.take(answer.levels)
        if search.found.levels is not None:
            return
        if answer.ending == "infeasible":
            search.found.ending = "infeasible"
            return
        search.clock.check()
        answer.must_be_optimal()
