"""``allocator audit`` of a results workbook that people changed by hand."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from allocator.cli import main
from allocator.county.people import Pin
from allocator.files import load, load_plan, save, save_matrix, save_outcome
from tests.files.edited_books import MOVES, changed, outcome_of, plan, put, row_of, scenario


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Scenario, outcome, and a workbook in which one stays and one goes elsewhere."""

    def change(book: openpyxl.Workbook) -> None:
        book[MOVES].delete_rows(row_of(book[MOVES], "T00006"))
        put(book, "T00004", "交流学校", "示例东部初中")

    paths = {n: tmp_path / n for n in ("s.json", "o.json", "e.xlsx", "p.json", "n.json")}
    save(scenario(), paths["s.json"])
    save_outcome(outcome_of(scenario(), plan()), paths["o.json"])
    paths["e.xlsx"].write_bytes(changed(change))
    return {name: str(path) for name, path in paths.items()}


def _both_changed(book: openpyxl.Workbook) -> None:
    for heading in ("交流学校", "交流校区"):
        put(book, "T00004", heading, "示例东部初中")


def test_edits_are_listed_with_what_each_cost_and_written_as_plan_and_pins(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["audit", files["s.json"], files["e.xlsx"], "--against", files["o.json"]]
    written = ["--out", files["p.json"], "--pins", files["n.json"]]
    assert main([*asked, *written, "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "Edits made by hand: 2" in shown
    assert "示例村初中 (secondment, 3 years)" in shown
    assert "a goal gets worse" in shown
    assert "Goals before and after the edits:" in shown
    assert "2 edits as pins" in shown
    going = {m.teacher: m.destination for m in load_plan(files["p.json"]).moves}
    assert going == {"T00004": "C4.junior", "T00014": "C6.primary"}
    found = load(files["n.json"]).county.teacher
    assert found["T00006"].pins == (Pin(kind="stays", reason="手工调整"),)
    assert main(["audit", files["s.json"], files["p.json"]]) == 0


def test_the_scenario_with_pins_is_solved_like_any_other(files: dict[str, str]) -> None:
    asked = ["audit", files["s.json"], files["e.xlsx"], "--against", files["o.json"]]
    assert main([*asked, "--pins", files["n.json"]]) == 0
    assert main(["solve", files["n.json"], "--part", "staffing", "--json", files["p.json"]]) == 0
    going = {m.teacher: m.destination for m in load_plan(files["p.json"]).moves}
    assert going["T00004"] == "C4.junior"
    assert "T00006" not in going


def test_without_the_outcome_the_plan_is_judged_as_it_stands(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["audit", files["s.json"], files["e.xlsx"], "--lang", "en"]
    # School and campus contradict each other, and nothing says which of them was changed.
    assert main(asked) == 2
    assert "leave the campus empty" in capsys.readouterr().err
    Path(files["e.xlsx"]).write_bytes(changed(_both_changed))
    assert main(asked) == 0
    shown = capsys.readouterr()
    assert "without --against" in shown.err
    assert "Edits made by hand" not in shown.out


def test_a_workbook_only_formatted_holds_no_edit(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path(files["e.xlsx"]).write_bytes(changed(lambda book: None))
    asked = ["audit", files["s.json"], files["e.xlsx"], "--against", files["o.json"]]
    assert main([*asked, "--lang", "en"]) == 0
    assert "No edit: only the format" in capsys.readouterr().out


def test_everything_that_cannot_be_read_is_told_at_once(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    def change(book: openpyxl.Workbook) -> None:
        put(book, "T00004", "交流学校", "龙山")
        put(book, "T00006", "交流类型", "轮岗")

    Path(files["e.xlsx"]).write_bytes(changed(change))
    asked = ["audit", files["s.json"], files["e.xlsx"], "--against", files["o.json"]]
    assert main(asked) == 2
    said = capsys.readouterr().err
    assert "交流名单!H4：本县没有学校“龙山”" in said
    assert "交流名单!K5" in said


def test_a_quota_table_by_itself_is_judged_as_before(
    files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "m.xlsx"
    save_matrix(scenario(), plan(), table)
    assert main(["audit", files["s.json"], str(table), "--lang", "en"]) == 0
    assert "without --against" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["e.xlsx", "--pins", "n.json"], "add --against"),
        (["o.json", "--against", "o.json"], "go with a results workbook"),
        (["e.xlsx", "--against", "o.json", "--out", "s.json"], "must not be overwritten"),
        (
            ["e.xlsx", "--against", "o.json", "--out", "n.json", "--pins", "n.json"],
            "named for two files",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_written(
    files: dict[str, str], given: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["audit", files["s.json"], *(files.get(word, word) for word in given)]
    assert main([*asked, "--lang", "en"]) == 2
    assert said in capsys.readouterr().err
    assert not Path(files["n.json"]).exists()
