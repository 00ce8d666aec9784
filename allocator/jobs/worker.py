"""The worker of one job: ``python -X utf8 -m allocator.jobs.worker FOLDER``."""

from __future__ import annotations

import faulthandler
import sys
import time
from pathlib import Path

from allocator.county.frozen import DataError
from allocator.files import load, save_outcome
from allocator.jobs.events import Recorder
from allocator.jobs.folder import Folder, Request
from allocator.jobs.process import alive
from allocator.jobs.watch import OVERTIME
from allocator.solving import Clock, Outcome, solve_scenario

_LOOK = 1.0
"""Seconds between two looks whether the keeper still lives."""


class Wish:
    """Whether the job is still wanted: nobody raised the flag, and its keeper lives."""

    def __init__(self, folder: Folder, request: Request) -> None:
        self._folder = folder
        self._keeper = request.keeper
        self._looked = time.monotonic()

    def __call__(self) -> bool:
        """Whether to go on."""
        if self._folder.flag.exists():
            return False
        if self._keeper is not None and time.monotonic() - self._looked >= _LOOK:
            self._looked = time.monotonic()
            return alive(self._keeper)
        return True


def work(folder: Folder) -> None:
    """Do the job of a folder."""
    request = folder.request
    left = request.time_limit - (time.time() - request.asked)
    # Whatever hangs in native code is ended from a thread of C, with its stack in the log.
    faulthandler.dump_traceback_later(max(left, 0.0) + 2 * OVERTIME, exit=True)
    recorder = Recorder(folder.progress)
    clock = Clock(limit=left, report=recorder, wanted=Wish(folder, request))
    try:
        clock.tell("", "load")
        scenario = load(folder.scenario)
        loaded = clock.seconds
        outcome = solve_scenario(scenario, parts=request.parts, engine=request.engine, clock=clock)
    except DataError as error:
        folder.ends("failed", error.problems)
        return
    finally:
        recorder.close()
    timings = {"load": loaded, **outcome.timings}
    save_outcome(outcome.model_copy(update={"timings": timings}), folder.result)
    folder.ends("cancelled" if _cancelled(outcome) else "done")


def _cancelled(outcome: Outcome) -> bool:
    return any(p.reason == "cancelled" for p in outcome.parts)


if __name__ == "__main__":
    faulthandler.enable()
    work(Folder(Path(sys.argv[1])))
