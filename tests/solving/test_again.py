"""A plan that leaves the window of a convex piece is searched for again with a wider one."""

from __future__ import annotations

import pytest

from allocator.samples import sample_scenario
from allocator.scenario import with_rule
from allocator.solving import Clock, again
from allocator.solving.program import lay_out
from allocator.solving.search import Search
from allocator.staffing import spread
from allocator.staffing.model import build


@pytest.fixture(scope="module")
def narrow():
    """A county whose balance rule states windows that its plan will leave."""
    each = {"binds": "each", "indicators": ["L1", "L2", "L3"]}
    made = sample_scenario(teachers=2000, seed=1)
    scenario = with_rule(made, "staffing", {"rule": "balance_cap", "parameters": each})
    part = scenario.staffing
    known = spread.SPARE
    spread.SPARE = 0
    try:
        return build(scenario.county, scenario.configured("staffing"), part.goals, part.terms)
    finally:
        spread.SPARE = known


def test_plans_outside_a_window_are_found_out_and_searched_for_again(narrow):
    once = Search(lay_out(narrow, 0), 2, Clock()).run()
    assert again.understated(narrow, 0, once.levels)
    run = again.search(narrow, 2, Clock())
    program, found = run.program, run.found
    assert program.matrix.lower.size > lay_out(narrow, 0).matrix.lower.size
    counted = narrow.values(narrow.decode(found.levels))
    for tier in narrow.tiers:
        assert found.values[tier.name] == pytest.approx(counted[tier.name], abs=1e-6)
