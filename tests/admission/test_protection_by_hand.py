"""Rules that protect junior highs, on claims and tables counted by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from pydantic import TypeAdapter, ValidationError

from allocator.admission.direct import solve_exactly
from allocator.admission.entitlement import entitle
from allocator.admission.model import read
from allocator.admission.rules import (
    ChangeCap,
    PairMinimumFloor,
    ProtectedFactor,
    TopUpFloor,
)
from allocator.admission.terms import AdmissionTerms
from allocator.scenario.registry import AdmissionChoice
from tests.admission.division import ORDER, at, county, junior, past, plan, pool, senior

TERMS = AdmissionTerms()
# Graduates 60, 30 and 30; Y is weak, Z rural.
SCHOOLS = (junior("X", 60), junior("Y", 30, weak=True), junior("Z", 30, "T3"))
HIGHS = (senior("A", 60, quota_places=36), senior("B", 20, quota_places=12))
COUNTY = county(HIGHS, SCHOOLS)


def shortfalls(rule, cells, where=COUNTY):
    rules = at("should", rule)
    table = read(where, rules, TERMS, plan(cells))
    return {r.where: (r.actual, r.limit, r.shortfall) for r in rule.readings(where, table)}


def test_a_factor_raises_the_claims_of_the_protected_and_lowers_the_others():
    # 60 + 1.5 x 30 + 1.5 x 30 = 150: of A's 36 places X claims 14.4, Y and Z 10.8 each.
    due = entitle(COUNTY, at("must", ProtectedFactor(times=Decimal("1.5"))), TERMS)
    assert due.cells["A", "X"] == Fraction(72, 5)
    assert due.cells["A", "Y"] == due.cells["A", "Z"] == Fraction(54, 5)
    assert due.columns["Y"] == Fraction(54 + 18, 5)
    # The plain share stays what it is, and so does every sum.
    assert due.plain == {"X": 24, "Y": 12, "Z": 12}
    assert sum(due.columns.values()) == 48
    assert due.factors == {"Y": Fraction(3, 2), "Z": Fraction(3, 2)}


def test_the_raised_claim_is_kept_rounded_down():
    rule = ProtectedFactor(times=Decimal("1.5"), weak=False)
    # Z alone: 60 + 30 + 45 = 135, Z claims 48 x 45 / 135 = 16.
    given = {"A-X": 21, "A-Z": 15, "B-Y": 12}
    assert shortfalls(rule, given) == {"Z": (15, 16, 1)}


def test_two_rules_that_raise_a_claim_raise_it_together():
    rules = at("must", ProtectedFactor(times=2, weak=False), TopUpFloor(areas=("rural",), per=10))
    due = entitle(COUNTY, rules, TERMS)
    # On top: Y (weak) and Z (rural) 3 each, 6 of 48 places, A's 36 and B's 12 share them 3 : 1.
    assert due.top_ups["A", "Z"] == Fraction(9, 4)
    assert due.top_ups["B", "Z"] == Fraction(3, 4)
    # A divides 36 - 4.5 among 60, 30 and 2 x 30.
    assert due.cells["A", "Z"] == Fraction(63, 2) * 60 / 150 + Fraction(9, 4)
    assert due.cells["A", "X"] == Fraction(63, 2) * 60 / 150


def test_one_place_on_top_for_every_thirty_graduates():
    due = entitle(COUNTY, at("must", TopUpFloor()), TERMS)
    # One each for Y and Z; the other 46 by weight: 23, 11.5, 11.5.
    assert due.columns == {"X": 23, "Y": Fraction(25, 2), "Z": Fraction(25, 2)}
    answer = solve_exactly(COUNTY, at("must", TopUpFloor()), ORDER, TERMS)
    assert answer is not None
    got = {t.junior_high: t.places for t in answer.totals}
    assert got["X"] == 23
    assert sorted((got["Y"], got["Z"])) == [12, 13]


@pytest.mark.parametrize(
    ("rounding", "on_top"), [("exact", Fraction(44, 30)), ("down", 1), ("up", 2)]
)
def test_places_on_top_may_be_whole(rounding, on_top):
    where = county(HIGHS, (junior("X", 60), junior("Z", 44, "T3")))
    due = entitle(where, at("should", TopUpFloor(rounding=rounding)), TERMS)
    assert sum(t for (_, s), t in due.top_ups.items() if s == "Z") == on_top


def test_a_senior_high_that_tops_up_nobody_gives_its_share_only():
    highs = (HIGHS[0], senior("B", 20, quota_places=12, tops_up=False))
    due = entitle(county(highs, SCHOOLS), at("must", TopUpFloor()), TERMS)
    assert due.top_ups == {("A", "Y"): 1, ("A", "Z"): 1}
    assert due.cells["B", "Z"] == 3
    assert due.cells["A", "Z"] == Fraction(34, 4) + 1


def test_the_claim_with_places_on_top_is_kept_rounded_down():
    given = {"A-X": 24, "A-Y": 12, "B-Z": 12}
    assert shortfalls(TopUpFloor(), given) == {"Y": (12, 12, 0), "Z": (12, 12, 0)}
    # On top 2 each, 44 by weight: 11 + 2 = 13.
    assert shortfalls(TopUpFloor(per=15), given) == {"Y": (12, 13, 1), "Z": (12, 13, 1)}


def test_a_pool_is_protected_if_all_its_schools_are():
    where = county(HIGHS, SCHOOLS, quota_pools=(pool("P", "Y", "Z"),))
    assert set(entitle(where, at("must", ProtectedFactor()), TERMS).factors) == {"P"}
    mixed = county(HIGHS, SCHOOLS, quota_pools=(pool("P", "X", "Z"),))
    assert set(entitle(mixed, at("must", ProtectedFactor()), TERMS).factors) == {"Y"}


@pytest.mark.parametrize("rule", ["protected_factor", "top_up_floor"])
def test_a_rule_that_shapes_claims_cannot_only_be_watched(rule):
    adapter = TypeAdapter(AdmissionChoice)
    for firmness in ("must", "should", "off"):
        adapter.validate_python({"rule": rule, "firmness": firmness})
    with pytest.raises(ValidationError):
        adapter.validate_python({"rule": rule, "firmness": "watch"})


@pytest.mark.parametrize("firmness", ["watch", "off"])
def test_claims_are_plain_shares_where_no_rule_is_in_force(firmness):
    rules = at(firmness, ProtectedFactor(), TopUpFloor())
    assert entitle(COUNTY, rules, TERMS).cells == entitle(COUNTY, [], TERMS).cells


def test_every_pair_with_a_claim_has_its_minimum():
    where = county((senior("A", 60, "T1", quota_places=4), HIGHS[1]), SCHOOLS)
    given = {"A-X": 4, "B-X": 9, "B-Z": 1, "B-Y": 2}
    assert shortfalls(PairMinimumFloor(per_pair=2), given, where) == {
        "A:X": (4, 2, 0),
        "A:Y": (0, 2, 2),
        "B:X": (9, 2, 0),
        "B:Y": (2, 2, 0),
        "B:Z": (1, 2, 1),
    }


def test_pairs_at_their_minimum_are_marked_and_the_rest_stays_in_proportion():
    where = county(
        (senior("A", 60, quota_places=30), senior("B", 30, quota_places=15)),
        (junior("X", 290), junior("Y", 9), junior("Z", 1, "T3")),
    )
    answer = solve_exactly(where, at("must", PairMinimumFloor()), ORDER, TERMS)
    assert answer is not None
    assert answer.proven
    cells = {(c.senior_high, c.junior_high): c.places for c in answer.plan.quotas}
    assert min(cells.values()) == 1
    assert len(cells) == 6
    assert (cells["A", "Z"], cells["B", "Z"]) == (1, 1)


LAST = county(
    HIGHS,
    SCHOOLS,
    past_quotas=past(2019, A_X=20, B_X=4, A_Y=7) + past(2018, A_Z=40, A_X=1),
)


def test_the_change_from_the_last_year_on_record_is_capped():
    # X had 24, Y 7, Z nothing in 2019: the year before does not count.
    rule = ChangeCap(places=3, share=Decimal("0.25"))
    given = {"A-X": 17, "A-Y": 12, "A-Z": 7, "B-Z": 12}
    # X may lose max(3, 6), Y may gain max(3, 1.75).
    assert shortfalls(rule, given, LAST) == {"X": (17, 18, 1), "Y": (12, 10, 2)}


def test_a_change_up_to_the_cap_is_kept_on_both_sides():
    rule = ChangeCap(places=3, share=Decimal("0.25"))
    given = {"A-X": 18, "A-Y": 10, "A-Z": 8, "B-Z": 12}
    assert shortfalls(rule, given, LAST) == {"X": (18, 18, 0), "Y": (10, 10, 0)}
    given = {"A-X": 30, "A-Y": 4, "A-Z": 2, "B-Z": 12}
    assert shortfalls(rule, given, LAST) == {"X": (30, 30, 0), "Y": (4, 4, 0)}


def test_part_of_a_place_is_no_place():
    # 10 % of 24 are 2.4: at most 2 may come or go.
    rule = ChangeCap(places=0)
    given = {"A-X": 27, "A-Y": 7, "A-Z": 2, "B-Z": 12}
    assert shortfalls(rule, given, LAST) == {"X": (27, 26, 1), "Y": (7, 7, 0)}


def test_a_pool_is_compared_with_what_it_and_its_schools_had():
    where = county(
        HIGHS,
        SCHOOLS,
        quota_pools=(pool("P", "Y", "Z"),),
        past_quotas=past(2019, A_P=5, B_Y=6, B_Z=2),
    )
    rule = ChangeCap(places=1, share=0)
    assert shortfalls(rule, {"A-P": 15, "A-X": 21, "B-X": 12}, where) == {"P": (15, 14, 1)}


def test_the_change_is_capped_in_the_answer():
    rules = at("must", ChangeCap(places=2, share=0))
    answer = solve_exactly(LAST, rules, ORDER, TERMS)
    assert answer is not None
    totals = {t.junior_high: t for t in answer.totals}
    assert (totals["Y"].places, totals["Y"].held, totals["Y"].rule) == (9, "cap", "change_cap")
    assert 22 <= totals["X"].places <= 26
