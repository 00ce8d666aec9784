"""Runs of the solver as the page sees them: started, watched, found again, taken up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from allocator import jobs
from allocator.insight.registry import TIERS
from allocator.insight.vocabulary import Words
from allocator.jobs import LIVE, Job, JobState, Summary, find, jobs_in, start, summary_in, sweep
from allocator.modelling import Text
from allocator.scenario import PartName, Scenario
from allocator.solving import Event
from allocator.ui.logic.workspace import runs_at_once, runs_folder, runs_kept

_LABEL = "page.json"
"""File in a job's folder that tells which scenario of the library it was started from."""
_CLOSE = 1e-9

STATE: Words = {
    "waiting": Text("排队中", "waiting"),
    "starting": Text("启动中", "starting"),
    "running": Text("求解中", "running"),
    "done": Text("已完成", "finished"),
    "failed": Text("未完成", "failed"),
    "cancelled": Text("已取消", "cancelled"),
}
"""How a run stands, in words."""


@dataclass(frozen=True)
class Run:
    """A run: a job, and what it was started from."""

    job: Job
    key: str
    title: str

    @property
    def asked(self) -> datetime:
        """When it was asked for, in local time."""
        return datetime.fromtimestamp(self.job.folder.request.asked)

    @property
    def told(self) -> tuple[Summary, ...]:
        """What came of it, in a few numbers a part."""
        return summary_in(self.job.folder)


def begin(
    scenario: Scenario,
    key: str,
    parts: Sequence[PartName] | None,
    time_limit: float | None,
    earlier: Path | None = None,
) -> Run:
    """Start a run of a scenario.

    Parameters
    ----------
    earlier
        What an earlier run left, to start from.

    Raises
    ------
    DataError
        If the request cannot be met.
    OSError
        If the folder cannot be written to.
    """
    job = start(
        scenario,
        parts=parts,
        time_limit=time_limit,
        home=runs_folder(),
        at_once=runs_at_once(),
        earlier=earlier,
    )
    job.folder.put(_LABEL, json.dumps([key, scenario.title]))
    tidy()
    return Run(job, key, scenario.title)


def tidy() -> None:
    """Remove old runs; the last of each scenario stays, as do those that somebody looks at."""
    newest: dict[str, str] = {}
    for run in map(_labelled, jobs_in(runs_folder())):
        newest.setdefault(run.key, run.job.id)
    sweep(runs_folder(), keep=runs_kept(), spared=set(newest.values()))


def put_away(job_id: str) -> bool:
    """Delete a run that is over; it can be brought back for a day."""
    run = run_of(job_id)
    return run is not None and jobs.put_away(run.job)


def give_up(job_id: str) -> None:
    """End a run that still goes on and remove it; one that is over stays."""
    run = run_of(job_id)
    if run is not None and not run.job.ended:
        run.job.remove()


def bring_back(job_id: str) -> Run | None:
    """Bring a deleted run back; None if it is gone for good."""
    job = jobs.bring_back(runs_folder(), job_id)
    return None if job is None else _labelled(job)


def run_of(job_id: str | None) -> Run | None:
    """The run of an id, None if there is none."""
    job = find(runs_folder(), job_id) if job_id else None
    return None if job is None else _labelled(job)


def recent(number: int = 12) -> list[Run]:
    """The latest runs, newest first."""
    return [_labelled(job) for job in jobs_in(runs_folder())[:number]]


def latest_of(key: str) -> Run | None:
    """The newest run started from a scenario of the library."""
    return next((run for run in map(_labelled, jobs_in(runs_folder())) if run.key == key), None)


def left_of(key: str) -> Path | None:
    """What the last run of a scenario that left something left for the next one."""
    mine = (run for run in map(_labelled, jobs_in(runs_folder())) if run.key == key)
    return next((run.job.folder.left for run in mine if run.job.folder.left.exists()), None)


def _labelled(job: Job) -> Run:
    label = job.folder.get(_LABEL)
    if isinstance(label, list) and len(label) == 2:
        return Run(job, str(label[0]), str(label[1]))
    return Run(job, "", job.id)


