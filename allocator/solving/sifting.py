"""Sifting: the engine holds only the columns that matter, and the rest are priced.

At the optimum of the first LP most columns stand at zero and cost more than they save. They leave
the engine, whose steps then take a fraction of the time. After every LP the duals price them: those
that would lower the cost come in and the engine goes on, until there is none. So every answer is
the optimum over all columns, whatever left.

References
----------
Bixby, Gregory, Lustig, Marsten and Shanno, Very large-scale linear programming: a case study in
combining interior point and simplex methods (1992).
"""

from __future__ import annotations

from dataclasses import replace

import highspy
import numpy as np

from allocator.modelling import Floats, Ints, Linear
from allocator.solving.certificate import reduced_costs
from allocator.solving.highs import Answer, pass_matrix
from allocator.solving.relaxation import Basis, Relaxation, Status

KEPT = 2
"""Columns that stay in the engine for each row, those of least reduced cost."""
ENTERING = 5_000
"""Columns that come in at once, at most."""
ATTRACTIVE = 1e-7
"""How far below zero the reduced cost of a column must be for it to come in: as in the engine."""


class SiftedRelaxation(Relaxation):
    """A relaxation that, once narrowed, holds a part of its columns; the others are at zero."""

    _live: Ints | None = None
    """The columns in the engine, in its order; None while it holds all."""
    _place: Ints
    """Where the engine has each column, -1 where it does not hold it."""

    def narrow(self, answer: Answer) -> None:
        """Let columns of large reduced cost leave the engine after an optimum; the basis stays."""
        kept = KEPT * self.engine.getNumRow()
        if self._live is not None or kept >= self.columns:
            return
        basis = self.engine.getBasis()
        kinds = basis.col_status
        away = (answer.levels != 0.0) | (self.matrix.lower != 0.0)
        away |= np.fromiter((k != Status.kLower for k in kinds), np.bool_, self.columns)
        order = np.argsort(np.where(away, -1.0, np.abs(answer.reduced)), kind="stable")
        live = np.sort(order[: max(int(away.sum()), kept)])
        self._live = live
        self._place = np.full(self.columns, -1, dtype=np.int64)
        self._place[live] = np.arange(live.size)
        pass_matrix(self.engine, self.without(()).within(live), np.zeros(live.size))
        basis.col_status = [kinds[j] for j in live.tolist()]
        self.engine.setBasis(basis)

    def restart(self, basis: Basis) -> None:
        """Go back to a basis; what was added since then enters it: columns at zero, rows basic."""
        kinds = basis.col_status if self._live is not None else []
        missing = self.engine.getNumCol() - len(kinds)
        if self._live is not None and missing:
            basis.col_status = [*kinds, *[Status.kLower] * missing]
        super().restart(basis)

    @property
    def held(self) -> Ints:
        """The columns in the engine, in its order."""
        return super().held if self._live is None else self._live

    def _held(self, expression: Linear) -> tuple[Ints, Floats]:
        if self._live is None:
            return super()._held(expression)
        at = self._place[expression.columns]
        return at[at >= 0], expression.coefficients[at >= 0]

    def _run(self, cost: Floats) -> Answer:
        live = self._live
        if live is None:
            return super()._run(cost)
        while True:
            answer = super()._run(cost[live])
            absent = self._place < 0
            reduced = np.zeros(0)
            if answer.ending == "optimal":
                reduced = reduced_costs(self.matrix, cost, answer.duals, self._rows)
                absent &= reduced < -ATTRACTIVE
            if answer.ending == "limit" or not absent.any():
                break
            entering = np.flatnonzero(absent)
            if answer.ending == "optimal":
                dearest = np.argsort(reduced[entering], kind="stable")[:ENTERING]
                entering = np.sort(entering[dearest])
            live = self._let_in(live, entering)
        levels = np.zeros(self.columns if answer.levels.size else 0)
        if answer.levels.size:
            levels[live] = answer.levels
        return replace(answer, levels=levels, reduced=reduced)

    def _let_in(self, live: Ints, entering: Ints) -> Ints:
        """Add columns to the engine, at zero; the basis stays feasible, so primal steps go on."""
        new = self.without(()).within(entering)
        order = np.argsort(new.index, kind="stable")
        ends = np.cumsum(np.bincount(new.index, minlength=entering.size))
        self.engine.addCols(
            entering.size,
            np.zeros(entering.size),
            new.lower,
            np.minimum(new.upper, highspy.kHighsInf),
            order.size,
            np.concatenate([[0], ends[:-1]]).astype(np.int32),
            new.row_of_entries()[order].astype(np.int32),
            new.value[order],
        )
        self.engine.setOptionValue("simplex_strategy", 4)
        self._place[entering] = live.size + np.arange(entering.size)
        self._live = np.concatenate([live, entering])
        return self._live
