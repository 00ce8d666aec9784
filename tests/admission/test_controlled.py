"""Controlled rounding: floor or ceiling everywhere, sums kept, nearest the fitted shares."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from math import prod

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.admission import (
    ApportionmentError,
    ImpossibleTable,
    biproportional,
    controlled_rounding,
    is_controlled,
)
from allocator.admission.controlled import neighbours

JIADING = [
    [10, 2, 11, 14, 5, 6, 3, 3, 5, 4, 13, 3, 10, 6, 5, 3, 7, 13, 1, 3, 7, 1, 1, 10, 7, 11, 7, 5],
    [10, 2, 11, 15, 5, 6, 3, 3, 6, 4, 14, 4, 9, 5, 5, 4, 7, 12, 1, 3, 6, 1, 1, 10, 6, 11, 7, 5],
]
"""Places of two senior highs for 28 junior highs, as Jiading district, Shanghai, published them in
its quota-to-school plan of 2023."""


def drawn(rng):
    """Weights, sums that some table has, and floors and caps around that table."""
    height, width = rng.randint(1, 4), rng.randint(1, 4)
    cells = list(product(range(height), range(width)))
    weights = np.array([rng.choice([0, 1, 1, 2, 5, 20, 100, 1000]) for _ in cells])
    table = np.array([rng.randint(0, 4) for _ in cells]) * (weights > 0)
    floors = [int(max(0, x - rng.randint(0, 2))) if rng.random() < 0.3 else 0 for x in table]
    caps = [int(x + rng.randint(0, 2)) if rng.random() < 0.3 else None for x in table]
    shape = (height, width)
    table = table.reshape(shape)
    return (
        weights.reshape(shape).tolist(),
        table.sum(axis=1).tolist(),
        table.sum(axis=0).tolist(),
        np.array(floors).reshape(shape).tolist(),
        np.array(caps, dtype=object).reshape(shape).tolist(),
    )


@pytest.mark.parametrize("seed", range(80))
def test_the_table_is_the_nearest_of_all_tables_of_floors_and_ceilings(seed: int) -> None:
    weights, rows, columns, floors, caps = drawn(random.Random(seed))
    found = controlled_rounding(weights, rows, columns, floors=floors, caps=caps)
    shares = found.fitted.to_numpy(dtype=float)
    assert found.error < 1e-9
    assert is_controlled(found.table, found.fitted)
    choices = [neighbours(share) for share in found.fitted.to_numpy().ravel()]
    assert prod(map(len, choices)) <= 2**16
    costs = []
    for flat in product(*choices):
        table = np.array(flat).reshape(shares.shape)
        if table.sum(axis=1).tolist() == rows and table.sum(axis=0).tolist() == columns:
            costs.append(float(((table - shares) ** 2).sum()))
    mine = float(((found.table.to_numpy() - shares) ** 2).sum())
    assert mine == pytest.approx(min(costs), abs=1e-7)
    assert bool(found.ties) == (sum(cost < min(costs) + 1e-7 for cost in costs) > 1)


@pytest.mark.parametrize("seed", range(40))
def test_fitted_shares_are_weights_times_factors_within_bounds(seed: int) -> None:
    """Where no bound holds, the ratio of two shares to their weights is alike in every column."""
    weights, rows, columns, floors, caps = drawn(random.Random(1000 + seed))
    found = controlled_rounding(weights, rows, columns, floors=floors, caps=caps)
    shares = found.fitted.to_numpy(dtype=float)
    assert shares.sum(axis=1) == pytest.approx(rows, abs=1e-9)
    assert shares.sum(axis=0) == pytest.approx(columns, abs=1e-9)
    most = np.array([[np.inf if c is None else c for c in line] for line in caps])
    held = np.array(weights) == 0
    assert (shares >= np.array(floors) - 1e-12)[~held].all()
    assert (shares <= most + 1e-12)[~held].all()
    inside = (shares > np.array(floors) + 1e-7) & (shares < most - 1e-7) & ~held
    for (i, k), (j, m) in product(
        product(range(len(rows)), repeat=2), product(range(len(columns)), repeat=2)
    ):
        if inside[[i, i, k, k], [j, m, j, m]].all():
            first = shares[i, j] / weights[i][j] * shares[k, m] / weights[k][m]
            second = shares[i, m] / weights[i][m] * shares[k, j] / weights[k][j]
            assert first == pytest.approx(second, rel=1e-6)


def test_where_all_weights_are_alike_the_shares_are_exact() -> None:
    found = controlled_rounding([[1, 1, 1], [1, 1, 1]], [4, 6], [3, 3, 4])
    assert found.exact
    assert found.fitted.iloc[0].tolist() == [Fraction(12, 10), Fraction(12, 10), Fraction(16, 10)]
    # One place of the first row's four is left over; its remainders are 0.2, 0.2, 0.6.
    assert found.table.to_numpy().tolist() == [[1, 1, 2], [2, 2, 2]]


def test_a_floor_in_the_way_makes_the_shares_inexact_but_keeps_the_sums() -> None:
    found = controlled_rounding([[1, 1], [1, 1]], [1, 9], [5, 5], floors=[[1, 0], [0, 0]])
    assert not found.exact
    assert found.table.to_numpy().tolist() == [[1, 0], [4, 5]]
    assert found.fitted.to_numpy(dtype=float) == pytest.approx(np.array([[1, 0], [4, 5]]), abs=1e-9)


def test_a_published_table_is_floor_or_ceiling_of_row_times_column_and_at_least_one() -> None:
    rows, columns = (
        [sum(line) for line in JIADING],
        [sum(pair) for pair in zip(*JIADING, strict=True)],
    )
    alike = [[1] * len(columns)] * len(rows)
    found = controlled_rounding(alike, rows, columns, floors=1)
    assert found.exact
    assert found.fitted.loc[0, 0] == Fraction(rows[0] * columns[0], sum(rows))
    assert is_controlled(JIADING, found.fitted)
    assert is_controlled(found.table, found.fitted)
    assert found.table.min().min() == 1
    wrong = [[*line] for line in JIADING]
    wrong[0][0] += 2
    assert not is_controlled(wrong, found.fitted)


def test_the_biproportional_table_may_leave_floor_and_ceiling() -> None:
    weights, rows, columns = [[7, 3, 8], [2, 1, 7], [2, 12, 9]], [2, 3, 6], [2, 5, 4]
    found = controlled_rounding(weights, rows, columns)
    assert found.fitted.loc[2, 1] == pytest.approx(3.999, abs=5e-4)
    assert biproportional(weights, rows, columns).loc[2, 1] == 5
    assert found.table.loc[2, 1] == 4


def test_whole_shares_stay_as_they_are() -> None:
    table = [[2, 4], [3, 6]]
    found = controlled_rounding(table, [6, 9], [5, 10])
    assert found.table.to_numpy().tolist() == table
    assert found.ties == ()
    assert neighbours(2.0000000001) == (2,)
    assert neighbours(Fraction(2 * 10**12 + 1, 10**12)) == (2, 3)


def test_equal_tables_are_told_apart_by_weight_then_by_label() -> None:
    found = controlled_rounding([[1, 1], [1, 1]], [1, 1], [1, 1])
    assert found.table.to_numpy().tolist() == [[1, 0], [0, 1]]
    assert [(t.row, t.column, t.seats, t.or_else) for t in found.ties] == [
        (0, 0, 1, 0), (0, 1, 0, 1), (1, 0, 0, 1), (1, 1, 1, 0)
    ]  # fmt: skip


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.integers(2, 1000))
def test_order_and_scale_change_nothing(seed: int, scale: int) -> None:
    rng = random.Random(seed)
    weights, rows, columns, _, _ = drawn(rng)
    named = pd.DataFrame(
        weights,
        index=[f"r{n}" for n in range(len(rows))],
        columns=[f"c{n}" for n in range(len(columns))],
        dtype=object,
    )
    by_row = dict(zip(named.index, rows, strict=True))
    by_column = dict(zip(named.columns, columns, strict=True))
    first = controlled_rounding(named, by_row, by_column).table
    turned = named.iloc[::-1, ::-1]
    assert controlled_rounding(turned, by_row, by_column).table.iloc[::-1, ::-1].equals(first)
    scaled = named.map(lambda w: Fraction(w) / scale)
    assert controlled_rounding(scaled, by_row, by_column).table.equals(first)


def test_impossible_sums_are_refused_with_a_sentence() -> None:
    with pytest.raises(ImpossibleTable, match="must"):
        controlled_rounding([[1, 0], [1, 1]], [3, 1], [2, 2])
    with pytest.raises(ApportionmentError, match="sums differ"):
        controlled_rounding([[1, 1]], [3], [1, 1])


def test_a_large_table_has_sums_right_to_a_billionth() -> None:
    rng = np.random.default_rng(7)
    weights = rng.integers(1, 500, (20, 200)) * (rng.random((20, 200)) < 0.7)
    weights[0] += 1
    weights[:, 0] += 1
    table = rng.multinomial(20_000, (weights / weights.sum()).ravel()).reshape(weights.shape)
    found = controlled_rounding(weights, table.sum(axis=1).tolist(), table.sum(axis=0).tolist())
    assert found.error < 1e-9
    assert is_controlled(found.table, found.fitted)
    assert (found.table.sum(axis=1) == table.sum(axis=1)).all()
    assert (found.table.sum(axis=0) == table.sum(axis=0)).all()
