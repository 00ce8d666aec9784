"""Instant mode without its page: which numbers can be moved, and the warm programs that answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from allocator.county.places import STAGES
from allocator.insight.registry import REGISTRY, TIERS
from allocator.jobs.warm import Told, Warm, clear, warm_up
from allocator.modelling import Language, Rule, Text
from allocator.scenario import PartName, Scenario
from allocator.staffing.rules.balance_cap import BalanceCap
from allocator.ui.logic.controls import Control, controls
from allocator.ui.logic.draft import chosen
from allocator.ui.logic.workspace import warm_at_once, workspace

MAIN: tuple[tuple[str, str], ...] = (
    ("exchange_rate_floor", "at_least"),
    ("backbone_share", "at_least"),
    ("turnover_cap", "leaving_at_most"),
    ("turnover_cap", "arriving_at_most"),
    ("travel_cap", "within"),
    ("famous_teacher_floor", "per_100"),
    ("balance_cap", "primary_from"),
    ("balance_cap", "junior_from"),
    ("balance_cap", "primary_at_most"),
    ("balance_cap", "junior_at_most"),
)
"""Dials offered at first, by rule and parameter; any other number can be added."""
_UNSEEN = 5e-4
"""Changes smaller than this are no change to a reader."""
_RESTED = 15.0
"""Seconds without a question after which another window may take a warm program's place."""


@dataclass(frozen=True)
class Dial:
    """A number of a rule that can be moved."""

    rule: type[Rule]
    control: Control
    part: PartName = "staffing"

    @property
    def code(self) -> str:
        """Its name, for keys."""
        return f"{self.rule.name}.{self.control.name}"

    def title(self, lang: Language) -> str:
        """Rule and parameter in words."""
        between = "：" if lang == "zh" else ": "
        return f"{self.rule.title.say(lang)}{between}{self.control.label(lang)}"


def dials(scenario: Scenario) -> tuple[Dial, ...]:
    """Every number of the staffing rules that are kept or wished for, in their order."""
    return tuple(
        Dial(rule, control)
        for rule in REGISTRY["staffing"]
        if chosen(scenario, "staffing", rule).firmness in ("must", "should")
        for control in controls(rule)
        if control.numeric and not control.optional
    )


def main_dials(scenario: Scenario) -> list[str]:
    """The codes of the dials offered at first, those in force."""
    known = {dial.code for dial in dials(scenario)} - _idle(scenario)
    return [code for code in (f"{rule}.{name}" for rule, name in MAIN) if code in known]


def _idle(scenario: Scenario) -> set[str]:
    """Numbers that say nothing of the year of the data: a cap's other end."""
    rule = chosen(scenario, "staffing", BalanceCap).rule
    assert isinstance(rule, BalanceCap)
    year = int(scenario.county.as_of[:4])
    idle = set()
    if year <= rule.from_year:
        idle |= {f"{rule.name}.{stage}_at_most" for stage in STAGES}
    if year >= rule.to_year:
        idle |= {f"{rule.name}.{stage}_from" for stage in STAGES}
    return idle


@dataclass(frozen=True)
class Line:
    """One goal as instant mode tells it."""

    name: str
    title: Text
    unit: str
    bound: float | None
    """The estimate: what no plan can be below; None while it is not there."""
    before: float | None
    """The estimate when instant mode was started."""
    plan: float | None
    """The value of the last plan."""

    @property
    def change(self) -> float | None:
        """What the moved numbers changed in the estimate."""
        if self.bound is None or self.before is None:
            return None
        moved = self.bound - self.before
        return moved if abs(moved) >= _UNSEEN else 0.0


def lines(
    scenario: Scenario,
    told: Told,
    before: Mapping[str, float],
    plan: Mapping[str, float],
) -> tuple[Line, ...]:
    """Every goal in the planner's order."""
    assert scenario.staffing is not None
    return tuple(
        Line(
            name=name,
            title=TIERS["staffing"][name].title,
            unit=TIERS["staffing"][name].unit,
            bound=told.bounds.get(name),
            before=before.get(name),
            plan=plan.get(name),
        )
        for name in scenario.staffing.goals
    )


@dataclass
class Held:
    """A warm program and the window it belongs to."""

    warm: Warm
    scenario: Scenario
    asked: float


_held: dict[str, Held] = {}
"""The warm programs of this server, by window; each takes as much memory as a run."""
_lock = threading.Lock()


def switch_on(window: str, scenario: Scenario) -> Warm | None:
    """A warm program for the county of a scenario; None while other windows use all there may be.

    Raises
    ------
    OSError
        If its folder cannot be written.
    """
    with _lock:
        for name in [n for n, held in _held.items() if not held.warm.alive]:
            _held.pop(name).warm.end()
        mine = _held.get(window)
        if mine is not None and _same_county(mine.scenario, scenario):
            return mine.warm
        if mine is not None:
            _held.pop(window).warm.end()
        while len(_held) >= warm_at_once():
            oldest = min(_held, key=lambda name: _held[name].asked)
            if time.monotonic() - _held[oldest].asked < _RESTED:
                return None
            _held.pop(oldest).warm.end()
        clear(_home())
        warm = warm_up(scenario, _home())
        _held[window] = Held(warm, scenario, time.monotonic())
        return warm


def warm_of(window: str) -> Warm | None:
    """The warm program of a window, None without one."""
    held = _held.get(window)
    return None if held is None else held.warm


def ask(window: str, scenario: Scenario) -> Told | None:
    """Ask about a scenario and give what is answered so far; None without a warm program."""
    held = _held.get(window)
    if held is None or not _same_county(held.scenario, scenario):
        return None
    asked = held.warm.asked
    held.warm.ask(scenario)
    if held.warm.asked != asked:
        held.asked = time.monotonic()
    return held.warm.told


def switch_off(window: str) -> None:
    """End the warm program of a window."""
    with _lock:
        held = _held.pop(window, None)
    if held is not None:
        held.warm.end()


def _same_county(one: Scenario, other: Scenario) -> bool:
    return one.county is other.county or one.county == other.county


def _home() -> Path:
    return workspace() / "instant"
