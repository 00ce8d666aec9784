"""The worker of one job: ``python -X utf8 -m allocator.jobs.worker FOLDER``."""

from __future__ import annotations

import faulthandler
import json
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path

from allocator.county.frozen import DataError
from allocator.files import load, save_outcome
from allocator.files.left import load_left, save_left
from allocator.jobs.events import Recorder
from allocator.jobs.folder import Folder, Request
from allocator.jobs.process import alive
from allocator.jobs.summary import summaries
from allocator.jobs.turn import wait_for_turn
from allocator.jobs.watch import OVERTIME
from allocator.solving import Clock, Outcome, PartOutcome, solve_scenario
from allocator.solving.left import Left

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
    wanted = Wish(folder, request)
    if not wait_for_turn(folder, request, wanted):
        folder.ends("cancelled")
        _tidy(folder, request)
        return
    left = request.time_limit - (time.time() - (folder.began or request.asked))
    # Whatever hangs in native code is ended from a thread of C, with its stack in the log.
    faulthandler.dump_traceback_later(max(left, 0.0) + 2 * OVERTIME, exit=True)
    recorder = Recorder(folder.progress)
    clock = Clock(limit=left, report=recorder, wanted=wanted)
    try:
        outcome = _solved(folder, request, clock)
    except DataError as error:
        folder.ends("failed", error.problems)
        return
    finally:
        recorder.close()
    folder.put("summary.json", json.dumps([p.model_dump() for p in summaries(outcome)]))
    folder.ends("cancelled" if _cancelled(outcome) else "done")
    _tidy(folder, request)


def _tidy(folder: Folder, request: Request) -> None:
    if request.keeper is not None and not alive(request.keeper):
        # Nobody is left to read it, and a county's teachers are in it.
        shutil.rmtree(folder.path, ignore_errors=True)


def _solved(folder: Folder, request: Request, clock: Clock) -> Outcome:
    """Solve part by part and save after each: a crash in one part costs no other."""
    clock.tell("", "load")
    scenario = load(folder.scenario)
    earlier = _earlier(folder)
    timings, parts = {"load": clock.seconds}, list[PartOutcome]()
    for part in request.parts:
        outcome = solve_scenario(
            scenario,
            parts=(part,),
            engine=request.engine,
            clock=clock,
            earlier=earlier,
            keep=lambda left: save_left(left, folder.left),
        )
        timings |= outcome.timings
        parts += outcome.parts
        outcome = outcome.model_copy(update={"parts": tuple(parts), "timings": timings})
        save_outcome(outcome, folder.result)
    return outcome


def _earlier(folder: Folder) -> Left | None:
    """What the search before a change left; only a start, so what cannot be read is left out."""
    with suppress(DataError, OSError):
        return load_left(folder.earlier)
    return None


def _cancelled(outcome: Outcome) -> bool:
    return any(p.reason == "cancelled" for p in outcome.parts)


if __name__ == "__main__":
    faulthandler.enable()
    work(Folder(Path(sys.argv[1])))
