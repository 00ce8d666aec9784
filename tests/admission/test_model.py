"""The admission program: exact answer, MILP and brute force agree on counties small enough."""

from __future__ import annotations

import random
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import pytest

from allocator.admission.direct import solve_exactly
from allocator.admission.entitlement import entitle
from allocator.admission.impossible import impossible_requests
from allocator.admission.model import build, tier_values
from allocator.admission.rules import RULES
from allocator.admission.rules.graduates_cap import GraduatesCap
from allocator.admission.rules.protected_floor import ProtectedFloor
from allocator.admission.rules.quota_share import QuotaShareFloor
from allocator.admission.rules.school_minimum import SchoolMinimumFloor
from allocator.admission.terms import AdmissionTerms
from allocator.modelling import Configured
from allocator.solving.program import lay_out
from allocator.solving.progress import Clock
from allocator.solving.sequence import solve_in_sequence
from tests.admission.division import (
    AREAS,
    ORDER,
    all_levels,
    at,
    best_by_brute_force,
    county,
    exact_values,
    junior,
    senior,
)

TERMS = AdmissionTerms()
SCHOOLS = (
    junior("X", 11),
    junior("Y", 6, "T2", weak=True),
    junior("Z", 3, "T3"),
    junior("P", 4, private=True),
)
HIGHS = (senior("A", 10, quota_places=6), senior("B", 6, quota_places=4))
COUNTY = county(HIGHS, SCHOOLS)
DEFAULTS = [Configured(rule(), rule.default_firmness) for rule in RULES]
AREA_COUNTY = county(
    (senior("A", 10, "T1", quota_places=6), senior("B", 6, "T2", "T3", quota_places=4)), SCHOOLS
)
SCARCE = county(
    (senior("A", 9, quota_places=5), senior("B", 6, "T2", quota_places=3)),
    (junior("X", 4), junior("Y", 2, "T2", weak=True), junior("Z", 1, "T3")),
)
WISHES = at("should", ProtectedFloor(rounding="up"), SchoolMinimumFloor(per_school=2))
CASES = {
    "defaults": (COUNTY, DEFAULTS, TERMS, ORDER),
    "no rules": (COUNTY, [], TERMS, ORDER),
    "dhondt": (COUNTY, DEFAULTS, AdmissionTerms(method="dhondt"), ORDER),
    "adams": (COUNTY, [], AdmissionTerms(method="adams"), ORDER),
    "hill": (COUNTY, [], AdmissionTerms(method="hill"), ORDER),
    "dean with rules": (COUNTY, DEFAULTS, AdmissionTerms(method="dean"), ORDER),
    "hill in areas": (AREA_COUNTY, DEFAULTS, AdmissionTerms(method="hill"), ORDER),
    "areas": (AREA_COUNTY, DEFAULTS, TERMS, ORDER),
    "private half": (COUNTY, DEFAULTS, AdmissionTerms(private_factor=Decimal("0.5")), ORDER),
    "wishes": (COUNTY, WISHES, TERMS, ORDER),
    "wishes last": (COUNTY, WISHES, TERMS, ("columns", "protection", "matrix")),
    "missed wishes": (SCARCE, [*WISHES, *at("should", GraduatesCap())], TERMS, ORDER),
}


@pytest.mark.parametrize("case", CASES)
def test_the_exact_answer_is_the_best_of_all_tables(case):
    where, rules, terms, order = CASES[case]
    best = best_by_brute_force(where, rules, terms, order)
    answer = solve_exactly(where, rules, order, terms)
    assert best is not None
    assert answer is not None
    assert answer.proven
    values = exact_values(where, rules, terms, answer.plan)
    assert values is not None
    assert tuple(values[tier] for tier in order) == best[0]
    assert bool(answer.ties or answer.tied_totals) == (best[1] > 1)


@pytest.mark.parametrize("case", [c for c in CASES if c != "wishes last"])
def test_the_milp_has_the_same_value_in_every_tier(case):
    where, rules, terms, order = CASES[case]
    answer = solve_exactly(where, rules, order, terms)
    program = lay_out(build(where, rules, order, terms))
    found = solve_in_sequence(program, "cbc", Clock())
    assert answer is not None
    assert found.levels is not None
    plan = program.allocation.decode(found.levels)
    values = tier_values(where, rules, order, terms, plan)
    assert values == pytest.approx(dict(answer.tiers), abs=1e-6)


@pytest.mark.parametrize("case", ["defaults", "adams", "missed wishes"])
def test_program_and_table_give_every_tier_the_same_value(case):
    where, rules, terms, order = CASES[case]
    program = lay_out(build(where, rules, order, terms))
    for levels in list(all_levels(program.allocation))[::7]:
        counted = tier_values(where, rules, order, terms, program.allocation.decode(levels))
        assert program.tier_values(levels) == pytest.approx(counted, abs=1e-9)


