"""What tiers weigh in blends, whatever their number."""

from __future__ import annotations

from itertools import pairwise

import pytest

from allocator.solving.blend import paid, steep, weights
from allocator.solving.progress import Clock
from allocator.solving.search import Search
from tests.solving.tiny import tiny_county, tiny_rules
from tests.staffing.plans import ORDER, program


def test_six_tiers_or_fewer_take_the_last_of_six_weights():
    assert weights(6) == (100.0, 1000.0, 100.0, 30.0, 10.0, 0.01)
    assert weights(2) == (10.0, 0.01)
    assert weights(0) == ()


@pytest.mark.parametrize("number", [7, 9, 30])
def test_of_more_than_six_tiers_the_last_still_weighs_least(number):
    found = weights(number)
    assert len(found) == number
    assert found[:6] == (*weights(6)[:5], 10.0)
    assert set(found[5:-1]) == {10.0}
    assert found[-1] == 0.01


@pytest.mark.parametrize("number", [1, 3, 5, 8, 12])
def test_prices_fall_tier_by_tier_and_never_exceed_what_engines_bear(number):
    found = steep(number)
    assert len(found) == number
    assert all(dear > cheap > 1 for dear, cheap in pairwise(found))
    assert found[0] <= 8.0**5 * (1 + 1e-9)


def test_a_tier_nothing_is_paid_in_is_not_counted_and_stands_at_its_bound():
    county, rules = tiny_county(3), tiny_rules(3)
    wishes = {c.rule.tier for c in rules if c.firmness == "should"} | {"coverage", "travel"}
    laid = program(county, rules)
    listed = [t.name for t in paid(laid, laid.allocation.tiers)]
    assert set(listed) <= wishes | {"famous_share"}
    assert len(listed) < len(ORDER)
    found = Search(laid, 1, Clock()).run()
    for tier in set(ORDER) - set(listed):
        assert found.values[tier] == found.bounds[tier] == 0
