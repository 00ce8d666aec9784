"""Editing a scenario: folding values in, refusing what cannot be, and taking edits back."""

from decimal import Decimal
from pathlib import Path

import pytest

from allocator.files import load, save
from allocator.scenario import Scenario
from allocator.staffing.rules.exchange_rate import ExchangeRateFloor
from allocator.ui.logic import kept_edits
from allocator.ui.logic.controls import Control, controls
from allocator.ui.logic.draft import Draft, chosen
from allocator.ui.logic.edits import Edit

RULE = ExchangeRateFloor
NAME = RULE.name


@pytest.fixture
def draft(toy: Scenario) -> Draft:
    return Draft("own/toy", toy, toy)


@pytest.fixture
def rate() -> Control:
    return next(c for c in controls(RULE) if c.name == "at_least")


def _rate(draft: Draft) -> Decimal:
    rule = chosen(draft.scenario, "staffing", RULE).rule
    assert isinstance(rule, RULE)
    return rule.at_least


def test_nothing_is_changed_at_first(draft: Draft) -> None:
    assert draft.changed == ()


def test_a_value_is_folded_in_exactly(draft: Draft, rate: Control) -> None:
    edited = draft.with_value("staffing", RULE, rate, 18.5, "zh")
    assert _rate(edited) == Decimal("0.185")
    assert edited.changed == (("staffing", NAME),)
    assert draft.changed == ()


def test_an_impossible_value_leaves_the_scenario_as_it_was(draft: Draft, rate: Control) -> None:
    edited = draft.with_value("staffing", RULE, rate, 150, "zh")
    assert edited.scenario is draft.scenario
    assert edited.wrong["staffing", NAME, "at_least"].raw == 150


def test_a_good_value_clears_the_objection(draft: Draft, rate: Control) -> None:
    wrong = draft.with_value("staffing", RULE, rate, 150, "zh")
    assert not wrong.with_value("staffing", RULE, rate, 20, "zh").wrong


def test_typing_the_old_value_again_is_no_change(draft: Draft, rate: Control) -> None:
    there = draft.with_value("staffing", RULE, rate, 33, "zh")
    back = there.with_value("staffing", RULE, rate, rate.shown(_rate(draft)), "zh")
    assert back.changed == ()
    assert back.hash == draft.hash


def test_another_firmness_is_a_change(draft: Draft) -> None:
    edited = draft.with_firmness("staffing", NAME, "watch")
    assert chosen(edited.scenario, "staffing", RULE).firmness == "watch"
    assert edited.hash != draft.hash


def test_one_rule_is_taken_back_alone(draft: Draft, rate: Control) -> None:
    edited = draft.with_firmness("staffing", "turnover_cap", "watch").with_value(
        "staffing", RULE, rate, 33, "zh"
    )
    assert edited.restored("staffing", NAME).changed == (("staffing", "turnover_cap"),)
    assert edited.restored("staffing", NAME).restored("staffing", "turnover_cap").scenario == (
        draft.scenario
    )


def test_a_rule_the_file_does_not_list_is_off_until_it_is_chosen(draft: Draft) -> None:
    part = draft.saved.staffing
    assert part is not None
    fewer = part.model_copy(update={"rules": tuple(c for c in part.rules if c.rule != NAME)})
    scenario = draft.saved.model_copy(update={"staffing": fewer})
    bare = Draft("own/toy", scenario, scenario)
    assert chosen(bare.scenario, "staffing", RULE).firmness == "off"
    added = bare.with_firmness("staffing", NAME, "must")
    assert added.changed == (("staffing", NAME),)
    assert added.restored("staffing", NAME).scenario == scenario


@pytest.mark.usefixtures("home")
def test_edits_survive_a_restart(draft: Draft, rate: Control) -> None:
    window = kept_edits.fresh_id()
    kept_edits.write_down(window, draft.with_value("staffing", RULE, rate, 33, "zh"))
    assert _rate(kept_edits.take_up(window, draft)) == Decimal("0.33")
    assert _rate(kept_edits.take_up(kept_edits.fresh_id(), draft)) == _rate(draft)


