"""Solving: the program as a matrix, engines, guided search, proof chain, outcome.

``ENGINES`` and ``solve_scenario`` are loaded when first used: whoever only follows a job in another
process needs no solver.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from allocator.solving.outcome import Outcome, PartOutcome, Status, TierResult
from allocator.solving.progress import Clock, Event, Stopped

if TYPE_CHECKING:
    from allocator.solving.engines import ENGINES
    from allocator.solving.solve import solve_scenario

__all__ = [
    "ENGINES",
    "Clock",
    "Event",
    "Outcome",
    "PartOutcome",
    "Status",
    "Stopped",
    "TierResult",
    "solve_scenario",
]


def __getattr__(name: str) -> Any:
    room = {"ENGINES": "engines", "solve_scenario": "solve"}.get(name)
    if room is not None:
        return getattr(import_module(f"allocator.solving.{room}"), name)
    raise AttributeError(f"module 'allocator.solving' has no attribute {name!r}")
