"""Presets: sets of rules with their sources, one JSON file each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from allocator.county.frozen import DataError, Frozen, Identifier, Problem
from allocator.modelling import Firmness, Rule, Text
from allocator.scenario.choices import Choice
from allocator.scenario.registry import STAFFING_CHOICES, StaffingChoice
from allocator.staffing.rules import RULES

if TYPE_CHECKING:
    from allocator.scenario.scenario import Staffing


class Preset(Frozen):
    """A preset (预设规则组): staffing rules as one document or one county sets them."""

    format: Literal["allocator-preset"]
    name: Identifier
    title: Text
    notes: tuple[Text, ...]
    """Where each number comes from, one note a source."""
    rules: tuple[StaffingChoice, ...]
    """Rules not listed are off."""
    goals: tuple[str, ...] = ()
    """Tiers, most important first; empty takes the default order."""

    def choice(self, rule: type[Rule]) -> Choice:
        """A rule as the preset sets it; off, at its defaults, where it does not list it."""
        return _choice(self.rules, rule)


@cache
def presets() -> tuple[Preset, ...]:
    """Every preset of the package, by name."""
    folder = files("allocator.scenario").joinpath("presets")
    texts = [f.read_text("utf-8") for f in folder.iterdir() if f.name.endswith(".json")]
    found = [Preset.model_validate(json.loads(text)) for text in texts]
    return tuple(sorted(found, key=lambda p: p.name))


def preset(name: str, path: str = "preset") -> Preset:
    """The preset of a name.

    Parameters
    ----------
    path
        Where the name was given, for the message.

    Raises
    ------
    DataError
        If there is none of this name.
    """
    for known in presets():
        if known.name == name:
            return known
    text = "preset {given} is unknown: choose one of {known}"
    details = {"given": name, "known": ", ".join(p.name for p in presets())}
    raise DataError((Problem(path, text, details),))


@dataclass(frozen=True)
class Difference:
    """A rule that a scenario sets otherwise than a preset."""

    rule: str
    preset: Choice
    """As the preset sets it."""
    scenario: Choice
    """As the scenario sets it."""

    @property
    def firmness(self) -> tuple[Firmness, Firmness] | None:
        """Firmness in the preset and here, None where they are the same."""
        pair = (self.preset.firmness, self.scenario.firmness)
        return None if pair[0] == pair[1] else pair

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters that differ."""
        names = type(self.preset.parameters).model_fields
        there, here = self.preset.parameters, self.scenario.parameters
        return tuple(n for n in names if getattr(there, n) != getattr(here, n))


def difference(staffing: Staffing, base: Preset) -> tuple[Difference, ...]:
    """The rules whose firmness or parameters differ from the preset's, in registry order.

    A rule that is off in both does not differ, whatever its parameters.
    """
    pairs = ((rule, base.choice(rule), _choice(staffing.rules, rule)) for rule in RULES)
    return tuple(
        Difference(rule.name, there, here)
        for rule, there, here in pairs
        if there != here and {there.firmness, here.firmness} != {"off"}
    )


def _choice(listed: Sequence[Choice], rule: type[Rule]) -> Choice:
    for choice in listed:
        if choice.rule == rule.name:
            return choice
    made = next(c for c in STAFFING_CHOICES if c.model_fields["rule"].default == rule.name)
    return made(firmness="off")  # type: ignore[call-arg]
