"""Jobs of one home wait for each other; old ones are swept, and none that runs or is looked at."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from allocator.jobs import Job, bring_back, find, jobs_in, put_away, start, summary_in, sweep
from allocator.jobs.folder import Folder, Request
from allocator.jobs.process import alive
from allocator.scenario import Scenario


@pytest.fixture
def busy(tmp_path: Path) -> Job:
    """A job that has its turn and keeps it until its process is ended: one that sleeps."""
    folder = Folder(tmp_path / "20260101-000000-00000000")
    folder.path.mkdir()
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"])
    folder.ask(
        Request(parts=("staffing",), engine="highs", time_limit=600, asked=time.time(), at_once=1)
    )
    from allocator.jobs.process import identity

    folder.put("process.json", f"[{child.pid}, {identity(child.pid)[1]}]")
    folder.begins()
    return Job(folder)


def _until(claim: Callable[[], bool], seconds: float = 60.0) -> bool:
    end = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def test_jobs_run_one_at_a_time_in_the_order_asked(
    small: Scenario, tmp_path: Path, busy: Job
) -> None:
    first = start(small, home=tmp_path, at_once=1)
    second = start(small, home=tmp_path, at_once=1)
    assert (first.ahead, second.ahead) == (1, 2)
    assert (first.state, second.state) == ("waiting", "waiting")
    time.sleep(2.5)
    assert not first.folder.progress.exists()
    busy.kill()
    assert first.wait(60)
    assert second.wait(60)
    assert (first.state, second.state) == ("done", "done")
    assert (first.folder.began or 0) < (second.folder.began or 0)
    # The second began only after the first had given its result.
    assert first.folder.result.stat().st_mtime < (second.folder.began or 0)


def test_waiting_costs_no_time_of_the_limit(small: Scenario, tmp_path: Path, busy: Job) -> None:
    job = start(small, home=tmp_path, at_once=1, time_limit=20)
    asked = job.folder.request
    # As if it had waited for an hour: far beyond its limit and all overtime.
    job.folder.ask(asked.model_copy(update={"asked": asked.asked - 3600}))
    busy.folder.ask(busy.folder.request.model_copy(update={"asked": asked.asked - 7200}))
    assert job.state == "waiting"
    busy.kill()
    assert job.wait(60)
    assert job.result().parts[0].reason == "proven"
    assert job.seconds < 60


def test_a_waiting_job_is_cancelled_without_having_run(
    small: Scenario, tmp_path: Path, busy: Job
) -> None:
    job = start(small, home=tmp_path, at_once=1)
    assert job.state == "waiting"
    job.cancel()
    assert job.wait(30)
    assert job.state == "cancelled"
    assert job.folder.began is None
    assert job.result().parts[0].reason == "cancelled"
    busy.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_a_crash_in_front_of_it_lets_the_next_one_begin(small: Scenario, tmp_path: Path) -> None:
    first = start(small, home=tmp_path, at_once=1)
    second = start(small, home=tmp_path, at_once=1)
    assert first.process is not None
    os.kill(first.process[0], signal.SIGKILL)
    assert second.wait(60)
    assert (first.state, second.state) == ("failed", "done")


def test_a_waiting_job_outlives_whoever_asked_for_it(
    small_path: Path, tmp_path: Path, busy: Job
) -> None:
    ask = (
        "import sys; from pathlib import Path; from allocator.files import load;"
        "from allocator.jobs import start;"
        "print(start(load(sys.argv[1]), home=Path(sys.argv[2]), at_once=1).id)"
    )
    asked = subprocess.run(
        [sys.executable, "-c", ask, str(small_path), str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )
    job = find(tmp_path, asked.stdout.strip())
    assert job is not None
    assert job.state == "waiting"
    busy.kill()
    assert job.wait(60)
    assert job.state == "done"


def test_a_job_that_does_not_queue_starts_at_once(
    small: Scenario, tmp_path: Path, busy: Job
) -> None:
    job = start(small, home=tmp_path)
    assert job.wait(60)
    assert job.state == "done"
    assert busy.state in ("starting", "running")
    busy.kill()


def test_what_came_of_a_job_is_told_in_a_few_numbers(small: Scenario, tmp_path: Path) -> None:
    job = start(small, home=tmp_path)
    assert summary_in(job.folder) == ()
    assert job.wait(60)
    (part,) = job.result().parts
    (told,) = summary_in(job.folder)
    assert (told.status, told.tiers) == (part.status, part.tiers)
    assert told.moves == len(part.plan.moves if part.plan else ())


def _over(home: Path, n: int) -> Job:
    folder = Folder(home / f"20260101-0000{n:02d}-00000000")
    folder.path.mkdir()
    folder.ask(Request(parts=("staffing",), engine="highs", time_limit=1, asked=float(n)))
    folder.put("process.json", "[1, 0.0]")
    folder.ends("done")
    return Job(folder)


def test_old_jobs_are_swept_but_none_that_is_spared_looked_at_or_runs(
    tmp_path: Path, busy: Job
) -> None:
    jobs = [_over(tmp_path, n) for n in range(1, 8)]
    jobs[1].folder.is_seen()
    gone = sweep(tmp_path, keep=2, spared={jobs[0].id})
    assert sorted(gone) == [j.id for j in jobs[2:5]]
    left = {j.id for j in jobs_in(tmp_path)}
    assert left == {busy.id, jobs[0].id, jobs[1].id, jobs[5].id, jobs[6].id}
    assert alive(busy.process) if busy.process else False
    busy.kill()


def test_a_look_long_ago_does_not_keep_a_job(tmp_path: Path) -> None:
    old, new = _over(tmp_path, 1), _over(tmp_path, 2)
    old.folder.is_seen()
    os.utime(old.folder.seen, (0, 0))
    assert sweep(tmp_path, keep=1) == [old.id]
    assert [j.id for j in jobs_in(tmp_path)] == [new.id]


def test_a_job_put_away_can_be_brought_back_for_a_day(tmp_path: Path) -> None:
    job = _over(tmp_path, 1)
    assert put_away(job)
    assert jobs_in(tmp_path) == []
    assert bring_back(tmp_path, job.id) == job
    assert put_away(job)
    sweep(tmp_path, keep=5)
    assert bring_back(tmp_path, job.id) == job
    assert put_away(job)
    os.utime(tmp_path / "put away" / job.id, (0, 0))
    sweep(tmp_path, keep=5)
    assert bring_back(tmp_path, job.id) is None


def test_a_job_that_runs_is_not_put_away(tmp_path: Path, busy: Job) -> None:
    assert not put_away(busy)
    assert find(tmp_path, busy.id) == busy
    busy.kill()
