"""What a search leaves for the next one: a basis, a plan, cuts, and a bound with its proof.

After a rule or a pin has changed most of the program is as it was; columns and rows are known again
by their names. The plan and the basis are only where the next search starts from. Cuts and the
bound must hold in the next program. They do where every row they were proven with is there again,
at least as tight, over the same columns: the next program's plans then are plans of the one before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from allocator.modelling import Floats, Ints, Linear
from allocator.solving.highs import dense
from allocator.solving.program import Matrix, Program
from allocator.solving.relaxation import Basis, Status
from allocator.solving.tangents import Rows

Truths = npt.NDArray[np.bool_]
_BASIC, _LOWER = int(Status.kBasic), int(Status.kLower)


@dataclass(frozen=True)
class Left:
    """What one search leaves: arrays and names alone, fit for a file."""

    names: tuple[str, ...]
    """Names of all columns."""
    row_names: tuple[str, ...]
    """Names of all rows, without the cuts."""
    columns: Ints
    """Status of each column in the basis of the blended relaxation."""
    rows: Ints
    """Status of each row in it, those of the cuts last."""
    levels: Floats
    """Levels of the decision columns in the plan found."""
    value: float
    """First tier of that plan."""
    bound: float
    """First tier of any plan."""
    cost: Floats
    """Cost of the first tier, a number a column."""
    constant: float
    """What the first tier costs at least: the rest of its cost."""
    proof: Matrix
    """The rows the bound was proven with."""
    proof_rows: Ints
    """Which rows of the program these are."""
    structure: int
    """How many of them, the first, say what a plan is, whatever the rules."""
    cuts: Matrix
    """The cuts that held the relaxation back, without bounds of columns."""


@dataclass(frozen=True)
class Carried:
    """What one search left, in terms of the next program."""

    columns: list[Status]
    rows: list[Status]
    cuts: Rows
    """Those with a status come last among the rows."""
    near: Floats
    """Levels of the decisions in the plan found before."""
    is_plan: bool
    """Whether that is a plan still."""
    ratio: float
    """First tier of the plan found before, in bounds."""
    bound: float
    """A bound on the first tier; minus infinity where none is known."""
    proof: Truths
    """The rows it is proven with."""


def carried(left: Left, program: Program) -> Carried:
    """Bring what a search left to another program."""
    place = places(left.names, program.names)
    row_place = places(left.row_names, program.row_names)
    sound = _still_there(left, program, place, row_place)
    cuts = _cuts(left, place) if sound is not None and sound[: left.structure].all() else []
    statuses = np.full(len(program.row_names), _BASIC)
    known = row_place >= 0
    statuses[row_place[known]] = left.rows[: known.size][known]
    columns = np.full(len(program.names), _LOWER)
    columns[place[place >= 0]] = left.columns[place >= 0]
    further = left.rows[len(left.row_names) :].tolist() if cuts else []
    holds = sound is not None and bool(sound.all()) and left.bound > -np.inf
    proof = np.zeros(len(program.row_names), dtype=np.bool_)
    if holds:
        at = row_place[left.proof_rows]
        proof[at[at >= 0]] = True
    near = _near(left, program, place)
    return Carried(
        columns=_statuses(columns.tolist()),
        rows=_statuses([*statuses.tolist(), *further]),
        cuts=cuts,
        near=near,
        is_plan=program.kept_by(near),
        ratio=left.value / left.bound if left.bound > 0 else 1.0,
        bound=left.bound if holds else -np.inf,
        proof=proof,
    )


def places(old: Sequence[str], new: Sequence[str]) -> Ints:
    """The place of each old name among the new ones, -1 where it is gone."""
    known = {name: n for n, name in enumerate(new)}
    return np.array([known.get(name, -1) for name in old], dtype=np.int64)


def _statuses(numbers: list[int]) -> list[Status]:
    kinds = {n: Status(n) for n in set(numbers)}
    return [kinds[n] for n in numbers]


def _near(left: Left, program: Program, place: Ints) -> Floats:
    """The plan found before: decisions that are new stand at zero, those that are gone are lost."""
    at = place[: left.levels.size]
    stays = (at >= 0) & (at < program.decisions)
    levels = np.zeros(program.decisions)
    levels[at[stays]] = left.levels[stays]
    return levels


def _cuts(left: Left, place: Ints) -> Rows:
    """The cuts over the columns of the next program; what is gone stands at zero."""
    found = []
    for n, most in enumerate(left.cuts.row_upper.tolist()):
        part = slice(left.cuts.starts[n], left.cuts.starts[n + 1])
        columns, values = place[left.cuts.index[part]], left.cuts.value[part]
        live = np.argsort(columns, kind="stable")[int((columns < 0).sum()) :]
        found.append((Linear(columns[live], values[live]), most))
    return found


def _still_there(left: Left, program: Program, place: Ints, row_place: Ints) -> Truths | None:
    """Whether each row of a proof is in the next program, at least as tight over the same columns.

    None where a column of the proof is wider, need not be whole any more, or costs less.
    """
    old, new = left.proof, program.matrix
    used = np.zeros(place.size, dtype=np.bool_)
    used[old.index] = True
    used |= left.cost != 0
    here = used & (place >= 0)
    at = place[here]
    cost = np.zeros(new.lower.size)
    first = program.costs[program.allocation.tiers[0].name]
    cost[first.columns] = first.coefficients
    expected = np.zeros(new.lower.size)
    expected[at] = left.cost[here]
    wider = (new.lower[at] < old.lower[here]) | (new.upper[at] > old.upper[here])
    fuller = old.whole[here] & ~new.whole[at]
    off_zero = used & (place < 0) & ((old.lower > 0) | (old.upper < 0))
    if (
        np.unique(at).size < at.size
        or wider.any()
        or fuller.any()
        or off_zero.any()
        or (cost < expected).any()
        or first.constant < left.constant
    ):
        return None
    rows = row_place[left.proof_rows]
    held = _entries(old, np.arange(rows.size), place)
    # A row whose columns are all gone, as of somebody who stays now, needs no row to hold.
    empty = np.bincount(held[0], minlength=rows.size) == 0
    idle: Truths = empty & (old.row_lower <= 0) & (old.row_upper >= 0)
    missing = rows < 0
    if missing.all():
        return idle
    taken = np.where(missing, 0, rows)
    sound: Truths = (
        ~missing
        & (new.row_lower[taken] >= old.row_lower)
        & (new.row_upper[taken] <= old.row_upper)
        & _same(held, _entries(new, taken), rows.size)
    )
    return sound | idle


_Entries = tuple[Ints, Ints, Floats]
"""Row, column and coefficient of what stands in a matrix, by row and column."""


def _entries(matrix: Matrix, rows: Ints, place: Ints | None = None) -> _Entries:
    """What stands in some rows, numbered as listed; columns that are gone are left out."""
    sizes = np.diff(matrix.starts)[rows]
    number = np.repeat(np.arange(rows.size), sizes)
    inside = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    at = np.repeat(matrix.starts[rows], sizes) + inside
    columns = matrix.index[at] if place is None else place[matrix.index[at]]
    live = (columns >= 0) & (matrix.value[at] != 0)
    number, columns, values = number[live], columns[live], matrix.value[at][live]
    order = np.lexsort((columns, number))
    return number[order], columns[order], values[order]


def _same(one: _Entries, other: _Entries, rows: int) -> Truths:
    """Whether each row holds the same on both sides."""
    sizes = [np.bincount(number, minlength=rows) for number, *_ in (one, other)]
    same = np.asarray(sizes[0] == sizes[1])
    a, b = (tuple(part[same[entries[0]]] for part in entries) for entries in (one, other))
    differ = (a[1] != b[1]) | (a[2] != b[2])
    same[a[0][differ]] = False
    return same


def left_by(
    program: Program,
    basis: Basis,
    levels: Floats,
    first: tuple[float, float],
    proof: Truths,
    cuts: Mapping[int, tuple[Linear, float]],
) -> Left:
    """What a search leaves.

    Parameters
    ----------
    basis
        That of the blended relaxation, the cuts after the rows of the program.
    levels
        The decisions of the plan found.
    first
        Value and bound of the first tier.
    proof
        The rows the bound was proven with; none where it is to be proven again.
    cuts
        Cuts worth keeping, by their number among the rows after those of the program.

    """
    rows, (value, bound) = program.matrix.row_lower.size, first
    row_status = _numbers(basis.row_status)
    cost = program.costs[program.allocation.tiers[0].name]
    return Left(
        names=program.names,
        row_names=program.row_names,
        columns=_numbers(basis.col_status),
        rows=row_status[[*range(rows), *(rows + n for n in cuts)]],
        levels=levels,
        value=value,
        bound=bound,
        cost=dense(cost, program.matrix.lower.size),
        constant=cost.constant,
        proof=program.matrix.over(proof),
        proof_rows=np.flatnonzero(proof),
        structure=len(program.allocation.structure),
        cuts=_packed(list(cuts.values())),
    )


def _packed(cuts: Rows) -> Matrix:
    """Cuts as a matrix, without bounds of columns."""
    sizes = [row.columns.size for row, _ in cuts]
    nothing = np.zeros(0)
    return Matrix(
        starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        index=np.concatenate([np.zeros(0, np.int64), *(row.columns for row, _ in cuts)]),
        value=np.concatenate([nothing, *(row.coefficients for row, _ in cuts)]),
        row_lower=np.full(len(cuts), -np.inf),
        row_upper=np.array([most - row.constant for row, most in cuts], dtype=np.float64),
        lower=nothing,
        upper=nothing,
        whole=np.zeros(0, np.bool_),
    )


def _numbers(statuses: list[Status]) -> Ints:
    return np.array([int(status) for status in statuses], dtype=np.int64)
