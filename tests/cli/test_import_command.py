"""``allocator import``: shown first, taken over once accepted, honest in its exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from allocator.cli import main
from allocator.cli.exits import BAD_INPUT, CLEAN, QUESTIONS
from allocator.files import load, save
from tests.sheets import changed, content, roster, teachers, toy


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALLOCATOR_LANG", raising=False)


def _files(tmp_path: Path, *rows: Any) -> tuple[Path, Path]:
    upload, into = tmp_path / "名册.xlsx", tmp_path / "s.json"
    upload.write_bytes(content({"教师": roster(*rows)}))
    save(toy(), into)
    return upload, into


def test_changes_are_shown_and_written_only_once_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    upload, into = _files(tmp_path, changed(teachers(1)[0], subject="数学"))
    before = into.read_bytes()
    assert main(["import", str(upload), "--into", str(into)]) == CLEAN
    said = capsys.readouterr().out
    assert "教师00001（T00001）" in said
    assert "尚未写入" in said
    assert into.read_bytes() == before
    assert main(["import", str(upload), "--into", str(into), "--accept"]) == CLEAN
    assert load(into).county.teacher["T00001"].subject == "maths"


def test_out_leaves_the_old_file_and_never_overwrites_another(tmp_path: Path) -> None:
    upload, into = _files(tmp_path, changed(teachers(1)[0], subject="数学"))
    before, out = into.read_bytes(), tmp_path / "new.json"
    arguments = ["import", str(upload), "--into", str(into), "--out", str(out), "--accept"]
    assert main(arguments) == CLEAN
    assert into.read_bytes() == before
    assert load(out).county.teacher["T00001"].subject == "maths"
    written = out.read_bytes()
    assert main(arguments) == BAD_INPUT
    assert out.read_bytes() == written


def test_problems_write_nothing_even_if_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    upload, into = _files(tmp_path, changed(teachers(1)[0], born="82年"))
    before = into.read_bytes()
    report, folder = tmp_path / "r.xlsx", tmp_path / "marked"
    folder.mkdir()
    code = main(
        ["import", str(upload), "--into", str(into), "--accept", "--report", str(report),
         "--marked", str(folder), "--lang", "en"]
    )  # fmt: skip
    assert code == BAD_INPUT
    assert into.read_bytes() == before
    assert "82年" in capsys.readouterr().out
    page = openpyxl.load_workbook(report).worksheets[0]
    assert [c.value for c in page[2]][:6] == ["problem", "名册.xlsx", "教师", 2, "G", "出生年月"]
    (copy,) = folder.iterdir()
    assert openpyxl.load_workbook(copy)["教师"]["G2"].comment is not None


def test_questions_are_written_filled_in_answered_and_kept(tmp_path: Path) -> None:
    upload, into = _files(tmp_path, changed(teachers(1)[0], campus="城区初中", subject="数学"))
    asked, mapping = tmp_path / "q.json", tmp_path / "m.json"
    start = ["import", str(upload), "--into", str(into), "--mapping", str(mapping)]
    assert main([*start, "--questions", str(asked), "--accept"]) == QUESTIONS
    data = json.loads(asked.read_text("utf-8"))
    (question,) = data["questions"]
    assert question["cells"] == ["教师!C2"]
    question["answer"] = question["choices"][0]["code"]
    asked.write_text(json.dumps(data), "utf-8")
    assert main([*start, "--answers", str(asked), "--accept"]) == CLEAN
    assert load(into).county.teacher["T00001"].subject == "maths"
    # Settled once: the next file asks nothing.
    upload.write_bytes(content({"教师": roster(changed(teachers(1)[0], campus="城区初中"))}))
    assert main([*start, "--accept"]) == CLEAN
    assert load(into) == toy()


def test_a_complete_table_loses_the_rows_not_named(tmp_path: Path) -> None:
    upload, into = _files(tmp_path, *teachers(1, 2))
    arguments = ["import", str(upload), "--into", str(into), "--complete", "teachers"]
    assert main([*arguments, "--accept"]) == CLEAN
    assert [t.id for t in load(into).county.teachers] == ["T00001", "T00002"]


def test_a_new_scenario_asks_for_name_and_month_unless_told(tmp_path: Path) -> None:
    upload, into = tmp_path / "a.xlsx", tmp_path / "new.json"
    upload.write_bytes(content({"片区": [["代码", "名称"], ["Z1", "西片"], ["Z2", "东片"]]}))
    start = ["import", str(upload), "--into", str(into), "--accept"]
    assert main(start) == QUESTIONS
    assert not into.exists()
    assert main([*start, "--name", "示例县", "--as-of", "2020-06"]) == CLEAN
    assert [z.name for z in load(into).county.zones] == ["西片", "东片"]


@pytest.mark.parametrize(
    "more",
    [["--complete", "nothing"], ["--report", "r.txt"], ["--marked", "no/such/folder"],
     ["--answers", "no.json"]],
)  # fmt: skip
def test_what_cannot_be_is_refused_before_anything_is_read(
    more: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    upload, into = _files(tmp_path, *teachers(1))
    assert main(["import", str(upload), "--into", str(into), *more]) == BAD_INPUT


def test_every_file_that_cannot_be_opened_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, into = _files(tmp_path)
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04 no workbook")
    missing = tmp_path / "missing.xlsx"
    assert main(["import", str(bad), str(missing), "--into", str(into)]) == BAD_INPUT
    said = capsys.readouterr().err
    assert "bad.xlsx" in said
    assert "missing.xlsx" in said
