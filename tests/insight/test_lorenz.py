"""Lorenz curves, counted by hand on the small county.

L1 of the junior highs: A has 5 teachers for 200 pupils, B 1 for 150; after the plan 3 and 3.
"""

from __future__ import annotations

import pytest

from allocator.insight.lorenz import gini, lorenz
from tests.insight import small_county as small


@pytest.fixture(scope="module")
def curve():
    return lorenz(small.scenario(), small.STAFFING_PLAN, "junior", "L1")


def points(curve, state: str) -> list[tuple[str, float, float]]:
    here = curve[curve["state"] == state]
    return list(zip(here["school"], here["pupils_share"], here["resource_share"], strict=True))


def test_the_school_with_the_least_a_head_comes_first(curve) -> None:
    assert points(curve, "before") == [
        ("", 0.0, 0.0),
        ("B校", pytest.approx(150 / 350), pytest.approx(1 / 6)),
        ("A校", pytest.approx(1.0), pytest.approx(1.0)),
    ]
    assert points(curve, "after") == [
        ("", 0.0, 0.0),
        ("A校", pytest.approx(200 / 350), pytest.approx(3 / 6)),
        ("B校", pytest.approx(1.0), pytest.approx(1.0)),
    ]


def test_with_two_schools_the_gini_coefficient_is_the_gap_at_the_bend(curve) -> None:
    assert gini(curve, "before") == pytest.approx(3 / 7 - 1 / 6)
    assert gini(curve, "after") == pytest.approx(4 / 7 - 1 / 2)


def test_what_all_have_alike_is_on_the_even_line() -> None:
    curve = lorenz(small.scenario(), small.STAFFING_PLAN, "junior", "L4")
    assert curve["pupils_share"].tolist() == pytest.approx(curve["resource_share"].tolist())
    assert gini(curve, "before") == pytest.approx(0.0)


def test_a_stage_without_any_of_it_has_no_curve() -> None:
    curve = lorenz(small.scenario(), small.STAFFING_PLAN, "primary", "L2")
    assert curve.empty
    assert gini(curve, "before") is None
