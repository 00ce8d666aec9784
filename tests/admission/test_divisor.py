"""Claims about sharing places among schools by a divisor method."""

from __future__ import annotations

import itertools
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.admission import ApportionmentError, apportion, apportionment

HALF = Fraction(1, 2)
VOTES = {"A": 53_000, "B": 24_000, "C": 23_000}


@pytest.mark.parametrize(
    ("signpost", "expected"),
    [(1, [4, 2, 1]), (HALF, [3, 2, 2]), (0, [3, 2, 2])],
)
def test_seven_seats_of_a_textbook_vote_follow_the_signpost(
    signpost: Fraction, expected: list[int]
) -> None:
    # Quotients by hand: D'Hondt's seventh is 53/4 = 13.25 against 23/2 = 11.5 and 24/3 = 8.
    assert apportion(VOTES, 7, signpost=signpost).tolist() == expected


def places_one_by_one(
    weights: list[int], seats: int, s: Fraction, floors: list[int], caps: list[int]
) -> list[int] | None:
    """The method as it is defined: no queue, no jump start."""
    got = [
        max(f, 1) if s == 0 and w and c else f
        for w, f, c in zip(weights, floors, caps, strict=True)
    ]
    while sum(got) < seats:
        may = [i for i, w in enumerate(weights) if w and got[i] < caps[i]]
        if not may:
            return None
        best = min(may, key=lambda i: ((got[i] + s) / Fraction(weights[i]), -weights[i], i))
        got[best] += 1
    return got if sum(got) == seats else None


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 2), st.integers(0, 9)), min_size=1, max_size=5
    ),
    st.integers(0, 40),
    st.sampled_from([Fraction(0), Fraction(1, 3), HALF, Fraction(1)]),
)
def test_the_fast_method_gives_the_places_of_giving_them_one_by_one(
    schools: list[tuple[int, int, int]], seats: int, s: Fraction
) -> None:
    weights = [w for w, _, _ in schools]
    floors = [f for _, f, _ in schools]
    caps = [min(f + room, max(f, seats)) for _, f, room in schools]
    expected = places_one_by_one(weights, seats, s, floors, caps)
    if expected is None:
        with pytest.raises(ApportionmentError):
            apportion(weights, seats, floors=floors, caps=caps, signpost=s)
    else:
        assert apportion(weights, seats, floors=floors, caps=caps, signpost=s).tolist() == expected


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.integers(1, 500), min_size=2, max_size=8), st.integers(1, 300))
def test_weights_times_the_factor_round_to_the_seats(weights: list[int], seats: int) -> None:
    result = apportionment(weights, seats)
    assert result.factor is not None
    for w, x in zip(weights, result.seats, strict=True):
        assert x - HALF <= w * result.factor <= x + HALF


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.integers(1, 6), min_size=2, max_size=5), st.integers(1, 12))
def test_ties_are_the_keys_whose_seats_differ_among_best_results(
    weights: list[int], seats: int
) -> None:
    def badness(table: tuple[int, ...]) -> Fraction:
        product = Fraction(1)
        for w, x in zip(weights, table, strict=True):
            for k in range(1, x + 1):
                product *= (k - HALF) / w
        return product

    splits = [
        table
        for table in itertools.product(range(seats + 1), repeat=len(weights))
        if sum(table) == seats
    ]
    least = min(map(badness, splits))
    best = [table for table in splits if badness(table) == least]
    open_keys = {i for i in range(len(weights)) if len({table[i] for table in best}) > 1}
    result = apportionment(weights, seats)
    assert tuple(result.seats) in best
    assert {*result.tied_with_seat, *result.tied_without_seat} == open_keys


def test_a_tie_goes_to_the_larger_weight_then_to_the_first_label() -> None:
    # Quotients 3/(3/2) and 1/(1/2) are both 2.
    larger = apportionment({"small": 1, "large": 3}, 2)
    assert larger.seats.to_dict() == {"small": 0, "large": 2}
    assert (larger.tied_with_seat, larger.tied_without_seat) == (("large",), ("small",))
    assert apportion({"b": 5, "a": 5}, 1).to_dict() == {"b": 0, "a": 1}


def test_the_order_of_schools_does_not_matter() -> None:
    weights = pd.Series({"d": 7, "a": 7, "c": 14, "b": 3})
    expected = apportion(weights, 9).to_dict()
    for order in itertools.permutations(weights.index):
        assert apportion(weights.loc[list(order)], 9).to_dict() == expected


def test_floors_and_caps_are_kept_and_the_rest_is_shared() -> None:
    result = apportion({"a": 90, "b": 9, "c": 1}, 10, floors={"c": 1}, caps={"a": 6})
    assert result.to_dict() == {"a": 6, "b": 3, "c": 1}


def test_a_school_without_graduates_gets_its_floor_only() -> None:
    assert apportion({"a": 0, "b": 4}, 5, floors={"a": 1}).to_dict() == {"a": 1, "b": 4}


def test_floats_and_decimals_are_taken_at_their_exact_value() -> None:
    # 0.1 as a float is a little more than one tenth; as a Decimal it is one tenth.
    assert not apportionment({"a": 0.1, "b": Fraction(1, 10)}, 1).tied_with_seat
    assert apportionment({"a": Decimal("0.1"), "b": Fraction(1, 10)}, 1).tied_with_seat


def test_numpy_integers_do_not_overflow() -> None:
    weights = {"a": np.int64(2**62), "b": np.int64(2**62 - 1)}
    assert apportion(weights, 3).to_dict() == {"a": 2, "b": 1}


def test_two_hundred_thousand_places_are_proportional() -> None:
    weights = list(range(1, 1501))
    seats = apportion(weights, 200_000)
    assert seats.sum() == 200_000
    assert max(abs(x - w * 200_000 / sum(weights)) for w, x in zip(weights, seats, strict=True)) < 1


def test_all_mistakes_are_listed_in_one_error() -> None:
    with pytest.raises(ApportionmentError) as caught:
        apportion({"a": -1, "b": float("nan")}, 2, floors={"x": 1}, signpost=2)
    assert len(caught.value.problems) == 4
    for word in ("negative", "finite", "'x'", "signpost"):
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("weights", "limits", "word"),
    [
        ({"a": 1, "b": 1}, {"caps": 2}, "at most 4 of 5"),
        ({"a": 1, "b": 1}, {"floors": 3}, "add up to 6"),
        ({"a": 1, "b": 1}, {"floors": {"a": 3}, "caps": {"a": 2}}, "floor 3 is above cap 2"),
        ([1] * 6, {"signpost": 0}, "signpost 0"),
    ],
)
def test_limits_that_leave_no_way_are_named(
    weights: dict[str, int], limits: dict[str, int], word: str
) -> None:
    with pytest.raises(ApportionmentError, match=word):
        apportion(weights, 5, **limits)
