"""Edits of tables outlive a restart, undo, and a second window on the same scenario."""

import re

import pytest

from allocator.county.county import County
from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.staffing.rules.exchange_rate import ExchangeRateFloor
from allocator.ui.logic import kept_edits
from allocator.ui.logic.change_list import told
from allocator.ui.logic.controls import controls
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.edits import Edit
from allocator.ui.logic.pinning import pin_edit


@pytest.fixture
def draft(toy: Scenario) -> Draft:
    return Draft("own/toy", toy, toy)


def _section(county: County) -> str:
    return next(p.id for p in county.places.values() if p.stage == "junior")


@pytest.mark.usefixtures("home")
def test_nested_edits_and_refused_cells_survive_a_restart(draft: Draft) -> None:
    window = kept_edits.fresh_id()
    section = _section(draft.saved.county)
    made = draft.with_each(
        [
            Edit("cell", ("sections", section, "pupils"), 333),
            Edit("cell", ("sections", section, "classes_8"), "drei"),
            Edit("add", ("zones", "Z9"), {"id": "Z9", "name": "示例片区"}),
        ]
    )
    kept_edits.write_down(window, made)
    back = kept_edits.take_up(window, draft)
    assert back.scenario == made.scenario
    assert back.wrong == made.wrong
    assert back.wrong["sections", section, "classes_8"].raw == "drei"


@pytest.mark.usefixtures("home")
def test_a_refused_cell_alone_is_kept_too(draft: Draft) -> None:
    window, who = kept_edits.fresh_id(), draft.saved.county.teachers[0].id
    made = draft.with_edit(Edit("cell", ("teachers", who, "born"), "gestern"))
    kept_edits.write_down(window, made)
    assert kept_edits.take_up(window, draft).wrong == made.wrong
    kept_edits.write_down(window, made.dropping(("teachers", who, "born")))
    assert not kept_edits.take_up(window, draft).wrong


@pytest.mark.usefixtures("home")
def test_two_windows_edit_one_scenario_and_neither_loses(draft: Draft) -> None:
    one, two = kept_edits.fresh_id(), kept_edits.fresh_id()
    first, second = (t.id for t in draft.saved.county.teachers[:2])
    here = draft.with_edit(Edit("cell", ("teachers", first, "points"), 11))
    there = draft.with_edit(Edit("cell", ("teachers", second, "points"), 22))
    kept_edits.write_down(one, here)
    kept_edits.write_down(two, there)
    assert kept_edits.take_up(one, draft).scenario == here.scenario
    # The first window saves: the second finds another file, and lays its edits on it.
    saved = Draft(draft.key, here.scenario, here.scenario)
    both = kept_edits.take_up(two, saved).scenario.county
    assert (both.teacher[first].points, both.teacher[second].points) == (11, 22)


@pytest.mark.usefixtures("home")
def test_an_edit_of_a_row_another_window_removed_is_left_out(draft: Draft) -> None:
    window, who = kept_edits.fresh_id(), draft.saved.county.teachers[0].id
    edits = [
        Edit("cell", ("teachers", who, "points"), 11),
        Edit("add", ("zones", "Z9"), {"id": "Z9", "name": "示例片区"}),
    ]
    kept_edits.write_down(window, draft.with_each(edits))
    gone = draft.with_edit(Edit("remove", ("teachers", who))).scenario
    back = kept_edits.take_up(window, Draft(draft.key, gone, gone))
    assert who not in back.scenario.county.teacher
    assert any(z.id == "Z9" for z in back.scenario.county.zones)


def test_undo_takes_back_one_cell_and_keeps_what_was_refused(draft: Draft) -> None:
    section = _section(draft.saved.county)
    made = draft.with_edit(Edit("cell", ("sections", section, "pupils"), 333))
    made = made.with_edit(Edit("cell", ("sections", section, "graduates"), -1))
    assert made.undo().scenario == draft.saved
    assert ("sections", section, "graduates") in made.undo().wrong
    again = made.undo().redo()
    assert again.scenario.county.places[section].section.pupils == 333


@pytest.mark.parametrize(("lang", "word"), [("zh", "长期病休"), ("en", "long sick")])
def test_changes_are_told_in_words(draft: Draft, lang: str, word: str) -> None:
    who = draft.saved.county.teachers[0]
    edit = Edit("cell", ("teachers", who.id, "status"), "long_sick")
    text = told(edit, draft.with_edit(edit), "zh" if lang == "zh" else "en")
    assert who.name in text
    assert f"→ {word}" in text


PINNED = {
    "zh": "指定：— → 留任",
    "en": "Pins: — → stays",
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_decision_about_a_move_is_told_in_words(draft: Draft, lang: Language) -> None:
    who = next(t for t in draft.saved.county.teachers if not t.pins)
    edit = pin_edit(who, "stays", "")
    assert told(edit, draft.with_edit(edit), lang).endswith(PINNED[lang])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_changed_settings_are_told_without_codes(draft: Draft, lang: Language) -> None:
    assert draft.saved.staffing is not None
    edits = [
        Edit("goals", ("staffing",), [*reversed(draft.saved.staffing.goals)]),
        Edit("preset", ("staffing",), "cixi-plan"),
        Edit("terms", ("staffing", "coverage"), "posts"),
        Edit("terms", ("admission", "usable"), {"years": 4}),
    ]
    for edit in edits:
        text = told(edit, draft.with_edit(edit), lang)
        assert not (lang == "zh" and re.search("[a-z]", text)), text
        assert not (lang == "en" and re.search("[_、：]|usable|cixi-", text)), text


def test_a_changed_rule_is_told_with_what_the_file_has(draft: Draft) -> None:
    rate = next(c for c in controls(ExchangeRateFloor) if c.name == "at_least")
    made = draft.with_value("staffing", ExchangeRateFloor, rate, 50, "zh")
    text = told(made.edits[0], made, "zh")
    assert re.fullmatch(r"教师交流比例：.*比例不低于 \d+% → .*比例不低于 50%", text), text
