"""The folder of a job: what is asked, how far it is, how it ended. Names and forms of its files."""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from allocator.county.frozen import Frozen, Problem
from allocator.files.text import write_aside
from allocator.scenario import PartName

Ending = Literal["done", "failed", "cancelled"]

_GLANCE = 60.0
"""Seconds after which a look at a job is written down again."""


class Request(Frozen):
    """What a job is asked to do, beside its scenario."""

    parts: tuple[PartName, ...]
    engine: str
    time_limit: float
    """Wall clock of the whole job, seconds."""
    asked: float
    """When it was asked for, seconds since 1970."""
    keeper: tuple[int, float] | None = None
    """Process (id and start) without which the job has no purpose; None outlives its caller."""
    at_once: Annotated[int, Field(ge=1)] | None = None
    """How many jobs of the same home may run at once: this one waits for its turn. None starts at
    once, whatever else runs."""


class End(Frozen):
    """How the worker ended by itself."""

    state: Ending
    problems: tuple[tuple[str, str, dict[str, str]], ...] = ()
    """Path, text and details of what was wrong with the request."""


@dataclass(frozen=True)
class Folder:
    """The files of one job."""

    path: Path

    @property
    def scenario(self) -> Path:
        """The scenario to solve."""
        return self.path / "scenario.json"

    @property
    def progress(self) -> Path:
        """One event a line."""
        return self.path / "progress.jsonl"

    @property
    def log(self) -> Path:
        """What the worker and its engines printed."""
        return self.path / "log.txt"

    @property
    def flag(self) -> Path:
        """There once the job shall stop."""
        return self.path / "cancel"

    @property
    def result(self) -> Path:
        """The outcome."""
        return self.path / "result.json"

    @property
    def earlier(self) -> Path:
        """What the search before a change left; not there where it starts from nothing."""
        return self.path / "earlier.npz"

    @property
    def left(self) -> Path:
        """What the search leaves for the next one; not there where it leaves nothing."""
        return self.path / "left.npz"

    @property
    def overtime(self) -> Path:
        """There once the job was ended because its time was up."""
        return self.path / "overtime"

    @property
    def began(self) -> float | None:
        """When its turn came, seconds since 1970; None while it waits."""
        found = self.get("began.json")
        if found is not None:
            return float(found)
        request = self.request
        return request.asked if request.at_once is None else None

    def begins(self) -> None:
        """Write down that its turn has come."""
        self.put("began.json", json.dumps(time.time()))

    def is_seen(self) -> None:
        """Write down that somebody looks at it: it is not swept for a while."""
        if not self.seen.exists() or age(self.seen) > _GLANCE:
            with suppress(OSError):
                self.seen.touch()

    @property
    def seen(self) -> Path:
        """Touched while somebody looks at it."""
        return self.path / "seen"

    def put(self, name: str, text: str) -> None:
        """Write a small file so that a reader sees all of it or none."""
        write_aside(self.path / name, text)

    def get(self, name: str) -> Any:
        """The data of a small file, None while it is not there."""
        with suppress(OSError, ValueError):
            return json.loads((self.path / name).read_text("utf-8"))
        return None

    def ask(self, request: Request) -> None:
        """Write down what is asked."""
        self.put("request.json", request.model_dump_json())

    @property
    def request(self) -> Request:
        """What is asked."""
        return Request.model_validate(self.get("request.json"))

    def ends(self, state: Ending, problems: tuple[Problem, ...] = ()) -> None:
        """Write down how the job ended."""
        told = tuple((p.path, p.text, {k: str(v) for k, v in p.details.items()}) for p in problems)
        self.put("end.json", End(state=state, problems=told).model_dump_json())

    @property
    def end(self) -> End | None:
        """How the worker ended by itself; None if it has not, or was ended."""
        found = self.get("end.json")
        return None if found is None else End.model_validate(found)

    def raise_flag(self) -> None:
        """Ask the worker to stop; it keeps the best plan so far."""
        self.flag.touch()


def age(path: Path) -> float:
    """Seconds since a file was written, 0 if it is not there."""
    with suppress(OSError):
        return max(0.0, time.time() - path.stat().st_mtime)
    return 0.0


def own_only(path: Path) -> None:
    """Make a folder that nobody else may read: it holds a county's teachers."""
    path.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        os.chmod(path, 0o700)
