"""Who receives places and what each counts for, counted by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from allocator.admission.claimants import claimants
from allocator.admission.entitlement import entitle
from allocator.admission.impossible import impossible_requests
from allocator.admission.model import read
from allocator.admission.rules import GraduatesCap, SchoolMinimumFloor
from allocator.admission.terms import AdmissionTerms, WeightedColumn
from allocator.county.quotas import SchoolFigure
from tests.admission.division import at, county, junior, plan, pool, senior


def figures(**amounts):
    return tuple(
        SchoolFigure(name=name, amount=Decimal(str(amount))) for name, amount in amounts.items()
    )


SCHOOLS = (
    junior("X", 40, registered=30, figures=figures(residents=50, boarders=12)),
    junior("Y", 20, "T2", figures=figures(residents="10.5")),
    junior("V", 9, "T3", private=True, figures=figures(residents=8, boarders=90)),
    junior("Z", 5, "T3"),
)
HIGHS = (senior("A", 100, quota_places=60), senior("B", 90, "T3", quota_places=12))
COUNTY = county(HIGHS, SCHOOLS)
POOLED = county(HIGHS, SCHOOLS, quota_pools=(pool("P", "Y", "Z"),))


def weights(where=COUNTY, **terms):
    return {id: c.weight for id, c in claimants(where, AdmissionTerms(**terms)).items()}


def graduates(where=COUNTY, **terms):
    return {id: c.graduates for id, c in claimants(where, AdmissionTerms(**terms)).items()}


def test_graduates_with_three_years_registration_are_the_base():
    assert weights() == {"V": 9, "X": 30, "Y": 20, "Z": 5}


def test_all_graduates_may_be_the_base():
    assert weights(base="graduates") == {"V": 9, "X": 40, "Y": 20, "Z": 5}
    assert graduates(base="graduates")["X"] == 40


def test_a_figure_of_the_bureau_may_be_the_base_and_counts_nothing_where_not_stated():
    found = weights(base="column", column="residents")
    assert found == {"V": 8, "X": 50, "Y": Fraction(21, 2), "Z": 0}
    # Who may take a place up is still counted in graduates with registration.
    assert graduates(base="column", column="residents") == {"V": 9, "X": 30, "Y": 20, "Z": 5}


def test_a_formula_adds_columns_takes_deductions_off_and_never_falls_below_nothing():
    terms = {
        "base": "formula",
        "formula": (
            WeightedColumn(column="registered"),
            WeightedColumn(column="residents", weight=Decimal("0.5")),
        ),
        "deductions": (WeightedColumn(column="boarders", weight=Decimal("0.25")),),
    }
    # X 30 + 25 - 3, Y 20 + 5.25, V 9 + 4 - 22.5 < 0, Z 5.
    assert weights(**terms) == {"V": 0, "X": 52, "Y": Fraction(101, 4), "Z": 5}


@pytest.mark.parametrize(("factor", "counts"), [("1", 9), ("0.4", Fraction(18, 5)), ("0", 0)])
def test_graduates_of_private_schools_count_by_their_factor(factor, counts):
    assert weights(private_factor=Decimal(factor))["V"] == counts
    # A place may be taken up by each of them all the same.
    assert graduates(private_factor=Decimal(factor))["V"] == 9


def test_the_factor_of_private_schools_meets_what_a_formula_leaves():
    terms = {
        "base": "formula",
        "formula": (WeightedColumn(column="registered", weight=Decimal(2)),),
        "deductions": (WeightedColumn(column="residents"),),
        "private_factor": Decimal("0.5"),
    }
    assert weights(**terms)["V"] == Fraction(18 - 8, 2)


def test_schools_of_a_pool_claim_together_under_its_name():
    found = claimants(POOLED, AdmissionTerms())
    assert list(found) == ["P", "V", "X"]
    assert found["P"].name == "示例P组"
    assert [s.id for s in found["P"].schools] == ["Y", "Z"]
    assert (found["P"].weight, found["P"].graduates) == (25, 25)


@pytest.mark.parametrize(
    ("below", "listed"),
    [
        (None, ["P", "V", "X"]),
        (21, ["P", "V", "X"]),
        (20, ["V", "X", "Y", "Z"]),
        (0, ["V", "X", "Y", "Z"]),
    ],
)
def test_a_school_with_enough_graduates_stands_alone_and_so_does_the_last_one_left(below, listed):
    assert list(claimants(POOLED, AdmissionTerms(pool_below=below))) == listed


def test_two_small_ones_stay_together_when_the_third_stands_alone():
    where = county(HIGHS, SCHOOLS, quota_pools=(pool("P", "X", "V", "Z"),))
    found = claimants(where, AdmissionTerms(pool_below=20))
    assert {id: [s.id for s in c.schools] for id, c in found.items()} == {
        "P": ["V", "Z"],
        "X": ["X"],
        "Y": ["Y"],
    }


def test_a_senior_high_counts_only_those_of_a_pool_that_it_admits():
    due = entitle(POOLED, [], AdmissionTerms())
    # A: 9 + 30 + 20 + 5 = 64. B admits from T3 only: V 9 and of the pool Z 5.
    assert due.cells["A", "P"] == Fraction(60 * 25, 64)
    assert due.cells["B", "P"] == Fraction(12 * 5, 14)
    assert due.cells["B", "V"] == Fraction(12 * 9, 14)
    assert ("B", "X") not in due.cells


def test_a_pool_is_weighed_by_the_factors_of_its_schools():
    where = county(HIGHS, SCHOOLS, quota_pools=(pool("P", "V", "Z"),))
    assert weights(where, private_factor=Decimal("0.5"))["P"] == Fraction(9, 2) + 5


BLANK = county(
    (senior("A", 20, quota_places=10),),
    (
        junior("X", 0, figures=figures(votes=30)),
        junior("Y", 0, figures=figures(votes=10)),
        junior("Z", 2, figures=figures(votes=1)),
        junior("W", 0),
    ),
)
BY_VOTES = AdmissionTerms(base="column", column="votes")


def test_graduates_that_nobody_recorded_are_unknown_and_cap_nothing():
    table = read(BLANK, [], BY_VOTES, plan({"A-X": 7, "A-Y": 3}))
    capped = {r.where: r.limit for r in GraduatesCap().readings(BLANK, table)}
    assert capped == {"W": 0, "Z": 2}
    least = {r.where: r.limit for r in SchoolMinimumFloor(per_school=3).readings(BLANK, table)}
    assert least == {"X": 3, "Y": 3, "Z": 2}
    rules = at("must", GraduatesCap(), SchoolMinimumFloor())
    assert impossible_requests(BLANK, rules, BY_VOTES) == ()
    assert impossible_requests(BLANK, rules, AdmissionTerms()) != ()


def test_a_pool_with_an_unknown_number_of_graduates_has_no_cap():
    where = county(BLANK.senior_highs, BLANK.schools, quota_pools=(pool("P", "X", "Z"),))
    found = claimants(where, BY_VOTES)
    assert not found["P"].counted
    assert claimants(where, AdmissionTerms())["P"].counted
