"""Moves first, walking after: who walks once it is settled where everyone serves.

The periods' flow is a small linear program: it bounds what can be left uncovered, and tells which
ways matter. Person by person the program is laid out over these ways alone, with more of the
shortest ways while the plan is above the bound: patterns of visits are made as they are needed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from allocator.county.county import County
from allocator.county.plan import Plan
from allocator.modelling import Configured, Floats, Tier
from allocator.solving.apart import least_apart
from allocator.solving.highs import dense
from allocator.solving.program import Program, lay_out
from allocator.solving.progress import Clock
from allocator.solving.tiers import agree
from allocator.solving.walking_guide import guide
from allocator.staffing.goals.coverage import Coverage
from allocator.staffing.terms import StaffingTerms
from allocator.staffing.walking.burden import burdens
from allocator.staffing.walking.columns import WalkingColumns
from allocator.staffing.walking.greedy import walk_greedily
from allocator.staffing.walking.levels import levels_of
from allocator.staffing.walking.second_stage import SecondStage, Way

NEAREST = (0, 1, 3, 1_000)
"""How many of the shortest ways out of each section and subject are laid out beside those that the
flow takes; each is tried in turn."""
MOST = 30_000
"""Columns of a program by persons beyond which no further ways are laid out."""
LITTLE = 1e-5
"""What a period beside the own post costs while as little as possible is left uncovered: a hint."""
NODES = 200
"""Nodes of one MILP: a limit on work, so that the machine's speed does not change the answer."""
SHARE = 0.0075
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

    What is left uncovered is the least there is where value and bound agree, or where all ways
    could be laid out and the MILP ended with an optimum. Walking is priced so little that no period
    is left uncovered for it; ``least_walking`` takes out what is still walked in vain.
    """
    stage = SecondStage(county, configured, terms, plan, chains=True)
    told = guide(stage, threads, clock)
    done = walk_greedily(county, configured, terms, plan)
    value = Coverage(by=terms.coverage).score(county, stage.seen(done))
    best = Settled(done, value, told.bound)
    known: set[Way] | None = set()
    for nearest in NEAREST:
        ways = told.ways(stage.seen(best.plan), nearest)
        if ways == known and nearest:
            break
        known = ways
        allocation, columns = stage.laid(only=ways)
        if nearest and len(allocation.names) > MOST:
            break
        program = lay_out(allocation, squares=False)
        start = levels_of(columns, stage.seen(best.plan), program.decisions)
        (tier,) = allocation.tiers
        extra = _little(county, columns, program)
        best = _better(best, _least(program, extra, start, told.bound, threads, clock), tier)
        if agree(best.value, told.bound, tier) or best.value - told.bound <= SHARE * best.value:
            break
    return best


def _little(county: County, columns: WalkingColumns, program: Program) -> Floats:
    """A small price of walking, by column: where two ways cover as much the shorter is found."""
    periods, minutes = burdens(county, columns, program.matrix.lower.size)
    return LITTLE * (periods + minutes / 10)


def _better(best: Settled, found: Settled, tier: Tier) -> Settled:
    return found if found.value < best.value - float(tier.step or 0) / 2 else best


def _least(
    program: Program, extra: Floats, start: Floats, bound: float, threads: int, clock: Clock
) -> Settled:
    """The least that persons leave uncovered over the ways laid out."""
    stage = program.allocation
    (tier,) = stage.tiers
    cost, step = program.costs[tier.name], float(tier.step or 0)
    levels = np.zeros(0)
    if program.decisions:
        found, _ = least_apart(
            program.matrix,
            dense(cost, program.matrix.lower.size) + extra,
            start,
            threads=threads,
            clock=clock,
            absolute_gap=step / 2,
            nodes=NODES,
        )
        levels = np.round(found[: program.decisions])
    done = stage.decode(levels)
    return Settled(done, stage.values(done)[tier.name], bound)
