"""Progress of a search: events out, a wish to stop in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

Stage = Literal["load", "build", "relax", "round", "prove", "walk", "audit", "write"]


@dataclass(frozen=True)
class Event:
    """One step forward, as shown to a person."""

    part: str
    stage: Stage
    tier: str = ""
    incumbent: float | None = None
    bound: float | None = None
    seconds: float = 0.0
    """Since the start of the job."""

    @property
    def gap(self) -> float | None:
        """Open share of the incumbent; None while one of the two is missing."""
        if self.incumbent is None or self.bound is None:
            return None
        return max(0.0, self.incumbent - self.bound) / max(abs(self.incumbent), 1e-9)


class Stopped(Exception):
    """The search was asked to stop, or its time is up."""

    def __init__(self, reason: Literal["time_limit", "cancelled"]) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass
class Clock:
    """The clock of one job: what is left, what each step took, and whether to go on.

    Parameters
    ----------
    limit
        Seconds the job may take; None for no limit.
    report
        Called with each event; None for silence.
    wanted
        Returns False when the job shall stop.

    """

    limit: float | None = None
    report: Callable[[Event], None] | None = None
    wanted: Callable[[], bool] | None = None
    started: float = field(default_factory=time.monotonic)
    timings: dict[str, float] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started

    @property
    def left(self) -> float:
        """Seconds left."""
        return float("inf") if self.limit is None else self.limit - self.seconds

    def still_wanted(self) -> bool:
        """Whether nobody has asked to stop."""
        return self.wanted is None or self.wanted()

    def check(self) -> None:
        """Raise :class:`Stopped` if the job shall end."""
        if not self.still_wanted():
            raise Stopped("cancelled")
        if self.left <= 0:
            raise Stopped("time_limit")

    def tell(
        self,
        part: str,
        stage: Stage,
        tier: str = "",
        incumbent: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Report one event."""
        if self.report is not None:
            self.report(Event(part, stage, tier, incumbent, bound, self.seconds))

    def add(self, step: str, seconds: float) -> None:
        """Add to the time a step took."""
        self.timings[step] = self.timings.get(step, 0.0) + seconds

    @contextmanager
    def timing(self, step: str) -> Iterator[None]:
        """Add the time of what is done inside to a step."""
        begin = time.monotonic()
        try:
            yield
        finally:
            self.add(step, time.monotonic() - begin)
