"""Runs that take minutes: more seeds against brute force, more counties to a proof."""

from __future__ import annotations

import pytest

from allocator.samples import sample_scenario
from allocator.solving import solve_scenario
from tests.solving.engines import every_engine_agrees
from tests.solving.tiny import MANY, tiny

pytestmark = pytest.mark.long


@pytest.mark.parametrize("seed", range(100, 300))
def test_every_engine_finds_the_optimum_of_brute_force_on_many_tiny_counties(seed):
    every_engine_agrees(tiny(seed))


@pytest.mark.parametrize("seed", range(300, 312))
def test_every_engine_finds_the_optimum_of_brute_force_among_thousands_of_plans(seed):
    every_engine_agrees(tiny(seed, MANY))


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
