"""The whole program, tier after tier: the second opinion.

Each tier is solved in full to optimality with every earlier tier limited to its value. Slow on a
county, exact on a small one. Any engine will do that can minimise one tier and then hold it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from allocator.modelling import Floats, Linear, Tier
from allocator.solving import pulp_adapter
from allocator.solving.found import Found, only_plan
from allocator.solving.highs import Ending
from allocator.solving.program import Program
from allocator.solving.progress import Clock, Stopped
from allocator.solving.tangents import hidden
from allocator.solving.tiers import FUZZ, rounded_up, whole_room


@dataclass(frozen=True)
class Step:
    """What minimising one tier gave."""

    ending: Ending
    levels: Floats
    """Levels of the columns, decisions first; empty if there is no point."""
    bound: float | None = None
    """What the engine proved of the tier; None for no more than its word."""


class TierEngine(Protocol):
    """An engine as the sequence sees it."""

    by_tangents: bool
    """Whether it knows norms only by the tangents laid out."""

    def minimise(self, tier: Tier, seconds: float) -> Step:
        """Minimise one tier over the whole program, with the tiers held so far."""

    def hold(self, tier: Tier, value: float) -> None:
        """Keep the tier just minimised at its value from now on."""


def solve_in_sequence(program: Program, engine: str, clock: Clock) -> Found:
    """Solve every tier in turn with an engine PuLP can call.

    Parameters
    ----------
    engine
        ``cbc`` or any other name PuLP knows on this machine.

    """
    return tier_after_tier(program, ThroughPulp(program, engine), clock)


def tier_after_tier(program: Program, engine: TierEngine, clock: Clock) -> Found:
    """Solve every tier in turn, each with the earlier ones held."""
    found = only_plan(program)
    if found is not None:
        return found
    found = Found()
    try:
        _sequence(program, engine, clock, found)
    except Stopped as stop:
        found.stopped = stop.reason
    return found


class ThroughPulp:
    """An engine of PuLP, given the matrix of the program."""

    by_tangents = True

    def __init__(self, program: Program, engine: str) -> None:
        self._program = program
        self._engine = engine
        self._limits: list[tuple[Linear, float]] = []

    def minimise(self, tier: Tier, seconds: float) -> Step:
        """Minimise one tier under the limits so far."""
        problem = pulp_adapter.to_pulp(self._program, self._program.costs[tier.name])
        for n, (cost, most) in enumerate(self._limits):
            pulp_adapter.add_limit(problem, cost, most, f"t{n}")
        return Step(*pulp_adapter.run(problem, self._engine, seconds))

    def hold(self, tier: Tier, value: float) -> None:
        """Limit a tier to its value, with the room floats need."""
        self._limits.append((self._program.costs[tier.name], value + whole_room(value, tier)))


def _sequence(program: Program, engine: TierEngine, clock: Clock, found: Found) -> None:
    part = program.allocation.part
    for tier in program.allocation.tiers:
        clock.check()
        begin = time.monotonic()
        step = engine.minimise(tier, clock.left)
        clock.add("round", time.monotonic() - begin)
        if step.ending == "infeasible":
            if found.levels is None:
                found.ending = "infeasible"
            return
        if not step.levels.size:
            if clock.left <= 0:
                raise Stopped("time_limit")
            return
        found.levels = np.round(step.levels[: program.decisions])
        found.values, found.ending = program.tier_values(found.levels), "plan"
        if engine.by_tangents and hidden(program, found.levels) > FUZZ:
            return  # To be laid out again with a tangent at this plan.
        value = found.values[tier.name]
        if step.bound is not None:
            found.bounds[tier.name] = rounded_up(step.bound, tier)
        if step.ending != "optimal":
            raise Stopped("time_limit")
        found.bounds.setdefault(tier.name, rounded_up(value, tier))
        engine.hold(tier, value)
        clock.tell(part, "prove", tier.name, value, found.bounds[tier.name])
