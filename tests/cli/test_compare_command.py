"""``allocator compare``: the table of all ways of rounding, on screen and as a workbook."""

from pathlib import Path

import openpyxl
import pytest

from allocator.cli import main

TOY = Path(__file__).parents[2] / "scenarios" / "toy.json"


def test_every_way_is_printed_and_those_without_a_table_say_why(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert main(["compare", str(TOY), "--lang", "en"]) == 0
    shown = " ".join(capfd.readouterr().out.split())
    for way in ("biproportional (Hill)", "controlled rounding", "row by row, half up"):
        assert way in shown
    assert "row by row, lots makes no table: county.quota_lots" in shown


def test_the_workbook_holds_both_tables_and_two_runs_write_the_same(tmp_path: Path) -> None:
    out = tmp_path / "compare.xlsx"
    again = tmp_path / "again.xlsx"
    assert main(["compare", str(TOY), "--out", str(out)]) == 0
    assert main(["compare", str(TOY), "--out", str(again)]) == 0
    assert openpyxl.load_workbook(out).sheetnames == ["取整方法比较", "各初中各法结果"]
    assert out.read_bytes() == again.read_bytes()


def test_a_scenario_without_quotas_is_bad_input(small_path: Path) -> None:
    assert main(["compare", str(small_path)]) == 2


def test_an_input_is_not_overwritten(small_path: Path) -> None:
    before = small_path.read_bytes()
    assert main(["compare", str(small_path), "--out", str(small_path)]) == 2
    assert small_path.read_bytes() == before
