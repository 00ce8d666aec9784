"""What differs in the settings of two scenarios, by title."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from allocator.files.templates.settings_lines import general_lines
from allocator.files.templates.wording import GOALS
from allocator.insight.registry import REGISTRY
from allocator.modelling import Text
from allocator.scenario import Scenario


def settings_changed(before: Scenario, after: Scenario) -> Text | None:
    """Titles of the settings that differ; None where there is none."""
    told = [Text(*pair) for pair in dict.fromkeys(tuple(t) for t in _differing(before, after))]
    if not told:
        return None
    return Text("、".join(t.zh for t in told), ", ".join(t.en for t in told))


def _differing(before: Scenario, after: Scenario) -> Iterator[Text]:
    one, two = (s.model_dump(mode="json", exclude={"county"}) for s in (before, after))
    one["parts"], two["parts"] = list(before.parts), list(after.parts)
    for line in general_lines(after):
        if _at(one, line.path) != _at(two, line.path):
            yield line.title
    for part in after.parts:
        rules, earlier = ({c["rule"]: c for c in (s[part] or {"rules": []})["rules"]}
                          for s in (two, one))  # fmt: skip
        for rule in REGISTRY[part]:
            if rules.get(rule.name) != earlier.get(rule.name):
                yield rule.title
        if _at(one, f"{part}.goals") != _at(two, f"{part}.goals"):
            yield GOALS


def _at(plain: Any, path: str) -> Any:
    for step in path.split("."):
        plain = None if plain is None else plain.get(step)
    return plain