@dataclass(frozen=True)
class TierLook:
    """How far one tier is."""

    part: PartName
    name: str
    title: Text
    unit: str
    incumbent: float | None = None
    bound: float | None = None
    current: bool = False
    """Whether the search works on it now."""

    @property
    def gap(self) -> float | None:
        """Open share of the incumbent; None while one of the two is missing."""
        if self.incumbent is None or self.bound is None:
            return None
        return max(0.0, self.incumbent - self.bound) / max(abs(self.incumbent), _CLOSE)


@dataclass(frozen=True)
class Look:
    """One look at a run: everything belongs to the same moment."""

    state: JobState
    seconds: float
    stage: str
    """Step of the search, empty before the first."""
    part: Literal["staffing", "admission", ""]
    tiers: tuple[TierLook, ...]
    stopping: bool
    """Whether it was asked to stop."""
    ahead: int = 0
    """How many runs are before it in the queue."""
    events: tuple[Event, ...] = ()
    """All that was told of it so far."""

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.state not in LIVE

    @property
    def current(self) -> TierLook | None:
        """The goal the search works on, or worked on last."""
        at = next((t for t in self.tiers if t.current), None)
        if at is not None:
            return at
        told = [(e.part, e.tier) for e in self.events if e.tier]
        last = told[-1] if told else None
        return next((t for t in self.tiers if (t.part, t.name) == last), None)


def look(job: Job, orders: Sequence[tuple[PartName, Sequence[str]]]) -> Look:
    """Look at a run.

    Parameters
    ----------
    orders
        Each part asked for with its tiers, most important first.
    """
    # The state first: events written between the two looks are not lost.
    state, seconds = job.state, job.seconds
    events = standing(job.progress(), orders)
    last = events[-1] if events else None
    part: Literal["staffing", "admission", ""] = ""
    if last is not None and last.part in ("staffing", "admission"):
        part = "staffing" if last.part == "staffing" else "admission"
    return Look(
        state=state,
        seconds=seconds,
        stage=last.stage if last is not None else "",
        part=part,
        tiers=tiers(events, orders),
        stopping=job.folder.flag.exists(),
        ahead=job.ahead if state == "waiting" else 0,
        events=tuple(events),
    )


def tiers(
    events: Sequence[Event], orders: Sequence[tuple[PartName, Sequence[str]]]
) -> tuple[TierLook, ...]:
    """Every tier with the newest incumbent and bound told of it."""
    events = standing(events, orders)
    incumbents = {(e.part, e.tier): e.incumbent for e in events if e.incumbent is not None}
    bounds = {(e.part, e.tier): e.bound for e in events if e.bound is not None}
    last = events[-1] if events else None
    return tuple(
        TierLook(
            part=part,
            name=name,
            title=TIERS[part][name].title,
            unit=TIERS[part][name].unit,
            incumbent=incumbents.get((part, name)),
            bound=bounds.get((part, name)),
            current=last is not None and (last.part, last.tier) == (part, name),
        )
        for part, names in orders
        for name in names
    )


def standing(
    events: Sequence[Event], orders: Sequence[tuple[PartName, Sequence[str]]]
) -> list[Event]:
    """The events without bounds that a later plan shows to be of a narrower program.

    Where teachers may walk, moves alone are searched first. A plan with walking is then below
    what was proven of moves alone: from there on, that bound and those of the goals after it say
    nothing.
    """
    listed = [(part, name) for part, names in orders for name in names]
    kept = list(events)
    known: dict[tuple[str, str], float] = {}
    for n, event in enumerate(events):
        tier: tuple[str, str] = (event.part, event.tier)
        if tier in known and event.incumbent is not None and _below(event.incumbent, known[tier]):
            later = {t for t in listed[_place(listed, tier) :] if t[0] == event.part}
            kept[:n] = [
                replace(e, bound=None) if (e.part, e.tier) in later else e for e in kept[:n]
            ]
            known = {t: bound for t, bound in known.items() if t not in later}
        if event.bound is not None:
            known[tier] = event.bound
    return kept


def _below(value: float, bound: float) -> bool:
    return value < bound - _CLOSE * max(1.0, abs(bound))


def _place(listed: Sequence[tuple[str, str]], tier: tuple[str, str]) -> int:
    return listed.index(tier) if tier in listed else len(listed)
