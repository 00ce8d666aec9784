"""Restricted MILPs in HiGHS: the same rows, other bounds of columns."""

from __future__ import annotations

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
    nodes: int | None = None,
    seconds: float = float("inf"),
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
    nodes
        A limit on work, so that the answer does not depend on the machine's speed.

    """
    clock.check()
    engine = empty_engine(threads)
    stop_when_unwanted(engine, clock)
    engine.setOptionValue("mip_rel_gap", 0.0)
    engine.setOptionValue("mip_abs_gap", max(absolute_gap, 1e-9))
    if nodes is not None:
        engine.setOptionValue("mip_max_nodes", nodes)
    pass_matrix(engine, matrix, cost, lower=lower, upper=upper, whole=matrix.whole)
    for expression, most in limits:
        engine.addRow(
            -highspy.kHighsInf,
            most - expression.constant,
            expression.columns.size,
            expression.columns.astype(np.int32),
            expression.coefficients,
        )
    if start is not None:
        engine.setSolution(start.size, np.arange(start.size, dtype=np.int32), start)
    limit_time(engine, clock, seconds)
    engine.run()
    answer = answer_of(engine, mip=True)
    if start is not None and _astray(answer, cost):
        engine.clearSolver()
        limit_time(engine, clock, seconds)
        engine.run()
        answer = answer_of(engine, mip=True)
    return answer


def _astray(answer: Answer, cost: Floats) -> bool:
    """Whether the point does not have the objective told.

    Given a start, HiGHS 1.16 may find a better point, tell its objective, and hand the start back.
    """
    if not answer.levels.size:
        return False
    return abs(float(cost @ answer.levels) - answer.objective) > 1e-6 * max(
        1, abs(answer.objective)
    )
