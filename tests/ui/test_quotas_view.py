"""The quota table in the browser: numbers, pictures, steps, ties."""

import sys
from importlib import import_module
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from allocator.files import load_outcome
from allocator.insight.quota_division import division
from allocator.jobs import jobs_in
from allocator.scenario import Scenario
from allocator.ui.logic.quota_pictures import differences, heat_map
from tests.ui.conftest import goto
from tests.ui.test_page import _solved, _words

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
cases = import_module("tests.insight.quota_cases")


@pytest.fixture
def view(home: Path) -> AppTest:
    """The quota view of a solved county in which two junior highs tie."""
    from allocator.files import save

    (home / "scenarios").mkdir()
    save(cases.tied(), home / "scenarios" / "tied.json")
    st.cache_resource.clear()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    page.query_params["scenario"] = "own/tied"
    goto(page, "solve")
    _solved(page)
    goto(page, "quotas")
    assert not page.exception
    return page


def test_every_picture_and_explanation_is_shown_in_both_languages(view: AppTest) -> None:
    said = {
        "zh": {"explained": "按比例应得", "method": "并列按规则裁定", "heat": "加框的数"},
        "en": {
            "explained": "Proportional share",
            "method": "Ties go by protocol",
            "heat": "Framed",
        },
    }
    for lang, words in said.items():
        view.segmented_control(key="lang").set_value(lang).run()
        for name in ("table", "heat", "against", "explained", "method"):
            view.segmented_control(key="quota-view").set_value(name).run()
            assert not view.exception, name
            assert words.get(name, "") in _words(view), name


def test_a_junior_high_can_be_chosen_to_be_explained(view: AppTest) -> None:
    view.segmented_control(key="quota-view").set_value("explained").run()
    view.selectbox(key="quota-explained").set_value("Y").run()
    assert not view.exception
    assert "示例Y初中：三年学籍毕业生 7，计 7" in _words(view)
    assert "3 × 7 ÷ 14" in _words(view)


def test_the_page_for_publication_can_be_taken_away(view: AppTest, home: Path) -> None:
    goto(view, "export").radio(key="export-what").set_value("page").run()
    assert not view.exception
    assert [b for b in view.get("download_button") if "export-" in str(b.proto.id)]
    outcome = load_outcome(jobs_in(home / "jobs")[0].folder.result)
    part = outcome.part("admission")
    assert part is not None
    assert part.division is not None


def _pictures(made: Scenario):
    found = division(made, cases.solved(made))
    assert found is not None
    return heat_map(found, "zh"), differences(found, "en")


def test_held_and_tied_cells_are_framed_in_the_heat_map() -> None:
    heat, bars = _pictures(cases.tied())
    assert heat is not None
    assert bars is not None
    cells = heat.to_dict()["datasets"]
    (rows,) = cells.values()
    assert {(r["school"], r["mark"]) for r in rows} == {
        ("示例X初中", "并列"),
        ("示例Y初中", "并列"),
    }
    values = next(iter(bars.to_dict()["datasets"].values()))
    assert sorted(r["difference"] for r in values) == [-0.5, 0.5]
