"""A scenario written down in another order that means the same."""

from __future__ import annotations

from typing import Any

from allocator.scenario import Scenario
from tests.solving.draws import Draw, some

MEANT = frozenset(
    {"goals", "vetoes", "preferences", "order", "applicants", "classes", "periods"}
)  # fmt: skip
"""Lists whose order says something: goals, objections and wishes by weight, a lot drawn, a school's
ranking, grades."""


def reordered(scenario: Scenario, draw: Draw) -> Scenario:
    """The scenario with every other list in random order: places, people, rules, choices."""
    return Scenario.model_validate(_turned(scenario.model_dump(), "", draw))


def _turned(value: Any, name: str, draw: Draw) -> Any:
    if isinstance(value, dict):
        return {key: _turned(held, key, draw) for key, held in value.items()}
    if isinstance(value, list | tuple):
        turned = [_turned(held, "", draw) for held in value]
        return turned if name in MEANT else list(some(draw, turned, len(turned)))
    return value
