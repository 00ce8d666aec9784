"""Every kind of impossible request is named with its numbers, several of them at once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from allocator.admission.direct import solve_exactly
from allocator.admission.entitlement import entitle
from allocator.admission.form import flow_form
from allocator.admission.impossible import impossible_requests
from allocator.admission.per_high import PER_HIGH, divide_per_high, rows_of
from allocator.admission.rules import (
    RULES,
    ChangeCap,
    ChannelLimits,
    GraduatesCap,
    PairMinimumFloor,
    ProtectedFactor,
    ProtectedFloor,
    QuotaShareFloor,
    SchoolMinimumFloor,
    TopUpFloor,
)
from allocator.admission.terms import AdmissionTerms
from allocator.county.frozen import DataError
from tests.admission.division import ORDER, at, county, junior, past, pool, senior

TERMS = AdmissionTerms()


def named(where, *rules, terms=TERMS, firmness="must"):
    found = impossible_requests(where, at(firmness, *rules), terms)
    return [(p.path, p.text.format(**p.details)) for p in found]


def test_places_on_top_beyond_a_quota_are_refused_by_name():
    highs = (senior("A", 9, quota_places=2), senior("B", 9, quota_places=6))
    where = county(highs, (junior("X", 60), junior("Z", 300, "T3")))
    # 300 / 30 = 10 places on top, of 8 in all: A gives 10 x 2/8, B 10 x 6/8.
    assert named(where, TopUpFloor()) == [
        (
            "county.senior_highs[0]",
            "senior high 示例A高中 shall give 2.5 places on top, its quota is 2: "
            "ask for fewer on top or raise the quota",
        ),
        (
            "county.senior_highs[1]",
            "senior high 示例B高中 shall give 7.5 places on top, its quota is 6: "
            "ask for fewer on top or raise the quota",
        ),
    ]


@pytest.mark.parametrize("per", [1, 30, 31, 40, 60])
def test_no_claim_is_ever_negative_or_nothing(per):
    highs = (senior("A", 9, quota_places=2), senior("B", 9, quota_places=6))
    where = county(highs, (junior("X", 60), junior("Z", 300, "T3")))
    due = entitle(where, at("must", TopUpFloor(per=per)), TERMS)
    assert all(claim > 0 for claim in due.cells.values())
    for high, quota in due.quotas.items():
        assert sum(claim for (h, _), claim in due.cells.items() if h == high) == quota


def test_places_on_top_that_are_the_whole_quota_leave_nothing_to_the_others():
    where = county((senior("A", 9, quota_places=4),), (junior("X", 60), junior("Z", 40, "T3")))
    rules = at("must", TopUpFloor(per=10))
    assert set(entitle(where, rules, TERMS).cells) == {("A", "Z")}
    assert impossible_requests(where, rules, TERMS) == ()
    answer = solve_exactly(where, rules, ORDER, TERMS)
    assert answer is not None
    assert [(c.junior_high, c.places) for c in answer.plan.quotas] == [("Z", 4)]


def test_places_on_top_that_no_senior_high_gives_are_named():
    highs = (senior("A", 9, quota_places=4, tops_up=False), senior("B", 9, "T1", quota_places=4))
    where = county(highs, (junior("X", 60), junior("Z", 45, "T3")))
    assert named(where, TopUpFloor()) == [
        (
            "admission.rules",
            "示例Z初中 shall have 1.5 places on top, but no senior high that admits it gives any: "
            "let one top up or switch the rule off",
        )
    ]
    assert named(where, TopUpFloor(), firmness="should") == []


def test_who_counts_for_nothing_is_promised_nothing_on_top():
    where = county(
        (senior("A", 9, quota_places=4), senior("B", 9, "T1", quota_places=4)),
        (junior("X", 60), junior("Z", 45, "T3", private=True)),
    )
    assert named(where, TopUpFloor(), terms=AdmissionTerms(private_factor=Decimal(0))) == []
    assert entitle(where, at("must", TopUpFloor()), TERMS).columns["Z"] > 0


def test_a_minimum_for_each_pair_beyond_the_quota_is_named():
    where = county(
        (senior("A", 9, quota_places=5), senior("B", 9, quota_places=9)),
        [junior(f"S{n}", 90) for n in range(3)],
    )
    assert named(where, PairMinimumFloor(per_pair=2)) == [
        (
            "county.senior_highs[0]",
            "senior high 示例A高中 divides 5 places, the minimum of each pair needs 6: "
            "lower the minimum or add places",
        )
    ]


def test_minimums_of_pairs_beyond_the_graduates_are_named():
    where = county(
        [senior(h, 9, quota_places=9) for h in "ABC"], (junior("X", 90), junior("Y", 2, "T3"))
    )
    assert named(where, PairMinimumFloor(), GraduatesCap()) == [
        (
            "admission.rules",
            "示例Y初中 shall have at least 3 places but can take only 2: "
            "lower the floor or raise the cap",
        )
    ]


def test_a_change_too_large_for_the_cap_is_named():
    where = county(
        (senior("A", 60, quota_places=40),),
        (junior("X", 60), junior("Y", 30)),
        past_quotas=past(2019, A_X=20, A_Y=10),
    )
    assert named(where, ChangeCap(places=4)) == [
        (
            "county.senior_highs[0]",
            "示例A高中 must give 40 places, their 2 junior highs can take 38: "
            "lower the quota or raise a cap",
        )
    ]


def test_a_change_too_small_for_the_cap_is_named():
    where = county(
        (senior("A", 60, "T1", quota_places=18), senior("B", 60, "T2", quota_places=30)),
        (junior("X", 60), junior("Y", 30, "T2"), junior("Z", 30)),
        past_quotas=past(2019, A_X=20, A_Z=10),
    )
    assert named(where, ChangeCap(places=4)) == [
        (
            "admission",
            "2 junior highs (示例X初中、示例Z初中) shall have at least 22 places together, the "
            "senior highs that admit them have 18: lower the floors or add places",
        )
    ]


def test_a_floor_and_a_cap_that_cross_are_named():
    where = county(
        (senior("A", 60, quota_places=40),),
        (junior("X", 60), junior("Z", 20, "T3")),
        past_quotas=past(2019, A_Z=4),
    )
    assert named(where, ProtectedFloor(), ChangeCap(places=2, share=0)) == [
        (
            "admission.rules",
            "示例Z初中 shall have at least 10 places but can take only 6: "
            "lower the floor or raise the cap",
        )
    ]


def test_a_raised_claim_beyond_the_graduates_is_named():
    where = county((senior("A", 60, quota_places=40),), (junior("X", 30), junior("Z", 20, "T3")))
    # Z counts 60 of 90: 26 places.
    assert named(where, ProtectedFactor(times=3), GraduatesCap()) == [
        (
            "admission.rules",
            "示例Z初中 shall have at least 26 places but can take only 20: "
            "lower the floor or raise the cap",
        )
    ]


def test_a_base_that_counts_nobody_is_told_from_an_area_without_schools():
    highs = (
        senior("A", 9, "T3", quota_places=5),
        senior("B", 9, "T2", quota_places=5),
        senior("C", 9, quota_places=5),
    )
    where = county(highs, [junior("X", 90), junior("Z", 0, "T3")])
    assert named(where, SchoolMinimumFloor()) == [
        (
            "county.senior_highs[0]",
            "senior high 示例A高中 has a quota of 5 places, but the junior highs it admits from "
            "count for nothing in the base: correct the base or the quota",
        ),
        (
            "county.senior_highs[1]",
            "senior high 示例B高中 has a quota of 5 places but admits from no junior high: "
            "correct the area or the quota",
        ),
    ]


def test_pools_are_called_by_their_names():
    where = county(
        (senior("A", 60, quota_places=30), senior("B", 60, "T1", quota_places=6)),
        (junior("X", 5), junior("Y", 4), junior("Z", 12, "T3"), junior("W", 3, "T3")),
        quota_pools=(pool("P", "Z", "W"), pool("Q", "X", "Y")),
        past_quotas=past(2019, A_P=40, A_Q=9),
    )
    said = "；".join(text for _, text in named(where, GraduatesCap(), ChangeCap()))
    told = "示例P组 shall have at least 36 places but can take only 15"
    assert f"{told}: lower the floor or raise the cap" in said
    lone = named(where, GraduatesCap())
    assert lone == [
        (
            "county.senior_highs[0]",
            "示例A高中 must give 30 places, their 2 junior highs can take 24: "
            "lower the quota or raise a cap",
        )
    ]


def test_all_that_no_table_can_mend_is_named_at_once():
    highs = (
        senior("A", 100, quota_places=40, self_recruitment=50, specialty=20, unified=None),
        senior("B", 20, "T2", quota_places=12),
        senior("C", 50, quota_places=30, self_recruitment=9),
        senior("D", 10, "T3", quota_places=6),
    )
    # Data that contradict alone never come so far: A's channels are 110 of 100 places.
    schools = (junior("X", 300), junior("Z", 900, "T3"), junior("V", 30, weak=True))
    where = county(highs[1:], schools)
    where = where.model_copy(update={"senior_highs": highs})
    rules = (QuotaShareFloor(), ChannelLimits(), TopUpFloor(per=10))
    paths = [path for path, _ in named(where, *rules)]
    assert paths == [
        "county.senior_highs[0]",  # 110 of 100 places
        "county.senior_highs[1]",  # admits from nobody
        "county.senior_highs[0]",  # more on top than its quota
        "county.senior_highs[2]",
        "county.senior_highs[3]",
        "county.senior_highs[0]",  # 40 of 60 places to divide
        "county.senior_highs[0]",  # self-recruitment
        "county.senior_highs[0]",  # specialty
        "county.senior_highs[0]",  # nothing left
        "county.senior_highs[2]",  # self-recruitment
    ]


def test_crossed_floors_and_full_senior_highs_are_named_at_once():
    highs = (senior("A", 30, "T1", quota_places=20), senior("B", 30, quota_places=10))
    schools = (junior("X", 8), junior("Y", 3), junior("Z", 40, "T3"))
    where = county(highs, schools, past_quotas=past(2019, B_X=30))
    said = [text for _, text in named(where, GraduatesCap(), ChangeCap(places=5))]
    assert said == [
        "示例X初中 shall have at least 25 places but can take only 8: "
        "lower the floor or raise the cap",
        "示例A高中 must give 20 places, their 2 junior highs can take 11: "
        "lower the quota or raise a cap",
    ]


def test_one_senior_high_with_one_junior_high_is_told_what_each_rule_asks():
    where = county((senior("A", 100, quota_places=50),), [junior("X", 40)])
    assert named(where, QuotaShareFloor(), GraduatesCap(), PairMinimumFloor(per_pair=55)) == [
        (
            "county.senior_highs[0]",
            "senior high 示例A高中 divides 50 places, the rule asks for 60: correct one",
        ),
        (
            "admission.rules",
            "示例X初中 may have at most 40 places, but every table gives 50 there: "
            "correct the rule or the quotas",
        ),
        (
            "admission.rules",
            "示例A高中 gives 示例X初中 50 places in every table, the rule asks for 55: "
            "correct the rule or the quotas",
        ),
    ]


def test_a_wish_that_no_flow_can_say_hides_no_impossible_must():
    highs = (senior("A", 90, quota_places=40), senior("B", 9, quota_places=4))
    where = county(highs, (junior("X", 20), junior("Y", 10)))
    rules = [*at("must", GraduatesCap()), *at("should", PairMinimumFloor())]
    assert flow_form(where, rules, TERMS) is None
    (problem,) = impossible_requests(where, rules, TERMS)
    assert (problem.details["needed"], problem.details["possible"]) == (40, 30)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_no_rule_alone_refuses_an_ordinary_county(rule):
    highs = (senior("A", 50, quota_places=30), senior("B", 30, quota_places=20, specialty=1))
    schools = (junior("X", 60), junior("Y", 40, weak=True), junior("Z", 35, "T3"))
    where = county(highs, schools, past_quotas=past(2019, A_X=20, B_Y=14, B_Z=12))
    assert named(where, rule()) == []


@pytest.mark.parametrize("rounding", PER_HIGH)
def test_roundings_by_each_senior_high_refuse_what_no_table_can_mend(rounding):
    highs = (
        senior("A", 9, quota_places=2),
        senior("B", 9, quota_places=6, tops_up=False),
        senior("C", 50, self_recruitment=12, specialty=9),
    )
    where = county(highs, (junior("X", 60), junior("Z", 900, "T3")))
    rules = at("must", QuotaShareFloor(), TopUpFloor(per=20))
    terms = AdmissionTerms(rounding=rounding)
    with pytest.raises(DataError) as caught:
        divide_per_high(rows_of(where, rules, terms), terms)
    said = [p.text.format(**p.details) for p in caught.value.problems][:2]
    assert said == [
        "senior high 示例C高中 has 50 places, but quota 30, self-recruitment 12 and specialty 9 "
        "add up to 51: correct one",
        # 45 places on top: A gives 2 of 32, C 30 of 32.
        "senior high 示例A高中 shall give 2.81 places on top, its quota is 2: "
        "ask for fewer on top or raise the quota",
    ]


def test_a_quota_of_nothing_divides_nothing():
    highs = (senior("A", 50, quota_places=30), senior("B", 30, quota_places=0))
    where = county(highs, (junior("X", 60), junior("Y", 40)))
    rules = at("must", GraduatesCap(), PairMinimumFloor())
    assert impossible_requests(where, rules, TERMS) == ()
    answer = solve_exactly(where, rules, ORDER, TERMS)
    assert answer is not None
    assert {c.senior_high for c in answer.plan.quotas} == {"A"}
    share = at("must", QuotaShareFloor(at_least=Decimal("0.6")))
    (problem,) = impossible_requests(where, share, TERMS)
    assert problem.details == {"high": "示例B高中", "quota": 0, "needed": 18}
