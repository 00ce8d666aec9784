"""What a search has in hand: a plan, its tier values, and the bounds proven for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from allocator.modelling import Floats
from allocator.solving.program import Program, least_slack


@dataclass
class Found:
    """What the search has: the best plan so far and the bounds proven for it."""

    ending: Literal["plan", "infeasible", "unknown"] = "unknown"
    levels: Floats | None = None
    """Whole levels of the decision columns."""
    values: dict[str, float] = field(default_factory=dict)
    bounds: dict[str, float] = field(default_factory=dict)
    """Bounds valid for the plan; a tier without one was not bounded for it."""
    stopped: Literal["time_limit", "cancelled"] | None = None


def only_plan(program: Program) -> Found | None:
    """The one plan of a program in which nothing is to be decided; None for any other program.

    Engines refuse a program without columns, or give it no point.
    """
    if program.decisions:
        return None
    nothing = np.zeros(0)
    if any(c.slack is None and least_slack(c.row, nothing) for c in program.conditions):
        return Found(ending="infeasible")
    values = program.tier_values(nothing)
    return Found(ending="plan", levels=nothing, values=values, bounds=dict(values))
