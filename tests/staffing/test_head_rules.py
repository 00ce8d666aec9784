"""Heads of schools: sent by pins and appointments, one principal a school, terms; by hand.

T3 is principal of S1 since August 2008 (11 whole years), T12 of S4 since August 2017 (2 years).
"""

from __future__ import annotations

from typing import Any

import pytest

from allocator.audit import audit
from allocator.county.county import County
from allocator.insight import place_name
from allocator.modelling import verdict
from allocator.samples import toy_scenario
from allocator.scenario import Scenario, with_rule
from allocator.solving import solve_scenario
from allocator.staffing.rules import (
    EligibilityLock,
    HeadLock,
    HeadTermCap,
    OnePrincipalLock,
    TravelCap,
)
from tests.staffing.toy import (
    TOY,
    T,
    heads,
    plan_of,
    readings,
    refuses,
    short,
    two_campuses,
    varied,
)

SWAP = {3: "C4", 12: "C1"}


def of(county: County, **firmness: str) -> Scenario:
    """A scenario of the county, some rules at another firmness."""
    found = toy_scenario().model_copy(update={"county": county, "admission": None})
    for rule, chosen in firmness.items():
        found = with_rule(found, "staffing", {"rule": rule, "firmness": chosen})
    return found


def solved(scenario: Scenario) -> tuple[str, dict[str, str]]:
    """The status, and who goes where."""
    part = solve_scenario(scenario).part("staffing")
    assert part is not None
    if part.plan is None:
        return part.status, {}
    assert part.audit is not None
    assert part.audit.clean
    return part.status, {m.teacher: m.destination for m in part.plan.moves}


# 1 Heads go where they are sent


def test_a_head_goes_nowhere_unless_sent() -> None:
    assert refuses(HeadLock(), TOY, 3, "C2")
    assert not refuses(HeadLock(), TOY, 1, "C2")


def test_a_head_goes_where_a_pin_sends_them_and_nowhere_else() -> None:
    county = heads(first="C4")
    assert not refuses(HeadLock(), county, 3, "C4")
    assert refuses(HeadLock(), county, 3, "C2")
    assert refuses(HeadLock(), county, 12, "C1")


def test_a_party_secretary_is_a_head_and_a_manager_is_none() -> None:
    county = varied({1: {"role": "party_secretary"}, 2: {"role": "middle_manager"}})
    assert refuses(HeadLock(), county, 1, "C2")
    assert not refuses(HeadLock(), county, 2, "C2")


def test_a_head_of_a_private_school_is_locked_and_named_only_where_moved() -> None:
    county = varied({20: {"role": "principal"}})
    assert refuses(HeadLock(), county, 20, "C2")
    assert T(20) not in readings(HeadLock(), county, {})


def test_a_head_goes_where_a_round_appoints_them() -> None:
    result = {"teacher": T(3), "campus": "C2"}
    held = ({"id": "R1", "name": "示例", "kind": "application", "appointments": (result,)},)
    county = varied(rounds=held)
    assert not refuses(HeadLock(), county, 3, "C2")
    assert refuses(HeadLock(), county, 3, "C4")


def test_the_office_alone_is_no_reason_of_eligibility() -> None:
    assert not refuses(EligibilityLock(), TOY, 3, "C2")
    assert refuses(EligibilityLock(), TOY, 3, "C7")  # a private school
    assert refuses(EligibilityLock(), varied({3: {"status": "long_sick"}}), 3, "C2")


def test_heads_move_across_the_county() -> None:
    assert not refuses(TravelCap(), TOY, 3, "C4")


# 2 One principal a school


def test_a_swap_of_principals_leaves_one_at_each_school() -> None:
    county = heads()
    assert short(OnePrincipalLock(), county, {}) == {}
    assert short(OnePrincipalLock(), county, SWAP) == {}


def test_a_principal_who_goes_alone_leaves_none_behind_and_makes_two_there() -> None:
    rule, county = OnePrincipalLock(), heads()
    assert short(rule, county, {3: "C4"}) == {"S1": 1, "S4": 1}
    found = readings(rule, county, {3: "C4"})
    assert {w: (r.actual, r.sense) for w, r in found.items() if not r.kept} == {
        "S1": (0, "=="),
        "S4": (2, "=="),
    }


def test_a_school_without_a_principal_gets_one_or_none() -> None:
    rule, county = OnePrincipalLock(), heads()
    assert short(rule, county, {3: "C2", 12: "C1"}) == {"S4": 1}  # S2 gets its first
    assert short(rule, county, {3: "C2", 12: "C2"}) == {"S1": 1, "S2": 1, "S4": 1}


