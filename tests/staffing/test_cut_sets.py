"""Cut sets keep every point of whole people, and cut off fractions of them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from allocator.modelling import Allocation, Floats, Row
from allocator.solving.highs import answer_of, dense, empty_engine, pass_matrix
from allocator.solving.program import Program, lay_out
from tests.staffing.walking_counties import walking_case

SEEDS = range(150)


def _least(program: Program, cost: Floats, rows: tuple[Row, ...] = (), *, mip: bool) -> Floats:
    """Levels at which a cost is least, whole or relaxed, under further rows."""
    matrix = program.matrix
    if not matrix.lower.size:
        return np.zeros(0)
    engine = empty_engine(1)
    pass_matrix(engine, matrix, cost, whole=matrix.whole if mip else None)
    for row in rows:
        e = row.expression
        assert row.sense == "<="
        engine.addRow(
            -np.inf, row.limit - e.constant, e.columns.size, e.columns.astype(int), e.coefficients
        )
    engine.run()
    answer = answer_of(engine, mip=mip)
    assert answer.ending == "optimal"
    return answer.levels


def _costs(program: Program, seed: int, number: int) -> list[Floats]:
    """The cost of the first tier, and others drawn around it."""
    first = dense(program.costs["coverage"], program.matrix.lower.size)
    draw = np.random.default_rng(seed)
    return [first, *(first + draw.normal(0, 2, first.size) for _ in range(number - 1))]


def _excess(row: Row, levels: Floats) -> float:
    return float(row.expression.value(levels)) - row.limit


def _cuts(allocation: Allocation, program: Program, cost: Floats) -> tuple[list[Row], list[Floats]]:
    """All rows told while the relaxation is cut, and the points that broke them."""
    rows: list[Row] = []
    points = []
    for _ in range(4):
        levels = _least(program, cost, tuple(rows), mip=False)
        found = allocation.cuts(levels[: program.decisions]) if allocation.cuts else ()
        for row in found:
            assert _excess(row, levels) > 0.04
        points.append(levels)
        rows += found
        if not found:
            break
    return rows, points


@pytest.mark.parametrize("seed", SEEDS)
def test_no_point_of_whole_people_is_cut_off_and_bounds_rise_to_the_least_at_most(seed) -> None:
    allocation = walking_case(seed).program("flow")
    program = lay_out(allocation, squares=False)
    costs = _costs(program, seed, 5)
    whole = [_least(program, cost, mip=True) for cost in costs]
    for cost, best in zip(costs, whole, strict=True):
        rows, points = _cuts(allocation, program, cost)
        for row in rows:
            assert max(_excess(row, levels) for levels in whole) <= 1e-6, row.where
        relaxed = [float(cost @ levels) for levels in points]
        assert all(after > before - 1e-6 for before, after in pairwise(relaxed))
        assert relaxed[-1] <= float(cost @ best) + 1e-6


def test_much_of_what_the_relaxation_leaves_open_is_closed() -> None:
    opened = closed = 0.0
    for seed in SEEDS:
        allocation = walking_case(seed).program("flow")
        program = lay_out(allocation, squares=False)
        (cost,) = _costs(program, seed, 1)
        best = float(cost @ _least(program, cost, mip=True))
        _, points = _cuts(allocation, program, cost)
        opened += best - float(cost @ points[0])
        closed += float(cost @ points[-1]) - float(cost @ points[0])
    assert closed > 0.6 * opened > 0
