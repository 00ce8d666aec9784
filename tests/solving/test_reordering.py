"""The order in which anything is listed changes no plan."""

from __future__ import annotations

import numpy as np
import pytest

from allocator.samples import sample_scenario, toy_scenario
from allocator.solving import solve_scenario
from allocator.solving.building import build
from allocator.solving.program import lay_out
from tests.solving.reordered import reordered
from tests.solving.tiny import tiny

STAFFING = ("staffing",)


def assert_same_plan(scenario, seed, parts=STAFFING):
    other = reordered(scenario, np.random.default_rng(seed))
    assert other != scenario
    for part in parts:
        one, two = (lay_out(build(s, part)) for s in (scenario, other))
        assert one.names == two.names
        assert one.row_names == two.row_names
        for name in ("starts", "index", "value", "row_lower", "row_upper", "upper"):
            assert np.array_equal(getattr(one.matrix, name), getattr(two.matrix, name)), name
    one, two = (solve_scenario(s, parts=parts) for s in (scenario, other))
    for first, second in zip(one.parts, two.parts, strict=True):
        assert (first.status, first.tiers) == (second.status, second.tiers)
        assert first.plan == second.plan


@pytest.mark.parametrize("seed", range(12))
def test_order_of_anything_listed_changes_no_plan_of_a_tiny_county(seed):
    assert_same_plan(tiny(seed).scenario, seed)


def test_order_of_anything_listed_changes_no_plan_of_the_toy_county():
    assert_same_plan(toy_scenario(), 1, parts=("staffing", "admission"))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(200, 260))
def test_order_of_anything_listed_changes_no_plan_of_many_tiny_counties(seed):
    assert_same_plan(tiny(seed).scenario, seed)


@pytest.mark.long
def test_order_of_anything_listed_changes_no_plan_of_a_county_of_two_thousand():
    assert_same_plan(sample_scenario(teachers=2000, seed=1), 1)
