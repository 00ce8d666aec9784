"""Solving a scenario in a child process and waiting for it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from allocator.files.text import write_aside
from allocator.jobs.events import events_from
from allocator.jobs.job import Job
from allocator.jobs.process import identity
from allocator.jobs.start import check_request, start
from allocator.jobs.watch import pause
from allocator.scenario import PartName, Scenario
from allocator.solving import Clock, Event, Outcome

Report = Callable[[Event], None]


def solve(
    scenario: Scenario,
    *,
    part: PartName | Literal["both"] = "both",
    engine: str = "highs",
    time_limit: float | None = None,
    on_progress: Report | None = None,
    in_process: bool = False,
    warm: Path | None = None,
) -> Outcome:
    """Solve a scenario, in a child process so that no crash of an engine reaches the caller.

    Ctrl-C stops the search and gives the best plan so far; a second one ends it at once.

    Parameters
    ----------
    part
        ``both`` solves every part the scenario holds.
    engine
        Name of a built-in engine.
    time_limit
        Seconds; it only aborts. None takes the scenario's.
    on_progress
        Called with each event.
    in_process
        Solve in this process, for tests and notebooks.
    warm
        File with what the last search left, if it is there: this one starts from it, and puts there
        what it leaves itself. None for neither.

    Raises
    ------
    DataError
        If part, engine or limit is unknown or impossible.
    """
    parts: tuple[PartName, ...] = scenario.parts if part == "both" else (part,)
    limit = scenario.settings.time_limit if time_limit is None else time_limit
    check_request(scenario, parts, engine, limit)
    if in_process:
        # Whoever only starts and follows jobs needs no solver.
        from allocator.solving import solve_scenario

        clock = Clock(limit=limit, report=on_progress)
        return solve_scenario(scenario, parts=parts, engine=engine, clock=clock)
    with tempfile.TemporaryDirectory(prefix="allocator-", ignore_cleanup_errors=True) as home:
        job = start(
            scenario,
            parts=parts,
            engine=engine,
            time_limit=limit,
            home=Path(home),
            keeper=identity(),
            earlier=warm if warm is not None and warm.exists() else None,
        )
        try:
            _attend(job, on_progress)
            if warm is not None and job.folder.left.exists():
                write_aside(warm, job.folder.left.read_bytes())
            return job.result()
        finally:
            job.remove()


def _attend(job: Job, on_progress: Report | None) -> None:
    """Pass events on until the job is over; the first Ctrl-C asks it to stop."""
    offset, rounds, asked = 0, 0, False
    over = False
    while not over:
        try:
            # Ended first, events second: the last ones are not lost.
            over = job.ended
            events, offset = events_from(job.folder.progress, offset)
            for event in events:
                if on_progress is not None:
                    on_progress(event)
            if not over:
                pause(rounds)
                rounds += 1
        except KeyboardInterrupt:
            if asked:
                raise
            asked = True
            job.cancel()