def test_a_principal_moves_between_the_campuses_of_a_school() -> None:
    assert short(OnePrincipalLock(), two_campuses(), {3: "C8"}) == {}


def test_a_principal_on_long_leave_is_none_in_post() -> None:
    county = varied({3: {"status": "long_sick"}, 12: {"role": "principal"}})
    found = readings(OnePrincipalLock(), county, {12: "C1"})
    assert [(w, r.actual, r.sense) for w, r in found.items() if r.actual] == [("S1", 1, "<=")]
    assert [w for w, r in found.items() if not r.kept] == ["S4"]


def test_the_verdict_names_the_school() -> None:
    scenario = of(heads(first="C4"))
    judged = audit(scenario, plan_of(scenario.county, {3: "C4"}))
    broken = next(v for v in judged.broken() if v.rule == "one_principal_lock")
    said = [
        verdict(OnePrincipalLock(), r, place_name(scenario, r.where), "zh")
        for r in broken.readings
        if not r.kept
    ]
    assert said == [
        "示例城区初中：在岗校长0人，应为1人，差1人",
        "示例东部初中：在岗校长2人，应为1人，差1人",
    ]


# 3 Terms


@pytest.mark.parametrize(
    ("moves", "missing"),
    [
        ({}, {T(3): 1}),  # 11 years of 10 at most, and still there
        ({3: "C2"}, {}),
        ({3: "C2", 12: "C1"}, {T(12): 1}),  # 2 years of 3 at least
    ],
)
def test_heads_leave_neither_too_early_nor_too_late(moves: Any, missing: Any) -> None:
    assert short(HeadTermCap(), heads(), moves) == missing


@pytest.mark.parametrize(
    ("entered", "told"),
    [
        ("2010-07", {}),  # 9 years, 11 months
        ("2010-06", {T(3): (">=", 1)}),  # ten years
        ("2017-06", {}),  # three years
        ("2017-07", {T(3): ("<=", 0)}),  # two years, 11 months
    ],
)
def test_terms_are_whole_years_at_the_month_of_the_data(entered: str, told: Any) -> None:
    county = varied({3: {"entered_school": entered}})
    found = readings(HeadTermCap(), county, {})
    assert {w: (r.sense, r.limit) for w, r in found.items()} == told
    assert set(short(HeadTermCap(), county, {})) == {w for w, (s, _) in told.items() if s == ">="}


def test_who_may_not_be_moved_is_not_overdue() -> None:
    county = varied({3: {"entered_school": "2008-08", "status": "long_sick"}})
    assert readings(HeadTermCap(), county, {}) == {}


def test_another_campus_of_the_school_is_no_departure() -> None:
    data = two_campuses().model_dump()
    data["teachers"][2]["entered_school"] = "2008-08"
    county = County.model_validate(data)
    assert short(HeadTermCap(), county, {3: "C8"}) == {T(3): 1}
    assert short(HeadTermCap(), county, {3: "C2"}) == {}


# 4 The program


def test_heads_pinned_in_exchange_are_moved_and_the_plan_is_clean() -> None:
    _, moved = solved(of(heads(first="C4", second="C1")))
    assert (moved[T(3)], moved[T(12)]) == ("C4.junior", "C1.junior")


@pytest.mark.parametrize(("first", "second"), [("C4", None), (None, "C1"), ("C2", "C2")])
def test_pins_that_leave_a_school_without_or_with_two_principals_exclude_every_plan(
    first: str | None, second: str | None
) -> None:
    county = heads(first=first, second=second)
    assert solved(of(county)) == ("infeasible", {})


def test_wished_for_alone_the_missing_and_the_second_principal_are_priced() -> None:
    scenario = of(heads(first="C4"), one_principal_lock="should")
    part = solve_scenario(scenario).part("staffing")
    assert part is not None
    assert part.audit is not None
    assert part.audit.clean
    missed = {v.rule: v.shortfall for v in part.audit.missed()}
    assert missed["one_principal_lock"] == 2


def test_moves_of_heads_are_proposed_only_when_switched_on() -> None:
    # T3 is overdue; with the terms wished for, a swap is worth a proposal.
    wished = {"head_term_cap": "should", "turnover_cap": "off"}
    scenario = of(varied({3: {"entered_school": "2008-08"}, 8: {"role": "principal"}}), **wished)
    _, kept = solved(scenario)
    assert not {T(3), T(8)} & set(kept)
    _, moved = solved(with_rule(scenario, "staffing", {"rule": "head_lock", "firmness": "off"}))
    assert {T(3), T(8)} <= set(moved)
