"""Norms in the program: tangents hold everywhere, and the mean is solved exactly."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from allocator.modelling import Configured, Count, Linear, Norm, Row
from allocator.samples import toy_county
from allocator.solving.program import lay_out
from allocator.solving.progress import Clock
from allocator.solving.search import Search
from allocator.staffing.model import build
from allocator.staffing.rules.balance_cap import BalanceCap
from tests.solving.brute import brute_force, with_cbc
from tests.solving.tiny import tiny_county, tiny_rules
from tests.staffing.plans import ORDER, TERMS, configured, some_levels


@pytest.fixture(scope="module")
def laid():
    """The toy county under a cap on the mean, with tangents at today and at one plan."""
    rules = configured(BalanceCap(junior_from=Decimal("0.6")))
    allocation = build(toy_county(), rules, ORDER, TERMS)
    *_, other = some_levels(allocation, 3, seed=5)
    return lay_out(allocation, 0, [other])


def norms(program):
    return [norm for condition in program.conditions for norm in condition.norms]


def filled(program, norm, levels):
    """A point of the matrix where the norm's columns stand at what the decisions make of them."""
    point = np.zeros(program.matrix.lower.size)
    point[: levels.size] = levels
    for count, part in zip(norm.norm.counts, norm.parts, strict=True):
        for column in part.columns:
            point[column] = count.expression.value(levels) - count.least
    point[norm.column] = norm.norm.value(levels)
    parts = norm.norm.parts(levels)
    point[list(norm.shares)] = parts**2 / point[norm.column]
    return point


def test_tangents_hold_at_every_point_whole_or_not(laid):
    rng = np.random.default_rng(1)
    upper = laid.allocation.upper
    checked = 0
    for _ in range(100):
        levels = rng.random(upper.size) * upper * rng.integers(0, 2, upper.size)
        for norm in norms(laid):
            if norm.norm.value(levels) == 0:
                continue
            point = filled(laid, norm, levels)
            direction = rng.normal(size=len(norm.parts))
            for given in (*norm.tangents, direction / np.linalg.norm(direction)):
                assert max(row.value(point) for row in norm.along(given)) <= 1e-9
                checked += 1
            assert norm.stated(levels) <= norm.norm.value(levels) + 1e-9
    assert checked


def test_a_tangent_is_exact_where_it_touches(laid):
    for levels in some_levels(laid.allocation, 20, seed=2):
        for norm in norms(laid):
            direction = norm.norm.direction(levels)
            value = norm.norm.value(levels)
            assert direction @ norm.norm.parts(levels) == pytest.approx(value)
            if value > 0:
                # The rows of a tangent add up to 2 d p - t <= sum of shares <= t.
                point = filled(laid, norm, levels)
                assert sum(r.value(point) for r in norm.along(direction)) == pytest.approx(0)


def test_rows_that_overstate_a_norm_are_exact_at_their_point():
    count = Count(Linear(np.array([0]), np.array([1.0])), 0, 9)
    norm = Norm.of((count, count), (1.0, 2.0), (3.0, 4.0), ((0, 9), (0, 9)))
    for n in range(10):
        true = norm.value(np.array([float(n)]))
        assert true == pytest.approx(np.hypot(n - 3, 2 * n - 4))
        for near in (0.5, true or 1.0, 7.0):
            square = sum(piece.function(n) for piece in norm.squares)
            assert (square / near + near) / 2 >= true - 1e-12
        if true:
            assert (true**2 / true + true) / 2 == pytest.approx(true)
    assert norm.most == pytest.approx(np.hypot(6, 14))


def test_only_upper_limits_may_hold_norms():
    norm = Norm.of((), (), (), ())
    with pytest.raises(ValueError, match="upper limit"):
        Row("here", Linear.number(0), ">=", 1.0, norms=(norm,))


@pytest.mark.parametrize("firmness", ["should", "must"])
@pytest.mark.parametrize("seed", range(8))
def test_a_cap_on_the_mean_is_solved_as_brute_force_does(seed, firmness):
    county = tiny_county(seed)
    cap = Decimal(40 + 5 * (seed % 5)) / 100
    rule = BalanceCap(junior_from=cap, indicators=("L1", "L2", "L3", "L7"))
    rules = [c for c in tiny_rules(seed) if c.firmness != "must" or c.rule.prunes()]
    rules = [c for c in rules if not isinstance(c.rule, BalanceCap)] + [Configured(rule, firmness)]
    best = brute_force(county, rules)
    found = Search(lay_out(build(county, rules, ORDER, TERMS)), 1, Clock()).run()
    second = with_cbc(county, rules)
    if best is None:
        assert found.ending == second.ending == "infeasible"
        return
    for answer in (found, second):
        assert [answer.values[t] for t in ORDER] == pytest.approx(best, abs=1e-3)
    for tier, value in zip(ORDER, best, strict=True):
        for answer in (found, second):
            assert answer.bounds.get(tier, 0.0) <= value + 1e-4, tier
