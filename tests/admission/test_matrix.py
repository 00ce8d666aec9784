"""Claims about the quota matrix: official results, sums, order, bounds and messages."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from allocator.admission import (
    ApportionmentError,
    ImpossibleTable,
    apportion,
    biproportional,
    biproportional_table,
)

CASES = json.loads(Path(__file__).with_name("official_biprop.json").read_text("utf-8"))["cases"]


def strong_enough(votes: pd.DataFrame, quorum: str | None) -> pd.DataFrame:
    """Keep the parties that pass one of the conditions of a quorum such as 'total>=3%'."""
    if quorum is None:
        return votes
    passed = pd.Series(False, index=votes.index)
    for condition in quorum.split(" or "):
        where, percent = condition.rstrip("%").split(">=")
        if where == "any_district":
            passed |= (votes * 100 >= votes.sum() * int(percent)).any(axis=1)
        else:
            passed |= votes.sum(axis=1) * 100 >= votes.to_numpy().sum() * int(percent)
    return votes[passed]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_an_official_result_is_reproduced_exactly(case: dict[str, Any]) -> None:
    votes = pd.DataFrame(case["votes"], index=case["parties"], columns=case["districts"])
    taking_part = strong_enough(votes, case["quorum"])
    seats = pd.Series(case["district_seats"], index=case["districts"])
    if "party_seats" in case:
        party_seats = pd.Series(case["party_seats"], index=case["parties"])
    else:
        divisor = seats if case["weight_votes"] else seats * 0 + 1
        strength = {
            party: sum(
                Fraction(v) / d
                for v, d in zip(taking_part.loc[party].tolist(), divisor.tolist(), strict=True)
            )
            for party in taking_part.index
        }
        party_seats = apportion(strength, int(seats.sum()))
    floors = taking_part * 0
    if case["winner_take_one"]:
        for district in floors:
            floors.loc[taking_part[district].idxmax(), district] = 1

    result = biproportional_table(taking_part, party_seats, seats, floors=floors)
    found = result.table.reindex(votes.index, fill_value=0).to_numpy().tolist()
    assert result.proven
    assert not result.ties
    if case.get("expected_rows_multiset"):  # the source lists these parties in another order
        assert sorted(found) == sorted(
            case["expected_rows_multiset"]
            + [[0] * len(seats)] * (len(found) - len(case["expected_rows_multiset"]))
        )
    else:
        assert found == case["expected"]


def county(seed: int, height: int = 6, width: int = 20) -> dict[str, Any]:
    """Skewed schools, some pairs outside the area, many equal weights."""
    random = np.random.default_rng(seed)
    names = [f"高中{i}" for i in range(height)], [f"初中{j}" for j in range(width)]
    graduates = random.choice([8, 20, 20, 55, 300], width)
    inside = random.random((height, width)) < 0.8
    inside[0, :] = inside[:, 0] = True
    weights = pd.DataFrame(graduates * inside, index=names[0], columns=names[1])
    example = inside * random.integers(0, 9, (height, width))
    return {
        "weights": weights,
        "rows": pd.Series(example.sum(axis=1), index=names[0]),
        "columns": pd.Series(example.sum(axis=0), index=names[1]),
    }


@pytest.mark.parametrize("seed", range(5))
def test_all_sums_are_kept_and_closed_cells_stay_empty(seed: int) -> None:
    case = county(seed)
    table = biproportional(**case)
    assert table.sum(axis=1).tolist() == case["rows"].tolist()
    assert table.sum(axis=0).tolist() == case["columns"].tolist()
    assert (table[case["weights"] == 0].fillna(0) == 0).all(axis=None)
    assert list(table.index) == list(case["weights"].index)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_and_columns_does_not_matter(seed: int) -> None:
    case = county(seed)
    result = biproportional_table(**case)
    shuffled = case["weights"].sample(frac=1, random_state=seed)
    shuffled = shuffled.sample(frac=1, axis=1, random_state=seed)
    again = biproportional_table(
        shuffled, case["rows"].sample(frac=1, random_state=1), dict(case["columns"])
    )
    assert list(again.table.columns) == list(shuffled.columns)
    pd.testing.assert_frame_equal(
        again.table.loc[result.table.index, result.table.columns], result.table
    )
    assert again.ties == result.ties
    assert len(result.ties) > 0  # otherwise the claim would be an easy one
    assert dict(again.row_factors) == dict(result.row_factors)


def test_exchanging_rows_and_columns_exchanges_the_table() -> None:
    # No ties here: the tie protocol looks at rows before columns.
    weights = [[3, 10, 4], [9, 2, 5]]
    table = biproportional(weights, [7, 6], [4, 6, 3]).to_numpy()
    turned = biproportional(list(zip(*weights, strict=True)), [4, 6, 3], [7, 6]).to_numpy()
    assert turned.T.tolist() == table.tolist()


@pytest.mark.parametrize("factor", [7, Fraction(1, 3), 0.25, Decimal("0.001")])
def test_scaling_rows_or_all_weights_changes_nothing(factor: Any) -> None:
    case = county(3)
    expected = biproportional(**case)
    scaled = case["weights"].astype(object).map(lambda w: type(factor)(int(w)) * factor)
    pd.testing.assert_frame_equal(biproportional(scaled, case["rows"], case["columns"]), expected)


def test_weights_times_factors_round_to_the_places() -> None:
    case = county(1)
    result = biproportional_table(**case)
    for row, line in case["weights"].iterrows():
        for column, w in line.items():
            quotient = int(w) * result.row_factors[row] * result.column_factors[column]
            x = int(result.table.loc[row, column])
            assert abs(quotient - x) <= Fraction(1, 2) or (x == 0 and w == 0)


def test_floors_and_caps_of_cells_are_kept() -> None:
    case = county(2, 4, 10)
    free = biproportional(**case)
    cap = int(free.to_numpy().max()) - 1
    floors = (case["weights"] > 0).astype(int)
    floors.loc["高中0", "初中6"] = 3
    bounded = biproportional_table(**case, floors=floors, caps=cap)
    assert bounded.proven
    assert (bounded.table >= floors).all(axis=None)
    assert bounded.table.to_numpy().max() == cap
    assert (free.to_numpy() > cap).any()
    assert (free < floors).any(axis=None)


def test_one_number_as_floor_leaves_closed_cells_alone() -> None:
    table = biproportional([[1, 0], [100, 100]], [1, 9], [5, 5], floors=1)
    assert table.to_numpy().tolist() == [[1, 0], [4, 5]]


def test_a_floor_in_a_closed_cell_is_a_fixed_place_within_the_sums() -> None:
    table = biproportional([[0, 6], [6, 6]], [4, 4], [4, 4], floors=[[2, None], [None, None]])
    assert table.to_numpy().tolist() == [[2, 2], [2, 2]]


def test_a_table_closed_everywhere_holds_its_floors() -> None:
    table = biproportional([[0, 0], [0, 0]], [3, 1], [2, 2], floors=[[2, 1], [0, 1]])
    assert table.to_numpy().tolist() == [[2, 1], [0, 1]]


def test_signpost_zero_gives_every_open_cell_a_place() -> None:
    weights = [[1000, 1, 0], [1000, 1, 1]]
    table = biproportional(weights, [5, 5], [7, 2, 1], signpost=0)
    assert table.to_numpy().tolist() == [[4, 1, 0], [3, 1, 1]]


def test_signpost_zero_is_refused_when_places_are_too_few() -> None:
    with pytest.raises(ImpossibleTable, match=r"row 0: .*signpost 0.*its sum is 1"):
        biproportional([[1, 1], [1, 1]], [1, 3], [2, 2], signpost=0)


def test_caps_that_move_hundreds_of_places_to_one_cell_are_proven() -> None:
    weights = np.full((3, 40), 50)
    caps = np.full((3, 40), 400)
    caps[0, 1:] = 1
    result = biproportional_table(weights, [339, 800, 800], [400] + [39] * 38 + [57], caps=caps)
    assert result.proven
    assert result.table.iloc[0].tolist() == [300] + [1] * 39


def test_rows_that_ask_more_than_their_columns_take_are_named_with_numbers() -> None:
    weights = pd.DataFrame(
        [[5, 5, 0, 0], [3, 3, 0, 0], [1, 1, 1, 1]],
        index=["East", "West", "North"],
        columns=["p", "q", "r", "t"],
    )
    with pytest.raises(ImpossibleTable) as caught:
        biproportional(weights, [4, 5, 2], [4, 3, 2, 2])
    assert (caught.value.side, set(caught.value.labels)) == ("rows", {"East", "West"})
    assert (caught.value.needed, caught.value.possible) == (9, 7)
    assert "must give 9 places" in str(caught.value)


def test_one_column_out_of_reach_is_named_rather_than_all_rows() -> None:
    weights = [[4, 4, 4, 0], [4, 4, 4, 0], [4, 4, 4, 1]]
    with pytest.raises(ImpossibleTable) as caught:
        biproportional(weights, [6, 6, 4], [3, 3, 3, 7])
    assert (caught.value.side, caught.value.labels) == ("columns", (3,))
    assert (caught.value.needed, caught.value.possible) == (7, 4)


def test_caps_that_stop_a_row_are_counted() -> None:
    with pytest.raises(ImpossibleTable) as caught:
        biproportional([[1, 1], [1, 1]], [8, 2], [5, 5], caps=[[3, 4], [None, None]])
    assert (caught.value.side, caught.value.labels) == ("rows", (0,))
    assert (caught.value.needed, caught.value.possible) == (8, 7)


def test_a_floor_elsewhere_takes_room_from_a_row_that_needs_it() -> None:
    with pytest.raises(ImpossibleTable) as caught:
        biproportional([[1, 0, 0], [1, 1, 1]], [4, 5], [4, 3, 2], floors=[[0] * 3, [2, 0, 0]])
    assert (caught.value.side, caught.value.labels) == ("rows", (0,))
    assert (caught.value.needed, caught.value.possible) == (4, 2)


def test_all_mistakes_are_listed_in_one_error() -> None:
    weights = pd.DataFrame([[1, -2], [3, float("inf")]], index=["a", "b"], columns=["x", "y"])
    with pytest.raises(ApportionmentError) as caught:
        biproportional(
            weights,
            {"a": 3, "c": 2},
            {"x": 2, "y": 2.5},
            floors=pd.DataFrame({"z": [1]}, index=["a"]),
            caps=pd.DataFrame({"x": [1, -1]}, index=["a", "b"]),
            signpost=1.5,
        )
    text = str(caught.value)
    for part in (
        "a, y",
        "b, y",
        "'c'",
        "for b",
        "sum of y: 2.5",
        "'z'",
        "b, x",
        "signpost",
        "rows add up to 3, columns to 2",
    ):
        assert part in text
    assert len(caught.value.problems) == 9


def test_a_floor_above_its_cap_is_named() -> None:
    with pytest.raises(ApportionmentError, match="0, 1: floor 3 is above cap 2"):
        biproportional([[1, 1]], [5], [2, 3], floors=[[0, 3]], caps=2)


def test_importing_the_methods_loads_no_solver() -> None:
    code = (
        "import sys, allocator.admission.matrix\n"
        "loaded = [m for m in ('ortools', 'pulp', 'highspy') if m in sys.modules]\n"
        "print(loaded)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
