"""Rosters that name the school and no campus, as most do; and a workbook that is no roster."""

from __future__ import annotations

from typing import Any

from allocator.files.intake.proposal import accepted, answered, propose
from allocator.scenario import Scenario, Staffing
from tests.records.full import full_county
from tests.sheets import (
    FIELDS,
    HEADINGS,
    book,
    changed,
    changes,
    questions,
    roster,
    teachers,
    told,
    toy,
)

BY_SCHOOL = tuple("现任学校" if field == "campus" else text
                  for field, text in zip(FIELDS, HEADINGS, strict=True))  # fmt: skip
NEW: dict[str, Any] = {"id": "T90001", "name": "张示例"}


def _several() -> Scenario:
    """A county in which 示例镇初中 has a campus for juniors (C2) and one for primary (C20)."""
    return Scenario(title="示例", county=full_county(), staffing=Staffing())


def _by_school(scenario: Scenario, *rows: list[Any]) -> Any:
    return propose(scenario, [book({"教师": roster(*rows, headings=BY_SCHOOL)})])


def test_a_school_of_one_campus_says_where_a_new_teacher_works() -> None:
    made = _by_school(toy(), changed(teachers(1)[0], **NEW, campus="示例东部初中"))
    assert (told(made), questions(made)) == ([], [])
    assert accepted(made).county.teacher["T90001"].campus == "C4"


def test_another_school_moves_a_teacher_who_is_known() -> None:
    made = _by_school(toy(), changed(teachers(1)[0], campus="示例镇初中"))
    assert changes(made) == [("teachers", "T00001", "campus", "C1", "C2")]


def test_who_is_at_one_of_several_campuses_stays_there() -> None:
    made = _by_school(_several(), changed(teachers(8)[0], campus="示例镇初中"))
    assert (told(made), questions(made), changes(made)) == ([], [], [])


def test_of_several_campuses_the_one_of_the_stage_is_meant() -> None:
    row = changed(teachers(14)[0], **NEW, campus="示例镇初中", stage="小学")
    assert accepted(_by_school(_several(), row)).county.teacher["T90001"].campus == "C20"


def test_a_school_with_two_campuses_of_a_stage_is_asked_about() -> None:
    county = full_county()
    plain = county.model_dump(mode="json")
    school = next(s for s in plain["schools"] if s["id"] == "S2")
    school["campuses"][1]["sections"].append({**school["campuses"][0]["sections"][0]})
    scenario = Scenario(title="示例", county=type(county)(**plain), staffing=Staffing())
    made = _by_school(scenario, changed(teachers(8)[0], **NEW, campus="示例镇初中"))
    ((_, cells, codes),) = questions(made)
    assert cells == ["教师!C2"]
    assert set(codes) == {"C2", "C20", "-"}
    chosen = answered(made, {q.key: "C20" for q in made.questions})
    assert accepted(chosen).county.teacher["T90001"].campus == "C20"


def test_a_school_that_is_asked_about_is_not_said_to_be_missing() -> None:
    made = _by_school(toy(), changed(teachers(1)[0], **NEW, campus="示例城区初级中学"))
    assert told(made) == []
    assert len(questions(made)) == 1


def test_a_campus_of_another_school_is_told() -> None:
    row = [*teachers(1)[0], "示例镇初中"]
    made = propose(toy(), [book({"教师": roster(row, headings=(*HEADINGS, "任教学校"))})])
    (found,) = told(made)
    assert found == (
        "教师!C2", "示例城区初中", "示例城区初中不是示例镇初中的校区：请改正其一",
    )  # fmt: skip


def test_two_sheets_that_name_two_schools_are_told() -> None:
    row = teachers(1)[0]
    here = roster(changed(row, campus="示例城区初中"), headings=BY_SCHOOL)
    there = roster(changed(row, campus="示例镇初中"), headings=BY_SCHOOL)
    made = propose(toy(), [book({"教师": here, "教师续": there})])
    (found,) = told(made)
    assert found[0] == "教师续!C2"
    assert found[2].startswith("教师 T00001 同时在两处，示例镇初中和示例城区初中")


def test_a_workbook_of_results_is_sent_the_other_way() -> None:
    results = {"教师": roster(*teachers(1)), "_allocator": [["format", 1]]}
    made = propose(toy(), [book(results, name="结果.xlsx")])
    ((_, _, words),) = told(made)
    assert words.startswith("这是结果工作簿，不是数据")
    assert (changes(made), made.scenario) == ([], None)
