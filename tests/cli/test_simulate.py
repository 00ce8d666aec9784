"""Simulated admission on the command line."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from allocator.cli import main
from allocator.county.plan import Plan, QuotaCell
from allocator.files import save
from allocator.samples import toy_scenario

CELLS = {
    "H1": {"S1": 19, "S2": 15, "S3": 5, "S4": 10, "S7": 5},
    "H2": {"S1": 12, "S2": 10, "S3": 4, "S4": 6, "S7": 4},
}


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALLOCATOR_LANG", raising=False)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """The toy scenario, and a plan of its quota places."""
    quotas = tuple(
        QuotaCell(senior_high=high, junior_high=school, places=places)
        for high, row in CELLS.items()
        for school, places in row.items()
    )
    save(toy_scenario(), tmp_path / "toy.json")
    (tmp_path / "plan.json").write_text(Plan(quotas=quotas).model_dump_json(), "utf-8")
    return [str(tmp_path / "toy.json"), str(tmp_path / "plan.json")]


def test_invented_pupils_are_admitted_and_said_to_be_invented(files, tmp_path, capsys) -> None:
    out, listed = tmp_path / "result.xlsx", tmp_path / "pupils.csv"
    options = ["--seed", "7", "--out", str(out), "--write-pupils", str(listed)]
    assert main(["simulate", *files, *options]) == 0
    said = capsys.readouterr().out
    assert "虚构考生 144 人，种子 7" in said
    assert "分配名额 90 个" in said
    assert "应录取而名额给了他人的考生：0 人" in said
    book = openpyxl.load_workbook(out)
    assert book.sheetnames[:2] == ["模拟录取·高中", "模拟录取·城乡"]
    assert "虚构考生" in book["模拟录取·高中"]["A2"].value
    assert "内部" in book["模拟录取名单"]["A2"].value
    # The same pupils from the file are admitted to the same places.
    assert main(["simulate", *files, "--pupils", str(listed)]) == 0
    again = capsys.readouterr().out
    assert again.splitlines()[0] == "pupils.csv 中的考生 144 人"
    assert again.splitlines()[1:] == said.splitlines()[1:]


def test_the_workbook_is_the_same_on_every_run(files, tmp_path) -> None:
    a, b = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    for out in (a, b):
        assert main(["simulate", *files, "--out", str(out)]) == 0
    assert a.read_bytes() == b.read_bytes()


def test_what_contradicts_itself_is_refused_at_once(files, tmp_path, capsys) -> None:
    listed = tmp_path / "pupils.csv"
    options = ["--pupils", str(listed), "--seed", "1", "--out", "x.csv", "--write-pupils"]
    assert main(["--lang", "en", "simulate", *files, *options, str(listed)]) == 2
    said = capsys.readouterr().err
    assert "--seed: pupils are given, so no seed is needed: leave one out" in said
    assert "is an input: it must not be overwritten" in said
    assert "must end in .xlsx" in said


def test_faults_of_the_pupils_are_told_by_cell(files, tmp_path, capsys) -> None:
    listed = tmp_path / "pupils.csv"
    listed.write_text("考生号,初中,三年学籍,总分,第一志愿\n1,S9,是,-,H1\n", "utf-8")
    assert main(["simulate", *files, "--pupils", str(listed)]) == 2
    said = capsys.readouterr().err.splitlines()
    assert [line.split("：")[0] for line in said] == ["B2", "D2"]


def test_a_plan_without_quota_places_is_refused(files, capsys) -> None:
    Path(files[1]).write_text('{"quotas": []}', "utf-8")
    assert main(["simulate", *files]) == 2
    assert "没有分配名额" in capsys.readouterr().err
