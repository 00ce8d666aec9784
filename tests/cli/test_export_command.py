"""``export`` and ``confirm``: forms asked for, refusals all at once, files that are read again."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from allocator.cli import main
from allocator.files import load, load_outcome, save, save_outcome
from allocator.files.forms.confirm import confirm_bytes
from allocator.solving import solve_scenario

sys.path.insert(0, str(Path(__file__).parents[2]))
small = import_module("tests.insight.small_county")


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The toy county and the outcome of its solve, as files."""
    folder = tmp_path_factory.mktemp("toy")
    scenario = load(Path(__file__).parents[2] / "scenarios" / "toy.json")
    save(scenario, folder / "s.json")
    save_outcome(solve_scenario(scenario), folder / "o.json")
    return str(folder / "s.json"), str(folder / "o.json")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOCATOR_LANG", "en")


def _said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err


def test_without_a_form_nothing_about_persons_is_written(
    solved: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "w.xlsx"
    arguments = ["export", *solved, "--workbook", str(out), "--confirm", str(tmp_path / "c.xlsx")]
    assert main(arguments) == 2
    said = _said(capsys)
    assert "--workbook, --confirm" in said
    for form in ("publication", "web", "internal"):
        assert form in said
    assert not out.exists()


def test_all_that_stands_against_it_is_said_at_once(
    solved: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario, _ = solved
    code = main(
        ["export", scenario, "--workbook", str(tmp_path / "w.doc"), "--tables",
         str(tmp_path / "none" / "t"), "--geojson", scenario]
    )  # fmt: skip
    said = _said(capsys)
    assert code == 2
    assert "--workbook needs the outcome" in said
    assert "must end in .xlsx" in said
    assert "make it first" in said
    assert "must not be overwritten" in said


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--confirm", "c.xlsx", "--form", "web"], "never to the open web"),
        (["--outcome", "o2.json", "--form", "publication"], "only --form internal"),
        (["--data", "d.xlsx", "--form", "publication"], "only --form internal"),
        (["--workbook", "w.xlsx", "--form", "secret"], "form secret is unknown"),
        ([], "nothing to write is named"),
    ],
)
def test_what_a_form_may_not_hold_is_refused(
    solved: tuple[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", *solved, *options]) == 2
    assert words in _said(capsys)
    assert list(tmp_path.iterdir()) == []


def test_a_plan_the_audit_rejects_leaves_in_the_internal_form_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = small.scenario()
    save(made, tmp_path / "s.json")
    save_outcome(small.outcome(made), tmp_path / "o.json")
    files = [str(tmp_path / "s.json"), str(tmp_path / "o.json")]
    out = tmp_path / "n.xlsx"
    assert main(["export", *files, "--notices", str(out), "--form", "publication"]) == 2
    assert "the audit rejects this plan" in _said(capsys)
    assert not out.exists()
    assert main(["export", *files, "--notices", str(out), "--form", "internal"]) == 0
    assert out.exists()


def test_everything_is_written_in_one_go(solved: tuple[str, str], tmp_path: Path) -> None:
    paths = {
        "workbook": "w.xlsx", "notices": "n.xlsx", "confirm": "lists", "tables": "tables",
        "geojson": "map.geojson", "outcome": "o2.json", "data": "d.xlsx",
    }  # fmt: skip
    options = [x for name, path in paths.items() for x in (f"--{name}", str(tmp_path / path))]
    arguments = ["export", *solved, *options, "--form", "internal", "--format", "parquet"]
    assert main(arguments) == 0
    assert load_outcome(tmp_path / "o2.json") == load_outcome(solved[1])
    assert "Approval form" in openpyxl.load_workbook(tmp_path / "w.xlsx").sheetnames
    assert len(list((tmp_path / "lists").iterdir())) == 6
    assert "teacher" in pd.read_parquet(tmp_path / "tables" / "exchange.parquet")
    assert "教师" in openpyxl.load_workbook(tmp_path / "d.xlsx").sheetnames or (
        "Teachers" in openpyxl.load_workbook(tmp_path / "d.xlsx").sheetnames
    )
    assert json.loads((tmp_path / "map.geojson").read_text("utf-8"))["features"]


def test_the_form_chosen_is_the_form_written(solved: tuple[str, str], tmp_path: Path) -> None:
    for form in ("publication", "web"):
        folder = tmp_path / form
        assert main(["export", *solved, "--tables", str(folder), "--form", form]) == 0
        text = (folder / "exchange.csv").read_text("utf-8-sig")
        assert ("教师0" in text) == (form == "publication")
        assert not (folder / "ties.csv").exists()


def test_tables_of_the_internal_form_never_stay_beside_those_for_publication(
    solved: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["export", *solved, "--tables", str(tmp_path / "t"), "--form"]
    assert main([*arguments, "internal"]) == 0
    assert main([*arguments, "publication"]) == 2
    assert "ties.csv" in _said(capsys)
    assert main([*arguments, "internal"]) == 0


def test_quota_places_alone_ask_for_no_form(tmp_path: Path) -> None:
    made = load(Path(__file__).parents[2] / "scenarios" / "toy.json")
    made = made.model_copy(update={"staffing": None})
    save(made, tmp_path / "s.json")
    save_outcome(solve_scenario(made), tmp_path / "o.json")
    files = [str(tmp_path / "s.json"), str(tmp_path / "o.json")]
    out = tmp_path / "t"
    assert (
        main(["export", *files, "--tables", str(out), "--workbook", str(tmp_path / "w.xlsx")]) == 0
    )
    assert (out / "quotas.csv").exists()
    assert not (out / "exchange.csv").exists()


def test_numbers_that_read_as_identity_numbers_do_not_leave_with_the_outcome(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [
        t.model_copy(update={"id": "330282198501011234"}) if t.id == "T9" else t
        for t in small.county().teachers
    ]
    made = small.scenario(teachers=tuple(people))
    save(made, tmp_path / "s.json")
    part = small.outcome(small.scenario()).parts[1]
    outcome = small.outcome(small.scenario()).model_copy(update={"parts": (part,)})
    save_outcome(outcome, tmp_path / "o.json")
    files = [str(tmp_path / "s.json"), str(tmp_path / "o.json")]
    out = tmp_path / "o2.json"
    assert main(["export", *files, "--outcome", str(out), "--form", "internal"]) == 2
    assert "read as identity numbers" in _said(capsys)
    assert not out.exists()


def test_the_changes_against_a_published_plan_can_be_asked_for(
    solved: tuple[str, str], tmp_path: Path
) -> None:
    published = tmp_path / "p.json"
    published.write_text(json.dumps({"moves": []}), "utf-8")
    folder = tmp_path / "t"
    arguments = ["export", *solved, "--tables", str(folder), "--form", "internal"]
    assert main([*arguments, "--published", solved[1]]) == 0
    changed = (folder / "exchange_changes.csv").read_text("utf-8-sig").splitlines()
    assert len(changed) == 7  # a heading and six public schools
    assert (folder / "changes.csv").read_text("utf-8-sig").count("\n") == 1


def test_the_schema_of_an_outcome_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    assert main(["schema", "--outcome"]) == 0
    found = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(found)
    assert found["title"] == "Outcome"


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    """A scenario, and the lists of its schools with one correction."""
    made = small.scenario()
    save(made, tmp_path / "s.json")
    book = openpyxl.load_workbook(BytesIO(confirm_bytes(made, "publication")))
    sheet = book["A校"]
    at = {c.value: c.column for c in sheet[3] if c.value}
    sheet.cell(4, at["更正为"]).value = "可交流"
    sheet.cell(4, at["确认人"]).value = "王校长"
    book.save(tmp_path / "back.xlsx")
    return tmp_path / "s.json", tmp_path / "back.xlsx"


def test_corrections_are_listed_and_written_only_when_accepted(
    lists: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new.json"
    arguments = ["confirm", *map(str, lists), "--out", str(out)]
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert "王校长" in said
    assert "Nothing was written" in said
    assert not out.exists()
    assert main([*arguments, "--accept"]) == 0
    (made,) = load(out).county.corrections
    assert (made.teacher, made.status, made.confirmed_by) == ("T1", "may", "王校长")
    assert load(lists[0]).county.corrections == ()


def test_a_list_with_problems_is_listed_and_not_taken_over(
    lists: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.load_workbook(lists[1])
    book["B校"].cell(4, 1).value = "X1"
    book.save(lists[1])
    (tmp_path / "no.xlsx").write_bytes(b"nothing")
    out = tmp_path / "new.json"
    files = [*map(str, lists), str(tmp_path / "no.xlsx")]
    assert main(["confirm", *files, "--out", str(out), "--accept"]) == 2
    said = capsys.readouterr()
    assert "王校长" in said.out
    assert "teacher X1 is on no list" in said.err
    assert "no.xlsx" in said.err
    assert not out.exists()


def test_accepting_without_a_file_is_refused(
    lists: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["confirm", *map(str, lists), "--accept"]) == 2
    assert "--out" in _said(capsys)
