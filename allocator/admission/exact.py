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

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from allocator.admission.divisor import between, shortest_decimal
from allocator.admission.flow import Floats, Ints, Marks, TableProblem

# Logarithms closer than this are compared again in fractions; float error stays below 1e-11.
_NEAR = 1e-9


@dataclass(frozen=True)
class ProvenTable:
    """A table with the factors that prove it and the cells that ties leave open.

    Attributes
    ----------
    seats
        Places of each cell.
    row_factors, column_factors
        Exact factors: weight^p x row factor x column factor rounds to the places.
    rising, falling
        Cells that have one place more, or one place fewer, in another table just as good.
    """

    seats: Ints
    row_factors: tuple[Fraction, ...]
    column_factors: tuple[Fraction, ...]
    rising: Marks
    falling: Marks


class _Prices:
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
        self.exchange = np.full((height, height), np.inf)
        for i in range(height):
            self.exchange[i] = (self.rise[i] - self.fall).min(axis=1)
        np.fill_diagonal(self.exchange, np.inf)
        self._known: dict[tuple[int, int], tuple[Fraction, int]] = {}

    def exact_rise(self, i: int, j: int) -> Fraction:
        return self.problem.divisor.price(int(self.seats[i, j]) + 1, self.problem.weights[i][j])

    def exact_fall(self, i: int, j: int) -> Fraction:
        return self.problem.divisor.price(int(self.seats[i, j]), self.problem.weights[i][j])

    def exact_exchange(self, i: int, k: int) -> tuple[Fraction, int]:
        """Return the least exact price ratio between rows i and k, and its column."""
        if (i, k) not in self._known:
            near = np.flatnonzero(self.rise[i] - self.fall[k] < self.exchange[i, k] + _NEAR)
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
            found.column_factors,
            found.row_factors,
            found.rising.T.copy(),
            found.falling.T.copy(),
        )
    seats = seats.copy()
    while True:
        prices = _Prices(problem, seats)
        potentials = _Potentials(prices)
        if not potentials.cycle:
            break
        for i, k in potentials.cycle:
            _, j = prices.exact_exchange(i, k)
            seats[i, j] += 1
            seats[k, j] -= 1
    groups = _tied_groups(prices, potentials)
    short = _short_factors(prices, potentials, groups)
    for row_factors in [potentials.exact] if short is None else [short, potentials.exact]:
        column_factors = _column_factors(prices, row_factors)
        if column_factors is not None:
            rising, falling = _tied_cells(prices, groups, row_factors, column_factors)
            return ProvenTable(seats, tuple(row_factors), tuple(column_factors), rising, falling)
    raise AssertionError("a table without improving cycle has factors that prove it")


def is_proven(problem: TableProblem, table: ProvenTable) -> bool:
    """Check in fractions, cell by cell, that sums, bounds and factors prove a table optimal."""
    seats, power = table.seats, problem.divisor.power
    posts = [problem.divisor.post(x) for x in range(1, int(seats.max(initial=0)) + 2)]
    if not (
        np.array_equal(seats.sum(axis=1), problem.rows)
        and np.array_equal(seats.sum(axis=0), problem.columns)
        and bool(np.all((problem.low <= seats) & (seats <= problem.high)))
        and all(factor > 0 for factor in table.row_factors + table.column_factors)
    ):
        return False
    low, high = problem.low.tolist(), problem.high.tolist()
    for i, line in enumerate(seats.tolist()):
        r, weights = table.row_factors[i], problem.weights[i]
        for j, x in enumerate(line):
            if low[i][j] == high[i][j]:
                continue
            # Whole numbers, multiplied out: a Fraction would take a common divisor every time.
            c, w = table.column_factors[j], weights[j]
            quotient = w.numerator**power * r.numerator * c.numerator
            unit = w.denominator**power * r.denominator * c.denominator
            if x < high[i][j]:
                post = posts[x]
                if quotient * post.denominator > post.numerator * unit:
                    return False
            if x > low[i][j]:
                post = posts[x - 1]
                if quotient * post.denominator < post.numerator * unit:
                    return False
    return True


