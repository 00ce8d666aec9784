"""Where teachers walk, a run may start from what the last one left."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from allocator.files import save
from allocator.samples import sample_scenario
from allocator.scenario import with_rule
from allocator.ui.logic import runs
from tests.ui.conftest import ROOT, goto

WALKING = {"rule": "walking", "firmness": "must", "parameters": {"subjects": ["it"]}}
KEY = "own/county"


@pytest.fixture
def county(home: Path) -> AppTest:
    scenario = with_rule(sample_scenario(teachers=1500, seed=7), "staffing", WALKING)
    (home / "scenarios").mkdir()
    save(scenario, home / "scenarios" / "county.json")
    st.cache_resource.clear()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
    page.query_params["scenario"] = KEY
    return page


def _newest() -> runs.Run:
    found = runs.latest_of(KEY)
    assert found is not None
    assert found.job.wait(120)
    return found


def test_a_run_starts_from_what_the_last_one_left_unless_told_not_to(county: AppTest) -> None:
    page = goto(county.run(), "solve")
    assert not page.exception
    assert f"warm-{KEY}" not in [box.key for box in page.checkbox]
    page.button(key="solve").click().run()
    first = _newest().job.folder
    assert not first.earlier.exists()
    assert runs.left_of(KEY) == first.left
    page.run()
    page.button(key="solve").click().run()
    second = _newest().job.folder
    assert second.earlier.read_bytes() == first.left.read_bytes()
    page.run()
    page.checkbox(key=f"warm-{KEY}").set_value(False).run()
    page.button(key="solve").click().run()
    assert _newest().job.folder.path not in (first.path, second.path)
    assert not _newest().job.folder.earlier.exists()
    assert not page.exception
