"""What a search with walking tells while it goes on: bound and plans of the first tier by seconds.

Two readings are followed. A plan of persons keeps the personal limits; a plan of the flow does not,
and costs no more. Every plan of persons is one of the flow, and every bound is one of the flow, so
it holds for both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from allocator.solving import Event
from allocator.solving.walking import FlowReading

WALK = "walk"
"""Stage of events: walking is being settled on moves."""

Reading = Literal["flow", "persons"]


@dataclass(frozen=True)
class Point:
    """The best so far at one moment; None for what there is not yet."""

    seconds: float
    bound: float | None = None
    flow: float | None = None
    persons: float | None = None

    def gap(self, reading: Reading) -> float | None:
        """Open share of the plan in hand."""
        value = self.flow if reading == "flow" else self.persons
        if value is None or self.bound is None:
            return None
        return max(0.0, value - self.bound) / max(abs(value), 1e-9)


@dataclass
class Trace:
    """Listens to a search; give ``heard`` to the clock.

    Bounds count from the first event of walking on: those before are of the program without it,
    where less can be covered. Plans of the flow are told by the search at its end (``read``).
    """

    tier: str
    told: list[Point] = field(default_factory=list)
    walks: bool = False

    def heard(self, event: Event) -> None:
        """Take one event."""
        self.walks = self.walks or event.stage == WALK
        if event.tier == self.tier:
            bound = event.bound if self.walks else None
            self.add(event.seconds, bound=bound, persons=event.incumbent)

    def read(self, readings: Iterable[FlowReading]) -> None:
        """Take what a search says of its flows."""
        for reading in readings:
            self.add(reading.seconds, bound=reading.bound, flow=reading.value)

    def add(
        self,
        seconds: float,
        *,
        bound: float | None = None,
        flow: float | None = None,
        persons: float | None = None,
    ) -> None:
        """Note what was told at a moment."""
        self.told.append(Point(seconds, bound, flow, persons))

    @property
    def points(self) -> list[Point]:
        """The best so far, at each moment it got better."""
        points: list[Point] = []
        best = Point(0.0)
        for new in sorted(self.told, key=lambda p: p.seconds):
            better = Point(
                best.seconds,
                _best(max, best.bound, new.bound),
                _best(min, best.flow, new.flow, new.persons),
                _best(min, best.persons, new.persons),
            )
            if better != best:
                best = replace(better, seconds=new.seconds)
                points.append(best)
        return points

    def first_plan(self) -> float | None:
        """Seconds to the first plan of persons."""
        return next((p.seconds for p in self.points if p.persons is not None), None)

    def reached(self, gap: float, reading: Reading) -> float | None:
        """Seconds until the gap of a reading was this small; None if it never was."""
        for point in self.points:
            open_ = point.gap(reading)
            if open_ is not None and open_ <= gap:
                return point.seconds
        return None

    def at(self, seconds: float) -> Point:
        """What there was at a moment."""
        return at(self.points, seconds)


def at(points: Iterable[Point], seconds: float) -> Point:
    """The last of some points up to a moment."""
    found = Point(0.0)
    for point in points:
        if point.seconds <= seconds:
            found = point
    return replace(found, seconds=seconds)


def _best(choose: object, *values: float | None) -> float | None:
    known = [value for value in values if value is not None]
    return choose(known) if known and callable(choose) else None
