"""Any engine PuLP finds on the machine may be named."""

from __future__ import annotations

import pytest

from allocator.county.frozen import DataError
from allocator.samples import toy_scenario
from allocator.solving import ENGINES, solve_scenario
from allocator.solving.engines import engine_problem, on_this_machine
from tests.solving.engines import capped_each


@pytest.fixture(scope="module")
def guided():
    return solve_scenario(capped_each(toy_scenario()))


@pytest.mark.parametrize("engine", on_this_machine())
def test_every_engine_on_this_machine_solves_the_toy_to_the_same_values(engine, guided):
    outcome = solve_scenario(capped_each(toy_scenario()), engine=engine)
    assert outcome.engine == engine
    for one, two in zip(guided.parts, outcome.parts, strict=True):
        assert two.status == "optimal"
        assert two.audit.clean
        for a, b in zip(one.tiers, two.tiers, strict=True):
            assert a.value == pytest.approx(b.value, abs=1e-4), a.name


def test_short_names_and_names_of_pulp_are_listed_after_the_tools_own():
    names = on_this_machine()
    assert names[: len(ENGINES)] == ENGINES == ("highs", "cbc", "cp-sat")
    assert {"PULP_CBC_CMD", "HiGHS", "highs-pulp"} <= set(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("engine", ["", "gurobbi", "Cbc", "CHOCO_CMD"])
def test_an_engine_that_is_not_here_is_refused_with_those_that_are(engine):
    with pytest.raises(DataError) as refused:
        solve_scenario(toy_scenario(), engine=engine)
    (problem,) = refused.value.problems
    assert problem.details["given"] == engine
    assert problem.details["known"].split(", ") == list(on_this_machine())


@pytest.mark.parametrize("engine", on_this_machine())
def test_engines_that_are_here_are_not_refused(engine):
    assert engine_problem(engine) == []
