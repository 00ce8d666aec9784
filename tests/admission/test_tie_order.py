"""Who gets the place where tables are equally good: by protocol, or by the lot on record."""

from __future__ import annotations

from fractions import Fraction

import pytest

from allocator.admission.direct import solve_exactly
from allocator.admission.terms import AdmissionTerms
from allocator.county.quotas import QuotaLot
from tests.admission.division import ORDER, county, junior, senior

BY_PROTOCOL = AdmissionTerms()
BY_LOT = AdmissionTerms(ties="lot")
TWINS = (junior("X", 10), junior("Y", 10, "T3"))


def solved(highs, schools, terms=BY_PROTOCOL, lots=()):
    where = county(highs, schools).model_copy(update={"quota_lots": tuple(lots)})
    answer = solve_exactly(where, [], ORDER, terms)
    assert answer is not None
    assert answer.proven
    cells = {(q.senior_high, q.junior_high): q.places for q in answer.plan.quotas}
    return answer, cells


def lot(*order, high=None):
    return QuotaLot(order=order, senior_high=high, drawn_by="示例公证处", on="2020-05")


def test_the_rural_of_two_equal_junior_highs_gets_the_odd_place():
    # Both claim 2.5 of 5 places.
    answer, cells = solved((senior("A", 5, quota_places=5),), TWINS)
    assert cells == {("A", "X"): 2, ("A", "Y"): 3}
    assert answer.tied_totals == {"X": 3, "Y": 2}


def test_between_equally_protected_the_larger_remainder_goes_first():
    # D'Hondt, 2 places for 20 and 10: X's second costs 2/20, Z's first 1/10. Claims 1.33 and 0.67.
    terms = AdmissionTerms(method="dhondt")
    answer, cells = solved(
        (senior("A", 2, quota_places=2),), (junior("X", 20), junior("Z", 10)), terms
    )
    assert answer.entitlement.columns == {"X": Fraction(4, 3), "Z": Fraction(2, 3)}
    assert answer.tied_totals == {"X": 2, "Z": 0}
    assert cells == {("A", "X"): 1, ("A", "Z"): 1}


def test_between_equals_in_all_the_code_decides():
    _, cells = solved((senior("A", 5, quota_places=5),), (junior("X", 10), junior("W", 10)))
    assert cells == {("A", "W"): 3, ("A", "X"): 2}


def test_a_lot_on_record_decides_before_protection():
    _, cells = solved((senior("A", 5, quota_places=5),), TWINS, BY_LOT, [lot("X", "Y")])
    assert cells == {("A", "X"): 3, ("A", "Y"): 2}


def test_a_lot_counts_only_where_ties_go_by_lot():
    _, cells = solved((senior("A", 5, quota_places=5),), TWINS, lots=[lot("X", "Y")])
    assert cells == {("A", "X"): 2, ("A", "Y"): 3}


def test_junior_highs_the_lot_does_not_name_come_after_those_it_names():
    schools = (*TWINS, junior("Z", 10, "T3"))
    _, cells = solved((senior("A", 4, quota_places=4),), schools, BY_LOT, [lot("X")])
    assert cells == {("A", "X"): 2, ("A", "Y"): 1, ("A", "Z"): 1}


@pytest.mark.parametrize(
    ("lots", "first_of_a"),
    [((), "Y"), ([lot("X", "Y", high="A")], "X"), ([lot("X", "Y"), lot("Y", "X", high="A")], "Y")],
)
def test_the_lot_of_a_senior_high_decides_its_cells(lots, first_of_a):
    # Totals are 1 and 1; who gets A's only place leaves the other B's.
    highs = (senior("A", 1, quota_places=1), senior("B", 1, quota_places=1))
    answer, cells = solved(highs, TWINS, BY_LOT, lots)
    other = {"X": "Y", "Y": "X"}[first_of_a]
    assert cells == {("A", first_of_a): 1, ("B", other): 1}
    assert len(answer.ties) == 4
    assert not answer.tied_totals
