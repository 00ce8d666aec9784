"""Spreadsheets on their way into a scenario, without a page."""

import json
from pathlib import Path

import pytest

from allocator.county.frozen import DataError
from allocator.files.intake.mapping import LEFT_ASIDE, SavedMapping
from allocator.files.intake.proposal import remembered
from allocator.files.templates import data_bytes
from allocator.scenario import Scenario, with_rule
from allocator.ui.logic import kept_edits
from allocator.ui.logic.bringing_in import (
    Bringing,
    choices_of,
    opened,
    settle,
    settled_before,
    settled_number,
)
from allocator.ui.logic.change_list import told
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.edits import Edit
from tests.ui.spreadsheets import book, roster


def _bringing(scenario: Scenario, content: bytes, name: str = "名册.xlsx") -> Bringing:
    books, refused = opened([(name, content)])
    assert not refused
    return Bringing(scenario, books)


def _born(scenario: Scenario) -> list[str]:
    return [t.born for t in scenario.county.teachers]


def test_files_that_are_no_workbooks_are_refused_and_the_others_opened(toy: Scenario) -> None:
    books, refused = opened([("名册.xlsx", roster(toy)), ("图.xlsx", b"\x89PNG\r\n")])
    assert [b.name for b in books] == ["名册.xlsx"]
    assert len(refused) == 1


def test_changes_are_one_edit_that_is_taken_back_as_one(toy: Scenario) -> None:
    draft = Draft("own/toy", toy, toy)
    edit = _bringing(toy, roster(toy)).edit("abc")
    made = draft.with_edit(edit)
    assert _born(made.scenario) == ["1980-05"] * 6 + _born(toy)[6:]
    assert len(made.edits) == 1
    assert made.undo().scenario == toy
    assert made.undo().redo().scenario == made.scenario
    assert made.without(edit).scenario == toy


def test_an_edit_typed_later_stands_over_what_was_brought_in(toy: Scenario) -> None:
    first = toy.county.teachers[0].id
    draft = Draft("own/toy", toy, toy).with_edit(
        Edit("cell", ("teachers", first, "born"), "1970-01")
    )
    made = draft.with_edit(_bringing(draft.scenario, roster(toy)).edit("abc"))
    assert _born(made.scenario)[0] == "1980-05"
    later = made.with_edit(Edit("cell", ("teachers", first, "born"), "1971-02"))
    assert _born(later.scenario)[0] == "1971-02"
    assert _born(later.undo().scenario)[0] == "1980-05"


def test_what_was_brought_in_survives_a_restart(toy: Scenario, home: Path) -> None:
    made = Draft("own/toy", toy, toy).with_edit(_bringing(toy, roster(toy)).edit("abc"))
    kept_edits.write_down("0123456789ab", made)
    again = kept_edits.take_up("0123456789ab", Draft("own/toy", toy, toy))
    assert again.scenario == made.scenario


@pytest.mark.parametrize(
    ("lang", "word"), [("zh", "导入 名册.xlsx：教师 6 行"), ("en", "Import of")]
)
def test_the_change_list_names_files_and_rows(toy: Scenario, lang: str, word: str) -> None:
    edit = _bringing(toy, roster(toy)).edit("abc")
    draft = Draft("own/toy", toy, toy).with_edit(edit)
    assert word in told(edit, draft, lang)  # type: ignore[arg-type]


def test_no_identity_number_is_written_down_with_the_edit(toy: Scenario) -> None:
    teacher = toy.county.teachers[0]
    number = "110101198005011234"
    rows = [
        ["教职工号", "姓名", "身份证号", "出生年月"],
        [teacher.id, teacher.name, number, "1980.5"],
    ]
    edit = _bringing(toy, book(rows)).edit("abc")
    assert number not in json.dumps(edit.plain(), ensure_ascii=False)


def test_nothing_is_taken_over_while_a_question_is_open(toy: Scenario) -> None:
    doubtful = roster(toy, ["T01", "", "示例镇初中校", "1980.5", ""])
    bringing = _bringing(toy, doubtful)
    with pytest.raises(DataError, match="taken over"):
        bringing.edit("abc")


def test_an_answer_closes_its_question_and_is_remembered(toy: Scenario, home: Path) -> None:
    teacher = toy.county.teachers[-1]
    school = toy.county.home(teacher).school
    content = roster(toy, [teacher.id, teacher.name, school.name + "校", "1980.5", ""])
    bringing = _bringing(toy, content)
    question = next(q for q in bringing.proposal.questions if q.kind == "place")
    offered = choices_of(question, bringing.proposal.county, "zh")
    assert next(iter(offered)) == school.id
    answered = bringing.answered({question.key: school.id})
    assert question.key not in {q.key for q in answered.proposal.questions}
    assert settled_number(settled_before()) == 0
    settle(remembered(answered.proposal))
    books, _ = opened([("次年.xlsx", content)])
    again = Bringing(toy, books, settled_before())
    assert question.key not in {q.key for q in again.proposal.questions}
    assert answered.unanswered().proposal.questions == bringing.proposal.questions


def test_every_sheet_is_listed_with_its_table_and_columns(toy: Scenario) -> None:
    (found,) = _bringing(toy, roster(toy)).found
    (recognised,) = found.tables
    assert recognised.table == "teachers"
    assert recognised.header == 1
    assert [recognised.headings[c] for c in recognised.aside] == ["备注栏"]


def test_a_sheet_set_aside_by_hand_changes_nothing(toy: Scenario) -> None:
    bringing = _bringing(toy, roster(toy))
    aside = bringing.corrected(SavedMapping().with_sheet("教师名册", LEFT_ASIDE))
    assert not aside.proposal.any
    assert all(not f.tables for f in aside.found)


def test_a_column_set_aside_by_hand_is_not_read(toy: Scenario) -> None:
    bringing = _bringing(toy, roster(toy))
    aside = bringing.corrected(SavedMapping().with_heading("teachers", "出生年月", LEFT_ASIDE))
    assert not any(c.column == "born" for t in aside.proposal.tables for c in t.changed)


def test_rows_that_complete_files_do_not_name_are_removed(toy: Scenario) -> None:
    bringing = _bringing(toy, roster(toy))
    whole = bringing.completed({"teachers"})
    (made,) = (t for t in whole.proposal.tables if t.table == "teachers")
    assert len(made.removed) == len(toy.county.teachers) - 6
    (kept,) = (t for t in bringing.proposal.tables if t.table == "teachers")
    assert not kept.removed


def test_rules_and_goals_of_a_data_workbook_come_with_the_same_edit(toy: Scenario) -> None:
    firmer = with_rule(
        toy,
        "staffing",
        {"rule": "exchange_rate_floor", "firmness": "must", "parameters": {"at_least": 0.31}},
    )
    draft = Draft("own/toy", toy, toy)
    bringing = _bringing(toy, data_bytes(firmer, "zh"), "数据.xlsx")
    assert not bringing.proposal.open
    assert bringing.proposal.any
    edit = bringing.edit("abc")
    made = draft.with_edit(edit)
    assert made.scenario == firmer
    assert "规则与设定" in told(edit, made, "zh")
    assert made.undo().scenario == toy


def test_the_data_workbook_of_a_scenario_changes_nothing_in_it(toy: Scenario) -> None:
    for lang in ("zh", "en"):
        bringing = _bringing(toy, data_bytes(toy, lang), "数据.xlsx")  # type: ignore[arg-type]
        assert not bringing.proposal.open
        assert not bringing.proposal.any
