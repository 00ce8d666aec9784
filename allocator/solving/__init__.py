"""Solving: the program as a matrix, engines, guided search, proof chain, outcome."""

from allocator.solving.outcome import Outcome, PartOutcome, Status, TierResult
from allocator.solving.progress import Clock, Event, Stopped
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
