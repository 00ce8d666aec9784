"""HiGHS through highspy: a live relaxation that keeps its basis; MILPs stand beside it.

A job has its own process and one number of threads: changing it inside a process breaks the next
solve unless the scheduler is reset.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import highspy
import numpy as np
import numpy.typing as npt

from allocator.county.frozen import Problem
from allocator.modelling import Floats, Ints, Linear
from allocator.solving.certificate import safe_bound, with_rows
from allocator.solving.program import Matrix
from allocator.solving.progress import Clock, Stopped

Ending = Literal["optimal", "infeasible", "limit", "failed"]


PATIENCE = 5_000
"""Steps from a basis, beside one a row, after which an LP is solved from nothing."""
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


Basis = highspy.HighsBasis
"""Which columns and rows are basic: a place to restart from."""
Status = highspy.HighsBasisStatus
"""Whether one column or row is basic, or at which of its bounds."""


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


class Relaxation:
    """The LP relaxation, alive: costs and limits on tiers change, the basis stays.

    Parameters
    ----------
    further
        Limits from the start: name, expression, most.

    """

    def __init__(
        self,
        matrix: Matrix,
        threads: int,
        clock: Clock,
        further: Sequence[tuple[str, Linear, float]] = (),
    ) -> None:
        self.matrix = matrix
        self.threads = threads
        self.columns = matrix.lower.size
        self.clock = clock
        self.engine = empty_engine(threads)
        self._limited_steps = False
        stop_when_unwanted(self.engine, clock)
        first = matrix.row_lower.size
        self._limits = {name: first + n for n, (name, *_) in enumerate(further)}
        self._rows = [(expression, most - expression.constant) for _, expression, most in further]
        pass_matrix(self.engine, with_rows(matrix, self._rows), np.zeros(self.columns))

    def cold(self, cost: Floats) -> Answer:
        """Solve from nothing with default options."""
        return self._run(cost)

    def dual(self, cost: Floats) -> Answer:
        """Solve from a basis that limits have made infeasible."""
        return self._from_basis(cost, 1)

    def primal(self, cost: Floats) -> Answer:
        """Solve from a basis that another cost has made non-optimal."""
        return self._from_basis(cost, 4)

    def _from_basis(self, cost: Floats, strategy: int) -> Answer:
        self.engine.setOptionValue("presolve", "off")
        self.engine.setOptionValue("simplex_strategy", strategy)
        if self._limited_steps:
            return self._run(cost)
        with self.at_most(PATIENCE + self.engine.getNumRow()):
            answer = self._run(cost)
        return self._afresh(cost) if answer.ending in ("limit", "failed") else answer

    def _afresh(self, cost: Floats) -> Answer:
        """Solve from nothing where the steps from a basis lead nowhere: they may go in circles."""
        self.engine.clearSolver()
        self.engine.setOptionValue("presolve", "choose")
        self.engine.setOptionValue("simplex_strategy", 1)
        return self._run(cost)

    def narrow(self, answer: Answer) -> None:
        """Let columns go that an optimum hardly needs: this engine keeps them all."""

    def basis(self) -> Basis:
        """The present basis."""
        return self.engine.getBasis()

    @property
    def held(self) -> Ints:
        """The columns in the engine, in its order."""
        return np.arange(self.columns, dtype=np.int64)

    def basic_columns(self) -> list[tuple[int, int]]:
        """The places in the basis that columns take, each with its column in the engine."""
        _, basic = self.engine.getBasicVariables()  # type: ignore[attr-defined]
        return [(place, int(column)) for place, column in enumerate(basic) if column >= 0]

    def multipliers(self, place: int) -> Floats:
        """What of each row, added up, gives the tableau row of a place in the basis."""
        _, row = self.engine.getBasisInverseRow(place)  # type: ignore[attr-defined]
        return np.asarray(row, dtype=np.float64)

    def restart(self, basis: Basis) -> None:
        """Go back to a basis; rows added since then enter it as basic."""
        # Statuses of columns stay inside the engine: as Python objects they cost more than the LP.
        rows = basis.row_status
        added = self.engine.getNumRow() - len(rows)
        if added:
            basis.row_status = [*rows, *[highspy.HighsBasisStatus.kBasic] * added]
        self.engine.setBasis(basis)

    @property
    def added(self) -> tuple[str, ...]:
        """Names of the limits, in the order of their rows, which follow those of the matrix."""
        return tuple(self._limits)

    def plant(self, columns: list[Status], rows: list[Status]) -> None:
        """Start from which columns and rows were basic in a program that need not be this one."""
        known = highspy.HighsBasis()
        known.col_status, known.row_status = columns, rows
        known.valid, known.alien = True, True
        self.engine.setBasis(known)

    @property
    def steps(self) -> int:
        """Steps of the simplex method that the last LP took."""
        return int(self.engine.getInfo().simplex_iteration_count)

    @contextmanager
    def at_most(self, steps: int) -> Iterator[None]:
        """Give an LP up after so many steps of the simplex method: it ends with a limit."""
        self._limited_steps = True
        self.engine.setOptionValue("simplex_iteration_limit", steps)
        try:
            yield
        finally:
            self._limited_steps = False
            self.engine.setOptionValue("simplex_iteration_limit", highspy.kHighsIInf)

    def limited(self, name: str) -> bool:
        """Whether a limit of that name was ever set."""
        return name in self._limits

    def limit(self, name: str, expression: Linear, most: float) -> None:
        """Keep an expression at or under a number, replacing an earlier limit of that name."""
        most -= expression.constant
        if name in self._limits:
            row = self._limits[name]
            self._rows[row - self.matrix.row_lower.size] = expression, most
            self.engine.changeRowBounds(row, -highspy.kHighsInf, most)
            return
        self.add([(name, expression, most + expression.constant)])

    def add(self, limits: Sequence[tuple[str, Linear, float]]) -> None:
        """Add limits of new names all at once: name, expression, most."""
        if not limits:
            return
        first = self.engine.getNumRow()
        self._limits.update({name: first + n for n, (name, *_) in enumerate(limits)})
        rows = [(expression, most - expression.constant) for _, expression, most in limits]
        self._rows += rows
        held = [self._held(expression) for expression, _ in rows]
        sizes = [columns.size for columns, _ in held]
        self.engine.addRows(
            len(rows),
            np.full(len(rows), -highspy.kHighsInf),
            np.array([most for _, most in rows]),
            sum(sizes),
            np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int32),
            np.concatenate([columns for columns, _ in held]).astype(np.int32),
            np.concatenate([coefficients for _, coefficients in held]),
        )

    def _held(self, expression: Linear) -> tuple[Ints, Floats]:
        """Columns of the engine in an expression, and their coefficients."""
        return expression.columns, expression.coefficients

    def without(self, names: Iterable[str]) -> Matrix:
        """The matrix with its limits as they are now, those of some names opened."""
        found = with_rows(self.matrix, self._rows)
        opened = [self._limits[name] for name in names if name in self._limits]
        found.row_upper[opened] = np.inf
        return found

    def bound(self, cost: Floats, duals: Floats) -> float:
        """A bound on a cost under the present limits that trusts only the arithmetic of duals."""
        return safe_bound(self.matrix, cost, duals, self._rows)

    def _run(self, cost: Floats) -> Answer:
        self.clock.check()
        self.engine.changeColsCost(cost.size, np.arange(cost.size, dtype=np.int32), cost)
        limit_time(self.engine, self.clock)
        self.engine.run()
        answer = answer_of(self.engine, mip=False)
        if answer.ending == "limit":
            self.clock.check()
        return answer


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
