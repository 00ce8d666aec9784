"""Joining people: by number, by identity number in memory, else by name and asked."""

from __future__ import annotations

from typing import Any

from allocator.files.intake.proposal import Proposal, accepted, answered, propose
from tests.sheets import (
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

FIRST, SECOND = "11010519491231002X", "110105198203070017"
"""Valid identity numbers of nobody: the example of the standard, and one made for tests."""


def _answer(made: Proposal, code: str) -> Proposal:
    return answered(made, {q.key: code for q in made.questions})


def _unnumbered(row: list[Any]) -> list[Any]:
    return changed(row, id=None)


def test_without_a_number_name_school_and_birth_are_confirmed_and_not_taken() -> None:
    row = changed(teachers(1)[0], id=None, subject="数学")
    made = propose(toy(), [book({"教师": roster(row)})])
    ((words, cells, codes),) = questions(made)
    assert words.startswith("教师00001没有已知的教职工号")
    assert (cells, codes) == (["教师!B2"], ["T00001", "+", "-"])
    assert made.scenario is None
    same = _answer(made, "T00001")
    assert changes(same) == [("teachers", "T00001", "subject", "chinese", "maths")]
    assert accepted(same).county.teacher["T00001"].subject == "maths"
    left_out = _answer(made, "-")
    assert left_out.scenario == toy()


def test_many_people_matched_by_name_are_confirmed_at_once() -> None:
    rows = [_unnumbered(t) for t in teachers(*range(1, 19))]
    made = propose(toy(), [book({"教师": roster(*rows)})])
    (question,) = made.questions
    assert (question.kind, len(question.wheres)) == ("person", 18)
    same = _answer(made, "=")
    assert same.scenario == toy()


def test_a_namesake_with_another_birth_is_a_new_person_and_numbered_if_wanted() -> None:
    row = changed(teachers(1)[0], id=None, born="1990-01", entered_work="2012-08",
                  entered_school="2012-08")  # fmt: skip
    made = propose(toy(), [book({"教师": roster(row)})])
    ((words, _, codes),) = questions(made)
    assert words == "名册中 1 人没有教职工号：是否自动编号？"
    assert codes == ["+", "-"]
    new = accepted(_answer(made, "+"))
    assert new.county.teacher["N00001"].born == "1990-01"


def test_a_known_number_beside_another_name_is_asked_about() -> None:
    row = changed(teachers(1)[0], name="别人")
    made = propose(toy(), [book({"教师": roster(row)})])
    ((words, cells, _),) = questions(made)
    assert words == "教职工号 T00001 在方案中是教师00001，此处是别人：是同一人吗？"
    assert cells == ["教师!B2"]
    assert accepted(_answer(made, "=")).county.teacher["T00001"].name == "别人"


def test_a_new_number_of_a_known_person_is_asked_about() -> None:
    row = changed(teachers(1)[0], id="X1")
    made = propose(toy(), [book({"教师": roster(row)})])
    ((_, _, codes),) = questions(made)
    assert codes == ["T00001", "+", "-"]
    assert _answer(made, "T00001").scenario == toy()
    assert len(accepted(_answer(made, "+")).county.teachers) == 21


def test_an_identity_number_joins_a_sheet_without_teacher_numbers() -> None:
    row = changed(teachers(1)[0], born="1982-03", sex="男")
    sheets = {
        "教师": [[*HEADINGS, "证件号"], [*row, SECOND]],
        "职称": [["姓名", "证件号", "职称"], [row[1], SECOND, "高级"]],
    }
    made = propose(toy(), [book(sheets)])
    assert told(made) == []
    assert changes(made) == [
        ("teachers", "T00001", "sex", "f", "m"),
        ("teachers", "T00001", "title", "none", "senior"),
    ]


def test_one_identity_number_under_two_numbers_is_told_without_the_number() -> None:
    rows = [[*t, SECOND] for t in teachers(3, 6)]
    made = propose(toy(), [book({"教师": roster(*rows, headings=[*HEADINGS, "身份证号"])})])
    ((cell, value, text),) = told(made)
    assert (cell, value) == ("教师!J3", "")
    assert text == "教师 T00006 与教师 T00003（教师!J2）的证件号相同：请改正其一"


def test_birth_and_sex_that_contradict_the_identity_number_are_told() -> None:
    row = changed(teachers(1)[0], sex="男")
    made = propose(toy(), [book({"教师": [[*HEADINGS, "身份证号"], [*row, FIRST]]})])
    assert [(cell, text) for cell, _, text in told(made)] == [
        ("教师!F2", "性别与证件号不符：请改正其一"),
        ("教师!G2", "出生年月为 1982-03，与证件号不符（1949-12）：请改正其一"),
    ]


def test_an_identity_number_instead_of_a_teacher_number_is_refused() -> None:
    row = changed(teachers(1)[0], id=SECOND)
    made = propose(toy(), [book({"教师": roster(row)})])
    assert told(made) == [("教师!A2", "******", "这像是身份证号：请删去，不得保存")]


def test_somebody_who_is_in_no_roster_is_told() -> None:
    rows = [["教职工号", "姓名", "更正为", "确认人"], [None, "没有此人", "暂不交流", "示例"]]
    made = propose(toy(), [book({"交流资格": rows})])
    assert told(made) == [("交流资格!B2", "没有此人", "名册中没有没有此人：请先加入名册或改正姓名")]


def test_a_correction_by_name_alone_is_confirmed() -> None:
    rows = [["教职工号", "姓名", "更正为", "确认人"], [None, "教师00001", "暂不交流", "示例"]]
    made = propose(toy(), [book({"交流资格": rows})])
    ((_, cells, codes),) = questions(made)
    assert (cells, codes) == (["交流资格!B2"], ["T00001", "-"])
    (correction,) = accepted(_answer(made, "T00001")).county.corrections
    assert (correction.teacher, correction.status) == ("T00001", "not_now")


def test_a_new_teacher_and_what_another_sheet_says_of_it_come_together() -> None:
    new = changed(teachers(1)[0], id="A1", name="新教师", entered_school="2010-09")
    sheets = {
        "交流资格": [["教职工号", "更正为", "确认人"], ["A1", "暂不交流", "示例"]],
        "教师": roster(new),
    }
    county = accepted(propose(toy(), [book(sheets)])).county
    assert county.teacher["A1"].name == "新教师"
    assert [c.teacher for c in county.corrections] == ["A1"]
