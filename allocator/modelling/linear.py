"""Linear expressions over numbered columns, kept as arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Linear:
    """A sum of coefficient times column, plus a constant.

    Parameters
    ----------
    columns
        Column numbers, ascending, each once.
    coefficients
        Their coefficients, same length.
    constant
        What is there before anything is decided.

    """

    columns: Ints
    coefficients: Floats
    constant: float = 0.0

    @classmethod
    def of(cls, columns: Ints, coefficients: Floats, constant: float = 0.0) -> Linear:
        """Build from columns in any order, possibly repeated; zero coefficients vanish."""
        # Most come in a few ascending runs, without repetition: a merge sort is all they need.
        if columns.size > 1 and not (columns[1:] > columns[:-1]).all():
            order = np.argsort(columns, kind="stable")
            columns, coefficients = columns[order], coefficients[order]
            first = np.flatnonzero(np.append(True, columns[1:] > columns[:-1]))
            if first.size < columns.size:
                columns, coefficients = columns[first], np.add.reduceat(coefficients, first)
        alive = coefficients != 0
        return cls(columns[alive], coefficients[alive], constant)

    @classmethod
    def number(cls, constant: float) -> Linear:
        """A constant without columns."""
        return cls(np.zeros(0, dtype=np.int64), np.zeros(0), constant)

    @classmethod
    def total(cls, parts: Iterable[Linear]) -> Linear:
        """The sum of many expressions, without adding them pair by pair."""
        listed = list(parts)
        if not listed:
            return cls.number(0.0)
        return cls.of(
            np.concatenate([p.columns for p in listed]),
            np.concatenate([p.coefficients for p in listed]),
            sum(p.constant for p in listed),
        )

    def __add__(self, other: Linear | float) -> Linear:
        if isinstance(other, Linear):
            return Linear.total((self, other))
        return Linear(self.columns, self.coefficients, self.constant + other)

    def __mul__(self, factor: float) -> Linear:
        if factor == 0:
            return Linear.number(0.0)
        return Linear(self.columns, self.coefficients * factor, self.constant * factor)

    __radd__ = __add__
    __rmul__ = __mul__

    def __sub__(self, other: Linear | float) -> Linear:
        return self + other * -1

    def value(self, levels: Floats) -> float:
        """The value when column j stands at ``levels[j]``."""
        return float(self.coefficients @ levels[self.columns]) + self.constant

    def range(self, lower: Floats, upper: Floats) -> tuple[float, float]:
        """Least and greatest value while every column stays within its bounds."""
        low, high = self.coefficients * lower[self.columns], self.coefficients * upper[self.columns]
        least, most = np.minimum(low, high).sum(), np.maximum(low, high).sum()
        return float(least) + self.constant, float(most) + self.constant


@dataclass(frozen=True)
class Count:
    """A whole number that depends on the decisions, with the range it can reach."""

    expression: Linear
    least: int
    most: int

    def __add__(self, other: Count) -> Count:
        return Count(
            self.expression + other.expression, self.least + other.least, self.most + other.most
        )
