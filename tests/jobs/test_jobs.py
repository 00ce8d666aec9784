"""Jobs are processes: they report, stop when asked, and crash alone."""

import os
import signal
import sys
from pathlib import Path

import psutil
import pytest

from allocator.county.frozen import DataError
from allocator.jobs import Job, find, jobs_in, solve, start
from allocator.jobs.events import Recorder, events_from
from allocator.jobs.folder import Folder, Request
from allocator.jobs.process import alive, identity
from allocator.scenario import Scenario
from allocator.solving.progress import Event


def test_a_solve_reports_and_leaves_no_process_and_no_folder(
    small: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    events: list[Event] = []
    outcome = solve(small, on_progress=events.append)
    assert outcome.parts[0].plan is not None
    assert outcome.parts[0].status == "optimal"
    assert events[0].stage == "load"
    assert events[-1].stage in ("prove", "audit")
    assert outcome.timings["load"] > 0
    assert not psutil.Process().children()
    assert not list(tmp_path.iterdir())


def test_in_this_process_the_answer_is_the_same(small: Scenario) -> None:
    here, child = solve(small, in_process=True), solve(small)
    assert here.parts[0].tiers == child.parts[0].tiers
    assert here.scenario_hash == child.scenario_hash


def test_what_an_older_version_left_costs_nothing_but_the_start(
    small: Scenario, tmp_path: Path
) -> None:
    old = tmp_path / "old.npz"
    old.write_bytes(b"of another time")
    job = start(small, home=tmp_path / "jobs", earlier=old)
    assert job.wait(60)
    assert job.state == "done"
    assert job.result().parts[0].status == "optimal"


def test_two_jobs_run_at_once_and_one_is_cancelled(small: Scenario, tmp_path: Path) -> None:
    first, second = start(small, home=tmp_path), start(small, home=tmp_path)
    assert {first.state, second.state} <= {"starting", "running"}
    with pytest.raises(RuntimeError):
        first.result()
    second.cancel()
    assert first.wait(60)
    assert second.wait(60)
    assert (first.state, second.state) == ("done", "cancelled")
    assert first.result().parts[0].plan is not None
    assert second.result().parts[0].reason == "cancelled"
    assert {job.id for job in jobs_in(tmp_path)} == {first.id, second.id}
    first.remove()
    assert find(tmp_path, first.id) is None
    assert find(tmp_path, second.id) == second


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [9, 11])
def test_a_crash_costs_the_job_only(small: Scenario, tmp_path: Path, number: int) -> None:
    job = start(small, home=tmp_path)
    assert job.process is not None
    os.kill(job.process[0], signal.Signals(number))
    assert job.wait(30)
    assert not alive(job.process)
    (part,) = job.result().parts
    assert (job.state, part.status, part.reason) == ("failed", "unknown", "engine_failed")
    assert part.problems[0].details["code"] == str(-number)


def test_what_was_finished_before_a_crash_is_kept(small: Scenario, tmp_path: Path) -> None:
    job = start(small, home=tmp_path)
    assert job.wait(60)
    (job.folder.path / "end.json").unlink()
    asked = job.folder.request
    job.folder.ask(asked.model_copy(update={"parts": ("staffing", "admission")}))
    kept, lost = job.result().parts
    assert kept.plan is not None
    assert (lost.part, lost.reason) == ("admission", "engine_failed")


def test_a_limit_too_short_ends_without_a_plan_and_says_so(small: Scenario) -> None:
    (part,) = solve(small, time_limit=1e-6).parts
    assert (part.status, part.reason, part.plan) == ("unknown", "time_limit", None)


def test_a_request_that_cannot_be_met_is_refused_with_every_reason(small: Scenario) -> None:
    with pytest.raises(DataError) as caught:
        solve(small, part="admission", engine="no_such", time_limit=-1)
    assert {p.path for p in caught.value.problems} == {"part", "engine", "time_limit"}


def test_a_fault_of_the_listener_ends_the_job_too(small: Scenario) -> None:
    def listen(event: Event) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        solve(small, on_progress=listen)
    assert not psutil.Process().children()


@pytest.mark.parametrize("name", ["..", "../..", "", "/etc", "20200101-000000-0000000g", "a\0b"])
def test_an_id_never_leads_out_of_the_home(tmp_path: Path, name: str) -> None:
    assert find(tmp_path, name) is None


def test_a_reused_process_id_is_not_the_same_process() -> None:
    pid, born = identity()
    assert alive((pid, born))
    assert not alive((pid, born - 100))


def test_a_folder_without_a_process_has_failed(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.ask(Request(parts=("staffing",), engine="highs", time_limit=1, asked=0))
    os.utime(tmp_path / "request.json", (0, 0))
    assert Job(folder).state == "failed"


def test_events_survive_the_way_over_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "progress.jsonl"
    record = Recorder(path)
    burst = [Event("staffing", "relax", "coverage", float(n), 1.0, 0.1) for n in (3, 2, 1)]
    for event in burst:
        record(event)
    record(Event("staffing", "audit", bound=float("inf")))
    record.close()
    found, offset = events_from(path)
    assert found == [burst[0], burst[2], Event("staffing", "audit")]
    with path.open("a") as file:
        file.write('{"part": "half')
    assert events_from(path, offset) == ([], offset)
