"""The least walking that leaves no more uncovered: nobody walks for what could be had at home.

What is left uncovered is held in each part of the program that shares no row with others. Then
the periods beside the own post are minimised, held in turn, and then the minutes on the way.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from allocator.county.county import County
from allocator.county.plan import Plan
from allocator.modelling import Configured, Floats
from allocator.solving.apart import least_in_turn
from allocator.solving.highs import dense
from allocator.solving.milp import solve_milp
from allocator.solving.program import Program, lay_out
from allocator.solving.progress import Clock
from allocator.solving.tiers import FUZZ, whole_room
from allocator.solving.walking_guide import guide
from allocator.staffing.goals.coverage import Coverage
from allocator.staffing.terms import StaffingTerms
from allocator.staffing.walking.burden import burden, burdens
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
    if not stage.seen(plan).beside:
        return plan
    busy = stage.without_idle(plan)
    found = _lessened(stage, busy, threads, clock)
    return next((p for p in (found, busy) if _less(stage, p, plan)), plan)


def _lessened(stage: SecondStage, plan: Plan, threads: int, clock: Clock) -> Plan:
    """The least walking over ways that are worth laying out."""
    seen = stage.seen(plan)
    allocation, columns = stage.laid(only=guide(stage, threads, clock).ways(seen))
    program = lay_out(allocation, squares=False)
    if not program.decisions:
        return plan
    start = _completed(program, levels_of(columns, seen, program.decisions), threads, clock)
    if not start.size:
        return plan
    (tier,) = allocation.tiers
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
    return allocation.decode(np.round(levels[: program.decisions]))


def _less(stage: SecondStage, found: Plan, plan: Plan) -> bool:
    """Whether a plan leaves no more uncovered and walks less, counted from its people."""
    goal = Coverage(by=stage.terms.coverage)
    new, old = stage.seen(found), stage.seen(plan)
    if goal.score(stage.county, new) > goal.score(stage.county, old) + FUZZ:
        return False
    return burden(new) < burden(old)


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
