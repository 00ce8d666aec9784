"""One senior high's places by remainders, lots and divisors: counted by hand, and always true."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from allocator.admission.one_row import (
    by_divisor,
    by_lot,
    fitted_shares,
    largest_remainder,
    rounded_down,
    rounded_half_up,
)
from allocator.admission.reading import ApportionmentError
from allocator.admission.signposts import METHODS

F = Fraction
SHARES = {"A": F(21, 10), "B": F(16, 10), "C": F(13, 10)}
"""Five places: whole parts 2, 1, 1; remainders 0.1, 0.6, 0.3."""


def test_the_largest_remainder_gets_the_place_left_over() -> None:
    assert largest_remainder(SHARES, 5).places == {"A": 2, "B": 2, "C": 1}


def test_rounding_down_leaves_a_place_over() -> None:
    assert rounded_down(SHARES).places == {"A": 2, "B": 1, "C": 1}


def test_halves_go_up_and_the_sum_may_break() -> None:
    halves = {"A": F(5, 2), "B": F(3, 2), "C": F(1)}
    assert rounded_half_up(halves).places == {"A": 3, "B": 2, "C": 1}
    assert rounded_half_up(SHARES).places == {"A": 2, "B": 2, "C": 1}


def test_a_lot_gives_one_place_each_in_the_order_drawn() -> None:
    assert by_lot(SHARES, 5, ["C", "A", "B"]).places == {"A": 2, "B": 1, "C": 2}


def test_whoever_has_a_whole_share_takes_no_part_in_the_lot() -> None:
    shares = {"A": F(2), "B": F(3, 2), "C": F(3, 2)}
    assert by_lot(shares, 5, ["A", "C", "B"]).places == {"A": 2, "B": 1, "C": 2}


def test_those_not_drawn_come_last_by_code_and_are_named() -> None:
    shares = dict.fromkeys("ABCD", F(3, 4))
    found = by_lot(shares, 3, ["C"])
    assert found.places == {"A": 1, "B": 1, "C": 1, "D": 0}
    assert found.not_drawn == ("A", "B", "D")


def test_equal_remainders_go_to_the_larger_share_then_to_the_code() -> None:
    found = largest_remainder({"A": F(1, 2), "B": F(3, 2), "C": F(1)}, 3)
    assert found.places == {"A": 0, "B": 2, "C": 1}
    assert (found.tied_with, found.tied_without) == (("B",), ("A",))
    again = largest_remainder({"Y": F(1, 2), "X": F(1, 2)}, 1)
    assert again.places == {"X": 1, "Y": 0}


def test_turns_settle_a_tie() -> None:
    shares = {"X": F(1, 2), "Y": F(1, 2)}
    for divide in (
        lambda turns: largest_remainder(shares, 1, turns=turns),
        lambda turns: by_divisor(shares, 1, METHODS["webster"], turns=turns),
    ):
        assert divide({"Y": 0, "X": 1}).places == {"X": 0, "Y": 1}
        assert divide({"Y": 0, "X": 1}).tied_with == ("Y",)
        assert divide(None).places == {"X": 1, "Y": 0}


def test_turns_decide_nothing_where_nothing_is_tied() -> None:
    turns = {"C": 0, "A": 1, "B": 2}
    assert largest_remainder(SHARES, 5, turns=turns).places == {"A": 2, "B": 2, "C": 1}
    for method in METHODS.values():
        assert by_divisor(SHARES, 5, method, turns=turns) == by_divisor(SHARES, 5, method)


def test_shares_make_way_for_floors_and_caps() -> None:
    # C is lifted to 2, so A and B share 3 places 21 : 16.
    found = fitted_shares(SHARES, 5, {"C": 2}, {})
    assert found == {"A": F(63, 37), "B": F(48, 37), "C": F(2)}
    assert fitted_shares(SHARES, 5, {}, {"A": 1}) == {"A": 1, "B": F(64, 29), "C": F(52, 29)}


@pytest.mark.parametrize(("floors", "caps"), [({"A": 6}, {}), ({}, dict.fromkeys("ABC", 1))])
def test_floors_and_caps_that_leave_no_way_are_refused(
    floors: dict[str, int], caps: dict[str, int]
) -> None:
    with pytest.raises(ApportionmentError):
        largest_remainder(SHARES, 5, floors=floors, caps=caps)


bounded = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 2), st.one_of(st.none(), st.integers(0, 4))),
    min_size=1,
    max_size=4,
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(bounded, st.integers(0, 8))
def test_largest_remainders_are_nearest_the_fitted_shares(
    drawn: list[tuple[int, int, int | None]], total: int
) -> None:
    """Among all divisions within floors and caps none has a smaller sum of squared differences."""
    keys = "ABCD"[: len(drawn)]
    weights = {k: F(w) for k, (w, _, _) in zip(keys, drawn, strict=True)}
    floors = {k: low for k, (_, low, _) in zip(keys, drawn, strict=True)}
    caps = {
        k: low + more for k, (_, low, more) in zip(keys, drawn, strict=True) if more is not None
    }
    least = {k: floors[k] for k in keys}
    most = {k: floors[k] if not weights[k] else caps.get(k, total) for k in keys}
    tables = [t for t in product(*(range(least[k], most[k] + 1) for k in keys)) if sum(t) == total]
    if not tables:
        with pytest.raises(ApportionmentError):
            largest_remainder(weights, total, floors=floors, caps=caps)
        return
    shares = fitted_shares(weights, total, floors, caps)
    found = largest_remainder(weights, total, floors=floors, caps=caps)
    assert sum(shares.values()) == total
    assert all(least[k] <= found.places[k] <= most[k] for k in keys)

    def off(places: tuple[int, ...]) -> Fraction:
        return sum(((n - shares[k]) ** 2 for k, n in zip(keys, places, strict=True)), F(0))

    mine = off(tuple(found.places[k] for k in keys))
    assert mine == min(off(t) for t in tables)
    assert bool(found.tied_with) == (sum(off(t) == mine for t in tables) > 1)


weights_of = st.lists(st.integers(1, 60), min_size=2, max_size=6).map(
    lambda ws: {chr(65 + n): F(w) for n, w in enumerate(ws)}
)
places_of = st.integers(6, 40)
methods_of = st.sampled_from(list(METHODS.values()))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(weights_of, places_of, methods_of, st.fractions(F(1, 50), F(50)))
def test_order_and_scale_of_the_weights_change_nothing(weights, total, method, scale) -> None:
    backwards = dict(reversed(weights.items()))
    scaled = {k: w * scale for k, w in weights.items()}
    order = sorted(weights, reverse=True)
    for divide in (
        lambda w: largest_remainder(w, total),
        lambda w: by_divisor(w, total, method),
    ):
        assert divide(weights) == divide(backwards) == divide(scaled)
        assert sum(divide(weights).places.values()) == total
    shares = fitted_shares(weights, total, {}, {})
    turned = dict(reversed(shares.items()))
    for shape in (rounded_down, rounded_half_up, lambda s: by_lot(s, total, order)):
        assert shape(shares) == shape(turned)
    assert sum(by_lot(shares, total, order).places.values()) == total


@settings(max_examples=200, deadline=None, derandomize=True)
@given(weights_of, places_of, methods_of)
def test_with_one_place_more_nobody_loses_one_under_a_divisor_method(
    weights, total, method
) -> None:
    before = by_divisor(weights, total, method).places
    after = by_divisor(weights, total + 1, method).places
    assert all(after[k] >= n for k, n in before.items())


@settings(max_examples=300, deadline=None, derandomize=True)
@given(weights_of, st.lists(st.integers(0, 20), min_size=6, max_size=6), places_of, methods_of)
def test_under_a_divisor_method_no_place_goes_from_who_grows_faster_to_who_grows_slower(
    weights, grown, total, method
) -> None:
    later = {k: w + g for (k, w), g in zip(weights.items(), grown, strict=False)}
    assume(later != weights)
    before, after = (
        by_divisor(weights, total, method).places,
        by_divisor(later, total, method).places,
    )
    for i, j in product(weights, repeat=2):
        if later[i] / weights[i] > later[j] / weights[j]:
            assert not (after[i] < before[i] and after[j] > before[j])


def test_largest_remainders_may_take_a_place_away_when_there_is_one_more() -> None:
    """The Alabama paradox: with 10 places the small school has 2, with 11 it has 1."""
    weights = {"A": F(6), "B": F(6), "C": F(2)}
    assert largest_remainder(weights, 10).places == {"A": 4, "B": 4, "C": 2}
    assert largest_remainder(weights, 11).places == {"A": 5, "B": 5, "C": 1}
    webster = [by_divisor(weights, n, METHODS["webster"]).places["C"] for n in (10, 11)]
    assert webster == [1, 1]


def test_largest_remainders_may_pass_a_place_from_who_grows_to_who_does_not() -> None:
    """The population paradox: C grows from 8 to 9 and loses a place to A, which stays at 1."""
    before = largest_remainder({"A": F(1), "B": F(6), "C": F(8)}, 7)
    after = largest_remainder({"A": F(1), "B": F(9), "C": F(9)}, 7)
    assert before.places == {"A": 0, "B": 3, "C": 4}
    assert after.places == {"A": 1, "B": 3, "C": 3}
    assert before.tied_with == after.tied_with == ()


def test_largest_remainders_stay_within_floor_and_ceiling_where_divisors_may_not() -> None:
    weights = {"A": F(88), "B": F(4), "C": F(4), "D": F(4)}
    share = F(88 * 10, 100)
    assert largest_remainder(weights, 10).places["A"] in (math.floor(share), math.ceil(share))
    assert by_divisor(weights, 10, METHODS["dhondt"]).places["A"] == 10
