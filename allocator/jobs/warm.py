"""A warm program (即时估算) in a process of its own: asked through a folder, answered there.

The process keeps the program of one county with the basis of its relaxation. A question is the
staffing part of a scenario; a newer question stops work on an older one. It ends with its keeper,
when told to, or when nobody asks for a while.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeVar

import psutil

from allocator.county.frozen import Frozen
from allocator.files import save
from allocator.files.text import write_aside
from allocator.jobs.folder import own_only
from allocator.jobs.process import Identity, alive, identity, kill_tree
from allocator.jobs.start import fresh_id, run_module
from allocator.scenario import Scenario

Stage = Literal["warming", "building", "bounding", "done", "infeasible", "failed"]
"""Building for the first time, or anew; some bounds there; all of them; no plan; it ended."""


Record = TypeVar("Record", bound=Frozen)


class Question(Frozen):
    """What is asked: the staffing part of a scenario, as JSON."""

    number: int
    part: str


class Told(Frozen):
    """What is answered so far."""

    number: int
    stage: Stage
    bounds: dict[str, float] = {}
    """Tier -> what no plan can be below, for those bounded so far."""
    seconds: float = 0.0
    """Since the question was read."""


@dataclass
class Warm:
    """A warm program seen from outside."""

    path: Path
    """Its folder."""
    process: Identity
    asked: int = 0
    """Number of the last question."""
    _part: str = field(default="", repr=False)
    _child: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def ask(self, scenario: Scenario) -> None:
        """Ask about another staffing part of the same county; the same question is asked once."""
        assert scenario.staffing is not None
        part = scenario.staffing.model_dump_json()
        if part == self._part:
            return
        self._part = part
        self.asked += 1
        question = Question(number=self.asked, part=part)
        write_aside(self.path / "question.json", question.model_dump_json())

    @property
    def told(self) -> Told:
        """The answer to the last question, as far as it is."""
        told = read(self.path / "answer.json", Told)
        if not self.alive:
            return Told(number=self.asked, stage="failed")
        if told is None:
            return Told(number=self.asked, stage="warming")
        if told.number != self.asked:
            stage: Stage = "warming" if told.stage == "warming" else "bounding"
            return Told(number=self.asked, stage=stage)
        return told

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        if self._child is not None:
            self._child.poll()
        return alive(self.process)

    def end(self) -> None:
        """End the process and remove its folder: a county's teachers are in it."""
        kill_tree(self.process, 0.5)
        if self._child is not None:
            with suppress(subprocess.TimeoutExpired):
                self._child.wait(5)
        shutil.rmtree(self.path, ignore_errors=True)


def warm_up(scenario: Scenario, home: Path, keeper: Identity | None = None) -> Warm:
    """Start a warm program for a county; it answers once it is warm.

    Parameters
    ----------
    scenario
        Holds a staffing part; the first question.
    home
        Folder for its folder.
    keeper
        The process it ends with; None takes this one.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    path = home.resolve() / fresh_id()
    own_only(path)
    save(scenario, path / "scenario.json")
    write_aside(path / "keeper.json", json.dumps(keeper or identity()))
    child = run_module("allocator.jobs.warm_worker", path, path / "log.txt")
    try:
        known = identity(child.pid)
    except psutil.Error:
        known = (child.pid, 0.0)
    warm = Warm(path, known, _child=child)
    warm.ask(scenario)
    return warm


def clear(home: Path) -> None:
    """Remove folders that processes which are gone have left behind."""
    for path in sorted(home.iterdir()) if home.is_dir() else ():
        with suppress(OSError, ValueError, TypeError):
            pid, born = json.loads((path / "keeper.json").read_text("utf-8"))
            if not alive((int(pid), float(born))) and time.time() - path.stat().st_mtime > 60:
                shutil.rmtree(path, ignore_errors=True)


def read(path: Path, kind: type[Record]) -> Record | None:
    """A record in a small file; None while it is not there."""
    with suppress(OSError, ValueError):
        return kind.model_validate_json(path.read_text("utf-8"))
    return None