def test_edits_taken_back_leave_no_file(draft: Draft, rate: Control, home: Path) -> None:
    window = kept_edits.fresh_id()
    kept_edits.write_down(window, draft.with_value("staffing", RULE, rate, 33, "zh"))
    kept_edits.write_down(window, draft)
    assert not list((home / "drafts").iterdir())


def test_edits_that_no_longer_fit_are_left_out(draft: Draft) -> None:
    edits = [
        Edit("rule", ("staffing", NAME), {"rule": NAME, "parameters": {"at_least": 7}}),
        Edit("rule", ("staffing", "turnover_cap"), {"rule": "turnover_cap", "firmness": "watch"}),
        Edit("cell", ("teachers", "nobody", "points"), 3),
        Edit("cell", ("nothing", "nobody", "points"), 3),
    ]
    assert draft.with_edits(edits).changed == (("staffing", "turnover_cap"),)


def test_an_edited_scenario_is_saved_and_read_again(
    draft: Draft, rate: Control, tmp_path: Path
) -> None:
    edited = draft.with_value("staffing", RULE, rate, 17.3, "zh")
    save(edited.scenario, tmp_path / "s.json")
    assert load(tmp_path / "s.json") == edited.scenario


def _teacher(draft: Draft, number: int = 0) -> str:
    return draft.saved.county.teachers[number].id


def _points(draft: Draft, teacher: str) -> Decimal:
    return draft.scenario.county.teacher[teacher].points


def test_a_cell_of_a_table_is_folded_in_and_checked(draft: Draft) -> None:
    who = _teacher(draft)
    edited = draft.with_edit(Edit("cell", ("teachers", who, "points"), 12))
    assert _points(edited, who) == 12
    assert [e.where for e in edited.edits] == [("teachers", who, "points")]
    refused = edited.with_edit(Edit("cell", ("teachers", who, "subject"), "alchemy"))
    assert refused.scenario is edited.scenario
    assert refused.wrong["teachers", who, "subject"].raw == "alchemy"
    assert not refused.with_edit(Edit("cell", ("teachers", who, "subject"), "maths")).wrong


def test_edits_are_undone_and_done_again_one_by_one(draft: Draft) -> None:
    who = _teacher(draft)
    first = draft.with_edit(Edit("cell", ("teachers", who, "points"), 12))
    second = first.with_edit(Edit("cell", ("teachers", who, "points"), 13))
    assert len(second.edits) == 1
    assert _points(second.undo(), who) == 12
    assert _points(second.undo().redo(), who) == 13
    assert second.undo().undo().scenario == draft.saved
    assert not second.undo().undo().edits


def test_a_new_edit_forgets_what_was_undone(draft: Draft) -> None:
    who = _teacher(draft)
    edited = draft.with_edit(Edit("cell", ("teachers", who, "points"), 12)).undo()
    assert edited.undone
    assert not edited.with_firmness("staffing", NAME, "watch").undone


def test_a_row_is_added_and_removed_again(draft: Draft) -> None:
    record = {"id": "Z9", "name": "示例片区"}
    added = draft.with_edit(Edit("add", ("zones", "Z9"), record))
    assert [z.id for z in added.scenario.county.zones][-1] == "Z9"
    gone = added.with_edit(Edit("remove", ("zones", "Z9")))
    assert gone.scenario.county.zones == draft.saved.county.zones


def test_the_order_of_goals_is_an_edit(draft: Draft) -> None:
    part = draft.saved.staffing
    assert part is not None
    order = [part.goals[1], part.goals[0], *part.goals[2:]]
    edited = draft.with_edit(Edit("goals", ("staffing",), order))
    assert edited.scenario.staffing is not None
    assert list(edited.scenario.staffing.goals) == order
    assert edited.with_edit(Edit("goals", ("staffing",), list(part.goals))).edits == ()


@pytest.mark.usefixtures("home")
def test_edits_of_tables_survive_a_restart(draft: Draft) -> None:
    window, who = kept_edits.fresh_id(), _teacher(draft)
    edited = draft.with_edit(Edit("cell", ("teachers", who, "points"), 12))
    kept_edits.write_down(window, edited.with_firmness("staffing", NAME, "watch"))
    back = kept_edits.take_up(window, draft)
    assert _points(back, who) == 12
    assert back.changed == (("staffing", NAME),)
