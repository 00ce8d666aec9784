"""Search, and search again with wider windows where the plan has left one.

Outside its window a convex piece goes on with its end slope, which never overstates it: bounds
hold, but a plan there is dearer than the program says. So the search is repeated with windows wider
on both sides, until no plan leaves one where that matters.
"""

from __future__ import annotations

from allocator.modelling import Allocation, Floats, Piece
from allocator.solving.found import Found
from allocator.solving.program import Program, lay_out, piece_count
from allocator.solving.progress import Clock
from allocator.solving.search import Search

FIRST_SPARE = 16
WIDE = 10_000
"""Windows without end, for engines that solve the whole program once."""


def pieces_of(allocation: Allocation) -> list[Piece]:
    """All convex pieces of goals and rules."""
    return [p for cost in allocation.costs for p in cost.pieces] + [
        p for listed in allocation.rules for row in listed.rows for p in row.pieces
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


def search(allocation: Allocation, threads: int, clock: Clock) -> tuple[Program, Found]:
    """Search with the windows the rules state, then with wider ones while that matters."""
    spare = 0
    while True:
        program = lay_out(allocation, spare)
        found = Search(program, threads, clock).run()
        if (
            found.levels is None
            or found.stopped
            or not understated(allocation, spare, found.levels)
        ):
            return program, found
        spare = 2 * spare or FIRST_SPARE
