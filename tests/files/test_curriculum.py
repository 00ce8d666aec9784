"""Periods tables from files: what is read is what is written, and every fault is told at once."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from allocator.cli import main
from allocator.county.curriculum import ZHEJIANG_2023, Subject
from allocator.county.frozen import DataError, Problem
from allocator.county.places import ExtraPeriods
from allocator.files import load, load_curriculum, with_curriculum
from allocator.samples import toy_scenario
from allocator.scenario import Scenario
from allocator.words import tell

HEAD = "id,name,name_en,g1,g2,g3,g4,g5,g6,g7,g8,g9,primary_load,junior_load,arts_or_pe"
MATHS = "maths,数学,Mathematics,4,4,4,4,4,4,5,5,6,15,13,"
MUSIC = "music,音乐,Music,2,2,2,2,2,2,1,1,0,18,16,true"


def csv(*lines: str) -> str:
    return "\n".join((HEAD, *lines)) + "\n"


def of(table: tuple[Subject, ...]) -> str:
    """A table as CSV, as the module says it is written."""
    return csv(
        *(
            ",".join(
                map(str, (s.id, s.name, s.name_en, *s.periods, s.primary_load, s.junior_load,
                          s.arts_or_pe))
            )
            for s in table
        )
    )  # fmt: skip


def problems(path: Path, content: str | bytes) -> dict[str, str]:
    """Path -> what a planner reads; no path twice."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(DataError) as caught:
        load_curriculum(path)
    found: tuple[Problem, ...] = caught.value.problems
    told = {p.path: tell(p, "en") for p in found}
    assert len(told) == len(found)
    assert not [t for p in found for t in (tell(p, "en"), tell(p, "zh")) if re.search(r"{\w", t)]
    assert all(any("\u4e00" <= c <= "\u9fff" for c in tell(p, "zh")) for p in found)
    return told


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_in_csv_comes_back_as_it_was(tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(of(ZHEJIANG_2023).replace("\n", end).encode(encoding))
    assert load_curriculum(path) == ZHEJIANG_2023


def test_a_table_in_json_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "table.json"
    path.write_text(json.dumps([s.model_dump() for s in ZHEJIANG_2023]), "utf-8")
    assert load_curriculum(path) == ZHEJIANG_2023


def test_columns_in_another_order_empty_lines_and_words_for_yes_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "table.CSV"
    lines = [line.split(",") for line in (HEAD, MATHS, MUSIC.replace("true", " 是 "))]
    turned = [",".join(reversed(cells)) for cells in lines]
    path.write_text("\n".join([turned[0].upper(), "", turned[1], "," * 14, turned[2], ""]), "utf-8")
    maths, music = load_curriculum(path)
    assert (maths.id, maths.periods, maths.primary_load) == ("maths", (4,) * 6 + (5, 5, 6), 15)
    assert (maths.arts_or_pe, music.arts_or_pe) == (False, True)


def test_every_fault_of_a_csv_file_is_told_at_its_cell(tmp_path: Path) -> None:
    told = problems(
        tmp_path / "t.csv",
        csv(
            "ma ths,数学,Mathematics,4,4,4,4,4,4,5,5,-1,15,13,",
            "",
            "music,音乐,Music,2,2,two,2,,2,1,1,0,18,0,perhaps",
            "art,美术,Art,2,2,2,2,2,2,1,1,1.5,18,16,true,more",
            "music,音乐,Music,2,2,2,2,2,2,1,1,1,41,16,true",
        ),
    )
    assert set(told) == {"A2", "L2", "F4", "H4", "N4", "O4", "L5", "P5", "A6", "M6"}
    assert "-1 is too small: at least 0" in told["L2"]
    assert "0 where there are no periods" in told["H4"]
    assert "perhaps" in told["O4"]
    assert "first at A4" in told["A6"]


def test_faults_of_the_headings_are_told_once(tmp_path: Path) -> None:
    head = HEAD.replace("g4", "grade4").replace("name_en", "name")
    told = problems(tmp_path / "t.csv", "\n".join((head, MATHS, MUSIC)))
    assert set(told) == {"C1", "G1", "P1", "Q1"}  # name again, grade4, and two missing
    assert "name_en" in told["P1"]
    assert "g4" in told["Q1"]


def test_every_fault_of_a_json_file_is_told_with_its_path(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [s.model_dump() for s in ZHEJIANG_2023[:4]]
    rows[0]["periods"] = rows[0]["periods"][:8]
    rows[1]["primary_load"] = 0
    rows[2]["teachers"] = 3
    del rows[3]["name"]
    rows.append(rows[1] | {"primary_load": 14})
    told = problems(tmp_path / "t.json", json.dumps(rows).replace('"Mathematics"', "NaN"))
    assert set(told) == {
        "subjects[0].periods",
        "subjects[1].primary_load",
        "subjects[2].name_en",
        "subjects[2].teachers",
        "subjects[3].name",
        "subjects[4].id",
    }


BROKEN: dict[str, tuple[str, str | bytes, str]] = {
    "no list": ("t.json", '{"subjects": []}', "subjects"),
    "no subject": ("t.json", "[]", "subjects"),
    "headings alone": ("t.csv", HEAD, "subjects"),
    "no JSON": ("t.json", "[", "FILE"),
    "empty": ("t.csv", " \n", "FILE"),
    "GBK": ("t.csv", csv(MATHS).encode("gbk"), "FILE"),
    "an open quote": ("t.csv", csv('"maths' + MATHS[5:]), "FILE"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    file, content, where = BROKEN[name]
    path = tmp_path / file
    assert set(problems(path, content)) == {where.replace("FILE", str(path))}


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.csv"):
        load_curriculum(tmp_path / "none.csv")


@pytest.fixture
def toy() -> Scenario:
    return toy_scenario()


def test_another_table_changes_demand_and_nothing_else(toy: Scenario) -> None:
    six = [s.model_copy(update={"periods": (6,) * 9}) for s in toy.county.subjects]
    changed = with_curriculum(toy, six)
    assert changed.county.places["C1.junior"].demand == {"chinese": 18, "maths": 18, "music": 18}
    assert changed.county.teachers == toy.county.teachers
    assert (changed.staffing, changed.title) == (toy.staffing, toy.title)


def test_subjects_that_people_and_posts_need_must_be_in_the_table(toy: Scenario) -> None:
    with pytest.raises(DataError) as caught:
        with_curriculum(toy, [s for s in toy.county.subjects if s.id != "music"])
    assert [p.path for p in caught.value.problems] == [
        "county.schools[3].agreed_posts[0].subject",
        *(f"county.teachers[{n - 1}].subject" for n in (6, 7, 17)),
    ]


def test_jobs_at_a_school_still_add_their_periods(tmp_path: Path) -> None:
    scenario = load(Path(__file__).parent / "small.json")
    place = next(iter(scenario.county.places.values()))
    extra = ExtraPeriods(subject="maths", periods=3)
    job = place.section.model_copy(update={"extra_periods": (extra,)})
    campus = place.campus.model_copy(update={"sections": (job,)})
    school = place.school.model_copy(update={"campuses": (campus,)})
    schools = tuple(school if s.id == school.id else s for s in scenario.county.schools)
    data = scenario.county.model_dump(mode="json") | {
        "schools": [s.model_dump(mode="json") for s in schools]
    }
    county = type(scenario.county).model_validate(data)
    none = [s.model_copy(update={"periods": (0,) * 9}) for s in county.subjects]
    made = with_curriculum(scenario.model_copy(update={"county": county}), none)
    assert made.county.places[place.id].demand == {"maths": 3}


def test_the_command_writes_a_scenario_with_the_new_table(small_path: Path, tmp_path: Path) -> None:
    table, out = tmp_path / "table.csv", tmp_path / "new.json"
    known = load(small_path)
    table.write_text(of(known.county.subjects).replace(",true", ",yes"), "utf-8-sig")
    assert main(["curriculum", str(small_path), str(table), "--out", str(out)]) == 0
    assert out.read_bytes() == small_path.read_bytes()


def test_the_command_refuses_a_table_without_subjects_that_are_taught(
    small_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "table.csv"
    table.write_text(csv(MATHS), "utf-8")
    out = tmp_path / "new.json"
    assert main(["curriculum", str(small_path), str(table), "--out", str(out)]) == 2
    assert "county.teachers[0].subject" in capsys.readouterr().err
    assert not out.exists()


def test_the_command_prints_where_no_file_is_named(
    small_path: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "table.json"
    known = load(small_path).county.subjects
    table.write_text(json.dumps([s.model_dump() for s in known]), "utf-8")
    assert main(["curriculum", str(small_path), str(table)]) == 0
    assert capfd.readouterr().out == small_path.read_text("utf-8")
