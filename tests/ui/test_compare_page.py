"""The comparison as a person uses it: usual sides, other sides, every view, nothing to compare."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from allocator.files import load, save
from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.ui.logic import library, sides
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.edits import Edit
from allocator.ui.logic.pinning import pin_edit
from tests.ui.conftest import goto
from tests.ui.reading import solved, words

VIEWS = ("settings", "data", "figures", "moves", "cells", "gains")
RATE = "own/toy/staffing/exchange_rate_floor/at_least/0"


def _view(page: AppTest, view: str) -> AppTest:
    control = next(c for c in page.segmented_control if str(c.key).startswith("compare-view"))
    return control.set_value(view).run()


@pytest.fixture
def twice(page: AppTest) -> AppTest:
    """The comparison after two runs between which the exchange rate was changed."""
    solved(goto(page, "rules"))
    goto(page, "rules").number_input(key=RATE).set_value(50).run()
    return goto(solved(page), "compare")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_with_one_side_alone_the_page_says_what_to_do(page: AppTest, lang: Language) -> None:
    page.query_params["lang"] = lang
    goto(page, "compare")
    assert not page.exception
    assert ("请在上方至少选择两项" if lang == "zh" else "Choose at least two above") in words(page)


def test_the_last_two_runs_are_compared_by_themselves(twice: AppTest) -> None:
    assert not twice.exception
    chosen = twice.multiselect(key="compare-sides").value
    assert len(chosen) == 2
    assert all(key.startswith("run:") for key in chosen)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_view_is_drawn_in_both_languages(twice: AppTest, lang: Language) -> None:
    twice.segmented_control(key="lang").set_value(lang).run()
    for view in VIEWS:
        _view(twice, view)
        assert not twice.exception, view
        assert twice.dataframe or twice.success or twice.markdown
    shown = _view(twice, "moves").dataframe
    heads = [c for t in shown for c in t.value.columns]
    assert not shown or ("A 中的理由" if lang == "zh" else "Why in A") in heads
    text = words(_view(twice, "settings"))
    assert ("不低于 50%" if lang == "zh" else "at least 50%") in text
    assert ("数据完全相同" if lang == "zh" else "The data are the same") in words(
        _view(twice, "data")
    )


def test_a_choice_is_found_again_by_its_address(twice: AppTest) -> None:
    control = twice.multiselect(key="compare-sides")
    control.set_value([control.value[1], control.value[0]]).run()
    assert not twice.exception
    again = AppTest.from_file(twice._script_path, default_timeout=60)
    for name in ("scenario", "draft", "compare"):
        again.query_params[name] = twice.query_params[name]
    goto(again, "compare")
    assert again.multiselect(key="compare-sides").value == control.value


def test_file_and_draft_are_compared_where_nothing_was_solved(page: AppTest) -> None:
    goto(page, "rules").number_input(key=RATE).set_value(50).run()
    goto(page, "compare")
    assert not page.exception
    assert page.multiselect(key="compare-sides").value == ["file", "now"]
    assert "不低于 50%" in words(page)
    assert "只有已求解的才能比较结果" in words(page)


def test_a_scenario_of_the_library_compares_rules_and_data(
    page: AppTest, home: Path, toy: Scenario
) -> None:
    teachers = toy.county.teachers[1:]
    county = toy.county.model_copy(update={"teachers": teachers, "rounds": (), "rankings": ()})
    save(toy.model_copy(update={"county": county, "title": "少一人"}), home / "scenarios/less.json")
    goto(page, "compare")
    page.multiselect(key="compare-sides").set_value(["now", "entry:own/less"]).run()
    _view(page, "data")
    assert not page.exception
    assert toy.county.teachers[0].name in str(page.dataframe[1].value)


def test_cells_that_differ_are_told_in_words(page: AppTest, home: Path, toy: Scenario) -> None:
    who = next(t for t in toy.county.teachers if not t.pins)
    other = Draft("own/toy", toy, toy).with_each(
        [
            pin_edit(who, "stays", ""),
            Edit("cell", ("teachers", who.id, "status"), "long_sick"),
        ]
    )
    save(other.scenario.model_copy(update={"title": "留任"}), home / "scenarios/other.json")
    goto(page, "compare")
    page.multiselect(key="compare-sides").set_value(["now", "entry:own/other"]).run()
    _view(page, "data")
    shown = page.dataframe[1].value.to_string()
    assert "留任" in shown
    assert "长期病休" in shown
    assert "stays" not in shown
    assert "long_sick" not in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_admission_scenario_sees_no_teachers(
    page: AppTest, home: Path, toy: Scenario, lang: Language
) -> None:
    alone = toy.model_copy(update={"staffing": None})
    save(alone, home / "scenarios" / "toy.json")
    page.query_params["lang"] = lang
    st.cache_resource.clear()
    goto(page, "rules").segmented_control(key="lang").set_value("zh").run()
    solved(page)
    solved(page)
    goto(page, "compare").segmented_control(key="lang").set_value(lang).run()
    control = next(c for c in page.segmented_control if str(c.key).startswith("compare-view"))
    assert control.key == "compare-view-settings-data-figures-cells-gains"
    for view in ("settings", "figures", "cells", "gains"):
        _view(page, view)
        assert not page.exception
        assert not {"教师", "teachers"} & set(words(page).split())


def test_the_usual_sides_go_from_runs_to_file_to_nothing(home: Path, toy: Scenario) -> None:
    (home / "scenarios").mkdir()
    save(toy, home / "scenarios" / "toy.json")
    entry = library.entries()[0]
    plain = Draft(entry.key, toy, load(entry.path))
    named = plain.with_edit(Edit("title", (), "另一名"))
    for draft, keys in ((plain, ["now"]), (named, ["file", "now"])):
        listed = sides.choices(entry, draft)
        assert [c.key for c in sides.usual(entry, draft, listed, False)] == keys
        assert sides.read(sides.written([c.key for c in listed]), listed) == listed[: sides.MOST]
    assert sides.read("run:gone|now", sides.choices(entry, plain)) == [sides.Choice("now")]
