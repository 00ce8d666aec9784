"""An uploaded workbook: its tables, edits of the draft, and the edited plan as results."""

from __future__ import annotations

import openpyxl
import pytest

from allocator.county.frozen import DataError
from allocator.insight.by_hand import pinned
from allocator.insight.headings import headed
from allocator.scenario import with_rule
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.edited import findings, pin_edits, uploaded
from tests.files.edited_books import (
    MOVES,
    QUOTAS,
    changed,
    outcome_of,
    plan,
    put,
    row_of,
    scenario,
)


def change(book: openpyxl.Workbook) -> None:
    book[MOVES].delete_rows(row_of(book[MOVES], "T00006"))
    put(book, "T00014", "年限（年）", 5)
    put(book, "示例城区初中", "示例第一高中", 20, QUOTAS)
    put(book, "示例民办初中", "示例第一高中", 4, QUOTAS)


@pytest.fixture(scope="module")
def review():
    return uploaded(scenario(), outcome_of(scenario(), plan()), changed(change), "e.xlsx")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_table_has_headings_and_a_row_for_each_edit(review, lang) -> None:
    for name in ("edits", "verdicts"):
        table = review.table(name, lang)
        assert len(table) == len(review.edits) == 4
        assert "edit_key" not in headed(table, lang).columns
    assert list(review.table("unpinned", lang)["edit_key"]) == ["T00014"]
    assert len(review.table("tiers", lang)) == 12
    assert not review.table("rules", lang).empty


def test_edits_become_ordinary_edits_of_the_draft(review) -> None:
    draft = Draft("k", scenario(), scenario()).with_each(pin_edits(review))
    assert not draft.wrong
    assert draft.scenario.county == pinned(scenario(), review.edits).county
    assert {e.kind for e in draft.edits} <= {"cell", "add", "rule"}


def test_only_those_chosen_are_pinned(review) -> None:
    edits = pin_edits(review, {"T00006"}, removed="not_to")
    draft = Draft("k", scenario(), scenario()).with_each(edits)
    (pin,) = draft.scenario.county.teacher["T00006"].pins
    assert (pin.kind, pin.campus) == ("not_to", "C2")
    assert draft.scenario.county.quota_pins == ()


def test_pinned_twice_changes_the_number_and_adds_no_row(review) -> None:
    first = pinned(scenario(), review.edits)
    edits = pin_edits(review, into=first)
    draft = Draft("k", first, first).with_each(edits)
    assert (draft.edits, draft.wrong) == ((), {})


def test_rules_on_pins_that_were_off_come_into_force(review) -> None:
    where = with_rule(scenario(), "staffing", {"rule": "pin_lock", "firmness": "off"})
    draft = Draft("k", where, where).with_each(pin_edits(review, into=where))
    active = {c.rule.name for c in draft.scenario.configured("staffing")}
    assert "pin_lock" in active


def test_the_edited_plan_is_shown_as_results_with_nothing_proven(review) -> None:
    found = findings(review)
    assert found.outcome.plan == review.edited.plan
    assert all(not t.proven and t.bound is None for p in found.outcome.parts for t in p.tiers)
    assert len(found.table("moves", "zh")) == 2


def test_a_file_that_is_no_workbook_is_refused_in_words() -> None:
    with pytest.raises(DataError):
        uploaded(scenario(), outcome_of(scenario(), plan()), b"%PDF-1.4", "e.xlsx")
