"""What explains an answer: factors, floors and caps, ties; and requests that are impossible."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from allocator.admission.direct import solve_exactly
from allocator.admission.impossible import impossible_requests
from allocator.admission.rules.graduates_cap import GraduatesCap
from allocator.admission.rules.protected_floor import ProtectedFloor
from allocator.admission.rules.quota_share import QuotaShareFloor
from allocator.admission.rules.school_minimum import SchoolMinimumFloor
from allocator.admission.terms import AdmissionTerms
from tests.admission.division import ORDER, at, county, junior, senior

TERMS = AdmissionTerms()


def answer(where, rules, terms=TERMS):
    found = solve_exactly(where, rules, ORDER, terms)
    assert found is not None
    assert found.proven
    return found


def problems(where, rules, terms=TERMS):
    return [(p.text, dict(p.details)) for p in impossible_requests(where, rules, terms)]


def test_a_floor_that_lifts_a_total_is_marked_with_its_rule():
    where = county((senior("A", 20, quota_places=10),), (junior("X", 96), junior("Y", 4)))
    totals = {t.junior_high: t for t in answer(where, at("must", SchoolMinimumFloor())).totals}
    assert (totals["X"].places, totals["X"].held) == (9, "")
    assert (totals["Y"].places, totals["Y"].held) == (1, "floor")
    assert totals["Y"].rule == "school_minimum_floor"


def test_a_cap_that_holds_a_total_is_marked_with_its_rule():
    where = county(
        (senior("A", 20, "T1", quota_places=9), senior("B", 20, quota_places=6)),
        (junior("X", 8, "T1"), junior("U", 3, "T1"), junior("Y", 9, "T2")),
    )
    totals = {t.junior_high: t for t in answer(where, at("must", GraduatesCap())).totals}
    assert [totals[s].places for s in "XUY"] == [8, 3, 4]
    assert {s: (t.held, t.rule) for s, t in totals.items()} == {
        "X": ("cap", "graduates_cap"),
        "U": ("cap", "graduates_cap"),
        "Y": ("", None),
    }


def test_anyone_can_check_every_total_and_cell_from_the_factors():
    where = county(
        (senior("A", 90, quota_places=37), senior("B", 50, "T1", "T2", quota_places=23)),
        (junior("X", 41), junior("Y", 27, "T2"), junior("Z", 9, "T3"), junior("V", 3, "T3")),
    )
    found = answer(where, at("must", SchoolMinimumFloor(per_school=3), GraduatesCap()))
    for total in found.totals:
        if not total.held:
            assert abs(total.claim * total.factor - total.places) <= Fraction(1, 2)
    held = {(c.senior_high, c.junior_high) for c in found.held_cells}
    places = {(c.senior_high, c.junior_high): c.places for c in found.plan.quotas}
    for (high, school), part in found.entitlement.cells.items():
        factors = found.senior_high_factors[high] * found.junior_high_factors[school]
        if (high, school) not in held:
            assert abs(part * factors - places.get((high, school), 0)) <= Fraction(1, 2)


def test_equal_schools_tie_for_the_last_place():
    where = county((senior("A", 9, quota_places=3),), (junior("X", 7), junior("Y", 7)))
    found = answer(where, [])
    assert sorted(t.places for t in found.totals) == [1, 2]
    other = {t.junior_high: 3 - t.places for t in found.totals}
    assert dict(found.tied_totals) == other


def test_a_division_without_coincidence_has_no_ties():
    where = county((senior("A", 9, quota_places=4),), (junior("X", 7), junior("Y", 4)))
    found = answer(where, [])
    assert not found.ties
    assert not found.tied_totals


def test_adams_gives_every_admitted_pair_a_place():
    where = county(
        (senior("A", 30, quota_places=9), senior("B", 30, quota_places=5)),
        (junior("X", 90), junior("Y", 2), junior("Z", 1)),
    )
    found = answer(where, [], AdmissionTerms(method="adams"))
    assert len(found.plan.quotas) == 6
    assert min(c.places for c in found.plan.quotas) == 1


def test_a_senior_high_with_more_places_than_its_junior_highs_can_take_is_named():
    schools = [junior(f"S{n}", 25, "T2") for n in range(12)] + [junior("X", 500)]
    where = county((senior("A", 400, "T2", quota_places=320),), schools)
    ((text, details),) = problems(where, at("must", GraduatesCap()))
    assert text.format(**details) == (
        "示例A高中 must give 320 places, their 12 junior highs can take 300: "
        "lower the quota or raise a cap"
    )


def test_senior_highs_that_only_together_ask_too_much_are_named_together():
    schools = [junior(f"S{n}", 10, "T2") for n in range(3)] + [junior("X", 500)]
    highs = [senior(h, 40, "T2", quota_places=20) for h in "AB"] + [senior("C", 90)]
    share = at("must", QuotaShareFloor(at_least="0.1"), GraduatesCap())
    ((text, details),) = problems(county(highs, schools), share)
    assert details == {"high": "示例A高中、示例B高中", "needed": 40, "number": 3, "possible": 30}
    assert text.startswith("{high} must give")


def test_floors_above_the_quota_are_named():
    where = county((senior("A", 9, quota_places=5),), [junior(f"S{n}", 9) for n in range(3)])
    ((_, details),) = problems(where, at("must", SchoolMinimumFloor(per_school=2)))
    assert (details["number"], details["needed"], details["possible"]) == (3, 6, 5)


def test_a_floor_above_the_graduates_is_named():
    # 12 x 2 / 11 = 2.18, rounded up 3, for a school of 2 graduates
    where = county((senior("A", 20, quota_places=12),), [junior("X", 2), junior("Y", 9)])
    everywhere = ProtectedFloor(areas=("urban", "township_seat", "rural"), rounding="up")
    rules = at("must", everywhere, GraduatesCap())
    named = [details for _, details in problems(where, rules)]
    assert {"school": "示例X初中", "floor": 3, "cap": 2} in named


def test_a_minimum_above_the_graduates_asks_for_no_more_than_the_graduates():
    where = county((senior("A", 9, quota_places=5),), [junior("X", 2), junior("Y", 9)])
    rules = at("must", SchoolMinimumFloor(per_school=3), GraduatesCap())
    assert {t.junior_high: t.places for t in answer(where, rules).totals} == {"X": 2, "Y": 3}


def test_stated_places_below_the_share_are_named_with_their_path():
    where = county(
        (senior("C", 9, quota_places=9), senior("A", 100, quota_places=59)), [junior("X", 100)]
    )
    (problem,) = impossible_requests(where, at("must", QuotaShareFloor()), TERMS)
    assert problem.path == "county.senior_highs[1]"
    assert problem.details == {"high": "示例A高中", "quota": 59, "needed": 60}


def test_a_senior_high_whose_area_has_no_graduates_is_named():
    where = county(
        (senior("A", 9, "T3", quota_places=5), senior("B", 9, quota_places=5)), [junior("X", 90)]
    )
    ((text, details),) = problems(where, at("must", SchoolMinimumFloor()))
    assert details == {"high": "示例A高中", "quota": 5}
    assert "admits from no junior high" in text


def test_a_junior_high_that_no_senior_high_admits_is_named():
    where = county((senior("A", 9, "T1", quota_places=5),), [junior("X", 90), junior("Y", 9, "T2")])
    ((_, details),) = problems(where, at("must", SchoolMinimumFloor()))
    assert details == {"school": "示例Y初中", "needed": 1, "actual": 0}


def test_nothing_to_divide_is_named():
    where = county((senior("A", 9),), [junior("X", 90)])
    ((text, _),) = problems(where, at("must", SchoolMinimumFloor()))
    assert text.startswith("no senior high divides any places")


def test_a_wish_is_never_an_impossible_request():
    where = county((senior("A", 9, quota_places=5),), [junior(f"S{n}", 9) for n in range(3)])
    wish = at("should", SchoolMinimumFloor(per_school=2))
    assert problems(where, wish) == []
    assert answer(where, wish).tiers["protection"] == 1


@pytest.mark.parametrize("firmness", ["must", "should"])
def test_no_rural_junior_high_is_lost_to_rounding(firmness):
    """Eight senior highs that round alone would leave the small school with nothing."""
    highs = [senior(f"H{n}", 100, quota_places=60) for n in range(8)]
    schools = [*(junior(f"S{n}", 200) for n in range(5)), junior("R", 8, "T3")]
    where = county(highs, schools)
    rule = ProtectedFloor(areas=("rural",))
    found = answer(where, at(firmness, rule))
    total = next(t for t in found.totals if t.junior_high == "R")
    assert total.places >= math.floor(total.claim) == 3
