"""``allocator template``: a workbook is written, or it is said why not."""

from pathlib import Path

import openpyxl
import pytest

from allocator.cli import main


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALLOCATOR_LANG", raising=False)


def test_the_usual_template_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "roster.xlsx"
    assert main(["template", str(path)]) == 0
    assert "教师" in openpyxl.load_workbook(path).sheetnames
    assert "roster.xlsx" in capsys.readouterr().out


def test_tables_are_chosen_and_lists_come_from_a_scenario(tmp_path: Path, small_path: Path) -> None:
    path = tmp_path / "quotas.xlsx"
    asked = ["template", str(path), "--tables", "past_quotas，quota_lots"]
    assert main([*asked, "--scenario", str(small_path)]) == 0
    made = openpyxl.load_workbook(path)
    assert made.sheetnames == ["填写说明", "往年名额", "抽签结果", "选项"]
    assert main(["--lang", "en", "template", str(path), "--tables", "all"]) == 0
    assert "Past quota places" in openpyxl.load_workbook(path).sheetnames


def test_an_unknown_table_or_another_ending_is_refused(
    tmp_path: Path, small_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "roster.xlsx"
    assert main(["template", str(path), "--tables", "schools,nonsense"]) == 2
    assert "nonsense" in capsys.readouterr().err
    assert main(["template", str(tmp_path / "roster.csv")]) == 2
    assert main(["template", str(small_path), "--scenario", str(small_path)]) == 2
    assert not path.exists()
