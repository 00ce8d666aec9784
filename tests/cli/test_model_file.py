"""``allocator solve --write-model`` and ``--engine`` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import highspy
import pytest

from allocator.cli import main
from allocator.staffing.goals import TIERS


def test_the_model_written_after_a_solve_has_the_last_goal_as_its_optimum(
    small_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, model = tmp_path / "o.json", tmp_path / "m.mps"
    arguments = ["solve", str(small_path), "--part", "staffing", "--lang", "en"]
    assert main([*arguments, "--json", str(out), "--write-model", str(model)]) == 0
    last = json.loads(out.read_text("utf-8"))["parts"][0]["tiers"][-1]
    engine = highspy.Highs()
    engine.setOptionValue("output_flag", False)
    engine.readModel(str(model))
    engine.run()
    assert engine.getInfo().objective_function_value == pytest.approx(last["value"], abs=1e-4)
    said = capsys.readouterr().out
    assert "m.names.csv says what its columns and rows are" in said
    assert said.count("held before it") == len(TIERS) - 1
    assert "the optimum is a bound on the value" in said
    assert (tmp_path / "m.names.csv").exists()


def test_the_goal_to_minimise_may_be_named(
    small_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["solve", str(small_path), "--write-model", str(tmp_path / "m.lp")]
    assert main([*arguments, "--part", "staffing", "--tier", "famous", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "minimises: famous teachers missing" in said
    assert said.count("held before it") == 1


def test_without_a_plan_the_model_is_written_all_the_same(
    small_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["solve", str(small_path), "--part", "staffing", "--time-limit", "0.000001"]
    model = tmp_path / "m.mps"
    assert main([*arguments, "--write-model", str(model), "--lang", "en"]) == 4
    assert model.exists()
    assert "no goal is held" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--write-model", "m.txt"],
        ["--write-model", "/no/such/folder/m.mps"],
        ["--write-model", "SMALL"],
        ["--write-model", "m.mps", "--json", "m.mps"],
        ["--write-model", "m.mps", "--tier", "x"],
        ["--tier", "travel"],
    ],
    ids=" ".join,
)
def test_a_model_file_that_cannot_be_is_refused_before_the_solve(
    arguments: list[str], small_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [a.replace("SMALL", str(small_path)).replace("m.", f"{tmp_path}/m.") for a in arguments]
    assert main(["solve", str(small_path), "--part", "staffing", *given, "--lang", "zh"]) == 2
    shown = capsys.readouterr()
    assert any("\u4e00" <= letter <= "\u9fff" for letter in shown.err)
    assert not shown.out
    assert list(tmp_path.iterdir()) == []


def test_a_scenario_of_two_parts_needs_one_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toy = Path(__file__).parents[2] / "scenarios" / "toy.json"
    model = tmp_path / "m.mps"
    assert main(["solve", str(toy), "--write-model", str(model), "--lang", "en"]) == 2
    assert "choose one of staffing, admission with --part" in capsys.readouterr().err


@pytest.mark.parametrize("engine", ["cp-sat", "cbc", "HiGHS", "PULP_CBC_CMD"])
def test_engines_of_pulp_and_cp_sat_can_be_named(engine: str, small_path: Path) -> None:
    assert main(["solve", str(small_path), "--engine", engine]) == 0


def test_an_unknown_engine_is_refused_with_those_on_this_machine(
    small_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["solve", str(small_path), "--engine", "gurobbi", "--lang", "en"]) == 2
    said = capsys.readouterr().err
    for name in ("highs", "cbc", "cp-sat", "PULP_CBC_CMD", "HiGHS"):
        assert name in said
