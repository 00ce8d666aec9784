"""Each admission rule on tables counted by hand, and rows against readings on all tables."""

from __future__ import annotations

from decimal import Decimal

import pytest

from allocator.admission.model import build, read
from allocator.admission.rules import RULES
from allocator.admission.rules.change_cap import ChangeCap
from allocator.admission.rules.channel_limits import ChannelLimits
from allocator.admission.rules.graduates_cap import GraduatesCap
from allocator.admission.rules.pair_minimum import PairMinimumFloor
from allocator.admission.rules.pins import QuotaPinLock
from allocator.admission.rules.protected_factor import ProtectedFactor
from allocator.admission.rules.protected_floor import ProtectedFloor
from allocator.admission.rules.quota_share import QuotaShareFloor
from allocator.admission.rules.school_minimum import SchoolMinimumFloor
from allocator.admission.rules.top_up import TopUpFloor
from allocator.admission.terms import AdmissionTerms
from allocator.county.frozen import DataError
from allocator.solving.program import least_slack
from tests.admission.division import (
    ORDER,
    all_levels,
    at,
    county,
    junior,
    past,
    pins,
    plan,
    pool,
    senior,
)

TERMS = AdmissionTerms()
# Graduates 10, 6 and 4: of A's 5 places X is due 2.5, Y 1.5, Z 1; of B's 2 places 1, 0.6, 0.4.
SCHOOLS = (junior("X", 10), junior("Y", 6, "T2", weak=True), junior("Z", 4, "T3"))
COUNTY = county((senior("A", 8, quota_places=5), senior("B", 4, quota_places=2)), SCHOOLS)
GIVEN = plan({"A-X": 5, "B-Z": 2})


def shortfalls(rule, given=GIVEN, where=COUNTY, terms=TERMS):
    rules = at("watch", rule)
    return {
        r.where: (r.actual, r.limit, r.shortfall)
        for r in rule.readings(where, read(where, rules, terms, given))
    }


def test_a_quality_senior_high_divides_its_share_rounded_up():
    # 60 % of 8 is 4.8, of 4 is 2.4; A divides 5, B only 2.
    assert shortfalls(QuotaShareFloor()) == {"A": (5, 5, 0), "B": (2, 3, 1)}


def test_a_share_that_is_no_binary_fraction_is_counted_exactly():
    where = county((senior("A", 300, quota_places=51),), SCHOOLS)
    rule = QuotaShareFloor(at_least=Decimal("0.17"))
    assert shortfalls(rule, plan({"A-X": 51}), where) == {"A": (51, 51, 0)}


def test_a_senior_high_that_is_no_quality_school_need_not_divide():
    where = county((senior("A", 5, quota_places=5), senior("C", 9, quality=False)), SCHOOLS)
    assert "C" not in shortfalls(QuotaShareFloor(), plan({"A-X": 5}), where)


def test_rural_and_weak_junior_highs_keep_their_share_rounded_down():
    # Y is weak: 1.5 + 0.6 = 2.1; Z is rural: 1 + 0.4 = 1.4; X is neither.
    assert shortfalls(ProtectedFloor(areas=("rural",))) == {"Y": (0, 2, 2), "Z": (2, 1, 0)}


def test_the_protected_share_may_be_rounded_up():
    rule = ProtectedFloor(areas=("rural",), rounding="up")
    assert shortfalls(rule) == {"Y": (0, 3, 3), "Z": (2, 2, 0)}


def test_a_whole_share_is_not_rounded_up_further():
    where = county((senior("A", 8, quota_places=5),), SCHOOLS)
    rule = ProtectedFloor(areas=("rural",), weak=False, rounding="up")
    assert shortfalls(rule, plan({"A-Z": 1, "A-X": 4}), where) == {"Z": (1, 1, 0)}


def test_protection_means_the_areas_it_names():
    rule = ProtectedFloor(areas=("urban", "township_seat"), weak=False)
    assert set(shortfalls(rule)) == {"X", "Y"}


def test_every_junior_high_has_its_minimum():
    rule = SchoolMinimumFloor(per_school=2)
    assert shortfalls(rule) == {"X": (5, 2, 0), "Y": (0, 2, 2), "Z": (2, 2, 0)}


def test_a_junior_high_without_graduates_has_no_minimum():
    where = county((senior("A", 5, quota_places=5),), (*SCHOOLS, junior("V", 0)))
    assert "V" not in shortfalls(SchoolMinimumFloor(), plan({"A-X": 5}), where)


def test_no_junior_high_has_more_places_than_graduates():
    given = plan({"A-Z": 5, "B-Y": 2})
    assert shortfalls(GraduatesCap(), given) == {"X": (0, 10, 0), "Y": (2, 6, 0), "Z": (5, 4, 1)}


def test_graduates_are_those_of_the_base():
    schools = (junior("X", 10, registered=4), junior("Y", 6))
    where = county((senior("A", 5, quota_places=5),), schools)
    given = plan({"A-X": 5})
    assert shortfalls(GraduatesCap(), given, where)["X"] == (5, 4, 1)
    all_count = AdmissionTerms(base="graduates")
    assert shortfalls(GraduatesCap(), given, where, all_count)["X"] == (5, 10, 0)


