"""CP-SAT, told the rules in whole numbers and never the matrix, agrees with everybody else."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pytest

from allocator.modelling import Configured, Count, Linear, Piece, Row, Tier
from allocator.modelling.rule import Text
from allocator.samples import toy_county, toy_scenario
from allocator.scenario import with_rule
from allocator.solving import Clock, solve_scenario
from allocator.solving.cp_sat import CpSat, solve_with_cp_sat
from allocator.solving.highs import BeyondEngine
from allocator.solving.program import lay_out
from allocator.solving.whole import REAL, common_scale, exact
from allocator.staffing.rules import BalanceCap
from tests.solving.brute import brute_force
from tests.solving.engines import EACH, capped_each
from tests.staffing.plans import ORDER, defaults, program

MEAN = {"rule": "balance_cap", "parameters": {"binds": "mean"}}


def each_by_default():
    return [
        Configured(BalanceCap(binds="each"), c.firmness) if isinstance(c.rule, BalanceCap) else c
        for c in defaults()
    ]


def test_bounds_of_the_toy_come_from_its_own_numbers_and_meet_the_values():
    laid = program(toy_county(), each_by_default())
    found = solve_with_cp_sat(laid, Clock())
    best = brute_force(toy_county(), each_by_default())
    assert [found.values[t] for t in ORDER] == pytest.approx(best, abs=1e-6)
    for tier, value in zip(ORDER, best, strict=True):
        assert found.bounds[tier] == pytest.approx(value, abs=1e-6)
        assert found.bounds[tier] <= value + 1e-9


@pytest.mark.parametrize("part", ["staffing", "admission"])
def test_the_toy_scenario_gets_the_same_tiers_and_a_proof(part):
    scenario = capped_each(toy_scenario())
    one, two = (solve_scenario(scenario, parts=(part,), engine=e) for e in ("highs", "cp-sat"))
    first, second = one.part(part), two.part(part)
    assert second.status == "optimal"
    assert second.audit.clean
    for a, b in zip(first.tiers, second.tiers, strict=True):
        assert a.value == pytest.approx(b.value, abs=1e-6), a.name


def test_a_cap_on_the_mean_is_stated_exactly():
    scenario = with_rule(toy_scenario(), "staffing", MEAN)
    parts = [
        solve_scenario(scenario, parts=("staffing",), engine=engine).part("staffing")
        for engine in ("highs", "cp-sat")
    ]
    assert [p.status for p in parts] == ["optimal", "optimal"]
    for one, other in zip(parts[0].tiers, parts[1].tiers, strict=True):
        assert one.value == pytest.approx(other.value, abs=1e-3), one.name


def test_two_runs_give_the_same_plan():
    plans = [solve_scenario(capped_each(toy_scenario()), engine="cp-sat").plan for _ in range(2)]
    assert plans[0] == plans[1]


def test_contradicting_musts_are_infeasible():
    choice = {
        "rule": "exchange_rate_floor",
        "firmness": "must",
        "parameters": {"at_least": "1", "base": "all"},
    }
    scenario = with_rule(capped_each(toy_scenario()), "staffing", choice)
    part = solve_scenario(scenario, parts=("staffing",), engine="cp-sat").part("staffing")
    assert (part.status, part.reason) == ("infeasible", "no_plan_exists")


def test_a_clock_that_has_run_out_gives_no_plan_and_says_so():
    outcome = solve_scenario(
        capped_each(toy_scenario()), parts=("staffing",), engine="cp-sat", clock=Clock(limit=0.0)
    )
    part = outcome.part("staffing")
    assert (part.status, part.reason, part.plan) == ("unknown", "time_limit", None)


def _tiny(*, structure=(), rules=(), function=None):
    """The toy's program cut down to one column of 0 to 6 with one cost."""
    laid = program(toy_county(), defaults()).allocation
    column = Linear(np.array([0]), np.array([1.0]))
    function = function or (lambda n: float(n))
    return replace(
        laid,
        names=("x",),
        upper=np.array([6.0]),
        structure=structure,
        rules=rules,
        costs=(
            replace(
                laid.costs[0],
                tier="t",
                expression=Linear.number(0.0),
                pieces=(Piece.of(Count(column, 0, 6), function, (2, 3)),),
            ),
        ),
        tiers=(Tier("t", Text("", ""), "", None),),
    )


def _engine(allocation):
    return CpSat(allocation, Clock().check)


