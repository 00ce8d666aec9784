"""Runs that take minutes: more seeds against brute force, more counties to a proof."""

from __future__ import annotations

import pytest

from allocator.samples import sample_scenario
from allocator.solving import Clock, solve_scenario
from allocator.solving.search import Search
from tests.solving.test_oracles import brute_force
from tests.solving.tiny import tiny_county, tiny_rules
from tests.staffing.plans import ORDER, program

pytestmark = pytest.mark.long


@pytest.mark.parametrize("seed", range(100, 160))
def test_search_finds_the_optimum_of_brute_force_on_many_tiny_counties(seed):
    county, rules = tiny_county(seed), tiny_rules(seed)
    best = brute_force(county, rules)
    found = Search(program(county, rules), 1, Clock()).run()
    if best is None:
        assert found.ending == "infeasible"
    else:
        assert [found.values[t] for t in ORDER] == pytest.approx(best, abs=1e-3)


@pytest.mark.parametrize(
    ("teachers", "seed", "year", "tight"),
    [
        (2000, 1, 2020, True),
        (4000, 9, 2020, False),
        (8500, 42, 2020, False),
        (8500, 42, 2020, True),
        (8500, 3, 2025, True),
    ],
)
def test_other_counties_are_proven_and_audited_clean(teachers, seed, year, tight):
    scenario = sample_scenario(teachers=teachers, seed=seed, year=year, tight=tight)
    for part in solve_scenario(scenario).parts:
        assert part.status == "optimal"
        assert part.audit.clean
