"""Against a published plan as little as possible is changed: every plan of tiny counties tried."""

from __future__ import annotations

import numpy as np
import pytest

from allocator.county.county import County
from allocator.county.plan import Plan
from allocator.solving.again import search
from allocator.solving.progress import Clock
from allocator.staffing.model import build
from allocator.staffing.placement import placement
from allocator.staffing.terms import StaffingTerms
from tests.solving.brute import every_plan, kept
from tests.solving.tiny import Tiny, tiny
from tests.staffing.plans import ORDER, program

FIRST = ("stability", *(tier for tier in ORDER if tier != "stability"))


def moves(plan: Plan) -> dict[str, str]:
    """Who goes where in a plan, returns apart."""
    return {m.teacher: m.destination for m in plan.moves if m.ground != "return"}


def changed(was: Plan, now: Plan) -> int:
    """How many serve elsewhere than published, counted from the two lists of moves."""
    old, new = moves(was), moves(now)
    return sum(old.get(t) != new.get(t) for t in old.keys() | new.keys())


def allowed(case: Tiny) -> list[Plan]:
    """Every plan that keeps the MUST rules."""
    plans = every_plan(case.county, case.rules, case.terms, locked=case.locked)
    return [p for p in plans if kept(case.county, case.rules, placement(case.county, p))]


def beside(case: Tiny, published: Plan) -> StaffingTerms:
    return case.terms.model_copy(update={"published": published.moves})


@pytest.mark.parametrize("seed", range(12))
def test_where_it_comes_first_no_allowed_plan_changes_less(seed):
    case = tiny(seed)
    everything = list(every_plan(case.county, [], case.terms, locked=False))
    published = everything[np.random.default_rng(seed).integers(len(everything))]
    plans = allowed(case)
    allocation = build(case.county, case.rules, FIRST, beside(case, published))
    found = search(allocation, 1, Clock()).found
    if not plans:
        assert found.ending == "infeasible"
        return
    least = min(changed(published, plan) for plan in plans)
    assert found.values["stability"] == least == found.bounds["stability"]
    assert changed(published, allocation.decode(found.levels)) == least


@pytest.mark.parametrize("seed", range(6))
def test_a_published_plan_that_is_still_allowed_is_not_changed(seed):
    case = tiny(seed)
    plans = allowed(case)
    if not plans:
        pytest.skip("no plan keeps these MUST rules")
    published = max(plans, key=lambda plan: len(moves(plan)))
    allocation = build(case.county, case.rules, FIRST, beside(case, published))
    found = search(allocation, 1, Clock()).found
    assert found.values["stability"] == 0
    assert moves(allocation.decode(found.levels)) == moves(published)


def test_reordering_teachers_and_published_moves_gives_the_same_program():
    case = tiny(3)
    plans = list(every_plan(case.county, [], case.terms, locked=False))
    published = max(plans, key=lambda plan: len(moves(plan)))
    data = case.county.model_dump()
    turned = County.model_validate({**data, "teachers": data["teachers"][::-1]})
    back = Plan(moves=published.moves[::-1])
    one = program(case.county, case.rules, beside(case, published))
    two = program(turned, case.rules, beside(case, back))
    assert one.names == two.names
    for name in ("starts", "index", "value", "row_lower", "row_upper", "upper"):
        assert np.array_equal(getattr(one.matrix, name), getattr(two.matrix, name)), name
    for tier in ORDER:
        for part in ("columns", "coefficients"):
            assert np.array_equal(getattr(one.costs[tier], part), getattr(two.costs[tier], part))
