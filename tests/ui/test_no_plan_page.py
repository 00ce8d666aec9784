"""A run without a plan: the page names what was decided beforehand and is in the way."""

from __future__ import annotations

import time
from pathlib import Path

import streamlit as st
from streamlit.testing.v1 import AppTest

from allocator.files import save
from allocator.samples import toy_scenario
from allocator.ui.logic import runs
from tests.staffing.toy import varied
from tests.ui.conftest import ROOT, goto


def test_a_second_principal_is_named_where_there_is_no_plan(home: Path) -> None:
    county = varied({2: {"role": "principal"}})
    scenario = toy_scenario().model_copy(update={"county": county, "admission": None})
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
    page.run()
    shown = "\n".join(str(e.value) for e in goto(page, "solve").error)
    assert "事先已定、而与硬性规则相抵的安排：" in shown
    assert "一校一长：示例城区初中：在岗校长2人，应为1人，差1人" in shown
