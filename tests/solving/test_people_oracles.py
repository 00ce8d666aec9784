"""Guided search, CBC and brute force agree where rules about people decide."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from allocator.modelling import Configured, Firmness, Rule
from allocator.solving.progress import Clock
from allocator.solving.search import Search
from allocator.solving.sequence import solve_in_sequence
from allocator.staffing.rules import (
    CoupleDistanceCap,
    EligibilityLock,
    ExchangeRateFloor,
    ExperienceFloor,
    GraduatingRateFloor,
    PreferenceCap,
    RelativesApartCap,
    VetoLock,
    VolunteerFloor,
)
from tests.solving.brute import brute_force
from tests.solving.tiny import tiny_county
from tests.staffing.plans import ORDER, program

HALF = Decimal("0.5")


def people_rules(seed: int) -> list[Configured]:
    """Rules about people with random firmness beside a rate that makes somebody move."""
    rng = np.random.default_rng([seed, 9])

    def one_of(rule: Rule, *firmness: Firmness) -> Configured:
        return Configured(rule, firmness[rng.integers(len(firmness))])

    return [
        one_of(ExchangeRateFloor(at_least=HALF, base="all"), "should", "must"),
        Configured(EligibilityLock(), "must"),
        one_of(GraduatingRateFloor(at_least=HALF, base="all"), "should", "off"),
        one_of(ExperienceFloor(), "should", "must", "off"),
        one_of(RelativesApartCap(), "must", "should"),
        one_of(VetoLock(at_most=1), "must", "should"),
        one_of(CoupleDistanceCap(within=int(rng.choice([5, 25, 60]))), "must", "should"),
        one_of(PreferenceCap(), "should", "must"),
        one_of(VolunteerFloor(at_least=HALF), "should", "must"),
    ]


@pytest.mark.parametrize("seed", range(16))
def test_search_and_cbc_find_the_optimum_of_brute_force(seed):
    county, rules = tiny_county(seed), people_rules(seed)
    best = brute_force(county, rules)
    found = Search(program(county, rules), 1, Clock()).run()
    second = solve_in_sequence(program(county, rules), "cbc", Clock())
    if best is None:
        assert found.ending == second.ending == "infeasible"
        return
    for answer in (found, second):
        assert [answer.values[t] for t in ORDER] == pytest.approx(best, abs=1e-3)
    for tier, value in zip(ORDER, best, strict=True):
        assert found.bounds.get(tier, 0.0) <= value + 1e-5
