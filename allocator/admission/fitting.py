"""Fit real shares to margins: each cell its weight times two factors, within floor and cap.

Symbols
-------
w[i, j], low[i, j], high[i, j]
    Weight, floor and cap of a cell.
u[i], v[j]
    Logarithms of the factors: f[i, j] = min(high, max(low, w exp(u[i] + v[j]))).

The shares with given sums are unique; they minimise the relative entropy to the weights. Cells that
have the same number in every table with these margins and bounds are found first and held: only for
the others do finite factors exist.

References
----------
Bacharach, M. (1965). Estimating nonnegative matrices from marginal data, International Economic
Review 6, 294-310.
Rote, G. and Zachariasen, M. (2007). Matrix scaling by network flow, SODA 2007, 848-854.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from allocator.admission.flow import Floats, Ints, Marks, TableProblem

NEAR = 1e-9
"""A share this close to a whole number is that number: far wider than the error of the fit."""
_SCALINGS = 60
_STEPS = 200
_TIGHT = 1e-12
"""Largest error of a sum, in parts of the largest sum."""


@dataclass(frozen=True)
class Fit:
    """Shares with the wanted sums.

    Attributes
    ----------
    shares
        Fractions where the fit is exact, else floats.
    exact
        Whether every share is an exact fraction: all cells open, weights a product of a row part
        and a column part, and no floor or cap in the way.
    error
        Largest difference of a sum of shares from what it should be, in places.
    held
        Cells that have the same number in every table with these margins and bounds.
    """

    shares: list[list[Fraction]] | Floats
    exact: bool
    error: float
    held: Marks

    @property
    def numbers(self) -> Floats:
        """The shares as floats."""
        return np.array(self.shares, dtype=np.float64)


def fit(problem: TableProblem, table: Ints) -> Fit:
    """The fitted shares of a table.

    Parameters
    ----------
    table
        Any table with these margins and bounds.
    """
    held = held_cells(problem, table)
    product = _as_product(problem)
    if product is not None:
        return Fit(product, exact=True, error=0.0, held=held)
    shares = _Fitting(problem, table, held).shares()
    error = max(
        float(np.abs(shares.sum(axis=1) - problem.rows).max(initial=0.0)),
        float(np.abs(shares.sum(axis=0) - problem.columns).max(initial=0.0)),
    )
    return Fit(shares, exact=False, error=error, held=held)


def held_cells(problem: TableProblem, table: Ints) -> Marks:
    """Cells that no table with these margins and bounds has otherwise than this one.

    A cell can change only along a cycle of changes that keeps all sums: then its row and its column
    are in one strongly connected part of the graph of changes. A cell between its bounds whose row
    and column no other cell links stays in, but its sum alone decides it.
    """
    import networkx as nx

    height, width = table.shape
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(height + width))
    rises, falls = table < problem.high, table > problem.low
    graph.add_edges_from((i, height + j) for i, j in np.argwhere(rises).tolist())
    graph.add_edges_from((height + j, i) for i, j in np.argwhere(falls).tolist())
    part = np.zeros(height + width, dtype=np.int64)
    for label, members in enumerate(nx.strongly_connected_components(graph)):
        part[list(members)] = label
    held: Marks = (part[:height, None] != part[None, height:]) | (problem.low == problem.high)
    return held


def _as_product(problem: TableProblem) -> list[list[Fraction]] | None:
    """Row sum times column sum over the total, where the weights and bounds allow just that."""
    weights, total = problem.weights, int(problem.rows.sum())
    first = weights[0]
    if total == 0 or not all(w > 0 for line in weights for w in line):
        return None
    if any(
        w * first[0] != line[0] * f for line in weights for w, f in zip(line, first, strict=True)
    ):
        return None
    shares = [
        [Fraction(r * c, total) for c in problem.columns.tolist()] for r in problem.rows.tolist()
    ]
    within = all(
        low <= share <= high
        for line, lows, highs in zip(
            shares, problem.low.tolist(), problem.high.tolist(), strict=True
        )
        for share, low, high in zip(line, lows, highs, strict=True)
    )
    return shares if within else None


class _Fitting:
    """Scaling to come near, then Newton's method on the dual, which is convex and smooth enough."""

    def __init__(self, problem: TableProblem, table: Ints, held: Marks) -> None:
        self.free = ~held
        self.low = np.where(held, table, problem.low).astype(np.float64)
        self.high = np.where(held, table, problem.high).astype(np.float64)
        self.rows = problem.rows.astype(np.float64)
        self.columns = problem.columns.astype(np.float64)
        logs = problem.log_weights
        self.logs = logs - (logs[self.free].max() if self.free.any() else 0.0)
        with np.errstate(divide="ignore"):
            self.log_low, self.log_high = np.log(self.low), np.log(self.high)
        self.u, self.v = np.zeros(len(self.rows)), np.zeros(len(self.columns))

    def shares(self) -> Floats:
        """The shares, their sums right to about a part in 10^12."""
        if self.free.any():
            self._scale()
            self._newton()
        return self._at(self.u, self.v)

    def _exponents(self, u: Floats, v: Floats) -> Floats:
        found: Floats = np.clip(self.logs + u[:, None] + v[None, :], -700.0, 700.0)
        return found

    def _at(self, u: Floats, v: Floats) -> Floats:
        grown = np.exp(self._exponents(u, v))
        found: Floats = np.where(self.free, np.clip(grown, self.low, self.high), self.low)
        return found

    def _scale(self) -> None:
        """Correct rows and columns in turn."""
        for _ in range(_SCALINGS):
            for axis in (1, 0):
                found = self._at(self.u, self.v).sum(axis=axis)
                wanted = self.rows if axis else self.columns
                # A millionth of a place keeps the factors of empty rows and columns finite.
                step = np.log((wanted + 1e-6) / (found + 1e-6))
                if axis:
                    self.u = self.u + step
                else:
                    self.v = self.v + step

    def _newton(self) -> None:
        value = self._dual(self.u, self.v)
        for _ in range(_STEPS):
            shares = self._at(self.u, self.v)
            by_row, by_column = self.rows - shares.sum(axis=1), self.columns - shares.sum(axis=0)
            error = max(np.abs(by_row).max(), np.abs(by_column).max())
            if error <= _TIGHT * max(1.0, self.rows.max(), self.columns.max()):
                return
            du, dv = self._step(shares, by_row, by_column)
            gain = float(du @ by_row + dv @ by_column)
            length = 1.0
            while length > 1e-10:
                u, v = self.u + length * du, self.v + length * dv
                here = self._dual(u, v)
                if here <= value - 1e-4 * length * gain or self._error(u, v) < 0.5 * error:
                    break
                length /= 2
            else:
                return
            self.u, self.v, value = u, v, here

    def _error(self, u: Floats, v: Floats) -> float:
        shares = self._at(u, v)
        by_row, by_column = self.rows - shares.sum(axis=1), self.columns - shares.sum(axis=0)
        return float(max(np.abs(by_row).max(), np.abs(by_column).max()))

    def _step(self, shares: Floats, by_row: Floats, by_column: Floats) -> tuple[Floats, Floats]:
        """Newton's step; the columns are eliminated, as there are more of them."""
        if len(by_row) > len(by_column):
            dv, du = _solved(self._slope(shares).T, by_column, by_row)
            return du, dv
        return _solved(self._slope(shares), by_row, by_column)

    def _slope(self, shares: Floats) -> Floats:
        inside = self.free & (shares > self.low) & (shares < self.high)
        return np.where(inside, shares, 0.0)

    def _dual(self, u: Floats, v: Floats) -> float:
        """What the factors minimise; its slope is the error of the sums."""
        z, low, high = self._exponents(u, v), self.low, self.high
        at_low = low * (z - np.where(low > 0, self.log_low, 0.0) + 1)
        at_high = high * (z - np.where(high > 0, self.log_high, 0.0) + 1)
        grown = np.exp(np.minimum(z, np.where(high > 0, self.log_high, 0.0)))
        piece = np.where(z < self.log_low, at_low, np.where(z > self.log_high, at_high, grown))
        piece = np.where(self.free, piece, low * (u[:, None] + v[None, :]))
        return float(piece.sum() - u @ self.rows - v @ self.columns)


def _solved(slope: Floats, first: Floats, second: Floats) -> tuple[Floats, Floats]:
    """Solve [[R, H], [H', C]] (x, y) = (first, second), R and C the sums of H, made regular."""
    little = 1e-10 * max(1.0, float(slope.max(initial=0.0)))
    by_first, by_second = slope.sum(axis=1) + little, slope.sum(axis=0) + little
    through = slope / by_second[None, :]
    matrix = np.diag(by_first) - through @ slope.T
    x = np.linalg.lstsq(matrix, first - through @ second, rcond=1e-13)[0]
    return x, (second - slope.T @ x) / by_second