class _Potentials:
    """Exact shortest distances over rows (Bellman-Ford), or a cycle that improves the table.

    Attributes
    ----------
    exact, logs
        Potential of each row, as fraction and as logarithm (of its p-th root):
        exact[i] <= ratio(i, k) exact[k].
    cycle
        Pairs (i, k): one place more in row i, one less in row k; empty if none improves.
    """

    def __init__(self, prices: _Prices) -> None:
        height = prices.exchange.shape[0]
        self.exact = [Fraction(1)] * height
        self.logs = np.zeros(height)
        self.cycle: list[tuple[int, int]] = []
        parent = [-1] * height
        while True:
            through = prices.exchange + self.logs[None, :]
            best = through.min(axis=1)
            found: dict[int, tuple[Fraction, float, int]] = {}
            for i in np.flatnonzero(best < self.logs + _NEAR).tolist():
                least = self.exact[i]
                for k in np.flatnonzero(through[i] < best[i] + _NEAR).tolist():
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


def _tied_groups(prices: _Prices, potentials: _Potentials) -> Ints:
    """Number the groups of rows that can exchange places around a cycle of product exactly 1."""
    logs, exact = potentials.logs, potentials.exact
    near = prices.exchange + logs[None, :] - logs[:, None] < _NEAR
    reach = np.eye(len(exact), dtype=bool)
    for i, k in np.argwhere(near).tolist():
        reach[i, k] = prices.exact_exchange(i, k)[0] * exact[k] == exact[i]
    for k in range(len(exact)):
        reach |= reach[:, [k]] & reach[[k], :]
    first: Ints = np.argmax(reach & reach.T, axis=1).astype(np.int64)
    return first


def _short_factors(prices: _Prices, potentials: _Potentials, groups: Ints) -> list[Fraction] | None:
    """Return row factors of few digits, away from all bounds that are no ties.

    The widest margin (within a factor of two) that all bounds between different groups can keep
    at the same time says how far the factors may be rounded.
    """
    logs, exact = potentials.logs, potentials.exact
    names, group = np.unique(groups, return_inverse=True)
    slack = np.full((len(names), len(names)), np.inf)
    np.minimum.at(
        slack,
        (group[:, None], group[None, :]),
        prices.exchange + logs[None, :] - logs[:, None],
    )
    np.fill_diagonal(slack, np.inf)
    margin = 1.0
    while margin > _NEAR:
        shift = np.zeros(len(names))
        for _ in range(len(names) + 1):
            following = np.minimum(shift, (slack - margin + shift[None, :]).min(axis=1))
            if np.array_equal(following, shift):
                break
            shift = following
        else:
            margin /= 2
            continue
        place = logs + shift[group]
        place -= np.median(place)
        if np.abs(place).max() > 600:
            return None
        around = [
            shortest_decimal(
                Fraction(math.exp(place[i] - margin / 8)), Fraction(math.exp(place[i] + margin / 8))
            )
            for i in names.tolist()
        ]
        power = prices.problem.divisor.power
        return [
            around[g] ** power * exact[i] / exact[names[g]] for i, g in enumerate(group.tolist())
        ]
    return None


def _column_factors(prices: _Prices, row_factors: list[Fraction]) -> list[Fraction] | None:
    """Return column factors that fit the row factors in every cell, or None if there are none."""
    power = prices.problem.divisor.power
    logs = _logs(row_factors, power)
    rise, fall = prices.rise - logs[:, None], prices.fall - logs[:, None]
    least_rise, most_fall = rise.min(axis=0), fall.max(axis=0)
    factors = []
    for j in range(rise.shape[1]):
        low = high = None
        if np.isfinite(most_fall[j]):
            rows = np.flatnonzero(fall[:, j] > most_fall[j] - _NEAR).tolist()
            low = max(prices.exact_fall(i, j) / row_factors[i] for i in rows)
        if np.isfinite(least_rise[j]):
            rows = np.flatnonzero(rise[:, j] < least_rise[j] + _NEAR).tolist()
            high = min(prices.exact_rise(i, j) / row_factors[i] for i in rows)
        if low is not None and high is not None and low > high:
            return None
        factors.append(between(low, high, power)[0] or Fraction(1))
    return factors


def _logs(factors: list[Fraction], power: int) -> Floats:
    """Natural logarithms of the p-th roots of factors."""
    return np.array([(math.log(f.numerator) - math.log(f.denominator)) / power for f in factors])


def _tied_cells(
    prices: _Prices, groups: Ints, row_factors: list[Fraction], column_factors: list[Fraction]
) -> tuple[Marks, Marks]:
    """Mark cells on a bound that lie on a cycle of product 1: those that may rise, may fall."""
    power = prices.problem.divisor.power
    quotient = _logs(row_factors, power)[:, None] + _logs(column_factors, power)[None, :]
    rising = np.abs(prices.rise - quotient) < _NEAR
    falling = np.abs(prices.fall - quotient) < _NEAR
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
