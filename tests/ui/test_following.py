"""A run that follows the estimates by itself, and gives way to the next change."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from allocator.jobs import Job, jobs_in
from allocator.scenario import Scenario
from allocator.ui.logic import instant, runs
from allocator.ui.logic.following import REST, Following
from tests.ui.conftest import goto

DIAL = "instant/own/toy/famous_teacher_floor.per_100/0"


def test_a_run_is_due_once_for_each_scenario_and_only_at_rest() -> None:
    fresh = Following()
    assert fresh.due("a", "unsolved", REST)
    assert fresh.due("a", "outdated", REST)
    assert not fresh.due("a", "outdated", REST / 2)
    assert not fresh.due("a", "current", REST)
    assert not fresh.due("a", "running", REST)
    # Stopped by hand or without a plan: not begun again.
    assert not Following("a", "job").due("a", "failed", REST)
    assert Following("a", "job").due("b", "failed", REST)


def test_a_change_removes_the_run_at_work_and_no_other(home: Path, toy: Scenario) -> None:
    mine = runs.begin(toy, "own/toy", None, 600)
    other = runs.begin(toy, "own/toy", ("admission",), 600)
    assert Following("a", mine.job.id).given_up() == Following()
    assert [job.id for job in jobs_in(home / "jobs")] == [other.job.id]


def test_a_run_that_is_over_stays(home: Path, toy: Scenario) -> None:
    done = runs.begin(toy, "own/toy", ("admission",), 600)
    assert done.job.wait(90)
    Following("a", done.job.id).given_up()
    assert [job.id for job in jobs_in(home / "jobs")] == [done.job.id]


@pytest.fixture
def _no_process_left() -> Iterator[None]:
    yield
    for window in list(instant._held):
        instant.switch_off(window)


def _until(page: AppTest, jobs: int, home: Path) -> list[Job]:
    until = time.monotonic() + 90
    while len(found := jobs_in(home / "jobs")) < jobs or not all(j.ended for j in found):
        assert time.monotonic() < until, "no run follows"
        time.sleep(0.3)
        page.run()
        assert not page.exception
    page.run()
    return found


@pytest.mark.usefixtures("_no_process_left")
def test_the_proven_plan_follows_the_estimates(page: AppTest, home: Path) -> None:
    st.cache_resource.clear()
    goto(page.run(), "solve")
    page.toggle(key="instant-mode").set_value(True).run()
    page.toggle(key="instant-follows").set_value(True).run()
    _until(page, 1, home)
    assert page.metric
    page.number_input(key=DIAL).set_value(2.5).run()
    _until(page, 2, home)
    assert not page.exception
    # At rest nothing more is begun.
    time.sleep(REST + 0.5)
    page.run()
    assert len(jobs_in(home / "jobs")) == 2
