"""Claims about optimality, proof and ties, checked against all tables of tiny problems."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from allocator.admission import ImpossibleTable, biproportional_table, flow, ties
from allocator.admission.exact import prove
from allocator.admission.factors import Factors, is_proven
from allocator.admission.flow import TableProblem
from allocator.admission.signposts import METHODS

Lines = tuple[tuple[int, ...], ...]


def lines_with_sum(total: int, low: list[int], high: list[int]) -> Iterator[tuple[int, ...]]:
    if not low:
        if total == 0:
            yield ()
        return
    for first in range(low[0], min(high[0], total) + 1):
        for rest in lines_with_sum(total - first, low[1:], high[1:]):
            yield (first, *rest)


def all_tables(
    rows: list[int], columns: list[int], low: list[list[int]], high: list[list[int]]
) -> Iterator[Lines]:
    if not rows:
        if not any(columns):
            yield ()
        return
    reach = [min(h, c) for h, c in zip(high[0], columns, strict=True)]
    for line in lines_with_sum(rows[0], low[0], reach):
        left = [c - x for c, x in zip(columns, line, strict=True)]
        for rest in all_tables(rows[1:], left, low[1:], high[1:]):
            yield (line, *rest)


def squared_post(k: int, method: Any) -> Fraction:
    """The square of the k-th signpost, from its definition."""
    if method == "hill":
        return Fraction(k * (k - 1))
    post = Fraction(2 * k * (k - 1), 2 * k - 1) if method == "dean" else k - 1 + Fraction(method)
    return post**2


def price(table: Lines, weights: list[list[int]], method: Any) -> Fraction:
    """Product of (signpost / weight)^2 over the places in cells of positive weight."""
    factors = [
        # Where the first signpost is 0 every open cell has the first place: its price is nothing.
        (squared_post(k, method) or 1) / Fraction(w) ** 2
        for line, weight_line in zip(table, weights, strict=True)
        for x, w in zip(line, weight_line, strict=True)
        if w
        for k in range(1, x + 1)
    ]
    return math.prod(factors, start=Fraction(1))


@st.composite
def tiny_cases(draw: st.DrawFn) -> dict[str, Any]:
    """Problems that have a table: the sums are those of a table drawn first."""
    height, width = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    shifts = [Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)]
    s = draw(st.sampled_from([*shifts, "hill", "dean"]))

    def cells(low: int, high: int) -> list[list[int]]:
        line = st.lists(st.integers(low, high), min_size=width, max_size=width)
        return draw(st.lists(line, min_size=height, max_size=height))

    weights, inside, floors, room = cells(0, 4), cells(0, 2), cells(0, 1), cells(0, 3)
    table = [
        [(x if w else 0) + f for x, w, f in zip(*group, strict=True)]
        for group in zip(inside, weights, floors, strict=True)
    ]
    caps = [
        [x + extra for x, extra in zip(*group, strict=True)]
        for group in zip(table, room, strict=True)
    ]
    return {
        "weights": weights,
        "rows": [sum(line) for line in table],
        "columns": [sum(line) for line in zip(*table, strict=True)],
        "floors": floors,
        "caps": caps,
        "signpost": s,
    }


def best_tables(case: dict[str, Any]) -> list[Lines]:
    """All tables of least price, by looking at every table."""
    weights, s = case["weights"], case["signpost"]
    low: list[list[int]] = []
    high: list[list[int]] = []
    for i, line in enumerate(weights):
        low.append([])
        high.append([])
        for j, w in enumerate(line):
            floor = case["floors"][i][j]
            most = min(case["caps"][i][j], case["rows"][i], case["columns"][j]) if w else floor
            low[i].append(max(floor, 1) if w and most and squared_post(1, s) == 0 else floor)
            high[i].append(most)
    tables = list(all_tables(case["rows"], case["columns"], low, high))
    prices = [price(table, weights, s) for table in tables]
    return [t for t, p in zip(tables, prices, strict=True) if p == min(prices)]


@settings(max_examples=250, deadline=None, derandomize=True)
@given(tiny_cases())
def test_table_ties_and_tie_break_are_those_of_full_enumeration(case: dict[str, Any]) -> None:
    best = best_tables(case)
    if not best:  # only signpost 0 can ask for more first places than there are
        with pytest.raises(ImpossibleTable):
            biproportional_table(**case)
        return
    result = biproportional_table(**case)
    cells = [(i, j) for i in range(len(best[0])) for j in range(len(best[0][0]))]
    by_weight = sorted(cells, key=lambda cell: (-case["weights"][cell[0]][cell[1]], cell))
    chosen = max(best, key=lambda table: [table[i][j] for i, j in by_weight])
    open_cells = [(i, j) for i, j in cells if len({table[i][j] for table in best}) > 1]

    assert result.proven
    assert result.table.to_numpy().tolist() == [list(line) for line in chosen]
    assert [(tie.row, tie.column) for tie in result.ties] == open_cells
    for tie, (i, j) in zip(result.ties, open_cells, strict=True):
        assert {table[i][j] for table in best} == {tie.seats, tie.or_else}
    assert result.objective == pytest.approx(
        math.log(price(chosen, case["weights"], case["signpost"])) / 2, abs=1e-9
    )


def square(weights: list[list[int]], rows: list[int], columns: list[int]) -> TableProblem:
    shape = (len(rows), len(columns))
    return TableProblem(
        weights=tuple(tuple(Fraction(w) for w in line) for line in weights),
        rows=np.array(rows),
        columns=np.array(columns),
        low=np.zeros(shape, dtype=np.int64),
        high=np.minimum.outer(rows, columns),
        divisor=METHODS["webster"],
        row_labels=tuple(range(shape[0])),
        column_labels=tuple(range(shape[1])),
    )


TEXTBOOK = square([[123, 45, 815], [912, 714, 414], [312, 255, 215]], [5, 11, 4], [7, 5, 8])
TEXTBOOK_SEATS = [[1, 0, 4], [4, 4, 3], [2, 1, 1]]


def test_the_worst_start_is_improved_to_the_same_proven_table() -> None:
    start = np.array([[5, 0, 0], [2, 1, 8], [0, 4, 0]])
    proof = prove(TEXTBOOK, start)
    assert proof.seats.tolist() == TEXTBOOK_SEATS
    assert is_proven(TEXTBOOK, proof.seats, proof.factors)


def test_every_other_table_fails_the_proof() -> None:
    proof = prove(TEXTBOOK, np.array(TEXTBOOK_SEATS))
    tables = list(all_tables([5, 11, 4], [7, 5, 8], TEXTBOOK.low.tolist(), TEXTBOOK.high.tolist()))
    proven = [t for t in tables if is_proven(TEXTBOOK, np.array(t), proof.factors)]
    assert len(tables) > 100
    assert [[list(line) for line in table] for table in proven] == [TEXTBOOK_SEATS]


@pytest.mark.parametrize("change", [2, Fraction(1, 2)])
def test_a_changed_factor_fails_the_proof(change: Fraction) -> None:
    proof = prove(TEXTBOOK, np.array(TEXTBOOK_SEATS))
    first, *others = proof.factors.rows
    changed = Factors((first * change, *others), proof.factors.columns)
    assert not is_proven(TEXTBOOK, proof.seats, changed)


def test_sums_that_are_not_kept_fail_the_proof() -> None:
    proof = prove(TEXTBOOK, np.array(TEXTBOOK_SEATS))
    shrunk = replace(TEXTBOOK, rows=TEXTBOOK.rows - np.array([1, 0, 0]))
    assert not is_proven(shrunk, proof.seats, proof.factors)


def test_windows_in_the_wrong_place_grow_until_the_table_is_best(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows, columns = [500, 1100, 400], [700, 500, 800]
    weights = [[123, 45, 815], [912, 714, 414], [312, 255, 215]]
    problem = square(weights, rows, columns)
    fitted = flow.fill_by_flow(problem)
    monkeypatch.setattr(flow, "_FIT_ROUNDS", 0)
    unfitted = flow.fill_by_flow(problem)
    assert unfitted.tolist() == fitted.tolist() == prove(problem, fitted).seats.tolist()


@pytest.mark.parametrize("step", [-1, 0, 1])
def test_a_difference_of_one_in_ten_to_the_thirty_is_no_tie(step: int) -> None:
    # The product of the only cycle is 10^30 / (10^30 + step): floats see 1 in all three cases.
    large = 10**15
    problem = square([[large, 1], [1, large]], [1, 1], [1, 1])
    near = replace(
        problem,
        weights=(
            (Fraction(large), Fraction(large**2 + step, large)),
            (Fraction(large), Fraction(large)),
        ),
    )
    proof = prove(near, np.array([[1, 0], [0, 1]]))
    on_the_diagonal = proof.seats.tolist() == [[1, 0], [0, 1]]
    assert on_the_diagonal == (step <= 0)
    assert bool(proof.rising.any()) == (step == 0)
    assert is_proven(near, proof.seats, proof.factors)


def test_a_tie_can_need_a_cycle_through_three_rows() -> None:
    result = biproportional_table([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [1, 1, 1], [1, 1, 1])
    assert result.table.to_numpy().tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert len(result.ties) == 6


def test_separate_ties_are_all_settled() -> None:
    weights = [[5, 5, 0, 0], [5, 5, 0, 0], [0, 0, 3, 3], [0, 0, 3, 3]]
    problem = square(weights, [1, 1, 1, 1], [1, 1, 1, 1])
    # The other table of both ties: each has to be turned.
    seats = np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]])
    tied = np.array(weights) > 0
    settled, rising, falling = ties.settle_ties(
        problem, seats, tied & (seats == 0), tied & (seats == 1)
    )
    assert settled.tolist() == np.eye(4).tolist()
    assert (rising == (tied & (settled == 0))).all()
    assert (falling == (tied & (settled == 1))).all()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(tiny_cases())
def test_without_limits_weights_times_factors_round_to_the_places(case: dict[str, Any]) -> None:
    # Every cell is open, so every place is explained by the factors alone.
    weights = [[w + 1 for w in line] for line in case["weights"]]
    result = biproportional_table(weights, case["rows"], case["columns"])
    table = result.table.to_numpy().tolist()
    for i, line in enumerate(weights):
        for j, w in enumerate(line):
            quotient = w * result.row_factors[i] * result.column_factors[j]
            assert abs(quotient - table[i][j]) <= Fraction(1, 2)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(tiny_cases(), st.integers(0, 10**6))
def test_any_start_leads_to_the_same_price(case: dict[str, Any], pick: int) -> None:
    case = {**case, "signpost": Fraction(1, 2), "floors": None, "caps": None}
    weights = [[w + 1 for w in line] for line in case["weights"]]
    problem = square(weights, case["rows"], case["columns"])
    tables = list(
        all_tables(case["rows"], case["columns"], problem.low.tolist(), problem.high.tolist())
    )
    assume(len(tables) > 1)
    least = min(price(table, weights, Fraction(1, 2)) for table in tables)
    proof = prove(problem, np.array(tables[pick % len(tables)]))
    reached = tuple(tuple(line) for line in proof.seats.tolist())
    assert price(reached, weights, Fraction(1, 2)) == least
    assert is_proven(problem, proof.seats, proof.factors)
