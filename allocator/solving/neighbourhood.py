"""Neighbourhoods: which decisions a restricted MILP may change."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from allocator.modelling import Floats
from allocator.solving.highs import Answer
from allocator.solving.program import Program

FREE = 1e-9
"""Reduced cost that counts as none."""
Mask = npt.NDArray[np.bool_]
"""Truth for each decision column."""


def fractional(program: Program, guide: Answer) -> Mask:
    """Columns the relaxation left fractional, and those of their groups that cost no more."""
    return undecided(program, guide) & (within(program, guide, FREE) | _broken(program, guide))


def undecided(program: Program, guide: Answer) -> Mask:
    """Columns the relaxation left fractional, and all others of their groups."""
    entire = program.entire
    free = _broken(program, guide)
    wide = free.copy()
    for row in program.allocation.structure:
        columns = row.expression.columns
        if free[columns].any() and entire[columns].all():
            wide[columns] = True
    return wide


def _broken(program: Program, guide: Answer) -> Mask:
    levels = guide.levels[: program.decisions]
    return np.asarray((np.abs(levels - np.round(levels)) > 1e-6) & program.entire)


def cheapest(program: Program, guide: Answer, number: int) -> Mask:
    """The columns of least reduced cost, ties by their order."""
    free = np.zeros(program.decisions, dtype=np.bool_)
    reduced = np.where(program.entire, np.abs(guide.reduced[: program.decisions]), np.inf)
    free[np.argsort(reduced, kind="stable")[:number]] = True
    return free


def within(program: Program, guide: Answer, limit: float) -> Mask:
    """The columns whose reduced cost does not exceed a limit."""
    return np.asarray(np.abs(guide.reduced[: program.decisions]) <= limit)


def bounds_around(program: Program, levels: Floats, free: Mask) -> tuple[Floats, Floats]:
    """Column bounds that leave the free decisions open and fix the others where they are.

    What need not be whole stays open as far as the counts still reach: it follows.
    """
    lower, upper = program.wide.lower.copy(), program.wide.upper.copy()
    fixed = np.flatnonzero(~free & program.entire)
    lower[fixed] = upper[fixed] = np.round(levels[fixed])
    for norm in (n for condition in program.conditions for n in condition.norms):
        for own, count in zip(norm.counts, norm.norm.counts, strict=True):
            least, most = count.expression.range(lower, upper)
            lower[own.columns] = np.maximum(lower[own.columns], least - own.constant)
            upper[own.columns] = np.minimum(upper[own.columns], most - own.constant)
    for ladder in program.ladders:
        ladder.narrow(lower, upper)
    return lower, upper
