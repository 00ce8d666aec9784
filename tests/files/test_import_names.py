"""Names of schools: exactly, as settled, else suggestions, the likeliest first."""

from __future__ import annotations

import pytest

from allocator.files import load
from allocator.files.intake.proposal import accepted, answered, propose, remembered
from allocator.files.intake.school_names import KnownNames, known_names, short
from allocator.scenario import Scenario
from tests.sheets import book, changed, questions, roster, teachers, told, toy

NAMES = KnownNames(
    {
        "A": "浒山街道第一小学",
        "B": "浒山街道第二小学",
        "C": "观海卫镇初级中学",
        "D": "慈溪市实验小学",
        "E": "慈溪市实验中学",
        "F": "逍林镇中心小学",
        "G": "周巷镇九年一贯制学校",
    },
    {},
    {},
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("浒山一小", "A"),
        ("浒山街道 第 1 小学", "A"),
        ("慈溪市浒山第二小学", "B"),
        ("观海卫初中", "C"),
        ("观海卫镇中学", "C"),
        ("实小", "D"),
        ("慈溪实验小学校", "D"),
        ("实验初中", "E"),
        ("逍林中心小学", "F"),
        ("逍林镇中心校", "F"),
        ("周巷九年制学校", "G"),
    ],
)
def test_short_forms_come_first_among_the_suggestions(written: str, code: str) -> None:
    meant = NAMES.meant(written)
    assert meant.code is None
    assert meant.suggestions[0].code == code
    scores = [s.score for s in meant.suggestions]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= s <= 100 for s in scores)


@pytest.mark.parametrize(
    "written", ["浒山街道第一小学", " 浒山街道第一小学　", "浒山街道（第一小学）", "a"]
)
def test_only_width_blanks_brackets_and_case_make_no_difference(written: str) -> None:
    assert NAMES.meant(written).code == "A"


def test_a_name_like_none_has_no_suggestion() -> None:
    assert NAMES.meant("杭州湾职业技术学院").suggestions == ()


def test_what_was_settled_goes_before_suggestions_and_after_exact_names() -> None:
    settled = {"浒山一小": "B", "浒山街道第一小学": "B"}
    assert NAMES.meant("浒山一小", settled).code == "B"
    assert NAMES.meant("浒山街道第一小学", settled).code == "A"


def test_numbers_are_one_however_written() -> None:
    assert short("第十二小学") == short("12小") == short("十二小学") == "12小"


def test_a_school_of_one_campus_names_it_and_one_of_several_asks_which() -> None:
    county = load("scenarios/cixi-2020.json").county
    names = known_names(county, "campuses")
    several = next(s for s in county.schools if len(s.campuses) > 1)
    single = next(s for s in county.schools if len(s.campuses) == 1)
    assert names.meant(single.name).code == single.campuses[0].id
    meant = names.meant(several.name)
    assert (meant.code, meant.several) == (None, True)
    assert [s.code for s in meant.suggestions] == sorted(c.id for c in several.campuses)


def test_an_answer_is_kept_and_not_asked_again() -> None:
    rows = roster(*(changed(t, campus="城区初中") for t in teachers(1, 2)))
    first = propose(toy(), [book({"教师": rows})])
    answers = {q.key: "C1" for q in first.questions}
    assert accepted(first, answers) == toy()
    kept = remembered(first, answers)
    assert [(p.written, p.id) for p in kept.places] == [("城区初中", "C1")]
    again = propose(toy(), [book({"教师": rows}, name="明年.xlsx")], kept)
    assert not again.open
    assert again.scenario == toy()


def test_any_campus_may_be_the_answer_and_nothing_else() -> None:
    rows = roster(changed(teachers(1)[0], campus="某校"))
    first = propose(toy(), [book({"教师": rows})])
    (question,) = first.questions
    assert question.names == "campuses"
    made = answered(first, {question.key: "C2"})
    assert made.scenario is not None
    assert made.scenario.county.teacher["T00001"].campus == "C2"
    assert answered(first, {question.key: "C99"}).questions == first.questions


def test_rows_of_a_school_left_out_are_left_out() -> None:
    one, two = teachers(1, 2)
    rows = roster(changed(one, campus="外县学校"), changed(two, subject="数学"))
    first = propose(toy(), [book({"教师": rows})])
    made = answered(first, {q.key: "-" for q in first.questions})
    scenario: Scenario = accepted(made)
    assert scenario.county.teacher["T00001"] == toy().county.teacher["T00001"]
    assert scenario.county.teacher["T00002"].subject == "maths"


def test_several_names_in_one_cell_are_read_each_and_asked_each() -> None:
    rows = [["教职工号", "志愿校区"], ["T00001", "示例镇初中、村初中"]]
    first = propose(toy(), [book({"教师": rows})])
    assert told(first) == []
    ((_, cells, codes),) = questions(first)
    assert cells == ["教师!B2"]
    assert codes[0] == "C3"
    made = accepted(first, {q.key: "C3" for q in first.questions})
    assert made.county.teacher["T00001"].preferences == ("C2", "C3")
