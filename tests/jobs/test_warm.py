"""A warm program answers through its folder, lets go of old questions, and ends with its keeper."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from allocator.files import load
from allocator.jobs.process import alive, identity
from allocator.jobs.warm import Told, Warm, clear, warm_up
from allocator.scenario import Scenario, with_rule
from allocator.solving import Clock
from allocator.solving.instant import Instant

TOY = Path(__file__).parents[2] / "scenarios" / "toy.json"


@pytest.fixture
def toy() -> Scenario:
    return load(TOY)


@pytest.fixture
def warm(toy: Scenario, tmp_path: Path) -> Iterator[Warm]:
    started = warm_up(toy, tmp_path)
    yield started
    started.end()


def _until(claim: Callable[[], bool], seconds: float = 90.0) -> None:
    end = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < end, "it does not come about"
        time.sleep(0.05)


def _answered(warm: Warm) -> Told:
    _until(lambda: warm.told.stage in ("done", "infeasible", "failed"))
    return warm.told


def _rate(toy: Scenario, share: str) -> Scenario:
    choice = {"rule": "exchange_rate_floor", "firmness": "must", "parameters": {"at_least": share}}
    return with_rule(toy, "staffing", choice)


def test_it_answers_what_the_relaxation_says(toy: Scenario, warm: Warm) -> None:
    assert warm.told.stage == "warming"
    here = Instant(toy)
    assert _answered(warm).bounds == pytest.approx(here.ask(toy, Clock()).bounds)
    warm.ask(_rate(toy, "0.4"))
    told = _answered(warm)
    assert told.number == 2
    assert told.bounds == pytest.approx(here.ask(_rate(toy, "0.4"), Clock()).bounds)
    warm.ask(_rate(toy, "1"))
    assert _answered(warm).stage == "infeasible"
    warm.ask(toy)
    assert _answered(warm).bounds == pytest.approx(here.ask(toy, Clock()).bounds)


def test_the_newest_of_many_questions_is_the_one_answered(toy: Scenario, warm: Warm) -> None:
    for hundredth in range(10, 40, 3):
        warm.ask(_rate(toy, f"0.{hundredth}"))
    told = _answered(warm)
    assert told.number == warm.asked
    last = Instant(toy).ask(_rate(toy, "0.37"), Clock())
    assert told.bounds == pytest.approx(last.bounds)


def test_asking_the_same_again_asks_nothing(toy: Scenario, warm: Warm) -> None:
    warm.ask(toy)
    assert warm.asked == 1


def test_a_crash_is_told(toy: Scenario, warm: Warm) -> None:
    _answered(warm)
    import psutil

    psutil.Process(warm.process[0]).kill()
    _until(lambda: not warm.alive)
    assert warm.told.stage == "failed"


def test_it_leaves_no_process_and_no_folder(toy: Scenario, warm: Warm) -> None:
    _answered(warm)
    warm.end()
    assert not warm.alive
    assert not warm.path.exists()


def test_it_ends_with_its_keeper(toy: Scenario, tmp_path: Path) -> None:
    keeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"])
    warm = warm_up(toy, tmp_path, keeper=identity(keeper.pid))
    _answered(warm)
    keeper.kill()
    keeper.wait()
    _until(lambda: not alive(warm.process))
    assert not warm.path.exists()


def test_what_a_dead_server_left_behind_is_cleared(toy: Scenario, tmp_path: Path) -> None:
    import os

    left, kept = tmp_path / "20260101-000000-00000000", tmp_path / "20260101-000000-00000001"
    for path, pid, born in ((left, 1, 0.0), (kept, *identity())):
        path.mkdir()
        (path / "keeper.json").write_text(f"[{pid}, {born}]", "utf-8")
        os.utime(path, (0, 0))
    clear(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == [kept.name]
