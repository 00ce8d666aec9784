"""What a search has in hand: a plan, its tier values, and the bounds proven for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from allocator.modelling import Floats


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