@pytest.mark.parametrize("seed", range(60))
def test_any_small_county_is_solved_like_brute_force_or_named_impossible(seed):
    where, rules, terms, order = drawn(random.Random(seed))
    best = best_by_brute_force(where, rules, terms, order)
    problems = impossible_requests(where, rules, terms)
    assert bool(problems) == (best is None)
    answer = solve_exactly(where, rules, order, terms)
    if best is None:
        assert answer is None
    else:
        assert answer is not None
        assert answer.proven
        values = exact_values(where, rules, terms, answer.plan)
        assert values is not None
        assert tuple(values[tier] for tier in order) == best[0]
        assert bool(answer.ties or answer.tied_totals) == (best[1] > 1)


def drawn(rng):
    """A small county with areas, private and weak schools, and rules of any firmness."""
    number = rng.choice([1, 2, 2, 3])
    schools = [
        junior(
            f"S{n}",
            rng.randint(0, 8),
            rng.choice(["T1", "T2", "T3"]),
            private=rng.random() < 0.2,
            weak=rng.random() < 0.3,
        )
        for n in range(rng.choice([2, 3, 3]))
    ]
    highs = [
        senior(
            f"H{n}",
            20,
            *rng.sample(["T1", "T2", "T3"], rng.choice([0, 0, 1, 2])),
            quota_places=rng.randint(1, (10, 6, 4)[number - 1]),
        )
        for n in range(number)
    ]
    settings = {
        "quota_share_floor": {"at_least": Decimal("0.1")},
        "school_minimum_floor": {"per_school": rng.randint(0, 3)},
        "protected_floor": {
            "areas": tuple(rng.sample(AREAS, rng.randint(0, 2))),
            "weak": rng.random() < 0.5,
            "rounding": rng.choice(["down", "up"]),
        },
    }
    rules = [
        Configured(rule(**settings.get(rule.name, {})), rng.choice(["must", "should"]))
        for rule in (QuotaShareFloor, ProtectedFloor, SchoolMinimumFloor, GraduatesCap)
        if rng.random() < 0.75
    ]
    terms = AdmissionTerms(
        method=rng.choice(["webster", "webster", "dhondt", "adams"]),
        private_factor=rng.choice([Decimal(1), Decimal("0.5"), Decimal(0)]),
    )
    return county(highs, schools), rules, terms, rng.choice([ORDER, (ORDER[1], *ORDER[::2])])


def test_the_matrix_settles_totals_that_tie():
    """Two divisions of the totals are equally near the claims; one allows a better table."""
    schools = (
        junior("S0", 4, "T3"),
        junior("S1", 3, "T2"),
        junior("S2", 9, "T2", private=True),
    )
    where = county((senior("H0", 20, quota_places=7), senior("H1", 20, quota_places=3)), schools)
    rules = at("must", ProtectedFloor(areas=("township_seat",), weak=False))
    terms = AdmissionTerms(method="dhondt", private_factor=Decimal("0.5"))
    best = best_by_brute_force(where, rules, terms)
    answer = solve_exactly(where, rules, ORDER, terms)
    assert best is not None
    assert answer is not None
    values = exact_values(where, rules, terms, answer.plan)
    assert values is not None
    assert tuple(values.values()) == best[0]


def test_claims_are_the_proportional_part_of_each_quota():
    due = entitle(COUNTY, [], TERMS)
    assert due.cells["A", "X"] == Fraction(6 * 11, 24)
    assert due.columns == {
        "P": Fraction(10 * 4, 24),
        "X": Fraction(10 * 11, 24),
        "Y": Fraction(10 * 6, 24),
        "Z": Fraction(10 * 3, 24),
    }


def test_a_senior_high_divides_only_within_its_area():
    due = entitle(AREA_COUNTY, [], TERMS)
    assert {pair for pair in due.cells if pair[0] == "A"} == {("A", "P"), ("A", "X")}
    answer = solve_exactly(AREA_COUNTY, DEFAULTS, ORDER, TERMS)
    assert answer is not None
    assert {(c.senior_high, c.junior_high) for c in answer.plan.quotas} <= set(due.cells)


def test_private_graduates_count_by_their_factor():
    half = entitle(COUNTY, [], AdmissionTerms(private_factor=Decimal("0.5")))
    assert half.columns["P"] == Fraction(10 * 2, 22)
    out = entitle(COUNTY, [], AdmissionTerms(private_factor=Decimal(0)))
    assert out.columns["P"] == 0
    assert out.columns["X"] == Fraction(10 * 11, 20)


@pytest.mark.parametrize("case", ["defaults", "areas", "wishes", "adams"])
def test_the_order_of_the_input_changes_nothing(case):
    where, rules, terms, order = CASES[case]
    data = where.model_dump()
    for key in ("schools", "senior_highs", "townships"):
        data[key] = data[key][::-1]
    answers = [
        solve_exactly(c, rules, order, terms) for c in (where, type(where).model_validate(data))
    ]
    assert answers[0] is not None
    assert answers[0] == answers[1]


def test_an_order_with_the_matrix_before_the_totals_is_left_to_the_milp():
    assert solve_exactly(COUNTY, DEFAULTS, ("protection", "matrix", "columns"), TERMS) is None


def test_the_model_loads_no_solver():
    code = (
        "import sys, allocator.admission.model, allocator.admission.direct\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('ortools', 'highspy', 'pulp')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
