"""Places of a pair fixed beforehand, on tables counted by hand and against brute force."""

from __future__ import annotations

import pytest

from allocator.admission.direct import solve_exactly
from allocator.admission.impossible import impossible_requests
from allocator.admission.model import read
from allocator.admission.per_high import divide_per_high, rows_of
from allocator.admission.rules.pins import QuotaPinLock
from allocator.admission.terms import AdmissionTerms
from tests.admission.division import (
    ORDER,
    at,
    best_by_brute_force,
    county,
    exact_values,
    junior,
    pins,
    plan,
    senior,
)

TERMS = AdmissionTerms()
# Graduates 10, 6 and 4: of A's 5 places X is due 2.5, Y 1.5, Z 1; of B's 2 places 1, 0.6, 0.4.
SCHOOLS = (junior("X", 10), junior("Y", 6, "T2"), junior("Z", 4, "T3"))
HIGHS = (senior("A", 8, quota_places=5), senior("B", 4, quota_places=2))


def pinned(**cells):
    return county(HIGHS, SCHOOLS, quota_pins=pins(**cells))


def test_a_pair_off_its_pin_on_either_side_is_read_as_broken():
    where = pinned(A_X=3, B_Z=0)
    rules = at("must", QuotaPinLock())
    table = read(where, rules, TERMS, plan({"A-X": 5, "B-Z": 2}))
    found = {
        r.where: (r.actual, r.limit, r.shortfall) for r in rules[0].rule.readings(where, table)
    }
    assert found == {"A:X": (5, 3, 2), "B:Z": (2, 0, 2)}


@pytest.mark.parametrize("method", ["webster", "dhondt"])
@pytest.mark.parametrize("rounding", ["biproportional", "controlled"])
def test_a_table_with_both_sums_keeps_every_pin(method, rounding):
    terms = AdmissionTerms(method=method, rounding=rounding)
    where = pinned(A_X=2, B_X=0)
    answer = solve_exactly(where, at("must", QuotaPinLock()), ORDER, terms)
    cells = {(q.senior_high, q.junior_high): q.places for q in answer.plan.quotas}
    assert (cells["A", "X"], cells.get(("B", "X"), 0)) == (2, 0)
    assert sum(cells.values()) == 7


@pytest.mark.parametrize("rounding", ["largest_remainder", "divisor"])
def test_a_senior_high_that_divides_by_itself_keeps_every_pin(rounding):
    terms = AdmissionTerms(rounding=rounding)
    table = divide_per_high(rows_of(pinned(A_Z=3), at("must", QuotaPinLock()), terms), terms)
    assert table.cells["A", "Z"] == 3
    assert sum(n for (high, _), n in table.cells.items() if high == "A") == 5


def test_more_than_the_quota_is_named_as_impossible():
    (problem,) = impossible_requests(pinned(A_X=4, A_Y=2), at("must", QuotaPinLock()), TERMS)
    assert problem.details == {"high": "示例A高中", "quota": 5, "needed": 6}


def test_a_pin_outside_the_admission_area_is_named_as_impossible():
    highs = (senior("A", 8, "T1", "T3", quota_places=5), HIGHS[1])
    where = county(highs, SCHOOLS, quota_pins=pins(A_Y=1))
    (problem,) = impossible_requests(where, at("must", QuotaPinLock()), TERMS)
    assert problem.details == {"high": "示例A高中", "school": "示例Y初中", "actual": 0, "limit": 1}


def test_with_a_pin_the_rest_is_the_best_there_is():
    where = pinned(A_X=4)
    rules = at("must", QuotaPinLock())
    answer = solve_exactly(where, rules, ORDER, TERMS)
    best = best_by_brute_force(where, rules, TERMS)
    values = exact_values(where, rules, TERMS, answer.plan)
    assert best is not None
    assert tuple(values[tier] for tier in ORDER) == best[0]
