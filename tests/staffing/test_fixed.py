"""A program with its last columns fixed is the whole one with those columns held."""

from __future__ import annotations

import numpy as np
import pytest

from allocator.modelling import Allocation, Count, Floats, Linear, Piece, fixed
from allocator.solving.highs import dense
from allocator.solving.milp import solve_milp
from allocator.solving.program import Program, lay_out
from allocator.solving.progress import Clock
from tests.staffing.walking_counties import walking_case


def _least(allocation: Allocation, held: Floats) -> tuple[Program, float, Floats]:
    """The least of the first tier with the last decision columns held at given levels."""
    program = lay_out(allocation, squares=False)
    matrix = program.matrix
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    last = slice(program.decisions - held.size, program.decisions)
    lower[last] = upper[last] = held
    cost = dense(program.costs["coverage"], lower.size)
    answer = solve_milp(matrix, cost, [], lower=lower, upper=upper, threads=1, clock=Clock())
    assert answer.ending == "optimal"
    constant = program.costs["coverage"].constant
    return program, answer.objective + constant, answer.levels[: program.decisions]


def test_the_least_with_flows_held_is_that_of_the_program_with_flows_fixed() -> None:
    seen = 0
    for case in map(walking_case, range(100)):
        moves = len(case.program("none").names)
        whole = case.program("flow")
        if not moves or moves == len(whole.names):
            continue
        seen += 1
        program, _, levels = _least(whole, np.zeros(0))
        program, value, _ = _least(whole, levels[moves:])
        left = fixed(whole, moves, levels)
        assert left.names == whole.names[:moves]
        smaller, least, found = _least(left, np.zeros(0))
        assert least == pytest.approx(value, abs=1e-6)
        assert smaller.tier_values(found)["coverage"] == pytest.approx(value, abs=1e-6)
        both = np.concatenate([found, levels[moves:]])
        assert program.tier_values(both)["coverage"] == pytest.approx(value, abs=1e-6)
        assert left.decode(found).moves == whole.decode(both).moves
    assert seen > 50


def test_a_piece_between_two_whole_counts_is_on_the_line_through_them() -> None:
    piece = Piece.of(Count(Linear.of(np.array([0]), np.array([1.0])), 0, 4), lambda n: float(n * n))
    assert [piece.at(n) for n in (0, 2, 3)] == [0, 4, 9]
    assert piece.at(2.5) == pytest.approx(6.5)
    assert piece.at(1.25) == pytest.approx(0.75 * 1 + 0.25 * 4)
