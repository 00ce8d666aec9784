"""The solve page: waiting, running, ended; the runs before; estimates while a number is moved."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from allocator.jobs import Job, jobs_in
from allocator.jobs.events import Recorder
from allocator.jobs.folder import Folder, Request
from allocator.jobs.process import identity
from allocator.modelling import Language
from allocator.solving import Event
from allocator.ui.logic import instant
from tests.ui.conftest import goto

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def _words(page: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "error", "info", "success", "warning")
    texts = [str(e.value) for kind in kinds for e in page.get(kind)]
    texts += [str(e.label) for kind in ("button", "expander", "metric") for e in page.get(kind)]
    return "\n".join(texts).replace("\\", "")


def _on(page: AppTest, lang: Language) -> AppTest:
    page.query_params["lang"] = lang
    return goto(page.run(), "solve")


def _solved(page: AppTest) -> AppTest:
    page.button(key="solve").click().run()
    until = time.monotonic() + 90
    while page.button(key="solve").disabled:
        assert time.monotonic() < until, "the run does not end"
        time.sleep(0.3)
        page.run()
    assert not page.exception
    return page


@pytest.fixture
def busy(home: Path) -> Iterator[Job]:
    """A run of the toy county that has its turn and goes on as long as its process sleeps."""
    folder = Folder(home / "jobs" / "20260101-000000-00000000")
    folder.path.mkdir(parents=True)
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"])
    folder.ask(
        Request(parts=("staffing",), engine="highs", time_limit=600, asked=time.time(), at_once=1)
    )
    folder.put("process.json", f"[{child.pid}, {identity(child.pid)[1]}]")
    folder.put("page.json", '["own/toy", "玩具县"]')
    folder.begins()
    job = Job(folder)
    yield job
    job.kill()
    child.wait()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_before_the_first_run_the_page_says_what_to_do(page: AppTest, lang: Language) -> None:
    _on(page, lang)
    assert not page.exception
    said = _words(page)
    assert ("请按上方的“求解”" if lang == "zh" else "press Solve above") in said
    assert page.number_input(key="limit-own/toy").value == 30
    assert page.segmented_control(key="part").value == "both"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_run_at_work_is_shown_in_numbers_and_as_a_picture(
    page: AppTest, busy: Job, lang: Language
) -> None:
    record = Recorder(busy.folder.progress)
    for second, plan in enumerate((90.0, 70.0, 66.0), start=1):
        record(Event("staffing", "prove", "coverage", plan, 60.0, float(second)))
        record(Event("staffing", "round", "famous", 3.0, None, second + 0.5))
    record(Event("staffing", "prove", "coverage", 66.0, 60.0, 4.0))
    record.close()
    _on(page, lang)
    assert not page.exception
    said = _words(page)
    assert "| 66 | 60 | 9.09% |" in said
    assert len(page.get("vega_lite_chart") or page.get("arrow_vega_lite_chart")) >= 1
    assert page.button(key="solve").disabled
    assert not page.button(key="cancel").disabled


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_run_waits_for_its_turn_and_can_leave_the_queue(
    page: AppTest, busy: Job, home: Path, lang: Language
) -> None:
    busy.folder.put("page.json", '["own/other", "另一个"]')
    _on(page, lang)
    page.button(key="solve").click().run()
    assert not page.exception
    said = _words(page)
    assert ("前面还有 1 个" if lang == "zh" else "1 before it") in said
    mine = next(job for job in jobs_in(home / "jobs") if job.id != busy.id)
    assert mine.state == "waiting"
    page.button(key="cancel").click().run()
    assert mine.wait(30)
    assert mine.state == "cancelled"
    page.run()
    assert not page.button(key="solve").disabled
    assert busy.state == "running" or busy.state == "starting"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_after_a_run_its_goals_times_and_line_are_told(page: AppTest, lang: Language) -> None:
    _solved(_on(page, lang))
    said = _words(page)
    for words in (("各级目标的方案值", "用时", "最近的求解", "交流") if lang == "zh" else
                  ("Goals with value and bound", "Time of", "Recent runs", "moves")):  # fmt: skip
        assert words in said
    assert page.dataframe


def test_a_deleted_run_can_be_brought_back(page: AppTest, home: Path) -> None:
    _solved(_on(page, "zh"))
    (job,) = jobs_in(home / "jobs")
    page.button(key=f"delete-{job.id}").click().run()
    assert not page.exception
    assert jobs_in(home / "jobs") == []
    assert "已删除" in _words(page)
    page.button(key="undelete").click().run()
    assert jobs_in(home / "jobs") == [job]
    assert page.metric


def test_a_run_at_work_cannot_be_deleted(page: AppTest, busy: Job) -> None:
    _on(page, "zh")
    assert page.button(key=f"delete-{busy.id}").disabled


def test_another_run_is_opened_from_the_list(page: AppTest, home: Path) -> None:
    _solved(_on(page, "zh"))
    first = jobs_in(home / "jobs")[0]
    time.sleep(1.1)
    _solved(page)
    assert page.query_params["run"] != first.id
    page.button(key=f"open-{first.id}").click().run()
    assert page.query_params["run"] == first.id
    assert not page.exception


@pytest.fixture
def _no_process_left() -> Iterator[None]:
    yield
    for window in list(instant._held):
        instant.switch_off(window)


def _estimated(page: AppTest, words: str) -> str:
    until = time.monotonic() + 90
    while words not in (said := _words(page)):
        assert time.monotonic() < until, said
        time.sleep(0.3)
        page.run()
        assert not page.exception
    return said


@pytest.mark.usefixtures("_no_process_left")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_moved_number_moves_the_estimates_and_they_are_called_so(
    page: AppTest, lang: Language
) -> None:
    st.cache_resource.clear()
    _on(page, lang)
    page.toggle(key="instant-mode").set_value(True).run()
    assert not page.exception
    ready = "左侧参数下的估算" if lang == "zh" else "Estimates for the numbers beside"
    before = _estimated(page, ready)
    assert ("不是方案" if lang == "zh" else "no plan") in before
    assert "≥ " in before
    dial = page.number_input(key="instant/own/toy/famous_teacher_floor.per_100/0")
    dial.set_value(2.5).run()
    time.sleep(1)
    page.run()
    after = _estimated(page, ready)
    table = [line for line in before.splitlines() if "≥" in line]
    assert table != [line for line in after.splitlines() if "≥" in line]
    # The dial is an edit like any other: it can be taken back, and Solve solves it.
    assert not page.button(key="undo").disabled
    page.toggle(key="instant-mode").set_value(False).run()
    assert instant._held == {}


@pytest.mark.usefixtures("_no_process_left")
def test_only_so_many_windows_use_instant_mode(home: Path, page: AppTest) -> None:
    from allocator.files import load
    from tests.ui.conftest import TOY

    scenario = load(TOY)
    first, second = (instant.switch_on(name, scenario) for name in ("one", "two"))
    assert first is not None
    assert second is not None
    assert instant.switch_on("three", scenario) is None
    instant._held["one"].asked -= 60
    assert instant.switch_on("three", scenario) is not None
    assert not first.alive
    assert set(instant._held) == {"two", "three"}
