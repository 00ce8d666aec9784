"""Neighbourhoods: which decisions a restricted MILP may change."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from allocator.modelling import Floats
from allocator.solving.highs import Answer
from allocator.solving.program import Program

Mask = npt.NDArray[np.bool_]
"""Truth for each decision column."""


def undecided(program: Program, guide: Answer) -> Mask:
    """Columns the relaxation left fractional, and all others of their groups."""
    levels = guide.levels[: program.decisions]
    free = np.asarray(np.abs(levels - np.round(levels)) > 1e-6)
    wide = free.copy()
    for row in program.allocation.structure:
        columns = row.expression.columns
        if free[columns].any():
            wide[columns] = True
    return wide


def cheapest(program: Program, guide: Answer, number: int) -> Mask:
    """The columns of least reduced cost, ties by their order."""
    free = np.zeros(program.decisions, dtype=np.bool_)
    reduced = np.abs(guide.reduced[: program.decisions])
    free[np.argsort(reduced, kind="stable")[:number]] = True
    return free


def within(program: Program, guide: Answer, limit: float) -> Mask:
    """The columns whose reduced cost does not exceed a limit."""
    return np.asarray(np.abs(guide.reduced[: program.decisions]) <= limit)


def bounds_around(program: Program, levels: Floats, free: Mask) -> tuple[Floats, Floats]:
    """Column bounds that leave the free decisions open and fix the others where they are."""
    lower, upper = program.wide.lower.copy(), program.wide.upper.copy()
    fixed = np.flatnonzero(~free)
    lower[fixed] = upper[fixed] = np.round(levels[fixed])
    return lower, upper
