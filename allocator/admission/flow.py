"""Fill a table with given row and column sums by a least-cost flow.

Symbols
-------
i, j
    Row and column: a senior high and a junior high.
w[i, j]
    Weight of the cell, zero where the senior high admits nobody from the junior high.
x[i, j]
    Places of the cell, a whole number between low[i, j] and high[i, j].
log(d(k) / w[i, j])
    Cost of the k-th place of a cell; the table of least total cost with sums rows[i] and
    columns[j] is the biproportional table of the divisor method with signposts d(k).

The flow prices places with rounded logarithms: its table is at or next to the optimum, and
`exact` decides the rest in fractions.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from allocator.admission.reading import ApportionmentError
from allocator.admission.signposts import Divisor, Rational

Ints: TypeAlias = npt.NDArray[np.int64]
Marks: TypeAlias = npt.NDArray[np.bool_]
Floats: TypeAlias = npt.NDArray[np.float64]

# Integer cost of one natural-log unit: fine enough for 10^9 places in a cell, far from overflow.
_COST_UNIT = 2.0**30
_FIT_ROUNDS = 200
_FIT_ERROR = 0.1  # places


class ImpossibleTable(ApportionmentError):
    """No table has these row and column sums within these floors and caps.

    Attributes
    ----------
    side, labels
        "rows" or "columns", and those of them that cannot have their sums.
    needed, possible
        Places these need in all, and the most they can have.
    """

    def __init__(
        self,
        problems: Sequence[str],
        side: str = "",
        labels: tuple[Hashable, ...] = (),
        needed: int | None = None,
        possible: int | None = None,
    ) -> None:
        self.side = side
        self.labels = labels
        self.needed = needed
        self.possible = possible
        super().__init__(problems)


@dataclass(frozen=True)
class TableProblem:
    """A table of places to be filled: weights, sums, floors and caps of its cells.

    Attributes
    ----------
    weights
        Weight of each cell, exact.
    rows, columns
        Row and column sums, in places.
    low, high
        Least and most places of each cell; equal where the weight is zero.
    divisor
        The divisor method; where its first signpost is 0, low is at least 1 unless high is 0.
    row_labels, column_labels
        Names, for messages only.
    """

    weights: Sequence[Sequence[Rational]]
    rows: Ints
    columns: Ints
    low: Ints
    high: Ints
    divisor: Divisor
    row_labels: tuple[Hashable, ...]
    column_labels: tuple[Hashable, ...]
    whole: Ints | None = None
    """The weights once more, where all are whole numbers."""

    @cached_property
    def log_weights(self) -> Floats:
        """Natural logarithms of the weights; zero, never read, where the weight is zero."""
        if self.whole is not None:
            return np.log(np.maximum(self.whole, 1))
        return np.array(
            [
                [math.log(w.numerator) - math.log(w.denominator) if w else 0.0 for w in row]
                for row in self.weights
            ],
            dtype=np.float64,
        ).reshape(self.low.shape)

    @cached_property
    def weight_numbers(self) -> Ints:
        """Equal numbers for equal weights, so that equal cells can be compared once."""
        if self.whole is not None:
            return self.whole
        number: dict[tuple[int, int], int] = {}
        flat = [
            number.setdefault((w.numerator, w.denominator), len(number))
            for row in self.weights
            for w in row
        ]
        return np.array(flat, dtype=np.int64).reshape(self.low.shape)

    def transposed(self) -> TableProblem:
        """Return the same problem with rows and columns exchanged."""
        return TableProblem(
            list(zip(*self.weights, strict=True)),
            self.columns,
            self.rows,
            self.low.T.copy(),
            self.high.T.copy(),
            self.divisor,
            self.column_labels,
            self.row_labels,
            None if self.whole is None else self.whole.T.copy(),
        )


def fill_by_flow(problem: TableProblem) -> Ints:
    """Return a table with the given sums whose cost is least up to rounded logarithms.

    Each cell gets unit arcs only in a window around its fitted share. Outside the window cost goes
    on at the slope of its edge, which never exceeds the true cost: a table that stays within all
    windows is therefore optimal without them. Windows that are left grow, and the flow is repeated.

    Raises
    ------
    ImpossibleTable
        When no table has these sums within these floors and caps.

    References
    ----------
    Rote, G. and Zachariasen, M. (2007). Matrix scaling by network flow, SODA 2007, 848-854.
    """
    fit = _fitted_logs(problem)
    share = np.exp(np.clip(fit, -700.0, 40.0)).astype(np.int64)
    bottom = np.clip(share - 1, problem.low, problem.high)
    top = np.clip(share + 2, problem.low, problem.high)
    reach = 1
    while True:
        seats = _flow_within(problem, fit, bottom, top)
        below, above = seats < bottom, seats > top
        if not (below.any() or above.any()):
            return seats
        bottom = np.maximum(problem.low, bottom - reach * below)
        top = np.minimum(problem.high, top + reach * above)
        reach *= 2


def _fitted_logs(problem: TableProblem) -> Floats:
    """Logarithms of shares w[i, j] r[i] c[j] whose clipped sums come near the margins.

    Factors on rows and columns do not change which table is cheapest, so a fit that has not
    converged costs time only.
    """
    live = problem.high > problem.low
    low, high = problem.low.astype(np.float64), problem.high.astype(np.float64)
    logs = problem.log_weights - (problem.log_weights[live].max() if live.any() else 0.0)
    shares = np.exp(np.maximum(logs, -700.0))
    factors = np.ones(problem.rows.size), np.ones(problem.columns.size)
    for _ in range(_FIT_ROUNDS):
        steps = []
        for axis, sums in ((1, problem.rows), (0, problem.columns)):
            found = np.minimum(np.maximum(shares, low), high).sum(axis=axis)
            # A millionth of a place keeps the factors of empty rows and columns finite.
            ratio = (sums + 1e-6) / (found + 1e-6)
            shares *= ratio[:, None] if axis else ratio
            np.clip(factors[1 - axis] * ratio, 1e-300, 1e300, out=factors[1 - axis])
            steps.append(ratio)
        if (np.abs(steps[0] - 1) * problem.rows).max(initial=0.0) < _FIT_ERROR:
            break
    fitted: Floats = logs + np.log(factors[0])[:, None] + np.log(factors[1])
    return fitted


def _flow_within(problem: TableProblem, fit: Floats, bottom: Ints, top: Ints) -> Ints:
    """Solve the flow with unit arcs for places bottom + 1 to top of each cell."""
    from ortools.graph.python.min_cost_flow import (
        SimpleMinCostFlow,
    )

    low, high = problem.low.ravel(), problem.high.ravel()
    first, last = bottom.ravel(), top.ravel()
    span = last - first
    inside, step = np.nonzero(np.arange(span.max(initial=0)) < span[:, None])
    below, above = np.flatnonzero(first > low), np.flatnonzero(last < high)
    # Beyond the window the place at its edge sets the price of all.
    cell = np.concatenate([below, inside, above])
    place = np.concatenate([first[below], first[inside] + step + 1, last[above] + 1])
    capacity = np.concatenate(
        [first[below] - low[below], np.ones_like(inside), high[above] - last[above]]
    )
    height, width = problem.low.shape
    price = problem.divisor.logs(int(place.max(initial=0)))[place] - fit.ravel()[cell]
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        cell // width,
        height + cell % width,
        capacity,
        np.rint(price * _COST_UNIT).astype(np.int64),
    )
    supplies = np.concatenate(
        [problem.rows - problem.low.sum(axis=1), problem.low.sum(axis=0) - problem.columns]
    )
    flow.set_nodes_supplies(np.arange(height + width), supplies)
    status = flow.solve()
    if status == flow.INFEASIBLE:
        raise _explained(problem)
    if status != flow.OPTIMAL:
        # Reading flows now would end the interpreter (OR-Tools 9.15).
        raise RuntimeError(f"the flow of the quota table ended with status {status}")
    seats = problem.low.ravel().copy()
    np.add.at(seats, cell, flow.flows(arcs))
    return seats.reshape(height, width)


def _explained(problem: TableProblem) -> ImpossibleTable:
    """Say which rows or columns cannot have their sums, from a smallest cut."""
    from ortools.graph.python.max_flow import SimpleMaxFlow

    height, width = problem.low.shape
    source, sink = height + width, height + width + 1
    room = (problem.high - problem.low).ravel()
    cell = np.flatnonzero(room > 0)
    give = problem.rows - problem.low.sum(axis=1)
    take = problem.columns - problem.low.sum(axis=0)
    flow = SimpleMaxFlow()
    flow.add_arcs_with_capacity(cell // width, height + cell % width, room[cell])
    flow.add_arcs_with_capacity(np.full(height, source), np.arange(height), give)
    flow.add_arcs_with_capacity(np.arange(width) + height, np.full(width, sink), take)
    status = flow.solve(source, sink)
    if status != flow.OPTIMAL:
        raise RuntimeError(f"the cut of the quota table ended with status {status}")
    side = np.zeros(height + width + 2, dtype=bool)
    side[np.asarray(flow.get_source_side_min_cut(), dtype=np.int64)] = True
    in_rows, in_columns = side[:height], side[height : height + width]

    if in_rows.sum() <= (~in_columns).sum():
        return _shortage(problem, in_rows, in_columns, ("rows", "must give", "columns", "take"))
    return _shortage(
        problem.transposed(), ~in_columns, ~in_rows, ("columns", "must get", "rows", "give")
    )


def _shortage(
    problem: TableProblem, needy: Marks, full: Marks, words: tuple[str, str, str, str]
) -> ImpossibleTable:
    """Count what the marked rows need, and what the columns, some of them filled up, can do."""
    side, must, other_side, can = words
    needed = int(problem.rows[needy].sum())
    filled = int(problem.columns[full].sum() - problem.low[~needy][:, full].sum())
    within_caps = int(problem.high[needy][:, ~full].sum())
    labels = tuple(x for x, chosen in zip(problem.row_labels, needy, strict=True) if chosen)
    others = tuple(x for x, chosen in zip(problem.column_labels, full, strict=True) if chosen)
    sentence = (
        f"{side} {_listed(labels)} {must} {needed} places, but the {other_side} can {can} only "
        f"{filled + within_caps} of them: {filled} until {other_side} {_listed(others)} have "
        f"their sums, {within_caps} in the other {other_side} up to the caps of open cells"
    )
    return ImpossibleTable([sentence], side, labels, needed, filled + within_caps)


def _listed(labels: Sequence[Hashable]) -> str:
    """Name a few labels and count the others."""
    if not labels:
        return "(none)"
    shown = ", ".join(str(label) for label in labels[:8])
    return shown if len(labels) <= 8 else f"{shown} and {len(labels) - 8} more"
