"""A job seen from outside: how far it is, how to stop it, what came of it."""

from __future__ import annotations

import shutil
import threading
import time
from dataclasses import dataclass
from typing import Literal

from allocator.audit import Flaw
from allocator.county.frozen import DataError, Problem
from allocator.files import load, load_outcome
from allocator.jobs.events import events_from
from allocator.jobs.folder import Folder
from allocator.jobs.process import Identity, kill_tree
from allocator.jobs.turn import ahead, living, process_in
from allocator.jobs.watch import OVERTIME, collect, end_soon, pause, settle
from allocator.scenario.hashing import scenario_hash
from allocator.solving import Event, Outcome, PartOutcome

JobState = Literal["waiting", "starting", "running", "done", "failed", "cancelled"]
LIVE: tuple[JobState, ...] = ("waiting", "starting", "running")
"""States of a job that is not over."""
GRACE = 30.0
"""Seconds a job has to give its best plan after it was asked to stop."""


@dataclass(frozen=True)
class Job:
    """A job (求解任务) with its folder. Any process may look at it, by the folder alone."""

    folder: Folder

    @property
    def id(self) -> str:
        """The name of its folder, for addresses and lists."""
        return self.folder.path.name

    @property
    def process(self) -> Identity | None:
        """The worker's process, None before it is known."""
        return process_in(self.folder)

    @property
    def alive(self) -> bool:
        """Whether the worker still runs."""
        collect(self.folder)
        return living(self.folder)

    @property
    def ahead(self) -> int:
        """How many jobs are before this one in the queue; 0 once its turn has come."""
        return ahead(self.folder) if self.folder.began is None else 0

    @property
    def state(self) -> JobState:
        """How the job stands. An end is reported only when the process is really gone."""
        if self.alive:
            self._enforce()
            if self.folder.began is None and self.ahead:
                return "waiting"
            return "running" if self.folder.progress.exists() else "starting"
        end = self.folder.end
        if end is not None:
            return end.state
        return "cancelled" if self.folder.flag.exists() else "failed"

    @property
    def ended(self) -> bool:
        """Whether the job is over, one way or another."""
        return self.state not in LIVE

    def progress(self) -> list[Event]:
        """All events so far."""
        return events_from(self.folder.progress)[0]

    @property
    def latest(self) -> Event | None:
        """The newest event."""
        found = self.progress()
        return found[-1] if found else None

    @property
    def seconds(self) -> float:
        """Seconds since its turn came, or that it waits; until its last sign of life if over."""
        began = self.folder.began
        since = self.folder.request.asked if began is None else began
        if self.alive:
            return max(0.0, time.time() - since)
        last = [p for p in (self.folder.result, self.folder.progress) if p.exists()]
        return max(0.0, max((p.stat().st_mtime for p in last), default=since) - since)

    @property
    def log(self) -> str:
        """What worker and engines printed, its last 10,000 bytes."""
        try:
            return self.folder.log.read_bytes()[-10_000:].decode("utf-8", "replace")
        except OSError:
            return ""

    def cancel(self, grace: float = GRACE) -> threading.Thread | None:
        """Ask the job to stop and keep its best plan; end it by force after a grace.

        Returns at once. The thread ends when the process is gone; None if it is gone already.
        """
        self.folder.raise_flag()
        known = self.process
        return None if known is None or not self.alive else end_soon(known, grace)

    def kill(self) -> None:
        """End the job at once, with all it started."""
        self.folder.raise_flag()
        if (known := self.process) is not None:
            kill_tree(known, 0.5)
        collect(self.folder)

    def remove(self) -> None:
        """End the job if it still runs, and remove its folder: a county's teachers are in it."""
        if not self.ended:
            self.kill()
        settle(self.folder)
        shutil.rmtree(self.folder.path, ignore_errors=True)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the job is over; False if the timeout came first."""
        until = None if timeout is None else time.monotonic() + timeout
        rounds = 0
        while not self.ended:
            if until is not None and time.monotonic() >= until:
                return False
            pause(rounds)
            rounds += 1
        return True

    def result(self) -> Outcome:
        """What came of the job. A crash is told as an outcome too: no plan, engine failed.

        Raises
        ------
        RuntimeError
            If the job still runs.
        DataError
            If the worker refused the request.
        """
        state = self.state
        if state in LIVE:
            raise RuntimeError(f"job {self.id} is still {state}")
        end = self.folder.end
        if end is not None and end.problems:
            raise DataError(tuple(Problem(*p) for p in end.problems))
        found = load_outcome(self.folder.result) if self.folder.result.exists() else None
        return found if end is not None and found is not None else self._cut_short(found)

    def _cut_short(self, found: Outcome | None) -> Outcome:
        """The outcome of a worker that did not end by itself: the parts it had finished stand."""
        reason: Literal["time_limit", "cancelled", "engine_failed"] = "engine_failed"
        if self.folder.overtime.exists():
            reason = "time_limit"
        elif self.folder.flag.exists():
            reason = "cancelled"
        request = self.folder.request
        problems: tuple[Flaw, ...] = ()
        if reason == "engine_failed":
            text = "the process of the search ended by itself (code {code}): {last}"
            last = [line for line in self.log.splitlines() if line.strip()][-1:]
            details: dict[str, str | int | float] = {
                "code": str(self.folder.get("exit.json")),
                "last": "".join(last),
            }
            problems = (Flaw(path="", text=text, details=details),)
        known = found.parts if found is not None else ()
        missing = [p for p in request.parts if p not in {done.part for done in known}]
        lost = tuple(
            PartOutcome(part=part, status="unknown", reason=reason, problems=problems)
            for part in missing
        )
        return Outcome(
            scenario_hash=scenario_hash(load(self.folder.scenario)),
            engine=request.engine,
            parts=(*known, *lost),
        )

    def _enforce(self) -> None:
        """End a job far beyond its limit, should the process that started it be gone."""
        known, began = self.process, self.folder.began
        if known is None or began is None:
            return
        if time.time() - began > self.folder.request.time_limit + 2 * OVERTIME:
            self.folder.overtime.touch()
            kill_tree(known, 2.0)
