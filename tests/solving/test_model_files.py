"""A model file, read by solvers that know nothing of this tool, gives the tier values again."""

from __future__ import annotations

import csv

import highspy
import pulp
import pytest

from allocator.samples import toy_scenario
from allocator.solving import solve_scenario
from allocator.solving.model_file import names_beside, write_model_file
from tests.solving.engines import capped_each

TIERS = [
    ("staffing", tier)
    for tier in ("coverage", "famous", "famous_share", "rates", "balance", "travel")
] + [("admission", tier) for tier in ("protection", "columns", "matrix")]


@pytest.fixture(scope="module")
def solved():
    scenario = capped_each(toy_scenario())
    return scenario, solve_scenario(scenario)


def _values(outcome, part):
    return {t.name: t.value for t in outcome.part(part).tiers}


def _by_highs(path):
    engine = highspy.Highs()
    engine.setOptionValue("output_flag", False)
    engine.setOptionValue("mip_rel_gap", 0.0)
    assert engine.readModel(str(path)) == highspy.HighsStatus.kOk
    engine.run()
    assert engine.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return engine.getInfo().objective_function_value


def _by_cbc(path):
    _, problem = pulp.LpProblem.fromMPS(str(path), sense=pulp.LpMinimize)
    problem.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=0.0))
    assert problem.sol_status == pulp.LpSolutionOptimal
    # An objective without columns has no value to PuLP.
    return pulp.value(problem.objective) or 0.0


@pytest.mark.parametrize(("part", "tier"), TIERS)
def test_other_solvers_find_the_value_of_every_tier(part, tier, solved, tmp_path):
    scenario, outcome = solved
    values = _values(outcome, part)
    mps, lp = tmp_path / "m.mps", tmp_path / "m.lp"
    for path in (mps, lp):
        written = write_model_file(scenario, part, path, values=values, tier=tier)
        assert written.tier.name == tier
        assert _by_highs(path) == pytest.approx(values[tier], abs=1e-4)
    assert _by_cbc(mps) == pytest.approx(values[tier], abs=1e-4)


def test_after_a_solve_the_last_tier_is_minimised_with_all_others_held(solved, tmp_path):
    scenario, outcome = solved
    values = _values(outcome, "staffing")
    written = write_model_file(scenario, "staffing", tmp_path / "m.mps", values=values)
    assert written.tier.name == "travel"
    assert [t.name for t, _ in written.held] == list(scenario.staffing.goals[:-1])
    for tier, most in written.held:
        assert values[tier.name] < most <= values[tier.name] + 1e-3


def test_without_a_plan_the_first_tier_is_minimised_and_none_held(solved, tmp_path):
    scenario, outcome = solved
    path = tmp_path / "m.mps"
    written = write_model_file(scenario, "staffing", path)
    assert (written.tier.name, written.held) == ("coverage", ())
    assert _by_highs(path) == pytest.approx(_values(outcome, "staffing")["coverage"], abs=1e-6)


@pytest.mark.parametrize("part", ["staffing", "admission"])
def test_the_table_beside_names_every_column_and_row_of_the_file_once(part, solved, tmp_path):
    scenario, outcome = solved
    path = tmp_path / "m.mps"
    write_model_file(scenario, part, path, values=_values(outcome, part))
    with (tmp_path / "m.names.csv").open(encoding="utf-8-sig", newline="") as table:
        listed = list(csv.DictReader(table))
    engine = highspy.Highs()
    engine.setOptionValue("output_flag", False)
    engine.readModel(str(path))
    read = engine.getLp()
    for kind, names in (("column", read.col_names_), ("row", read.row_names_)):
        keys = [entry["key"] for entry in listed if entry["kind"] == kind]
        assert len(set(keys)) == len(keys)
        assert sorted(keys) == sorted(names), kind
    assert len({e["name"] for e in listed if e["kind"] == "column"}) == len(read.col_names_)
    assert [e["name"] for e in listed if e["kind"] == "objective"] == [
        outcome.part(part).tiers[-1].name
    ]
    assert any(e["name"].startswith("held.") for e in listed)


def test_a_column_in_no_row_and_no_cost_is_still_in_the_file(solved, tmp_path):
    # Coverage alone: the constant of its cost is zero, and no other row holds that column.
    scenario, _ = solved
    path = tmp_path / "m.mps"
    write_model_file(scenario, "admission", path, tier="protection")
    table = names_beside(path).read_text("utf-8-sig")
    assert "columns in no other row" in table
    assert _by_highs(path) == _by_cbc(path) == 0
