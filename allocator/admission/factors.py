"""Factors of rows and columns that prove a biproportional table, short enough to publish.

For every cell, weight^p x row factor x column factor lies between the signposts d(x)^p and
d(x + 1)^p of its places x; a cell at its floor or cap needs only one side. There is room between
these bounds, and the factors are decimals of few digits well inside it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from allocator.admission.divisor import between, shortest_decimal
from allocator.admission.flow import Floats, Ints, TableProblem

if TYPE_CHECKING:
    from allocator.admission.exact import Prices

NEAR = 1e-9
"""Logarithms closer than this are compared again in fractions; float error stays below 1e-11."""


class Factors(NamedTuple):
    """One exact factor for every row and every column: weight^p x both rounds to the places."""

    rows: tuple[Fraction, ...]
    columns: tuple[Fraction, ...]

    def transposed(self) -> Factors:
        """The same for rows and columns exchanged."""
        return Factors(self.columns, self.rows)


def factors_of(prices: Prices, exact: Sequence[Fraction], logs: Floats, groups: Ints) -> Factors:
    """Factors that prove a table without improving cycle.

    Parameters
    ----------
    exact, logs
        Potential of each row, as fraction and as logarithm of its p-th root.
    groups
        Number of the tied group of each row, whose factors keep their exact ratios.
    """
    short = _short_factors(prices, exact, logs, groups)
    for rows in [exact] if short is None else [short, exact]:
        columns = _column_factors(prices, rows)
        if columns is not None:
            return Factors(tuple(rows), tuple(columns))
    raise AssertionError("a table without improving cycle has factors that prove it")


def is_proven(problem: TableProblem, seats: Ints, factors: Factors) -> bool:
    """Check in fractions, cell by cell, that sums, bounds and factors prove a table optimal."""
    power = problem.divisor.power
    posts = [problem.divisor.post(x) for x in range(1, int(seats.max(initial=0)) + 2)]
    if not (
        np.array_equal(seats.sum(axis=1), problem.rows)
        and np.array_equal(seats.sum(axis=0), problem.columns)
        and bool(np.all((problem.low <= seats) & (seats <= problem.high)))
        and all(factor > 0 for factor in (*factors.rows, *factors.columns))
    ):
        return False
    low, high = problem.low.tolist(), problem.high.tolist()
    for i, line in enumerate(seats.tolist()):
        r, weights = factors.rows[i], problem.weights[i]
        for j, x in enumerate(line):
            if low[i][j] == high[i][j]:
                continue
            # Whole numbers, multiplied out: a Fraction would take a common divisor every time.
            c, w = factors.columns[j], weights[j]
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


def _short_factors(
    prices: Prices, exact: Sequence[Fraction], logs: Floats, groups: Ints
) -> list[Fraction] | None:
    """Return row factors of few digits, away from all bounds that are no ties.

    The widest margin (within a factor of two) that all bounds between different groups can keep
    at the same time says how far the factors may be rounded.
    """
    names, group = np.unique(groups, return_inverse=True)
    slack = np.full((len(names), len(names)), np.inf)
    np.minimum.at(
        slack,
        (group[:, None], group[None, :]),
        prices.exchange + logs[None, :] - logs[:, None],
    )
    np.fill_diagonal(slack, np.inf)
    margin = 1.0
    while margin > NEAR:
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


def _column_factors(prices: Prices, row_factors: Sequence[Fraction]) -> list[Fraction] | None:
    """Return column factors that fit the row factors in every cell, or None if there are none."""
    power = prices.problem.divisor.power
    logs = log_roots(row_factors, power)
    rise, fall = prices.rise - logs[:, None], prices.fall - logs[:, None]
    least_rise, most_fall = rise.min(axis=0), fall.max(axis=0)
    factors = []
    for j in range(rise.shape[1]):
        low = high = None
        if np.isfinite(most_fall[j]):
            rows = np.flatnonzero(fall[:, j] > most_fall[j] - NEAR).tolist()
            low = max(prices.exact_fall(i, j) / row_factors[i] for i in rows)
        if np.isfinite(least_rise[j]):
            rows = np.flatnonzero(rise[:, j] < least_rise[j] + NEAR).tolist()
            high = min(prices.exact_rise(i, j) / row_factors[i] for i in rows)
        if low is not None and high is not None and low > high:
            return None
        factors.append(between(low, high, power)[0] or Fraction(1))
    return factors


def log_roots(factors: Sequence[Fraction], power: int) -> Floats:
    """Natural logarithms of the p-th roots of factors."""
    return np.array([(math.log(f.numerator) - math.log(f.denominator)) / power for f in factors])
