"""Settle ties between tables that are equally good, by a stated order of the cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeAlias

import numpy as np

from allocator.admission.flow import Ints, Marks, TableProblem

Claim: TypeAlias = tuple[int, int, bool]
"""A cell, by row and column, and whether it is to have the larger number of places."""


def settle_ties(
    problem: TableProblem,
    seats: Ints,
    rising: Marks,
    falling: Marks,
    order: Callable[[list[tuple[int, int]]], Iterable[Claim]] | None = None,
) -> tuple[Ints, Marks, Marks]:
    """Choose one of several tied tables by passing places around cycles of tied cells.

    Each cell in turn gets the number of places it is to have, if the cells before it allow that.

    Parameters
    ----------
    seats
        One of the tied tables, in places.
    rising, falling
        Cells that have one place more, or one place fewer, in another of the tied tables.
    order
        Puts the tied cells in the order in which they are served, and says which of its two
        numbers each is to have; None serves the largest weight first, then by row, then by
        column, and all are to have the larger number.
    """
    seats, rising, falling = seats.copy(), rising.copy(), falling.copy()
    may_rise, may_fall = rising.copy(), falling.copy()
    tied = [(int(i), int(j)) for i, j in np.argwhere(rising | falling)]
    for i, j, more in (order or partial(_by_weight, problem))(tied):
        # What falls in a cycle rises in the same cycle with the marks exchanged.
        marks = (may_rise, may_fall) if more else (may_fall, may_rise)
        if marks[0][i, j]:
            for k, m, along in _tied_cycle(*marks, i, j):
                up = along == more
                seats[k, m] += 1 if up else -1
                rising[k, m] = may_rise[k, m] = not up
                falling[k, m] = may_fall[k, m] = up
        # This cell is settled: later cycles must leave it as it is.
        may_rise[i, j] = may_fall[i, j] = False
    return seats, rising, falling


def _by_weight(problem: TableProblem, tied: list[tuple[int, int]]) -> Iterable[Claim]:
    for i, j in sorted(tied, key=lambda cell: (-problem.weights[cell[0]][cell[1]], cell)):
        yield i, j, True


def _tied_cycle(
    may_rise: Marks, may_fall: Marks, row: int, column: int
) -> list[tuple[int, int, bool]]:
    """Return a cycle of cells (row, column, whether it rises) in which one given cell rises.

    If there is none, no later cycle can cross the border of what was reached from here. The marks
    across it are cleared, so there are fewer failures than rows and columns.
    """
    fell_in = np.full(may_rise.shape[0], -1)  # the column in which this row gave a place
    rose_in = np.full(may_rise.shape[1], -1)  # the row that took a place in this column
    rose_in[column] = row
    newest = np.array([column])
    while newest.size:
        closing = newest[may_fall[row, newest]]
        if closing.size:
            fell_in[row] = closing[0]
            return _followed_back(fell_in, rose_in, row)
        falls = may_fall[:, newest] & (fell_in < 0)[:, None]
        rows = np.flatnonzero(falls.any(axis=1))
        if not rows.size:
            break
        fell_in[rows] = newest[falls[rows].argmax(axis=1)]
        rises = may_rise[rows] & (rose_in < 0)
        newest = np.flatnonzero(rises.any(axis=0))
        rose_in[newest] = rows[rises[:, newest].argmax(axis=0)]
    apart = (fell_in < 0)[:, None] != (rose_in < 0)[None, :]
    may_rise[apart] = may_fall[apart] = False
    return []


def _followed_back(fell_in: Ints, rose_in: Ints, row: int) -> list[tuple[int, int, bool]]:
    """Read the cycle backwards from the row in which it closes."""
    cycle: list[tuple[int, int, bool]] = []
    k = row
    while not cycle or k != row:
        j = int(fell_in[k])
        cycle.append((k, j, False))
        k = int(rose_in[j])
        cycle.append((k, j, True))
    return cycle
