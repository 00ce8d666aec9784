"""``publish`` and the audit of published multipliers."""

import json
import sys
from importlib import import_module
from pathlib import Path

import pytest

from allocator.cli import main
from allocator.files import save, save_outcome

sys.path.insert(0, str(Path(__file__).parents[2]))
cases = import_module("tests.insight.quota_cases")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A scenario and the outcome of its solve."""
    monkeypatch.delenv("ALLOCATOR_LANG", raising=False)
    made = cases.lifted()
    scenario, outcome = tmp_path / "s.json", tmp_path / "o.json"
    save(made, scenario)
    save_outcome(cases.solved(made), outcome)
    return scenario, outcome


def test_the_page_is_written(files, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "quotas.html"
    assert main(["publish", *map(str, files), "--out", str(out)]) == 0
    text = out.read_text("utf-8")
    assert "名额分配表" in text
    assert "Quota places" in text
    assert "quotas.html" in capsys.readouterr().out


def test_one_language_can_be_chosen(files, tmp_path: Path) -> None:
    out = tmp_path / "quotas.html"
    assert main(["publish", *map(str, files), "--out", str(out), "--languages", "zh"]) == 0
    assert "Quota places" not in out.read_text("utf-8")


def test_an_input_is_not_overwritten(files) -> None:
    scenario, outcome = files
    assert main(["publish", str(scenario), str(outcome), "--out", str(outcome)]) == 2


def test_the_audit_says_that_the_multipliers_give_every_cell(
    files, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", *map(str, files)]) == 0
    assert "用公布的乘数重新计算" in capsys.readouterr().out


def test_a_changed_multiplier_is_rejected_by_the_audit(
    files, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario, outcome = files
    data = json.loads(outcome.read_text("utf-8"))
    record = data["parts"][0]["division"]["senior_highs"][0]
    record["multiplier"] = "7.5"
    outcome.write_text(json.dumps(data), "utf-8")
    assert main(["audit", str(scenario), str(outcome), "--lang", "en"]) == 5
    assert "do not give this quota table" in capsys.readouterr().out


def test_an_outcome_of_before_the_record_still_loads(files) -> None:
    scenario, outcome = files
    data = json.loads(outcome.read_text("utf-8"))
    del data["parts"][0]["division"]
    outcome.write_text(json.dumps(data), "utf-8")
    assert main(["audit", str(scenario), str(outcome)]) == 0
