"""How many places are divided, by each or all together, by steps, and what other channels have."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from allocator.admission.channels import channels
from allocator.admission.direct import solve_exactly
from allocator.admission.entitlement import entitle
from allocator.admission.impossible import impossible_requests
from allocator.admission.model import read
from allocator.admission.quotas import quotas
from allocator.admission.rules import ChannelLimits, QuotaShareFloor
from allocator.admission.table import QuotaTable
from allocator.admission.terms import AdmissionTerms
from tests.admission.division import ORDER, at, county, junior, plan, senior

TERMS = AdmissionTerms()
SCHOOLS = (junior("X", 400), junior("Y", 300))
ALL = QuotaShareFloor(over="all")


def divided(rule, *highs, **more):
    return quotas(county(highs, SCHOOLS, **more), at("must", rule))


def shortfalls(rule, where, given):
    table = read(where, at("watch", rule), TERMS, given)
    return {r.where: (r.actual, r.limit, r.shortfall) for r in rule.readings(where, table)}


def names(where, *rules):
    found = impossible_requests(where, at("must", *rules), TERMS)
    return [(p.path, p.text.format(**p.details)) for p in found]


def test_all_together_divide_the_share_of_all_their_places():
    # 60 % of 10 + 7 + 6 = 23 is 13.8: 14 places. Webster: quotients 10, 7, 6 over 1, 3, 5, ...
    # 14/23 of the places are 6.09, 4.26, 3.65, rounded 6, 4, 4.
    given = divided(ALL, senior("A", 10), senior("B", 7), senior("C", 6))
    assert given == {"A": 6, "B": 4, "C": 4}
    each = divided(QuotaShareFloor(), senior("A", 10), senior("B", 7), senior("C", 6))
    assert each == {"A": 6, "B": 5, "C": 4}


def test_those_who_state_their_places_or_a_share_keep_them():
    # 60 % of 40 is 24; A states 3, B its own half 5: 16 are left to C and D, of 10 places each.
    highs = (
        senior("A", 10, quota_places=3),
        senior("B", 10, quota_share=Decimal("0.5")),
        senior("C", 10),
        senior("D", 10),
    )
    assert divided(ALL, *highs) == {"A": 3, "B": 5, "C": 8, "D": 8}


def test_nobody_divides_more_places_than_there_are():
    # 90 % of 20 is 18; A states 2, and C cannot make up the rest with 10.
    where = county((senior("A", 10, quota_places=2), senior("C", 10)), SCHOOLS)
    rule = QuotaShareFloor(over="all", at_least=Decimal("0.9"))
    assert quotas(where, at("must", rule)) == {"A": 2, "C": 10}
    assert names(where, rule) == [
        (
            "county.senior_highs",
            "all quality senior highs together divide 12 places, the rule asks for 18: correct one",
        )
    ]


def test_those_who_stated_more_than_all_together_must_leave_nothing_to_the_others():
    highs = (senior("A", 10, quota_places=10), senior("C", 2))
    assert divided(ALL, *highs) == {"A": 10, "C": 0}


def test_places_of_a_senior_high_that_is_no_quality_school_count_in_neither_sum():
    highs = (senior("A", 10), senior("C", 90, quality=False, quota_places=5))
    where = county(highs, SCHOOLS)
    assert quotas(where, at("must", ALL)) == {"A": 6, "C": 5}
    given = plan({"A-X": 6, "C-X": 5})
    table = read(where, at("must", ALL), TERMS, given)
    assert [(r.where, r.actual, r.limit) for r in ALL.readings(where, table)] == [("county", 6, 6)]


def test_over_all_one_may_divide_less_if_another_divides_more():
    where = county((senior("A", 10, quota_places=2), senior("B", 10, quota_places=10)), SCHOOLS)
    given = plan({"A-X": 2, "B-X": 10})
    assert shortfalls(ALL, where, given) == {"county": (12, 12, 0)}
    assert shortfalls(QuotaShareFloor(), where, given) == {"A": (2, 6, 4), "B": (10, 6, 0)}


PATH = QuotaShareFloor(
    at_least=Decimal("0.5"), first_year=2021, first_share=Decimal("0.6"), second_year=2024
)


@pytest.mark.parametrize(
    ("month", "places"),
    [("2020-12", 50), ("2021-01", 60), ("2023-05", 60), ("2024-05", 65), ("2030-05", 65)],
)
def test_the_share_is_that_of_the_latest_step_reached(month, places):
    where = county((senior("A", 100),), SCHOOLS).model_copy(update={"as_of": month})
    assert quotas(where, at("must", PATH)) == {"A": places}
    readings = PATH.readings(where, read(where, at("must", PATH), TERMS, plan({"A-X": places})))
    assert [(r.actual, r.limit) for r in readings] == [(places, places)]


def test_without_steps_the_share_holds_in_every_year():
    where = county((senior("A", 100),), SCHOOLS)
    for month in ("2020-06", "2099-06"):
        at_month = where.model_copy(update={"as_of": month})
        assert quotas(at_month, at("must", QuotaShareFloor())) == {"A": 60}


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ({"first_year": 2024, "second_year": 2024}, "does not come after"),
        ({"first_year": 2024, "second_year": 2025, "third_year": 2023}, "does not come after"),
        ({"second_year": 2024}, "has no year"),
        ({"first_year": 2021, "third_year": 2024}, "has no year"),
    ],
)
def test_steps_come_in_the_order_of_their_years(years, said):
    with pytest.raises(ValidationError) as caught:
        QuotaShareFloor(**years)
    assert said in str(caught.value)


def test_the_sentence_tells_only_the_steps_there_are():
    assert QuotaShareFloor().asks("zh") == (
        "每所优质示范高中的招生名额，不低于 60% 分配到初中（进一取整）"
    )
    assert PATH.asks("en").endswith("; from 2021 on at least 60%; from 2024 on at least 65%")


def test_the_channels_of_a_senior_high_are_its_places():
    highs = (
        senior("A", 100, self_recruitment=8, specialty=4),
        senior("B", 50, quota_places=30, specialty=5, unified=15),
        senior("C", 40, quality=False, specialty=2),
    )
    where = county(highs, SCHOOLS)
    found = channels(where, quotas(where, at("must", QuotaShareFloor())))
    assert [
        (c.quota, c.self_recruitment, c.specialty, c.unified, c.places) for c in found.values()
    ] == [(60, 8, 4, 28, 100), (30, 0, 5, 15, 50), (0, 0, 2, 38, 40)]
    assert all(c.adds_up for c in found.values())


def test_channels_are_held_against_their_shares():
    # 10 % of 25 is 2.5, 5 % is 1.25, 20 % is 5: at most 2, at most 1, at least 5.
    highs = (senior("A", 25, quota_places=16, self_recruitment=3, specialty=2),)
    where = county(highs, SCHOOLS)
    assert shortfalls(ChannelLimits(), where, plan({"A-X": 16})) == {
        "A:self_recruitment": (3, 2, 1),
        "A:specialty": (2, 1, 1),
        "A:unified": (4, 5, 1),
    }


def test_channels_beyond_their_limits_are_named_all_at_once():
    highs = (
        senior("A", 25, quota_places=16, self_recruitment=3, specialty=2),
        senior("B", 100, quota_places=60, self_recruitment=10, specialty=5),
    )
    assert names(county(highs, SCHOOLS), ChannelLimits()) == [
        (
            "county.senior_highs[0]",
            "senior high 示例A高中 fills 3 places by self-recruitment, the rule allows 2: "
            "correct one",
        ),
        (
            "county.senior_highs[0]",
            "senior high 示例A高中 has 2 places for gifted pupils, the rule allows 1: correct one",
        ),
        (
            "county.senior_highs[0]",
            "senior high 示例A高中 has 4 places left for unified admission, the rule asks for 5: "
            "correct one",
        ),
    ]


def test_a_senior_high_without_a_quota_keeps_the_limits_too():
    where = county((senior("A", 10), senior("C", 10, quality=False, specialty=1)), SCHOOLS)
    (named,) = names(where, QuotaShareFloor(), ChannelLimits())
    assert named[0] == "county.senior_highs[1]"


@pytest.mark.parametrize("firmness", ["should", "watch"])
def test_limits_that_are_no_must_refuse_nothing(firmness):
    highs = (senior("A", 25, quota_places=16, self_recruitment=3, specialty=2),)
    where, rules = county(highs, SCHOOLS), at(firmness, ChannelLimits())
    assert impossible_requests(where, rules, TERMS) == ()
    answer = solve_exactly(where, rules, ORDER, TERMS)
    assert answer is not None
    assert answer.tiers["protection"] == (3 if firmness == "should" else 0)


def test_a_quota_that_leaves_no_room_for_the_other_channels_is_named():
    where = county((senior("A", 100, self_recruitment=30, specialty=15),), SCHOOLS)
    assert names(where, QuotaShareFloor()) == [
        (
            "county.senior_highs[0]",
            "senior high 示例A高中 has 100 places, but quota 60, self-recruitment 30 and "
            "specialty 15 add up to 105: correct one",
        )
    ]


def test_unified_places_that_do_not_add_up_with_the_quota_are_named():
    where = county((senior("A", 100, specialty=5, unified=30), senior("B", 10)), SCHOOLS)
    assert names(where, QuotaShareFloor()) == [
        (
            "county.senior_highs[0]",
            "senior high 示例A高中 has 100 places, but quota 60, self-recruitment 0, specialty 5 "
            "and unified admission 30 add up to 95: correct one",
        )
    ]


def test_unified_places_stated_are_those_read():
    where = county((senior("A", 100, quota_places=70, unified=30),), SCHOOLS)
    rule = ChannelLimits(unified_at_least=Decimal("0.31"))
    table = QuotaTable(where, entitle(where, [], TERMS), {("A", "X"): 70})
    assert {r.where: r.shortfall for r in rule.readings(where, table)}["A:unified"] == 1
