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
    from allocator.solving.solve import ENGINES, solve_scenario

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
    if name in ("ENGINES", "solve_scenario"):
        return getattr(import_module("allocator.solving.solve"), name)
    raise AttributeError(f"module 'allocator.solving' has no attribute {name!r}")
