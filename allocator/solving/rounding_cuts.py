"""Mixed-integer rounding cuts from the rows of the simplex tableau (Gomory cuts).

Any multipliers w of the rows give an equation ``sum_j a_j x_j - sum_i w_i r_i = 0`` over columns
and row activities. Counted from one of its bounds each variable is a y >= 0: ``sum a y = b``. With
``f = b - floor(b)`` every point with whole y where they must be whole keeps

    sum_whole (floor(a) + max(0, a - floor(a) - f) / (1 - f)) y + sum_other min(0, a) / (1 - f) y
        <= floor(b),

and the same of the equation with its sign turned. The multipliers of a whole column that is
fractional in the optimum give cuts the optimum breaks. Nothing is believed of the engine but where
to look: the equation is added up here.

References
----------
Gomory, An algorithm for the mixed integer problem (1960); Marchand and Wolsey, Aggregation and
mixed integer rounding to solve MIPs (2001).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from allocator.modelling import Floats, Ints, Linear
from allocator.solving.highs import Answer
from allocator.solving.program import Matrix
from allocator.solving.relaxation import Relaxation
from allocator.solving.tangents import Rows

LOOKED_AT = 100
"""Tableau rows that are looked at, those made of the fewest rows first: they are near at hand."""
AT_ONCE = 10
"""Cuts added in one round."""
LEAST_FRACTION = 0.02
"""A fraction of b nearer to a whole number than this gives no safe cut."""
LEAST_DEPTH = 1e-3
"""Distance of the optimum from a cut that makes it worth a row."""
LONGEST = 1_000, 0.05
"""Columns of one cut, at most: a number, and a share of all beside it."""
ALIKE = 0.97
"""Cosine of the angle between two cuts of which one is enough."""
WIDEST = 1e5
"""Ratio of the coefficients of one cut, at most."""
SAFE = 1e-7
"""Share by which a cut is opened, for what adding up floating-point numbers loses."""


@dataclass(frozen=True)
class _Cut:
    multipliers: Floats
    sign: float
    row: Linear
    most: float
    depth: float

    def like(self, other: _Cut) -> bool:
        """Whether another cut is nearly parallel."""
        _, mine, theirs = np.intersect1d(
            self.row.columns, other.row.columns, assume_unique=True, return_indices=True
        )
        dot = float(self.row.coefficients[mine] @ other.row.coefficients[theirs])
        return dot > ALIKE * _length(self.row) * _length(other.row)


def rounding_cuts(relaxation: Relaxation, answer: Answer) -> Rows:
    """Rows that every whole point keeps and this optimum breaks, the deepest first.

    Parameters
    ----------
    relaxation
        Its engine holds the basis of the optimum. The cuts hold under its present limits.

    """
    matrix, held = relaxation.without(()), relaxation.held
    # Columns outside the engine stand at zero: which cuts are deep shows without them.
    seen = _Equations(matrix.within(held), answer.levels[held])
    rows = [relaxation.multipliers(n) for n in seen.fractional(relaxation.basic_columns())]
    made_of = np.array([int((np.abs(row) > 1e-9).sum()) for row in rows])
    found: list[_Cut] = []
    for n in np.argsort(made_of, kind="stable")[:LOOKED_AT].tolist():
        multipliers = rows[n]
        found += [cut for sign in (1.0, -1.0) for cut in seen.cut(multipliers, sign)]
    chosen: list[_Cut] = []
    for cut in sorted(found, key=lambda cut: -cut.depth):
        if len(chosen) < AT_ONCE and not any(cut.like(other) for other in chosen):
            chosen.append(cut)
    entire = _Equations(matrix, answer.levels)
    complete = [c for cut in chosen for c in entire.cut(cut.multipliers, cut.sign)]
    longest = LONGEST[0] + LONGEST[1] * matrix.lower.size
    return [(cut.row, cut.most) for cut in complete if cut.row.columns.size <= longest]


class _Equations:
    """Columns and row activities with their bounds, as the variables of equations."""

    def __init__(self, matrix: Matrix, levels: Floats) -> None:
        self._matrix, self._levels = matrix, levels
        self._columns = matrix.lower.size
        at = np.concatenate([levels, matrix.activity(levels)])
        lower = np.concatenate([matrix.lower, matrix.row_lower])
        upper = np.concatenate([matrix.upper, matrix.row_upper])
        # A variable is counted from the bound it is nearer to.
        self._from_top = upper - at < at - lower
        self._bound = np.where(self._from_top, upper, lower)
        self._reach = np.maximum(np.abs(matrix.lower), np.abs(matrix.upper))
        whole = np.concatenate([matrix.whole, _whole_rows(matrix)])
        self._whole = whole & (self._bound == np.round(self._bound))

    def fractional(self, basic: list[tuple[int, int]]) -> list[int]:
        """Places in the basis of whole columns that stand at a fraction."""
        whole, at = self._matrix.whole, self._levels
        return [n for n, j in basic if whole[j] and abs(at[j] - round(at[j])) > 1e-4]

    def cut(self, multipliers: Floats, sign: float) -> Iterator[_Cut]:
        """The cut from the rows added up, if it is deep and no coefficient far from the others."""
        rows = np.flatnonzero(np.abs(multipliers) > 1e-9)
        summed = self._summed(rows, multipliers[rows])
        used = np.concatenate([summed.columns, rows + self._columns])
        terms = sign * np.concatenate([summed.coefficients, -multipliers[rows]])
        bound, from_top = self._bound[used], self._from_top[used]
        if not np.isfinite(bound).all():
            return
        b = -float(terms @ bound)
        f = b % 1.0
        if not LEAST_FRACTION <= f <= 1.0 - LEAST_FRACTION:
            return
        a = np.where(from_top, -terms, terms)
        down = np.floor(a)
        rounded = np.where(
            self._whole[used],
            down + np.maximum(0.0, a - down - f) / (1.0 - f),
            np.minimum(0.0, a) / (1.0 - f),
        )
        rounded = np.where(from_top, -rounded, rounded)
        split = summed.columns.size
        row = self._summed(rows, rounded[split:]) + Linear(summed.columns, rounded[:split])
        most = math.floor(b) + float(rounded @ bound)
        yield from self._stated(row, most, multipliers, sign)

    def _stated(self, row: Linear, most: float, multipliers: Floats, sign: float) -> Iterator[_Cut]:
        size = np.abs(row.coefficients)
        large = size > 1e-11
        if not large.any() or size.max() > WIDEST * size[large].min():
            return
        most += SAFE * max(1.0, abs(most), float(size.max()))
        most += float(size[~large] @ self._reach[row.columns[~large]])
        row = Linear(row.columns[large], row.coefficients[large])
        depth = (row.value(self._levels) - most) / _length(row)
        if depth >= LEAST_DEPTH:
            yield _Cut(multipliers, sign, row, most, depth)

    def _summed(self, rows: Ints, multipliers: Floats) -> Linear:
        """Rows of the matrix added up with multipliers."""
        starts = self._matrix.starts[rows]
        sizes = self._matrix.starts[rows + 1] - starts
        entries = np.arange(sizes.sum()) + np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
        values = self._matrix.value[entries] * np.repeat(multipliers, sizes)
        return Linear.of(self._matrix.index[entries], values)


def _whole_rows(matrix: Matrix) -> npt.NDArray[np.bool_]:
    """Rows whose activity is whole wherever their columns are."""
    split = ~matrix.whole[matrix.index] | (matrix.value != np.round(matrix.value))
    found = np.ones(matrix.row_lower.size, dtype=np.bool_)
    found[matrix.row_of_entries()[split]] = False
    return found


def _length(row: Linear) -> float:
    return float(np.linalg.norm(row.coefficients))
