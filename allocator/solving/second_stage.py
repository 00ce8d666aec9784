"""Moves first, walking after: who walks once it is settled where everyone serves.

The periods' flow is a small linear program: it bounds what can be left uncovered, and tells which
ways matter. Person by person the program is laid out over these ways alone, with more of the
shortest ways while the plan is above the bound: patterns of visits are made as they are needed.
Of all that leaves as little uncovered, the least walking is taken.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from allocator.county.county import County
from allocator.county.plan import Plan
from allocator.modelling import Configured, Floats, Tier
from allocator.solving.apart import least_apart
from allocator.solving.highs import dense
from allocator.solving.least_walking import NODES, lessened
from allocator.solving.program import Program, lay_out
from allocator.solving.progress import Clock
from allocator.solving.tiers import agree
from allocator.solving.walking_guide import guide
from allocator.staffing.goals.coverage import Coverage
from allocator.staffing.terms import StaffingTerms
from allocator.staffing.walking.columns import WalkingColumns
from allocator.staffing.walking.greedy import walk_greedily
from allocator.staffing.walking.levels import levels_of
from allocator.staffing.walking.second_stage import SecondStage, Way

NEAREST = (0, 2, 4, 1_000)
"""How many of the shortest ways out of each section and subject are laid out beside those that the
flow takes; each is tried in turn."""
MOST = 30_000
"""Columns of a program by persons beyond which no further ways are laid out."""
SHARE = 0.01
"""Open share of what stays uncovered that no further ways are sought for."""


@dataclass(frozen=True)
class Settled:
    """A plan whose walking is settled, moves and supply as they were."""

    plan: Plan
    value: float
    """Uncovered periods, priced."""
    bound: float
    """No walking leaves less uncovered with these moves."""


def settle(
    county: County,
    configured: tuple[Configured, ...],
    terms: StaffingTerms,
    plan: Plan,
    threads: int,
    clock: Clock,
) -> Settled:
    """Settle who walks, everyone serving where a plan says.

    First as little as possible is left uncovered, then as little as possible is walked for it
    (:mod:`allocator.solving.least_walking`). What is left uncovered is the least there is where
    value and bound agree, or where all ways could be laid out and the MILP ended with an optimum.
    """
    stage = SecondStage(county, configured, terms, plan, chains=True)
    told = guide(stage, threads, clock)
    done = walk_greedily(county, configured, terms, plan)
    value = Coverage(by=terms.coverage).score(county, stage.seen(done))
    best = Settled(done, value, told.bound)
    laid: tuple[Program, WalkingColumns] | None = None
    known: set[Way] | None = set()
    for nearest in NEAREST:
        ways = told.ways(stage.seen(best.plan), nearest)
        if laid is not None and ways == known:
            break
        known = ways
        allocation, columns = stage.laid(only=ways)
        if nearest and len(allocation.names) > MOST:
            break
        laid = lay_out(allocation, squares=False), columns
        start = levels_of(columns, stage.seen(best.plan), laid[0].decisions)
        (tier,) = allocation.tiers
        best = _better(best, _least(laid[0], start, told.bound, threads, clock), tier)
        if agree(best.value, told.bound, tier) or best.value - told.bound <= SHARE * best.value:
            break
    assert laid is not None
    found = lessened(stage, *laid, best.plan, threads, clock)
    return Settled(found, best.value, told.bound)


def _better(best: Settled, found: Settled, tier: Tier) -> Settled:
    return found if found.value < best.value - float(tier.step or 0) / 2 else best


def _least(program: Program, start: Floats, bound: float, threads: int, clock: Clock) -> Settled:
    """The least that persons leave uncovered over the ways laid out."""
    stage = program.allocation
    (tier,) = stage.tiers
    cost, step = program.costs[tier.name], float(tier.step or 0)
    levels = np.zeros(0)
    if program.decisions:
        found, _ = least_apart(
            program.matrix,
            dense(cost, program.matrix.lower.size),
            start,
            threads=threads,
            clock=clock,
            absolute_gap=step / 2,
            nodes=NODES,
        )
        levels = np.round(found[: program.decisions])
    done = stage.decode(levels)
    return Settled(done, stage.values(done)[tier.name], bound)
