"""The first plan of a search: what the last linear program leaves open is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allocator.modelling import Floats
from allocator.solving.elastic import elastic_plan
from allocator.solving.milp import solve_milp
from allocator.solving.neighbourhood import Mask, bounds_around, cheapest, fractional, undecided
from allocator.solving.tiers import LAST_GAP

if TYPE_CHECKING:
    from allocator.solving.search import Search

FIRST = 700
"""Columns of least reduced cost that the first MILP decides, beside the fractional ones."""
WIDER = 1500
"""The same of a second MILP, beside the groups of the fractional ones."""
RETURNS = 4
"""How often a MILP under tangents alone is solved again."""


def first_plan(search: Search) -> None:
    """Find a plan near the last LP, or by the whole program where there is none near it."""
    _near(search)
    if search.found.levels is None:
        _whole(search)


def _near(search: Search) -> None:
    """Decide what the last LP left open, then more where that gives no plan.

    First with the earlier tiers held, unless a real-valued one stands above zero, where that
    is hard; then each may exceed what is held, at a price.
    """
    last = search.tiers[-1]
    within_caps = search.allowed(len(search.tiers) - 1) == LAST_GAP
    guide = search.chain.guides[last.name]
    if within_caps and search.chain.tangents.conditions:
        guide = search.chain.with_air()
    over = search.chain.tangents.over(guide.levels)
    near = fractional(search.program, guide) | cheapest(search.program, guide, FIRST)
    wide = undecided(search.program, guide) | cheapest(search.program, guide, WIDER)
    known = search.found.levels

    def around(free: Mask) -> tuple[Floats, Floats]:
        return bounds_around(search.program, guide.levels, free)

    for free in (near, wide) if within_caps else ():
        search.decide(len(search.tiers) - 1, search.chain.held, *around(free), over)
        if search.found.levels is not known:
            return
    for free in (near, wide):
        elastic_plan(search, *around(free), over)
        if search.found.levels is not known:
            return


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
