"""Prove in exact fractions that a table is biproportional, or improve it until it is.

Row factors r[i] and column factors c[j] prove a table x optimal when for every cell

    (d(x) / w[i, j])^p  <=  r[i] c[j]  <=  (d(x + 1) / w[i, j])^p,

with the signposts d and the power p of the divisor method, the left side only where x may fall, the
right side only where it may rise. They exist unless places can be passed around a cycle of cells,
one up, one down in the same column, one up in that row and so on, at a product of price ratios
below 1; then passing them improves the table. A product of exactly 1 is a tie. Floats here only
choose what is then decided in fractions.

References
----------
Balinski, M. and Demange, G. (1989). Algorithms for proportional matrices in reals and integers,
Mathematical Programming 45, 193-210.
Gaffke, N. and Pukelsheim, F. (2008). Divisor methods for proportional representation systems: an
optimization approach to vector and matrix apportionment problems, Math. Soc. Sci. 56, 166-184.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property, partial

import numpy as np

from allocator.admission.factors import NEAR, Factors, factors_of, log_roots
from allocator.admission.flow import Floats, Ints, Marks, TableProblem

_AT_ONCE = 100_000
"""Differences of prices that are formed at once; more of them, row by row, use less memory."""


@dataclass(frozen=True)
class ProvenTable:
    """A table that no exchange of places improves, and the cells that ties leave open.

    Attributes
    ----------
    seats
        Places of each cell.
    rising, falling
        Cells that have one place more, or one place fewer, in another table just as good.
    certify
        Finds the factors that prove it, which takes longer than finding the table.
    """

    seats: Ints
    rising: Marks
    falling: Marks
    certify: Callable[[], Factors]

    @cached_property
    def factors(self) -> Factors:
        """The factors that prove the table."""
        return self.certify()


class Prices:
    """What one place more or less costs in every cell of one table."""

    def __init__(self, problem: TableProblem, seats: Ints) -> None:
        self.problem = problem
        self.seats = seats
        self.may_rise = seats < problem.high
        self.may_fall = seats > problem.low
        logs = problem.divisor.logs(int(seats.max(initial=0)) + 1)
        self.rise = np.where(self.may_rise, logs[seats + 1], np.inf) - problem.log_weights
        self.fall = np.where(self.may_fall, logs[seats], -np.inf) - problem.log_weights
        # exchange[i, k]: least cost of one place more in row i and one less in row k, same column.
        height = seats.shape[0]
        if seats.size * height < _AT_ONCE:
            self.exchange = (self.rise[:, None, :] - self.fall).min(axis=2)
        else:
            self.exchange = np.array([(rise - self.fall).min(axis=1) for rise in self.rise])
        np.fill_diagonal(self.exchange, np.inf)
        self._known: dict[tuple[int, int], tuple[Fraction, int]] = {}

    def exact_rise(self, i: int, j: int) -> Fraction:
        """What the next place of a cell costs."""
        return self.problem.divisor.price(int(self.seats[i, j]) + 1, self.problem.weights[i][j])

    def exact_fall(self, i: int, j: int) -> Fraction:
        """What the last place of a cell costs."""
        return self.problem.divisor.price(int(self.seats[i, j]), self.problem.weights[i][j])

    def exact_exchange(self, i: int, k: int) -> tuple[Fraction, int]:
        """Return the least exact price ratio between rows i and k, and its column."""
        if (i, k) not in self._known:
            near = np.flatnonzero(self.rise[i] - self.fall[k] < self.exchange[i, k] + NEAR)
            numbers = self.problem.weight_numbers
            alike = [self.seats[i], numbers[i], self.seats[k], numbers[k]]
            different = dict(
                zip(
                    zip(*(line[near].tolist() for line in alike), strict=True),
                    near.tolist(),
                    strict=True,
                )
            )
            self._known[i, k] = min(
                (self.exact_rise(i, j) / self.exact_fall(k, j), j) for j in different.values()
            )
        return self._known[i, k]


def prove(problem: TableProblem, seats: Ints) -> ProvenTable:
    """Improve a table with the right sums until exact factors prove it best, and find its ties."""
    if seats.shape[0] > seats.shape[1]:
        found = prove(problem.transposed(), seats.T.copy())
        return ProvenTable(
            found.seats.T.copy(),
            found.rising.T.copy(),
            found.falling.T.copy(),
            lambda: found.factors.transposed(),
        )
    seats = seats.copy()
    while True:
        prices = Prices(problem, seats)
        if _cycles_cost(prices.exchange):
            none = np.zeros(seats.shape, dtype=np.bool_)
            return ProvenTable(seats, none, none, partial(_factors_alone, prices))
        potentials = Potentials(prices)
        if not potentials.cycle:
            break
        for i, k in potentials.cycle:
            _, j = prices.exact_exchange(i, k)
            seats[i, j] += 1
            seats[k, j] -= 1
    groups = _tied_groups(prices, potentials)
    certify = cache(partial(factors_of, prices, potentials.exact, potentials.logs, groups))
    return ProvenTable(seats, *_tied_cells(prices, groups, certify()), certify)


def _cycles_cost(exchange: Floats) -> bool:
    """Whether every cycle of exchanges costs clearly more than nothing: no tie, no improvement.

    Shortest ways between all rows (Floyd, Warshall); a cycle has at most as many steps as rows.
    """
    ways = exchange.copy()
    for k in range(len(ways)):
        np.minimum(ways, ways[:, [k]] + ways[[k], :], out=ways)
    return bool((ways.diagonal() > NEAR * len(ways)).all())


def _factors_alone(prices: Prices) -> Factors:
    """The factors of a table that no cycle ties or improves."""
    potentials = Potentials(prices)
    groups = np.arange(len(potentials.exact))
    return factors_of(prices, potentials.exact, potentials.logs, groups)


class Potentials:
    """Exact shortest distances over rows (Bellman-Ford), or a cycle that improves the table.

    Attributes
    ----------
    exact, logs
        Potential of each row, as fraction and as logarithm (of its p-th root):
        exact[i] <= ratio(i, k) exact[k].
    cycle
        Pairs (i, k): one place more in row i, one less in row k; empty if none improves.
    """

    def __init__(self, prices: Prices) -> None:
        height = prices.exchange.shape[0]
        self.exact = [Fraction(1)] * height
        self.logs = np.zeros(height)
        self.cycle: list[tuple[int, int]] = []
        parent = [-1] * height
        while True:
            through = prices.exchange + self.logs[None, :]
            best = through.min(axis=1)
            found: dict[int, tuple[Fraction, float, int]] = {}
            for i in np.flatnonzero(best < self.logs + NEAR).tolist():
                least = self.exact[i]
                for k in np.flatnonzero(through[i] < best[i] + NEAR).tolist():
                    length = prices.exact_exchange(i, k)[0] * self.exact[k]
                    if length < least:
                        least = length
                        found[i] = (length, float(through[i, k]), k)
            if not found:
                return
            for i, (length, log, k) in found.items():
                self.exact[i], self.logs[i], parent[i] = length, log, k
            self.cycle = _cycle_of(parent)
            if self.cycle:
                return


def _cycle_of(parent: list[int]) -> list[tuple[int, int]]:
    """Return the arcs (i, parent of i) of a cycle, if the parents contain one."""
    seen_from = [-1] * len(parent)
    for start in range(len(parent)):
        node = start
        while node >= 0 and seen_from[node] < 0:
            seen_from[node] = start
            node = parent[node]
        if node >= 0 and seen_from[node] == start:
            cycle = [(node, parent[node])]
            while cycle[-1][1] != node:
                cycle.append((cycle[-1][1], parent[cycle[-1][1]]))
            return cycle
    return []


def _tied_groups(prices: Prices, potentials: Potentials) -> Ints:
    """Number the groups of rows that can exchange places around a cycle of product exactly 1."""
    logs, exact = potentials.logs, potentials.exact
    near = prices.exchange + logs[None, :] - logs[:, None] < NEAR
    reach = np.eye(len(exact), dtype=bool)
    for i, k in np.argwhere(near).tolist():
        reach[i, k] = prices.exact_exchange(i, k)[0] * exact[k] == exact[i]
    for k in range(len(exact)):
        reach |= reach[:, [k]] & reach[[k], :]
    first: Ints = np.argmax(reach & reach.T, axis=1).astype(np.int64)
    return first


def _tied_cells(prices: Prices, groups: Ints, factors: Factors) -> tuple[Marks, Marks]:
    """Mark cells on a bound that lie on a cycle of product 1: those that may rise, may fall."""
    power, (row_factors, column_factors) = prices.problem.divisor.power, factors
    quotient = log_roots(row_factors, power)[:, None] + log_roots(column_factors, power)[None, :]
    rising = np.abs(prices.rise - quotient) < NEAR
    falling = np.abs(prices.fall - quotient) < NEAR
    for marks, price in ((rising, prices.exact_rise), (falling, prices.exact_fall)):
        for i, j in np.argwhere(marks).tolist():
            marks[i, j] = price(i, j) == row_factors[i] * column_factors[j]
    # A cycle enters and leaves a column within one group of rows.
    for group in np.unique(groups).tolist():
        rows = groups == group
        both = rising[rows].any(axis=0) & falling[rows].any(axis=0)
        rising[rows] &= both
        falling[rows] &= both
    return rising, falling
