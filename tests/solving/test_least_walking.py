"""The least walking that leaves no more uncovered: by hand, and against all that people can do.

In the toy county C1 and C2 need 6 periods of music, C3 needs 2 and C4 needs 4; a teacher gives 8.
T6 serves at C1, here T7 serves at C2. From C1 it is 29 minutes to C2 and 23 to C3, from C2 to C3 it
is 6; C4 is out of reach.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from allocator.county.plan import Plan, Teaching
from allocator.modelling import Configured
from allocator.solving import Clock
from allocator.solving import walking_guide as guide
from allocator.solving.least_walking import least_walking
from allocator.solving.second_stage import settle
from allocator.staffing.decode import today
from allocator.staffing.goals.coverage import Coverage
from allocator.staffing.placement import Placement, placement
from allocator.staffing.rules import Walking
from allocator.staffing.walking.able import walking_by
from allocator.staffing.walking.burden import Burden, burden, burdens
from allocator.staffing.walking.levels import levels_of
from allocator.staffing.walking.second_stage import laid_second_stage
from tests.staffing.plans import TERMS
from tests.staffing.toy import T, varied
from tests.staffing.walking_brute import least_burden
from tests.staffing.walking_counties import WalkingCase, solved, walking_case

RULE = Walking(subjects=("music",), within=30, block=2)
TWO = varied({7: {"campus": "C2"}})
THREE = varied({7: {"campus": "C2"}, 8: {"campus": "C3", "subject": "music"}})
ONE = varied({7: {"campus": "C4"}})


def teach(teacher: int, campus: str, periods: int) -> Teaching:
    return Teaching(
        teacher=T(teacher), section=f"{campus}.junior", subject="music", periods=periods
    )


def rewalked(county, *entries: Teaching) -> tuple[Plan, Plan]:
    """A plan in which music is taught so, and the same with the least walking."""
    others = [
        e for e in today(county).teaching if e.subject != "music" or "junior" not in e.section
    ]
    plan = Plan(teaching=(*others, *entries))
    rules = (Configured(RULE, "must"),)
    found = least_walking(county, rules, TERMS, plan, 1, Clock())
    before, after = (placement(county, p, "periods") for p in (plan, found))
    assert Coverage().score(county, after) == pytest.approx(Coverage().score(county, before))
    assert all(r.kept for r in RULE.readings(county, after))
    return plan, found


def visits(county, plan: Plan) -> dict[tuple[str, str], int]:
    seen = placement(county, plan, "periods")
    return {
        (seen.serving[person].id[:2], e.section[:2]): e.periods
        for person, entries in seen.beside.items()
        for e in entries
    }


def test_two_sections_that_give_each_other_the_same_subject_keep_their_own_people() -> None:
    swap = (teach(6, "C1", 2), teach(6, "C2", 4), teach(7, "C2", 2), teach(7, "C1", 4))
    plan, found = rewalked(TWO, *swap)
    assert visits(TWO, plan) == {("C1", "C2"): 4, ("C2", "C1"): 4}
    assert visits(TWO, found) == {}


def test_three_sections_that_give_on_in_a_circle_keep_their_own_people() -> None:
    circle = (
        *(teach(6, "C1", 4), teach(6, "C2", 2)),
        *(teach(7, "C2", 4), teach(7, "C3", 2)),
        teach(8, "C1", 2),
    )
    plan, found = rewalked(THREE, *circle)
    assert len(visits(THREE, plan)) == 3
    assert visits(THREE, found) == {}


def test_a_chain_of_visits_is_cut_to_the_one_that_is_needed() -> None:
    # T6 gives 2 at C2 so that T7 can give 2 at C3: T7 has 2 to spare, and is 6 minutes away
    chain = (teach(6, "C1", 6), teach(6, "C2", 2), teach(7, "C2", 4), teach(7, "C3", 2))
    plan, found = rewalked(TWO, *chain)
    assert len(visits(TWO, plan)) == 2
    assert visits(TWO, found) == {("C2", "C3"): 2}
    assert burden(placement(TWO, found, "periods")) == Burden(2 * 2, 6)


def test_the_nearer_of_two_who_could_walk_does() -> None:
    plan, found = rewalked(TWO, teach(6, "C1", 6), teach(6, "C3", 2), teach(7, "C2", 6))
    assert burden(placement(TWO, plan, "periods")) == Burden(2 * 2, 23)
    assert visits(TWO, found) == {("C2", "C3"): 2}


def test_own_periods_come_before_a_visit_that_covers_as_much() -> None:
    # 4 periods stay uncovered at C1 or at C2, at the same price: 2 at 1 and 2 at 1.2
    plan, found = rewalked(ONE, teach(6, "C1", 2), teach(6, "C2", 6), teach(7, "C4", 4))
    assert visits(ONE, plan) == {("C1", "C2"): 6}
    assert visits(ONE, found) == {("C1", "C2"): 2}


def test_a_plan_that_walks_least_stays_as_it_is() -> None:
    plan, found = rewalked(TWO, teach(6, "C1", 6), teach(7, "C2", 6), teach(7, "C3", 2))
    assert found is plan


def test_a_swap_stays_where_the_difference_is_less_than_a_visit_may_be() -> None:
    # T6 has 1 more than C1 needs, C2 needs 1 more than T7 gives, and a visit has 2 at least
    nobody = {"classes": (0, 0, 0), "pupils": 0, "graduates": 0, "registered_graduates": 0}
    needs = {
        n: nobody | {"extra_periods": [{"subject": "music", "periods": periods}]}
        for n, periods in ((1, 7), (2, 9))
    }
    county = varied({7: {"campus": "C2"}}, needs | {3: nobody})
    swap = (teach(6, "C1", 5), teach(6, "C2", 3), teach(7, "C2", 6), teach(7, "C1", 2))
    plan, found = rewalked(county, *swap)
    assert found is plan


# Against all that people can do


def settled(case: WalkingCase) -> tuple[Plan, Plan]:
    """Moves without walking, walking settled on them, and the least walking."""
    first = case.program("none")
    plan = first.decode(solved(first)[1])
    after = settle(case.county, case.rules, case.terms, plan, 1, Clock()).plan
    return after, least_walking(case.county, case.rules, case.terms, after, 1, Clock())


def seen(case: WalkingCase, plan: Plan) -> Placement:
    return placement(case.county, plan, walking_by(case.rules, case.terms))


def walked(case: WalkingCase, plan: Plan) -> tuple[float, int, int]:
    found = seen(case, plan)
    assert all(r.kept for r in case.rule.readings(case.county, found))
    asked = burden(found)
    value = Coverage(by=case.terms.coverage).score(case.county, found)
    return value, asked.periods, asked.minutes


@pytest.mark.parametrize("seed", range(0, 300, 2))
def test_nobody_walks_more_than_the_least_over_all_that_people_can_do(seed) -> None:
    case = walking_case(seed)
    before, after = settled(case)
    assert after.moves == before.moves
    at = placement(case.county, after.model_copy(update={"teaching": ()}))
    best = least_burden(case.county, case.rule, at, case.terms)
    assert walked(case, after) == pytest.approx(best)
    again = least_walking(case.county, case.rules, case.terms, after, 1, Clock())
    assert again is after


@pytest.mark.parametrize("seed", range(1, 300, 6))
def test_what_moves_and_walking_decided_together_walk_in_vain_is_taken_out(seed) -> None:
    case = walking_case(seed)
    together = case.program("persons")
    plan = together.decode(solved(together)[1])
    after = least_walking(case.county, case.rules, case.terms, plan, 1, Clock())
    assert (after.moves, after.supply) == (plan.moves, plan.supply)
    at = placement(case.county, after.model_copy(update={"teaching": ()}))
    best = least_burden(case.county, case.rule, at, case.terms)
    assert best[0] == pytest.approx(case.least)
    assert walked(case, after) == pytest.approx(best)


@pytest.mark.parametrize("seed", range(0, 300, 10))
def test_over_the_ways_of_the_flow_alone_a_plan_is_kept_or_walks_less(seed, monkeypatch) -> None:
    monkeypatch.setattr(guide, "FEW", 0)
    case = walking_case(seed)
    before, after = settled(case)
    assert walked(case, after)[0] == pytest.approx(walked(case, before)[0])
    assert walked(case, after) <= walked(case, before)


@pytest.mark.parametrize("seed", range(0, 300, 3))
def test_where_visits_may_be_of_one_period_no_two_sections_give_each_other_a_subject(seed) -> None:
    case = walking_case(seed)
    rule = case.rule.model_copy(update={"block": 1})
    case = replace(case, rules=(Configured(rule, "must"), *case.rules[1:]))
    _, after = settled(case)
    found = seen(case, after)
    given = {
        (found.serving[person].id, e.section, e.subject)
        for person, entries in found.beside.items()
        for e in entries
        if e.section != found.serving[person].id
    }
    assert not any((q, p, s) in given for p, q, s in given)


@pytest.mark.parametrize("seed", range(0, 300, 5))
def test_the_columns_count_the_burden_that_people_bear(seed) -> None:
    case = walking_case(seed)
    plan, _ = settled(case)
    allocation, columns = laid_second_stage(case.county, case.rules, case.terms, plan, chains=True)
    size = len(allocation.names)
    levels = levels_of(columns, seen(case, plan), size)
    periods, minutes = burdens(case.county, columns, size)
    assert burden(seen(case, plan)) == Burden(round(periods @ levels), round(minutes @ levels))
