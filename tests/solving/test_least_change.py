"""Against a published plan as little as possible is changed: brute force on tiny counties."""

from __future__ import annotations

import numpy as np
import pytest

from allocator.county.county import County
from allocator.modelling import Configured
from allocator.solving.program import lay_out
from allocator.solving.progress import Clock
from allocator.solving.search import Search
from allocator.solving.sequence import solve_in_sequence
from allocator.staffing.model import build
from allocator.staffing.terms import StaffingTerms
from tests.solving.test_oracles import brute_force
from tests.solving.tiny import tiny_county, tiny_rules
from tests.staffing.plans import ORDER, TERMS, program, some_levels

FIRST = ("stability", *(t for t in ORDER if t != "stability"))


def published(county: County, seed: int) -> StaffingTerms:
    """Terms with the moves of a random plan that no rule has looked at."""
    free = build(county, [], ORDER, TERMS)
    plans = [free.decode(levels) for levels in some_levels(free, 20, seed)]
    return TERMS.model_copy(update={"published": max(plans, key=lambda p: len(p.moves)).moves})


def changed(terms: StaffingTerms, moves: dict[str, str]) -> int:
    """How many serve elsewhere than published, counted from the two lists of moves."""
    was = {m.teacher: m.destination for m in terms.published}
    return sum(was.get(t) != moves.get(t) for t in was.keys() | moves.keys())


@pytest.mark.parametrize("order", [ORDER, FIRST], ids=["default", "first"])
@pytest.mark.parametrize("seed", range(8))
def test_search_and_cbc_change_as_little_as_brute_force(seed, order):
    county, rules = tiny_county(seed), tiny_rules(seed)
    terms = published(county, seed)
    best = brute_force(county, rules, terms, order)
    laid = lay_out(build(county, rules, order, terms))
    found = Search(laid, 1, Clock()).run()
    second = solve_in_sequence(lay_out(build(county, rules, order, terms)), "cbc", Clock())
    if best is None:
        assert found.ending == second.ending == "infeasible"
        return
    for answer in (found, second):
        assert [answer.values[t] for t in order] == pytest.approx(best, abs=1e-3)
        plan = laid.allocation.decode(answer.levels)
        now = {m.teacher: m.destination for m in plan.moves}
        assert changed(terms, now) == answer.values["stability"]


def locks(seed: int) -> list[Configured]:
    """The rules that exclude single placements, so that a published plan within them is allowed."""
    return [c for c in tiny_rules(seed) if c.rule.prunes() and c.firmness == "must"]


@pytest.mark.parametrize("seed", range(4))
def test_a_published_plan_that_is_still_allowed_is_not_changed_where_that_comes_first(seed):
    county, rules = tiny_county(seed), locks(seed)
    free = build(county, rules, ORDER, TERMS)
    plan = max(
        (free.decode(levels) for levels in some_levels(free, 20, seed)), key=lambda p: len(p.moves)
    )
    terms = TERMS.model_copy(update={"published": plan.moves})
    laid = lay_out(build(county, rules, FIRST, terms))
    found = Search(laid, 1, Clock()).run()
    assert found.values["stability"] == 0
    again = laid.allocation.decode(found.levels)
    assert {(m.teacher, m.destination) for m in again.moves} == {
        (m.teacher, m.destination) for m in plan.moves
    }


def test_reordering_teachers_and_published_moves_gives_the_same_program():
    county, rules = tiny_county(3), tiny_rules(3)
    terms = published(county, 3)
    turned = County.model_validate(
        {**county.model_dump(), "teachers": county.model_dump()["teachers"][::-1]}
    )
    other = terms.model_copy(update={"published": terms.published[::-1]})
    one, two = program(county, rules, terms), program(turned, rules, other)
    assert one.names == two.names
    for name in ("starts", "index", "value", "row_lower", "row_upper", "upper"):
        assert np.array_equal(getattr(one.matrix, name), getattr(two.matrix, name)), name
    for tier in ORDER:
        for part in ("columns", "coefficients"):
            assert np.array_equal(getattr(one.costs[tier], part), getattr(two.costs[tier], part))
