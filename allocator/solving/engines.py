"""Names of engines, and which of them are on this machine."""

from __future__ import annotations

from allocator.county.frozen import Problem
from allocator.solving import pulp_adapter

ENGINES: tuple[str, ...] = ("highs", "cbc", "cp-sat")
"""Engines that come with the tool; PuLP may know more on a machine."""


def on_this_machine() -> tuple[str, ...]:
    """Every name that ``engine`` may have here, the tool's own first."""
    return tuple(dict.fromkeys((*ENGINES, *pulp_adapter.on_this_machine())))


def engine_problem(engine: str) -> list[Problem]:
    """What is wrong with the name of an engine: one problem, or none."""
    if engine in ENGINES or pulp_adapter.available(engine):
        return []
    text = "engine {given} is not on this machine: choose one of {known}"
    return [Problem("engine", text, {"given": engine, "known": ", ".join(on_this_machine())})]
