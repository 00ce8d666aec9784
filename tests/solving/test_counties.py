"""The bundled counties, solved and proven."""

from __future__ import annotations

from pathlib import Path

import pytest

import allocator
from allocator.solving import solve_scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="module", params=["cixi-2020", "cixi-2020-tight"])
def solved(request):
    scenario = allocator.load(SCENARIOS / f"{request.param}.json")
    return scenario, solve_scenario(scenario)


def test_both_parts_are_proven_and_audited_clean(solved):
    _, outcome = solved
    for part in outcome.parts:
        assert part.status == "optimal", part.part
        assert part.audit.clean


def test_tiers_meet_their_bounds(solved):
    _, outcome = solved
    tiers = {t.name: t for t in outcome.part("staffing").tiers}
    for name in ("coverage", "famous", "rates"):
        assert tiers[name].exact, name
    for name in ("famous_share", "balance"):
        assert tiers[name].value == 0 or tiers[name].gap <= 0.005, name
    assert tiers["travel"].gap <= (0.002 if tiers["balance"].value == 0 else 0.01)
    assert all(t.exact for t in outcome.part("admission").tiers)


def test_an_independent_audit_counts_the_same_values(solved):
    scenario, outcome = solved
    judged = allocator.audit(scenario, outcome.plan)
    assert judged.clean
    for part in outcome.parts:
        for tier in part.tiers:
            assert judged.tiers[part.part][tier.name] == pytest.approx(tier.value, abs=1e-9)


def test_some_periods_stay_uncovered_in_four_subjects_and_famous_teachers_are_short(solved):
    scenario, outcome = solved
    county = scenario.county
    taught = {}
    for entry in outcome.plan.teaching:
        key = entry.section, entry.subject
        taught[key] = taught.get(key, 0) + entry.periods
    short = {
        subject
        for place in county.places.values()
        if not place.school.private
        for subject, needed in place.demand.items()
        if taught.get((place.id, subject), 0) < needed
    }
    assert len(short) >= 4
    famous = next(t for t in outcome.part("staffing").tiers if t.name == "famous")
    assert famous.value > 0


def test_the_tight_county_exceeds_at_least_two_caps_at_its_optimum(solved):
    scenario, outcome = solved
    verdict = next(v for v in outcome.part("staffing").audit.verdicts if v.rule == "balance_cap")
    exceeded = [r.where for r in verdict.readings if not r.kept]
    assert len(exceeded) >= 2 if "收紧" in scenario.title else not exceeded
