"""The command line: exit codes, words, and files."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from allocator.cli import main
from allocator.cli.exits import exit_code
from allocator.files import load, save
from allocator.scenario import Scenario, with_rule
from allocator.solving.outcome import Outcome, PartOutcome


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALLOCATOR_LANG", raising=False)


@pytest.fixture
def solved(small_path: Path, tmp_path: Path) -> dict[str, Any]:
    """The outcome of the small county, as data."""
    out = tmp_path / "outcome.json"
    assert main(["solve", str(small_path), "--json", str(out)]) == 0
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def _audit(small_path: Path, tmp_path: Path, plan: dict[str, Any]) -> int:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan), "utf-8")
    return main(["audit", str(small_path), str(path)])


def test_a_plan_audited_clean_gives_0_with_its_figures(
    small_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["solve", str(small_path), "--lang", "en"]) == 0
    shown = capfd.readouterr()
    assert "uncovered periods" in shown.out
    assert "missed by" in shown.out
    assert "Teachers moved" in shown.out
    assert "incumbent" in shown.err
    assert "bound" in shown.err


def test_two_runs_write_the_same_json(small_path: Path, tmp_path: Path) -> None:
    texts = []
    for name in ("a.json", "b.json"):
        assert main(["solve", str(small_path), "--json", str(tmp_path / name)]) == 0
        texts.append((tmp_path / name).read_bytes())
    assert texts[0] == texts[1]


def test_proven_that_no_plan_exists_gives_3(small: Scenario, tmp_path: Path) -> None:
    choice = {
        "rule": "exchange_rate_floor",
        "firmness": "must",
        "parameters": {"at_least": "0.95"},
    }
    path, out = tmp_path / "impossible.json", tmp_path / "o.json"
    save(with_rule(small, "staffing", choice), path)
    assert main(["solve", str(path), "--json", str(out)]) == 3
    assert json.loads(out.read_text("utf-8"))["parts"][0]["status"] == "infeasible"


def test_stopped_without_a_plan_gives_4(small_path: Path) -> None:
    assert main(["solve", str(small_path), "--time-limit", "0.000001"]) == 4


def test_the_worst_part_sets_the_exit_code() -> None:
    def outcome(*parts: PartOutcome) -> Outcome:
        return Outcome(scenario_hash="", engine="highs", parts=parts)

    none = PartOutcome(part="staffing", status="infeasible", reason="no_plan_exists")
    stopped = PartOutcome(part="admission", status="unknown", reason="time_limit")
    assert exit_code(outcome(none)) == 3
    assert exit_code(outcome(none, stopped)) == 4


def test_the_plan_solved_passes_its_audit(
    solved: dict[str, Any], small_path: Path, tmp_path: Path
) -> None:
    assert _audit(small_path, tmp_path, solved) == 0
    assert _audit(small_path, tmp_path, solved["parts"][0]["plan"]) == 0


def test_a_pinned_teacher_moved_is_rejected_by_name_of_rule(
    solved: dict[str, Any],
    small_path: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    plan = solved["parts"][0]["plan"]
    plan["teaching"] = [t for t in plan["teaching"] if t["teacher"] != "T01"]
    plan["moves"].append(
        dict(plan["moves"][0], teacher="T01", origin="C1.junior", destination="C3.junior")
    )
    assert _audit(small_path, tmp_path, plan) == 5
    assert "事先指定" in capsys.readouterr().out


def test_a_move_from_a_wrong_place_is_rejected(
    solved: dict[str, Any], small_path: Path, tmp_path: Path
) -> None:
    plan = solved["parts"][0]["plan"]
    plan["moves"][0]["origin"] = "C3.junior"
    assert _audit(small_path, tmp_path, plan) == 5


def test_the_plan_of_another_county_is_bad_input(
    solved: dict[str, Any], small_path: Path, tmp_path: Path
) -> None:
    text = json.dumps(solved["parts"][0]["plan"]).replace('"T', '"X')
    assert _audit(small_path, tmp_path, json.loads(text)) == 2


BAD = [
    ["bogus"],
    ["solve"],
    ["solve", "none.json"],
    ["solve", "."],
    ["solve", "SMALL", "--part", "x"],
    ["solve", "SMALL", "--part", "admission"],
    ["solve", "SMALL", "--engine", "x"],
    ["solve", "SMALL", "--time-limit", "x"],
    ["solve", "SMALL", "--time-limit", "-1"],
    ["solve", "SMALL", "--time-limit", "nan"],
    ["solve", "SMALL", "--out", "/no/such/folder/x.xlsx"],
    ["solve", "SMALL", "--out", "x.txt"],
    ["solve", "SMALL", "--json", "SMALL"],
    ["solve", "SMALL", "--json", "."],
    ["solve", "SMALL", "--bogus"],
    ["solve", "SMALL", "extra"],
    ["audit", "SMALL", "SMALL"],
    ["audit", "SMALL", "none.json"],
    ["measure", "none.json"],
    ["curriculum", "SMALL", "none.csv"],
    ["curriculum", "SMALL", "SMALL", "--out", "SMALL"],
    ["generate", "--teachers", "1"],
    ["generate", "--out", "."],
    ["rules", "--part", "x"],
    ["--lang", "fr", "rules"],
    ["app", "--port", "x"],
]


@pytest.mark.parametrize("arguments", BAD, ids=" ".join)
def test_bad_input_gives_2_and_a_sentence(
    arguments: list[str], small_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [a.replace("SMALL", str(small_path)) for a in arguments]
    for lang in ("zh", "en"):
        assert main([*given, "--lang", lang]) == 2
        shown = capsys.readouterr()
        assert shown.err.strip()
        assert not shown.out
        assert "Traceback" not in shown.err
        if lang == "zh" and "fr" not in given:
            assert any("\u4e00" <= letter <= "\u9fff" for letter in shown.err)


def test_every_command_explains_itself_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (
        "solve",
        "audit",
        "measure",
        "curriculum",
        "next-round",
        "generate",
        "schema",
        "rules",
        "presets",
        "app",
    ):
        assert main([command, "--help"]) == 0
        assert any("\u4e00" <= letter <= "\u9fff" for letter in capsys.readouterr().out)


def test_the_environment_chooses_the_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ALLOCATOR_LANG", "en")
    assert main(["rules", "--part", "staffing"]) == 0
    shown = capsys.readouterr().out
    assert "Exchange rate (exchange_rate_floor)" in shown
    assert ">= 0% <= 100%" in shown


def test_measure_solves_nothing_and_loads_no_solver(small_path: Path) -> None:
    program = (
        "import sys; from allocator.cli import main; code = main(sys.argv[1:]);"
        "loaded = {'pulp', 'highspy', 'ortools'} & set(sys.modules); sys.exit(code or bool(loaded))"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program, "measure", str(small_path)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "ALLOCATOR_LANG": "zh"},
    )
    assert done.returncode == 0, done.stderr
    assert "校际差异系数" in done.stdout
    assert not done.stderr


def test_what_is_generated_can_be_loaded(tmp_path: Path) -> None:
    path = tmp_path / "county.json"
    assert main(["generate", "--teachers", "1500", "--seed", "7", "--out", str(path)]) == 0
    assert len(load(path).county.teachers) == 1500


def test_the_schema_is_printed_as_json(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert "ExchangeRateFloor" in json.loads(capfd.readouterr().out)["$defs"]
