"""The least walking that leaves no more uncovered: nobody walks for what could be had at home.

What is left uncovered is held in each part of the program that shares no row with others. Then
the periods beside the own post are minimised, held in turn, and then the minutes on the way.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from allocator.county.county import County
from allocator.county.plan import Plan
from allocator.modelling import Allocation, Configured, Floats
from allocator.solving.apart import least_in_turn
from allocator.solving.highs import dense
from allocator.solving.milp import solve_milp
from allocator.solving.program import Program, lay_out
from allocator.solving.progress import Clock
from allocator.solving.tiers import whole_room
from allocator.solving.walking_guide import guide
from allocator.staffing.terms import StaffingTerms
from allocator.staffing.walking.burden import burden, burdens
from allocator.staffing.walking.columns import WalkingColumns
from allocator.staffing.walking.levels import levels_of
from allocator.staffing.walking.second_stage import SecondStage

NODES = 20
"""Nodes of one MILP: a limit on work, so that the machine's speed does not change the answer."""


def least_walking(
    county: County,
    configured: Sequence[Configured],
    terms: StaffingTerms,
    plan: Plan,
    threads: int,
    clock: Clock,
) -> Plan:
    """The plan with its moves, supply and uncovered periods, and as little walking as is found.

    The fewest periods beside the own post come first, a period walked counting two and one of a
    second subject at home one; then the fewest minutes on the way, one way, each visit counted once
    (``allocator.staffing.walking.burden``). Where ways are few the least over all of them is
    sought, else over those of the plan and of the flow of periods. Where two sections still give
    each other the same subject, what one gives more than the other is less than a visit may be.
    """
    stage = SecondStage(county, configured, terms, plan, chains=True)
    seen = stage.seen(plan)
    if not seen.beside:
        return plan
    ways = guide(stage, threads, clock).ways(seen)
    allocation, columns = stage.laid(only=ways)
    program = lay_out(allocation, squares=False)
    return lessened(stage, program, columns, plan, threads, clock)


def lessened(
    stage: SecondStage,
    program: Program,
    columns: WalkingColumns,
    plan: Plan,
    threads: int,
    clock: Clock,
) -> Plan:
    """:func:`least_walking` over the ways laid out, which hold those of the plan."""
    allocation = program.allocation
    (tier,) = allocation.tiers
    seen = stage.seen(plan)
    start = _completed(program, levels_of(columns, seen, program.decisions), threads, clock)
    if not start.size:
        return plan
    size = program.matrix.lower.size
    levels = least_in_turn(
        program.matrix,
        dense(program.costs[tier.name], size),
        whole_room(0.0, tier),
        burdens(stage.county, columns, size),
        start,
        threads=threads,
        clock=clock,
        nodes=NODES,
    )
    found = allocation.decode(np.round(levels[: program.decisions]))
    return found if _less(stage, allocation, found, plan) else plan


def _less(stage: SecondStage, allocation: Allocation, found: Plan, plan: Plan) -> bool:
    """Whether a plan leaves no more uncovered and walks less, counted from its people."""
    (tier,) = allocation.tiers
    room = whole_room(0.0, tier)
    if allocation.values(found)[tier.name] > allocation.values(plan)[tier.name] + room:
        return False
    return burden(stage.seen(found)) < burden(stage.seen(plan))


def _completed(program: Program, decided: Floats, threads: int, clock: Clock) -> Floats:
    """The levels of all columns where the decisions are made."""
    matrix = program.matrix
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    lower[: decided.size] = upper[: decided.size] = decided
    (tier,) = program.allocation.tiers
    return solve_milp(
        matrix,
        dense(program.costs[tier.name], lower.size),
        [],
        lower=lower,
        upper=upper,
        threads=threads,
        clock=clock,
    ).levels
