"""Bounds by Lagrangian relaxation: one small exact MILP a block.

Blocks are the subjects of each stage. Their decisions share no row but those of rates, caps,
balance and famous teachers, the *coupling* rows. With multipliers ``y`` on these and every other
row kept, each point of the program has

``c x >= sum_r y_r b_r + sum_B min {d x_B : rows of B, x_B whole} + sum_rest min(d l, d u)``

with ``d = c - A' y``. With the duals of the linear relaxation as multipliers this is at least its
bound, and above it where whole people cost a block more than parts of them. Steps along the
subgradient raise it further.

References
----------
Geoffrion, Lagrangean relaxation for integer programming (1974). Polyak, Minimization of unsmooth
functionals (1969), for the length of steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from allocator.modelling import Floats, Ints
from allocator.solving.milp import solve_milp
from allocator.solving.program import Matrix
from allocator.solving.progress import Clock
from allocator.solving.tiers import FUZZ

COUPLING = -1


@dataclass(frozen=True)
class Block:
    """The columns and rows of one block, and the matrix of these alone."""

    columns: Ints
    rows: Ints
    matrix: Matrix


@dataclass(frozen=True)
class Split:
    """A matrix cut into blocks that share no row but the coupling ones."""

    matrix: Matrix
    row_of: Ints
    """Row of each entry of the matrix."""
    coupling: Ints
    rest: Ints
    """Columns of no block: they stand in coupling rows alone."""
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class BlockBound:
    """A bound, and where the blocks stand that gave it."""

    bound: float
    levels: Floats
    duals: Floats
    """The multipliers that gave it, one a row."""


def split(matrix: Matrix, labels: Sequence[str]) -> Split:
    """Cut a matrix along the labels of its first columns.

    Any other column belongs to a block if all its rows do. A row belongs to a block if all its
    columns do; every other row is a coupling one.
    """
    names = {name: n for n, name in enumerate(sorted(set(labels)))}
    columns = np.full(matrix.lower.size, COUPLING, dtype=np.int64)
    columns[: len(labels)] = [names[label] for label in labels]
    known = np.zeros(matrix.lower.size, dtype=np.bool_)
    known[: len(labels)] = True
    row_of = matrix.row_of_entries()
    rows = _common(row_of, columns[matrix.index], known[matrix.index], matrix.row_lower.size)
    while True:
        further = _common(matrix.index, rows[row_of], None, matrix.lower.size)
        columns = np.where(known, columns, further)
        apart = np.zeros(rows.size, dtype=np.bool_)
        np.logical_or.at(apart, row_of, columns[matrix.index] != rows[row_of])
        apart &= rows != COUPLING
        if not apart.any():
            break
        rows = np.where(apart, COUPLING, rows)
    return Split(
        matrix=matrix,
        row_of=row_of,
        coupling=np.flatnonzero(rows == COUPLING),
        rest=np.flatnonzero(columns == COUPLING),
        blocks=tuple(
            part_of(matrix, row_of, np.flatnonzero(columns == n), np.flatnonzero(rows == n))
            for n in range(len(names))
        ),
    )


def _common(
    keys: Ints, labels: Ints, counted: np.ndarray[tuple[int], np.dtype[np.bool_]] | None, size: int
) -> Ints:
    """The one label that all entries of a key have; coupling where there are several or none."""
    if counted is not None:
        keys, labels = keys[counted], labels[counted]
    low, high = np.full(size, np.iinfo(np.int64).max), np.full(size, COUPLING, dtype=np.int64)
    np.minimum.at(low, keys, labels)
    np.maximum.at(high, keys, labels)
    return np.where(low == high, high, COUPLING)


def part_of(matrix: Matrix, row_of: Ints, columns: Ints, rows: Ints) -> Block:
    """The matrix of some columns and of rows that hold no others."""
    place = np.full(matrix.lower.size, -1, dtype=np.int64)
    place[columns] = np.arange(columns.size)
    mine = np.zeros(matrix.row_lower.size, dtype=np.bool_)
    mine[rows] = True
    entries = mine[row_of]
    counts = np.diff(matrix.starts)[rows]
    return Block(
        columns,
        rows,
        Matrix(
            starts=np.concatenate([[0], np.cumsum(counts)]).astype(matrix.starts.dtype),
            index=place[matrix.index[entries]],
            value=matrix.value[entries],
            row_lower=matrix.row_lower[rows],
            row_upper=matrix.row_upper[rows],
            lower=matrix.lower[columns],
            upper=matrix.upper[columns],
            whole=matrix.whole[columns],
        ),
    )


def bound_by_blocks(
    cut: Split,
    cost: Floats,
    duals: Floats,
    *,
    threads: int,
    clock: Clock,
    target: float,
    rounds: int = 1,
    nodes: int | None = None,
) -> BlockBound:
    """The best bound that multipliers near some duals give.

    Parameters
    ----------
    cost
        One number a column.
    duals
        One number a row, as the linear relaxation gave them, zero for rows that came later; those
        of rows in blocks are not used.
    target
        Value of a plan: no bound can be above it, and steps are as long as it is far.
    rounds
        How often the multipliers are moved along the subgradient, and the blocks solved again.
    nodes
        A limit on the work of each MILP, so that the machine's speed does not change the answer.

    """
    known = np.zeros(cut.matrix.row_lower.size)
    known[: duals.size] = duals
    y = np.zeros(known.size)
    y[cut.coupling] = known[cut.coupling]
    best = _relaxed(cut, cost, _signed(cut.matrix, y), threads, clock, nodes)
    here, length = best, 1.0
    for _ in range(rounds - 1):
        if not np.isfinite(best.bound) or best.bound >= target - FUZZ * max(1.0, abs(target)):
            break
        slope = _subgradient(cut, here)
        square = float(slope @ slope)
        if square < FUZZ:
            break
        moved = here.duals + length * (target - here.bound) / square * slope
        here = _relaxed(cut, cost, _signed(cut.matrix, moved), threads, clock, nodes)
        if here.bound > best.bound:
            best = here
        else:
            length, here = length / 2, best
    return best


def _relaxed(
    cut: Split, cost: Floats, y: Floats, threads: int, clock: Clock, nodes: int | None
) -> BlockBound:
    """The bound of some multipliers."""
    m = cut.matrix
    d = cost - np.bincount(m.index, m.value * y[cut.row_of], cost.size)
    sides = np.where(y > 0, m.row_lower, m.row_upper)
    total = float((y[y != 0] * sides[y != 0]).sum())
    levels = np.where(d > 0, m.lower, m.upper)
    rest = cut.rest[d[cut.rest] != 0]
    total += float((d[rest] * levels[rest]).sum())
    # Where a column costs nothing, any level is a subgradient; none is the shortest.
    levels[cut.rest[d[cut.rest] == 0]] = m.lower[cut.rest[d[cut.rest] == 0]]
    for block in cut.blocks:
        bound, at = _least(block, d[block.columns], threads, clock, nodes)
        levels[block.columns] = at
        total += bound
    return BlockBound(total, levels, y)


def _least(
    block: Block, cost: Floats, threads: int, clock: Clock, nodes: int | None
) -> tuple[float, Floats]:
    """What a block costs at least, and a point of it."""
    matrix = block.matrix
    if not block.rows.size:
        at = np.where(cost > 0, matrix.lower, matrix.upper)
        return float((cost * at)[cost != 0].sum()), np.where(cost == 0, matrix.lower, at)
    answer = solve_milp(
        matrix, cost, [], lower=matrix.lower, upper=matrix.upper, threads=threads, clock=clock,
        nodes=nodes,
    )  # fmt: skip
    if answer.ending not in ("optimal", "limit") or not answer.levels.size:
        return -np.inf, matrix.lower.copy()
    return answer.bound - FUZZ * max(1.0, abs(answer.bound)), answer.levels


def _signed(matrix: Matrix, y: Floats) -> Floats:
    """Multipliers without those that cannot help: a row without a side prices nothing there."""
    y = y.copy()
    y[(y > 0) & np.isneginf(matrix.row_lower)] = 0.0
    y[(y < 0) & np.isposinf(matrix.row_upper)] = 0.0
    return y


def _subgradient(cut: Split, at: BlockBound) -> Floats:
    """How each coupling row misses its side at the blocks' points."""
    m = cut.matrix
    actual = np.bincount(cut.row_of, m.value * at.levels[m.index], m.row_lower.size)
    slope = np.zeros(m.row_lower.size)
    low, high = m.row_lower - actual, m.row_upper - actual
    c = cut.coupling
    # Under its side a row asks for more, above for less; between its sides for no multiplier.
    back = np.where(
        at.duals > 0, np.minimum(low, 0), np.where(at.duals < 0, np.maximum(high, 0), 0)
    )
    slope[c] = np.where(low > 0, low, np.where(high < 0, high, back))[c]
    return np.where(np.isfinite(slope), slope, 0.0)
