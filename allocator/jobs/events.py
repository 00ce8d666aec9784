"""Progress on disk: one event a line, written as it happens, read by whoever looks."""

from __future__ import annotations

import json
import math
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from allocator.solving.progress import Event

_PAUSE = 0.1
"""Seconds between two events of the same step; in between only the newest is kept."""


class Recorder:
    """Writes events to a file; the newest of a burst is what is kept of it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: Event | None = None
        self._last: tuple[str, str, str] | None = None
        self._when = 0.0

    def __call__(self, event: Event) -> None:
        """Record one event."""
        step = (event.part, event.stage, event.tier)
        if step == self._last and time.monotonic() - self._when < _PAUSE:
            self._waiting = event
            return
        if step != self._last:
            self.close()
        self._waiting = None
        self._last, self._when = step, time.monotonic()
        self._write(event)

    def close(self) -> None:
        """Write what is still held back."""
        if self._waiting is not None:
            self._write(self._waiting)
            self._waiting = None

    def _write(self, event: Event) -> None:
        with self._path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps({k: _plain(v) for k, v in asdict(event).items()}) + "\n")


def _plain(value: Any) -> Any:
    """JSON knows no infinity: a bound that is none is left out."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def events_from(path: Path, offset: int = 0) -> tuple[list[Event], int]:
    """The events written since ``offset`` bytes, and where to go on reading."""
    found: list[Event] = []
    with suppress(OSError), path.open("rb") as file:
        file.seek(offset)
        for line in file:
            if not line.endswith(b"\n"):
                break
            offset += len(line)
            with suppress(ValueError, TypeError):
                found.append(Event(**json.loads(line)))
    return found, offset
