"""What a scenario file may leave out, put in before it is checked: a preset's rules, new tiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from allocator.scenario.choices import Choice
from allocator.scenario.preset import preset


def with_preset(data: Any) -> Any:
    """The staffing part with its preset's rules beside those it states itself.

    A rule stated in the file wins over the preset's of the same name; firmness and parameters it
    does not name stay the preset's. Rules stated come first, so that a fault keeps its place in
    the file. What has no form to be filled in is left for the checks to refuse.

    Raises
    ------
    DataError
        If there is no such preset.
    """
    if not isinstance(data, Mapping) or data.get("in_full"):
        return data
    name, stated = data.get("preset"), data.get("rules", ())
    if not isinstance(name, str) or not isinstance(stated, list | tuple):
        return data
    base = preset(name)
    held = {c.rule: c for c in base.rules}
    named = [_name(item) for item in stated]
    rules = [_over(held[n], i) if n in held else i for n, i in zip(named, stated, strict=True)]
    rules += [c for c in base.rules if c.rule not in named]
    goals = {"goals": base.goals} if base.goals else {}
    return {**goals, **data, "rules": rules, "in_full": True}


def _name(item: Any) -> str | None:
    if isinstance(item, Choice):
        return item.rule
    name = item.get("rule") if isinstance(item, Mapping) else None
    return name if isinstance(name, str) else None


def _over(held: Choice, item: Any) -> Any:
    """A rule as stated, over the preset's."""
    stated = item.get("parameters", {}) if isinstance(item, Mapping) else None
    if not isinstance(stated, Mapping):
        return item
    parameters = {**held.parameters.model_dump(), **stated}
    return {"firmness": held.firmness, **item, "parameters": parameters}


def with_tiers(data: Any, known: Sequence[str]) -> Any:
    """A part with the tiers its order of goals does not list, each after its default neighbour.

    So a file written before a tier existed still loads. An order that names a tier unknown or
    twice is left as it is, for the checks to refuse.
    """
    goals = data.get("goals") if isinstance(data, Mapping) else None
    if not isinstance(goals, list | tuple) or any(faults_of_order(goals, known)):
        return data
    order = list(goals)
    for n, tier in enumerate(known):
        if tier not in order:
            order.insert(order.index(known[n - 1]) + 1 if n else 0, tier)
    return {**data, "goals": order}


def faults_of_order(goals: Sequence[Any], known: Sequence[str]) -> list[str | None]:
    """What is wrong with each entry of an order of goals: ``unknown``, ``again`` or None."""
    return [
        "unknown" if goal not in known else "again" if goal in goals[:n] else None
        for n, goal in enumerate(goals)
    ]