VARIANTS = {
    QuotaShareFloor: [
        {"at_least": Decimal("0.9")},
        {"over": "all"},
        {"over": "all", "first_year": 2020, "first_share": Decimal("0.57")},
    ],
    ProtectedFloor: [
        {"rounding": "up"},
        {"areas": ("urban", "township_seat", "rural"), "weak": False},
    ],
    SchoolMinimumFloor: [{"per_school": 3}],
    GraduatesCap: [],
    ChannelLimits: [{"unified_at_least": Decimal("0.4"), "self_at_most": Decimal("0.13")}],
    ProtectedFactor: [{"times": Decimal("1.35"), "areas": ("rural",)}, {"times": 3}],
    TopUpFloor: [{"per": 3}, {"per": 3, "rounding": "up"}, {"per": 3, "rounding": "down"}],
    PairMinimumFloor: [{"per_pair": 2}],
    ChangeCap: [{"places": 1}, {"places": 0, "share": Decimal("0.4")}],
    QuotaPinLock: [],
}
TOYS = {
    "whole county": COUNTY,
    "areas": county(
        (senior("A", 8, "T1", "T3", quota_places=4), senior("B", 4, "T2", quota_places=3)),
        (*SCHOOLS, junior("P", 2, private=True)),
    ),
    "few graduates": county(
        (senior("A", 8, quota_places=4), senior("B", 4, quota_places=2)),
        (junior("X", 3), junior("Y", 2, "T2", weak=True), junior("Z", 1, "T3")),
    ),
    "pool": county(
        (
            senior("A", 8, "T1", "T3", quota_places=4, self_recruitment=2, tops_up=False),
            senior("B", 6, quota_share="0.5", specialty=1, unified=1),
        ),
        (*SCHOOLS, junior("U", 2, "T2"), junior("W", 0)),
        quota_pools=(pool("P", "U", "Z"),),
        past_quotas=past(2019, A_X=3, A_Z=2, B_P=1, B_Y=3, B_W=5) + past(2018, B_Y=9),
        quota_pins=pins(A_X=3, B_P=1, B_Z=2),
    ),
    # A does not admit from Y, which lies in T2.
    "pins": county(
        (senior("A", 8, "T1", "T3", quota_places=4), senior("B", 4, quota_places=3)),
        SCHOOLS,
        quota_pins=pins(A_X=2, A_Y=1, B_Y=1, B_Z=0),
    ),
}


@pytest.mark.parametrize("toy", TOYS)
@pytest.mark.parametrize(
    ("rule", "settings"),
    [(rule, s) for rule in RULES for s in ({}, *VARIANTS[rule])],
    ids=lambda v: getattr(v, "name", ""),
)
def test_rows_and_readings_agree_on_every_table(rule, settings, toy):
    where, one = TOYS[toy], at("should", rule(**settings))
    allocation = build(where, one, ORDER, TERMS)
    rows = allocation.rules[0].rows
    assert len({row.where for row in rows}) == len(rows)
    keys = sorted({row.key for row in rows})
    for levels in all_levels(allocation):
        table = read(where, one, TERMS, allocation.decode(levels))
        counted = {r.where: r.shortfall for r in one[0].rule.readings(where, table)}
        slack = {
            key: max(least_slack(row, levels) for row in rows if row.key == key) for key in keys
        }
        for key in counted.keys() | slack.keys():
            assert slack.get(key, 0) == counted.get(key, 0), (key, levels)


def test_the_toys_keep_and_break_every_rule():
    for rule in RULES:
        seen = set()
        for where in TOYS.values():
            for settings in ({}, *VARIANTS[rule]):
                one = at("should", rule(**settings))
                allocation = build(where, one, ORDER, TERMS)
                for levels in all_levels(allocation):
                    table = read(where, one, TERMS, allocation.decode(levels))
                    seen |= {r.kept for r in one[0].rule.readings(where, table)}
        assert seen == {True, False}, rule.name


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_rule_says_what_it_asks_for(rule, lang):
    assert rule().asks(lang)
    assert "{" not in rule().asks(lang)


def test_a_school_in_a_pool_is_sent_to_it():
    where = county((senior("A", 5, quota_places=2),), SCHOOLS, quota_pools=(pool("P", "Y", "Z"),))
    with pytest.raises(DataError) as caught:
        read(where, [], TERMS, plan({"A-X": 1, "A-Y": 1}))
    assert str(caught.value) == "quotas[1]: Y receives its places in pool P: list them there"


def test_all_that_cannot_be_in_a_table_is_named_at_once():
    where = county((senior("A", 5, "T1", quota_places=2), senior("B", 5, quota_places=1)), SCHOOLS)
    wrong = plan({"A-Y": 1, "Q-X": 1, "B-Q": 1})
    twice = plan({"B-X": 1}).quotas * 2
    with pytest.raises(DataError) as caught:
        read(where, [], TERMS, wrong.model_copy(update={"quotas": wrong.quotas + twice}))
    assert [p.path for p in caught.value.problems] == [
        "quotas[0]",
        "quotas[1]",
        "quotas[2]",
        "quotas[4]",
    ]
