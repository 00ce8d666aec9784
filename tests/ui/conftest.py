"""A workspace of its own for each test, holding the toy county."""

import logging
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from allocator.files import load, save
from allocator.jobs import jobs_in
from allocator.scenario import Scenario
from allocator.ui.logic import runs

ROOT = Path(__file__).parents[2]
# A page without a server warns at every step.
logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").disabled = True

TOY = ROOT / "scenarios" / "toy.json"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty workspace; whatever still runs in it at the end is ended."""
    monkeypatch.setenv("ALLOCATOR_HOME", str(tmp_path))
    yield tmp_path
    for job in jobs_in(tmp_path / "jobs"):
        job.remove()


@pytest.fixture
def toy() -> Scenario:
    """The toy county."""
    return load(TOY)


def goto(page: AppTest, code: str) -> AppTest:
    """Go to a page of the navigation by its address."""
    page._page_hash = calc_hash(code)
    return page.run()


def solved(home: Path, scenario: Scenario) -> AppTest:
    """The page, opened on a scenario whose staffing was solved."""
    (home / "scenarios").mkdir()
    save(scenario, home / "scenarios" / "toy.json")
    run = runs.begin(scenario, "own/toy", ("staffing",), None)
    until = time.monotonic() + 90
    while not run.job.ended:
        assert time.monotonic() < until, "the run does not end"
        time.sleep(0.2)
    st.cache_resource.clear()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    page.query_params["scenario"] = "own/toy"
    return page.run()


@pytest.fixture
def page(home: Path) -> AppTest:
    """The page, opened on the person's own copy of the toy county."""
    (home / "scenarios").mkdir()
    shutil.copy(TOY, home / "scenarios" / "toy.json")
    st.cache_resource.clear()
    opened = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    opened.query_params["scenario"] = "own/toy"
    return opened
