"""Restricted MILPs in HiGHS: the same rows, other bounds of columns."""

from __future__ import annotations

from dataclasses import replace

import highspy
import numpy as np

from allocator.modelling import Floats, Linear
from allocator.solving.highs import (
    Answer,
    answer_of,
    empty_engine,
    limit_time,
    pass_matrix,
    stop_when_unwanted,
)
from allocator.solving.program import Matrix
from allocator.solving.progress import Clock

_SEEKING = tuple(
    f"mip_heuristic_run_{way}"
    for way in ("rins", "rens", "root_reduced_cost", "zi_round", "shifting")
)
"""Options of the engine that have it seek points."""


def solve_milp(
    matrix: Matrix,
    cost: Floats,
    limits: list[tuple[Linear, float]],
    *,
    lower: Floats,
    upper: Floats,
    threads: int,
    clock: Clock,
    start: Floats | None = None,
    absolute_gap: float = 0.0,
    target: float | None = None,
    nodes: int | None = None,
    seconds: float = float("inf"),
    root_only: bool = False,
) -> Answer:
    """Solve a MILP over the same rows with other column bounds.

    Parameters
    ----------
    limits
        Expressions to keep at or under a number.
    start
        Levels of the first columns in a plan to start from; the engine completes them.
    absolute_gap
        Stop when the bound is this close, in the unit of the cost.
    target
        Stop at a point that costs no more than this, which is known to be near the least.
    nodes
        A limit on work, so that the answer does not depend on the machine's speed.
    root_only
        Only cut at the root, for a bound: seek no points and do not branch.

    """
    clock.check()
    engine = empty_engine(threads)
    stop_when_unwanted(engine, clock)
    engine.setOptionValue("mip_rel_gap", 0.0)
    engine.setOptionValue("mip_abs_gap", max(absolute_gap, 1e-9))
    # The first point comes from the relaxation: jumping for one takes longer than rounding.
    engine.setOptionValue("mip_heuristic_run_feasibility_jump", False)
    if root_only:
        nodes = 1
        for option in _SEEKING:
            engine.setOptionValue(option, False)
        engine.setOptionValue("mip_heuristic_effort", 0.0)
    if nodes is not None:
        engine.setOptionValue("mip_max_nodes", nodes)
    open_ = np.flatnonzero(lower < upper)
    fixed = np.where(lower < upper, 0.0, lower)
    # Most columns of a neighbourhood are fixed: taken out here they cost no presolve.
    small = replace(matrix, lower=lower, upper=upper).within(open_)
    given = matrix.activity(fixed)
    small = replace(small, row_lower=small.row_lower - given, row_upper=small.row_upper - given)
    place = np.full(lower.size, -1, dtype=np.int64)
    place[open_] = np.arange(open_.size)
    spent = float(cost @ fixed)
    if target is not None:
        engine.setOptionValue("objective_target", target - spent)
    pass_matrix(engine, small, cost[open_], whole=small.whole)
    for expression, most in limits:
        live = place[expression.columns] >= 0
        engine.addRow(
            -highspy.kHighsInf,
            most - expression.value(fixed),
            int(live.sum()),
            place[expression.columns[live]].astype(np.int32),
            expression.coefficients[live],
        )
    if start is not None:
        known = open_[open_ < start.size]
        engine.setSolution(known.size, place[known].astype(np.int32), start[known])
    limit_time(engine, clock, seconds)
    engine.run()
    answer = answer_of(engine, mip=True)
    if start is not None and _astray(answer, cost[open_]):
        engine.clearSolver()
        limit_time(engine, clock, seconds)
        engine.run()
        answer = answer_of(engine, mip=True)
    if not small.whole.any():
        # Without whole columns HiGHS solves a linear program, and its MILP bound says nothing.
        proven = answer.objective if answer.ending == "optimal" else -np.inf
        answer = replace(answer, bound=proven)
    if answer.levels.size:
        levels = fixed.copy()
        levels[open_] = answer.levels
        answer = replace(answer, levels=levels)
    return replace(answer, objective=answer.objective + spent, bound=answer.bound + spent)


def _astray(answer: Answer, cost: Floats) -> bool:
    """Whether the point does not have the objective told.

    Given a start, HiGHS 1.16 may find a better point, tell its objective, and hand the start back.
    """
    if not answer.levels.size:
        return False
    return abs(float(cost @ answer.levels) - answer.objective) > 1e-6 * max(
        1, abs(answer.objective)
    )
