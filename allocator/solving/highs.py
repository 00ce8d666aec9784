"""HiGHS through highspy: engines, how a matrix is handed to them, what they answer.

A job has its own process and one number of threads: changing it inside a process breaks the next
solve unless the scheduler is reset.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Literal

import highspy
import numpy as np
import numpy.typing as npt

from allocator.county.frozen import Problem
from allocator.modelling import Floats, Linear
from allocator.solving.program import Matrix
from allocator.solving.progress import Clock, Stopped

Ending = Literal["optimal", "infeasible", "limit", "failed"]


_LOOK = 0.2
"""Seconds between two looks whether a search is still wanted."""


class EngineFailed(RuntimeError):
    """The engine ended in a way that says nothing about the program."""


class BeyondEngine(EngineFailed):
    """The program says what this engine cannot be told."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.text)


_ENDINGS: dict[highspy.HighsModelStatus, Ending] = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnboundedOrInfeasible: "infeasible",
    highspy.HighsModelStatus.kTimeLimit: "limit",
    highspy.HighsModelStatus.kInterrupt: "limit",
    highspy.HighsModelStatus.kSolutionLimit: "limit",
    highspy.HighsModelStatus.kIterationLimit: "limit",
    highspy.HighsModelStatus.kObjectiveTarget: "limit",
}


@dataclass(frozen=True)
class Answer:
    """What one solve gave: how it ended, the point, its objective, and the bound."""

    ending: Ending
    objective: float
    bound: float
    levels: Floats
    """Levels of all columns; empty if there is no point."""
    reduced: Floats
    """Reduced costs of all columns; empty for a MILP."""
    duals: Floats
    """Duals of all rows; empty for a MILP."""

    def must_be_optimal(self) -> None:
        """Go on only with an optimum.

        Raises
        ------
        Stopped
            If the clock ran out.
        EngineFailed
            If the engine gave up for another reason.

        """
        if self.ending == "limit":
            raise Stopped("time_limit")
        if self.ending != "optimal":
            raise EngineFailed(f"HiGHS ended with {self.ending!r} where an optimum exists")


def empty_engine(threads: int) -> highspy.Highs:
    """An engine with its threads; HiGHS shares one scheduler, which must fit their number."""
    engine = highspy.Highs()  # type: ignore[no-untyped-call]
    engine.resetGlobalScheduler(True)
    engine.setOptionValue("output_flag", False)
    engine.setOptionValue("threads", threads)
    return engine


def pass_matrix(
    engine: highspy.Highs,
    matrix: Matrix,
    cost: Floats,
    *,
    lower: Floats | None = None,
    upper: Floats | None = None,
    whole: npt.NDArray[np.bool_] | None = None,
) -> None:
    """Hand the matrix over as arrays, with other column bounds where given."""
    model = highspy.HighsLp()
    model.num_col_ = matrix.lower.size
    model.num_row_ = matrix.row_lower.size
    model.col_cost_ = cost
    model.col_lower_ = matrix.lower if lower is None else lower
    model.col_upper_ = _finite(matrix.upper if upper is None else upper)
    model.row_lower_ = _finite(matrix.row_lower)
    model.row_upper_ = _finite(matrix.row_upper)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.num_col_ = model.num_col_
    model.a_matrix_.num_row_ = model.num_row_
    model.a_matrix_.start_ = matrix.starts.astype(np.int32)
    model.a_matrix_.index_ = matrix.index.astype(np.int32)
    model.a_matrix_.value_ = matrix.value
    if whole is not None:
        kinds = [highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger]
        model.integrality_ = [kinds[int(w)] for w in whole]
    engine.passModel(model)


def _finite(values: Floats) -> Floats:
    return np.clip(values, -highspy.kHighsInf, highspy.kHighsInf)


def dense(cost: Linear, columns: int) -> Floats:
    """A cost as one number a column."""
    result = np.zeros(columns)
    result[cost.columns] = cost.coefficients
    return result


def answer_of(engine: highspy.Highs, *, mip: bool) -> Answer:
    """What an engine has to say after a run."""
    ending = _ENDINGS.get(engine.getModelStatus(), "failed")
    info = engine.getInfo()
    solution = engine.getSolution()
    has_point = bool(info.primal_solution_status == 2) and solution.value_valid
    levels = np.array(solution.col_value) if has_point else np.zeros(0)
    reduced = np.array(solution.col_dual) if has_point and not mip else np.zeros(0)
    duals = np.array(solution.row_dual) if has_point and not mip else np.zeros(0)
    objective = float(info.objective_function_value)
    bound = float(info.mip_dual_bound) if mip else objective
    return Answer(ending, objective, bound, levels, reduced, duals)


def stop_when_unwanted(engine: highspy.Highs, clock: Clock) -> None:
    """Have an engine ask now and then whether it shall go on: a plan found so far is kept."""
    if clock.wanted is None:
        return
    asked = time.monotonic()

    def ask(event: Any) -> None:
        nonlocal asked
        if time.monotonic() - asked < _LOOK:
            return
        asked = time.monotonic()
        if not clock.still_wanted():
            event.interrupt()

    engine.cbMipInterrupt += ask
    engine.cbSimplexInterrupt += ask


def limit_time(engine: highspy.Highs, clock: Clock, most: float = float("inf")) -> None:
    """Give an engine no more seconds than are left."""
    seconds = min(clock.left, most)
    if seconds < highspy.kHighsInf:
        engine.setOptionValue("time_limit", engine.getRunTime() + max(0.1, seconds))
