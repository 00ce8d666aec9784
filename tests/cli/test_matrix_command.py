"""The quota table on the command line: written for a plan, judged once a person edited it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from allocator.cli import main
from allocator.cli.exits import BAD_INPUT, CLEAN, REJECTED
from allocator.files import save
from allocator.samples.published import jiading_plan, jiading_scenario


@pytest.fixture
def jiading(tmp_path: Path) -> tuple[Path, Path]:
    """Scenario and published plan of Jiading, as files."""
    scenario, plan = tmp_path / "jiading.json", tmp_path / "plan.json"
    save(jiading_scenario(), scenario)
    plan.write_text(jiading_plan().model_dump_json(), "utf-8")
    return scenario, plan


@pytest.fixture
def edited(jiading: tuple[Path, Path], tmp_path: Path) -> Callable[[dict[str, object]], int]:
    """Write the table, change cells of it, and judge what became of it."""

    def judge(cells: dict[str, object]) -> int:
        scenario, plan = map(str, jiading)
        table = tmp_path / "table.xlsx"
        assert main(["matrix", scenario, plan, "--out", str(table)]) == CLEAN
        if cells:
            # Excel would count the totals anew; openpyxl leaves them uncounted.
            book = openpyxl.load_workbook(table)
            for cell, value in cells.items():
                book.worksheets[0][cell] = value
            book.save(table)
        return main(["audit", scenario, str(table)])

    return judge


def test_the_table_as_written_is_judged_clean(edited) -> None:
    assert edited({}) == CLEAN


def test_a_table_written_as_csv_is_judged_alike(jiading, tmp_path) -> None:
    scenario, plan = map(str, jiading)
    table = str(tmp_path / "table.csv")
    assert main(["matrix", scenario, plan, "--out", table]) == CLEAN
    assert main(["audit", scenario, table]) == CLEAN


def test_places_exchanged_by_hand_are_judged(edited, capfd) -> None:
    assert edited({"B2": 9, "B3": 3}) == CLEAN
    assert edited({"B2": 9}) == REJECTED
    assert "176" in capfd.readouterr().out


def test_an_edit_that_breaks_a_rule_is_rejected_with_the_pair(edited, capfd) -> None:
    # 戬浜学校 has one place of each senior high; one of them is given away.
    assert edited({"B20": 0, "B2": 11}) == REJECTED
    assert "戬浜学校" in capfd.readouterr().out


def test_a_misspelt_school_is_told_with_its_cell(edited, capfd) -> None:
    assert edited({"A2": "启良初中"}) == BAD_INPUT
    said = capfd.readouterr().err
    assert "名额分配表!A2" in said
    assert "启良中学" in said


def test_a_table_is_not_written_over_its_scenario_or_as_something_else(jiading, tmp_path) -> None:
    scenario, plan = map(str, jiading)
    assert main(["matrix", scenario, plan, "--out", scenario]) == BAD_INPUT
    assert main(["matrix", scenario, plan, "--out", str(tmp_path / "m.ods")]) == BAD_INPUT
