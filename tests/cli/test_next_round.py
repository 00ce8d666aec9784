"""The next round on the command line, and solving beside a published plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from allocator.cli import main
from allocator.county.county import County
from allocator.files import load, save
from allocator.scenario import Scenario, with_rule


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALLOCATOR_LANG", raising=False)


def wishing(small: Scenario, path: Path, **wishes: list[str]) -> Path:
    """The small county where some teachers name campuses and S3 agreed one post of music."""
    data = small.county.model_dump()
    for teacher in data["teachers"]:
        teacher["preferences"] = wishes.get(teacher["id"], ())
    posts = {"stage": "junior", "subject": "music", "posts": 1}
    data["schools"][2]["agreed_posts"] = [posts]
    save(small.model_copy(update={"county": County.model_validate(data)}), path)
    return path


def test_the_round_proposed_is_added_and_printed(
    small: Scenario, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = wishing(small, tmp_path / "s.json", T09=["C3"], T10=["C3"], T12=["C3"], T01=["C3"])
    out = tmp_path / "next.json"
    arguments = ["next-round", str(path), "--out", str(out), "--name", "第一轮", "--lang", "en"]
    assert main(arguments) == 0
    (held,) = load(out).county.rounds
    assert (held.id, held.name, held.kind) == ("R1", "第一轮", "application")
    # T10 has more points than T09; nobody lacks Chinese at C3; T01 is pinned
    assert [(a.teacher, a.campus) for a in held.appointments] == [("T10", "C3")]
    said = capsys.readouterr().out
    assert "第一轮: 1 open posts, 4 named campuses, 1 appointed" in said
    for words in (
        "the posts named went to others ranked before",
        "no post named is open to the teacher",
        "pinned or appointed before",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("firmness", "at_most", "appointed"),
    [("must", 1, ["T10"]), ("must", 2, ["T09"]), ("off", 2, ["T10"])],
)
def test_a_round_keeps_the_objections_that_the_rule_lets_bind(
    firmness: str, at_most: int, appointed: list[str], small: Scenario, tmp_path: Path
) -> None:
    # T10 has more points than T09; S3 objects to T12 first, to T10 second.
    path, out = wishing(small, tmp_path / "s.json", T09=["C3"], T10=["C3"]), tmp_path / "o.json"
    loaded = load(path)
    data = loaded.county.model_dump()
    data["schools"][2]["vetoes"] = [{"teacher": t, "against": "arriving"} for t in ("T12", "T10")]
    loaded = loaded.model_copy(update={"county": County.model_validate(data)})
    rule = {"rule": "veto_lock", "firmness": firmness, "parameters": {"at_most": at_most}}
    save(with_rule(loaded, "staffing", rule), path)
    assert main(["next-round", str(path), "--out", str(out)]) == 0
    (held,) = load(out).county.rounds
    assert [a.teacher for a in held.appointments] == appointed


def test_rounds_follow_each_other(small: Scenario, tmp_path: Path) -> None:
    path = wishing(small, tmp_path / "s.json", T10=["C3"])
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    assert main(["next-round", str(path), "--out", str(first)]) == 0
    assert main(["next-round", str(first), "--out", str(second)]) == 0
    rounds = load(second).county.rounds
    assert [(r.id, r.name, len(r.appointments)) for r in rounds] == [
        ("R1", "第 1 轮（建议）", 1),
        ("R2", "第 2 轮（建议）", 0),
    ]


def test_a_rule_that_the_round_breaks_is_said(
    small: Scenario, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = small.model_dump(mode="json")
    for choice in data["staffing"]["rules"]:
        if choice["rule"] == "turnover_cap":
            choice["parameters"] = {"leaving_at_most": 0, "arriving_at_most": 0}
    strict = Scenario.model_validate(data)
    path = wishing(strict, tmp_path / "s.json", T10=["C3"])
    assert main(["next-round", str(path), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "Rules that must be kept, further off by results alone:" in said
    assert "Cap on a school's turnover" in said


def test_the_input_is_not_overwritten(small_path: Path) -> None:
    assert main(["next-round", str(small_path), "--out", str(small_path)]) == 2


def test_a_scenario_with_results_is_solved_with_them(small: Scenario, tmp_path: Path) -> None:
    path = wishing(small, tmp_path / "s.json", T10=["C3"])
    later, out = tmp_path / "next.json", tmp_path / "o.json"
    assert main(["next-round", str(path), "--out", str(later)]) == 0
    assert main(["solve", str(later), "--json", str(out)]) == 0
    found = {m["teacher"]: m for m in moves(out)}
    assert found["T10"]["destination"] == "C3.junior"
    assert (found["T10"]["kind"], found["T10"]["ground"]) == ("transfer", "application")


def test_a_rule_put_off_stays_off_and_is_said(
    small: Scenario, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    off = with_rule(small, "staffing", {"rule": "round_lock", "firmness": "off"})
    path = wishing(off, tmp_path / "s.json", T10=["C3"])
    out = tmp_path / "next.json"
    assert main(["next-round", str(path), "--out", str(out), "--lang", "en"]) == 0
    assert "is off, so that results of rounds bind nobody" in capsys.readouterr().err
    assert "round_lock" not in {c.rule.name for c in load(out).configured("staffing")}


def moves(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["parts"][0]["plan"]["moves"]
    return found


def test_solving_beside_the_own_plan_changes_nothing(small_path: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    book = tmp_path / "2.xlsx"
    assert main(["solve", str(small_path), "--json", str(first)]) == 0
    again = ["solve", str(small_path), "--published", str(first), "--json", str(second)]
    assert main([*again, "--out", str(book)]) == 0
    tiers = {t["name"]: t for t in json.loads(second.read_text("utf-8"))["parts"][0]["tiers"]}
    assert tiers["stability"]["value"] == 0
    assert [(m["teacher"], m["destination"]) for m in moves(second)] == [
        (m["teacher"], m["destination"]) for m in moves(first)
    ]
    assert "与已公布方案的变化" in openpyxl.load_workbook(book).sheetnames


def test_a_published_move_of_somebody_gone_is_left_out_and_said(
    small_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "old.json"
    gone = {
        "teacher": "T77",
        "origin": "C1.junior",
        "destination": "C2.junior",
        "kind": "secondment",
        "ground": "exchange",
        "start": "2019-09",
    }
    old.write_text(json.dumps({"moves": [gone]}), "utf-8")
    assert main(["solve", str(small_path), "--published", str(old), "--lang", "en"]) == 0
    assert "the published move of T77 to C2.junior is left out" in capsys.readouterr().err
    assert main(["solve", str(small_path), "--published", str(tmp_path / "none.json")]) == 2


def test_without_a_published_plan_the_workbook_has_no_such_sheet(
    small_path: Path, tmp_path: Path
) -> None:
    book = tmp_path / "x.xlsx"
    assert main(["solve", str(small_path), "--out", str(book)]) == 0
    assert "与已公布方案的变化" not in openpyxl.load_workbook(book).sheetnames
