"""The whole program, tier after tier, through any engine of PuLP: the second opinion.

Each tier is solved as a full MILP to optimality with every earlier tier limited to its value.
Slow on a county, exact on a small one.
"""

from __future__ import annotations

import time

import numpy as np

from allocator.modelling import Linear
from allocator.solving import pulp_adapter
from allocator.solving.found import Found
from allocator.solving.program import Program
from allocator.solving.progress import Clock, Stopped
from allocator.solving.tangents import hidden
from allocator.solving.tiers import FUZZ, room, rounded_up


def solve_in_sequence(program: Program, engine: str, clock: Clock) -> Found:
    """Solve every tier in turn with an engine PuLP can call.

    Parameters
    ----------
    engine
        ``cbc`` or any other name PuLP knows on this machine.

    """
    found = Found()
    try:
        _sequence(program, engine, clock, found)
    except Stopped as stop:
        found.stopped = stop.reason
    return found


def _sequence(program: Program, engine: str, clock: Clock, found: Found) -> None:
    part = program.allocation.part
    limits: list[tuple[Linear, float]] = []
    for tier in program.allocation.tiers:
        clock.check()
        begin = time.monotonic()
        problem = pulp_adapter.to_pulp(program, program.costs[tier.name])
        for n, (cost, most) in enumerate(limits):
            pulp_adapter.add_limit(problem, cost, most, f"t{n}")
        ending, levels = pulp_adapter.run(problem, engine, clock.left)
        clock.add("round", time.monotonic() - begin)
        if ending == "infeasible":
            if found.levels is None:
                found.ending = "infeasible"
            return
        if not levels.size:
            if clock.left <= 0:
                raise Stopped("time_limit")
            return
        found.levels = np.round(levels[: program.decisions])
        found.values, found.ending = program.tier_values(found.levels), "plan"
        if hidden(program, found.levels) > FUZZ:
            return  # To be laid out again with a tangent at this plan.
        value = found.values[tier.name]
        if ending != "optimal":
            raise Stopped("time_limit")
        found.bounds[tier.name] = rounded_up(value, tier)
        limits.append((program.costs[tier.name], value + room(value, tier)))
        clock.tell(part, "prove", tier.name, value, value)
