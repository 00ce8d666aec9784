"""Search, see where the program understates the plan, refine it there, and search again.

Two things understate. Outside its window a convex piece goes on with its end slope, which never
overstates it; a norm is kept from below by tangents. Bounds hold all the same, but a plan may be
dearer than the program says. So the windows are widened, or the plan's tangents laid out, and the
search is repeated until no plan gains from either. The guided search adds tangents by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from allocator.modelling import Allocation, Floats, Piece
from allocator.solving.found import Found, only_plan
from allocator.solving.left import Left
from allocator.solving.program import Program, lay_out, piece_count
from allocator.solving.progress import Clock
from allocator.solving.search import Search
from allocator.solving.tangents import broken, hidden
from allocator.solving.tiers import FUZZ

FIRST_SPARE = 16
WIDE = 10_000
"""Windows without end, for engines that solve the whole program once."""


def pieces_of(allocation: Allocation) -> list[Piece]:
    """All convex pieces of goals and rules.

    Squares of norms are none of them: plans are checked against the norms themselves, and squares
    only lead the search there.
    """
    rows = [row for listed in allocation.rules for row in listed.rows]
    return [
        *(p for cost in allocation.costs for p in cost.pieces),
        *(p for row in rows for p in row.pieces),
    ]


def understated(allocation: Allocation, spare: int, levels: Floats) -> bool:
    """Whether some piece costs more at the plan's count than its window says."""
    for piece in pieces_of(allocation):
        number = piece_count(piece, levels)
        if 0 <= number - piece.first < len(piece.values):
            continue
        if piece.function(number) > piece.widened(spare).extended(number) + 1e-9:
            return True
    return False


@dataclass(frozen=True)
class Searched:
    """A search that is done: its program, what it found, and itself, for further bounds."""

    program: Program
    found: Found
    search: Search | None
    """None where nothing is to be decided."""


def search(
    allocation: Allocation,
    threads: int,
    clock: Clock,
    start: Floats | None = None,
    left: Left | None = None,
) -> Searched:
    """Search with the windows of the program, then with wider ones while that matters.

    Parameters
    ----------
    start
        Levels of the decision columns in a plan that is known; the search ends no worse.
    left
        What the search before a change left.

    """
    spare = allocation.spare
    while True:
        with clock.timing("build"):
            program = lay_out(allocation, spare)
        run, found = None, only_plan(program)
        if found is None:
            run = Search(program, threads, clock, start, left)
            found = run.run()
        if (
            found.levels is None
            or found.stopped
            or not understated(allocation, spare, found.levels)
        ):
            return Searched(program, found, run)
        spare = 2 * spare or FIRST_SPARE


def touched(
    allocation: Allocation, spare: int, solve: Callable[[Program], Found]
) -> tuple[Program, Found]:
    """Solve whole programs of one width, with a tangent more at each plan that is understated."""
    points: list[Floats] = []
    while True:
        program = lay_out(allocation, spare, points)
        found = solve(program)
        if found.levels is None or hidden(program, found.levels) <= FUZZ:
            return program, found
        if found.stopped:
            if broken(program, found.levels):
                found.levels, found.ending = None, "unknown"
            return program, found
        points.append(found.levels)
