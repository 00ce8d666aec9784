"""Whole numbers in proportion: against brute force, and against the divisor method of quotas."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.admission.divisor import apportion
from allocator.county.webster import webster

WEIGHTS = st.lists(st.fractions(0, 20, max_denominator=6), min_size=1, max_size=4)


def spread(parts: tuple[int, ...], weights: list[Fraction]) -> Fraction:
    """What Webster's method makes least: the squares of the parts over the weights."""
    return sum((Fraction(p * p) / w for p, w in zip(parts, weights, strict=True)), Fraction(0))


@given(st.lists(st.fractions(Fraction(1, 4), 9, max_denominator=4), min_size=1, max_size=4),
       st.integers(0, 9))  # fmt: skip
@settings(deadline=None)
def test_no_other_division_above_the_floors_is_more_even(weights: list[Fraction], more: int):
    floors = [int(w) // 3 for w in weights]
    total = sum(floors) + more
    best = min(
        spread(parts, weights)
        for parts in product(*(range(f, f + more + 1) for f in floors))
        if sum(parts) == total
    )
    found = webster(total, weights, floors)
    assert sum(found) == total
    assert spread(found, weights) == best


@given(WEIGHTS, st.integers(0, 30))
def test_it_divides_as_quota_places_are_divided_ties_included(weights: list[Fraction], more: int):
    if not any(weights):
        return
    floors = [int(w) // 2 for w in weights]
    total = sum(floors) + more
    peer = apportion(weights, total, floors=dict(enumerate(floors)))
    assert webster(total, weights, floors) == tuple(peer)


def test_a_tie_goes_to_the_larger_weight_then_to_the_first():
    assert webster(1, [2, 2]) == (1, 0)
    # 1/1 = 3/3: the second of the larger, or the first of the smaller
    assert webster(2, [1, 3]) == (0, 2)


def test_floors_hold_even_where_they_exceed_the_total_and_weight_zero_gets_its_floor():
    assert webster(2, [3, 5], [2, 3]) == (2, 3)
    assert webster(4, [0, 1], [1, 0]) == (1, 3)
    assert webster(4, [0, 0]) == (0, 0)
    assert webster(0, []) == ()


def test_weights_below_zero_and_floors_for_others_are_refused():
    with pytest.raises(ValueError, match="one floor a weight"):
        webster(1, [-1])
    with pytest.raises(ValueError, match="one floor a weight"):
        webster(1, [1], [0, 0])