def test_pieces_are_tables_over_their_whole_range_convex_or_not():
    wavy = [5.0, 1.0, 4.0, 3.0, 9.0, 0.25, 7.0]
    step = _engine(_tiny(function=lambda n: wavy[n])).minimise(Tier("t", Text("", ""), ""), 10.0)
    assert (step.levels.tolist(), step.bound) == ([5.0], 0.25)


def test_irrational_numbers_are_rounded_and_the_bound_is_lowered_by_as_much():
    step = _engine(_tiny(function=lambda n: 2**0.5 + (n - 3) ** 2)).minimise(
        Tier("t", Text("", ""), "", None), 10.0
    )
    assert step.levels.tolist() == [3.0]
    assert 2**0.5 - 2 / REAL <= step.bound <= 2**0.5


def test_numbers_beyond_64_bits_are_refused_with_a_sentence():
    with pytest.raises(BeyondEngine) as refusal:
        _engine(_tiny(function=lambda n: 1e18 * 2**0.5 * n))
    assert "too large" in refusal.value.problem.text


@dataclass(frozen=True)
class RowWithMore(Row):
    more: tuple[int, ...] = ()


def test_what_a_row_says_beyond_its_known_fields_is_refused_and_not_dropped():
    column = Linear(np.array([0]), np.array([1.0]))
    _engine(_tiny(structure=(RowWithMore("w", column, "<=", 5.0),)))
    with pytest.raises(BeyondEngine) as refusal:
        _engine(_tiny(structure=(RowWithMore("w", column, "<=", 5.0, more=(1,)),)))
    assert refusal.value.problem.details == {"what": "more", "name": "structure.w"}


def test_a_program_beyond_the_engine_ends_as_failed_with_the_sentence(monkeypatch):
    from allocator.solving import solve

    huge = _tiny(function=lambda n: 1e18 * 2**0.5 * n)
    monkeypatch.setattr(solve, "build", lambda *_: replace(huge, part="staffing"))
    scenario = capped_each(toy_scenario())
    part = solve_scenario(scenario, parts=("staffing",), engine="cp-sat").part("staffing")
    assert (part.status, part.reason) == ("unknown", "engine_failed")
    assert "too large" in part.problems[0].text


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (0.1 + 0.2, Fraction(3, 10)),
        (sum((2 * k - 1) / 7 for k in range(1, 6)), Fraction(25, 7)),
        (1234567.9, Fraction(12345679, 10)),
        (-2 / 3, Fraction(-2, 3)),
        (0.0, Fraction(0)),
    ],
)
def test_floats_of_small_fractions_are_taken_for_them(given, meant):
    assert exact(given) == meant


def test_other_floats_stay_what_they_are():
    for value in (2**0.5, 1e-9, np.pi * 1000, 1 / 3 + 1e-9):
        assert exact(value) == Fraction(value)


def test_a_common_scale_too_fine_gives_way_to_the_documented_one():
    assert common_scale([Fraction(1, 10), Fraction(1, 7)]) == 70
    assert common_scale([Fraction(1, 9973), Fraction(1, 9967), Fraction(1, 9949)]) == REAL


@pytest.mark.parametrize(
    "first", ["pulp", "allocator.solving.cp_sat", "allocator.solving.solve", "allocator.jobs"]
)
def test_solvers_may_be_loaded_in_any_order(first):
    program = (
        f"import {first}; from allocator.solving import cp_sat, pulp_adapter, solve_scenario;"
        "from allocator.samples import toy_scenario; from allocator.scenario import with_rule;"
        f"s = with_rule(toy_scenario(), 'staffing', {EACH});"
        "print(*(solve_scenario(s, engine=e).parts[0].status for e in ('cp-sat','cbc','highs')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[-3:] == ["optimal"] * 3


def test_solving_loads_cp_sat_only_when_asked_for():
    program = (
        "import sys; from allocator.solving import solve_scenario;"
        "print('ortools.sat.python.cp_model' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_windows_of_pieces_do_not_reach_cp_sat():
    narrow = _tiny(function=lambda n: (n - 6) ** 2.0)
    assert lay_out(narrow).allocation.costs[0].pieces[0].values == (16.0, 9.0)
    step = _engine(narrow).minimise(Tier("t", Text("", ""), ""), 10.0)
    assert (step.levels.tolist(), step.bound) == ([6.0], 0.0)
