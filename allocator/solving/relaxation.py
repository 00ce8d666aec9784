"""The linear relaxation, alive in the engine: costs and limits change, the basis stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import highspy
import numpy as np

from allocator.modelling import Floats, Ints, Linear
from allocator.solving.certificate import safe_bound, with_rows
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

PATIENCE = 5_000
"""Steps from a basis, beside one a row, after which an LP is solved from nothing."""

Basis = highspy.HighsBasis
"""Which columns and rows are basic: a place to restart from."""
Status = highspy.HighsBasisStatus
"""Whether one column or row is basic, or at which of its bounds."""


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
