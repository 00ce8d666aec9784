"""Which rules to show: by words, by firmness, and by what there is to say of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from allocator.insight.registry import REGISTRY
from allocator.modelling import Firmness, Rule, Text
from allocator.scenario import PartName, Preset, Scenario, difference
from allocator.ui.logic.draft import Draft, chosen

Mark = Literal["changed", "preset", "since", "missed", "missed_today"]
"""What there is to say of a rule: it differs from the file, from the preset, from what the last
result was made with; the result misses it; the county as it is, or last year's quotas, miss it."""
Key = tuple[str, str]
"""Part and name of a rule."""

MARKS: Mapping[Mark, Text] = {
    "changed": Text("已改动", "changed"),
    "preset": Text("与预设不同", "other than in the preset"),
    "since": Text("上次求解后改过", "changed since the result"),
    "missed": Text("结果未达到", "missed by the result"),
    "missed_today": Text("现状或去年名额表未达到", "missed today or by last year's quotas"),
}


@dataclass(frozen=True)
class Wanted:
    """What a person wants to see."""

    words: str = ""
    firmness: Collection[Firmness] = ()
    """Empty for any."""
    mark: Mark | None = None
    """None for all."""

    @property
    def anything(self) -> bool:
        """Whether rules are looked for at all."""
        return bool(self.words.strip() or self.firmness or self.mark)


def since_result(scenario: Scenario, solved: Scenario | None) -> set[Key]:
    """The rules that stand otherwise than when the last result was made."""
    if solved is None:
        return set()
    return {
        (part, rule.name)
        for part in scenario.parts
        if solved.part(part) is not None
        for rule in REGISTRY[part]
        if chosen(scenario, part, rule) != chosen(solved, part, rule)
    }


@dataclass(frozen=True)
class Since:
    """What stands otherwise than when the last result was made."""

    rules: int
    goals: tuple[PartName, ...]
    terms: tuple[PartName, ...]
    county: bool


def since(scenario: Scenario, solved: Scenario) -> Since:
    """What was changed since a result."""
    both = [p for p in scenario.parts if solved.part(p) is not None]
    return Since(
        rules=len(since_result(scenario, solved)),
        goals=tuple(p for p in both if _goals(scenario, p) != _goals(solved, p)),
        terms=tuple(p for p in both if _terms(scenario, p) != _terms(solved, p)),
        county=scenario.county != solved.county,
    )


def _goals(scenario: Scenario, part: PartName) -> tuple[str, ...]:
    held = scenario.part(part)
    return held.goals if held is not None else ()


def _terms(scenario: Scenario, part: PartName) -> Any:
    held = scenario.part(part)
    return held.terms if held is not None else None


def other_than(scenario: Scenario, base: Preset | None) -> set[Key]:
    """The staffing rules that stand otherwise than in a preset."""
    if base is None or scenario.staffing is None:
        return set()
    return {("staffing", d.rule) for d in difference(scenario.staffing, base)}


def shown(
    draft: Draft, wanted: Wanted, marked: Mapping[Mark, Collection[Key]]
) -> list[tuple[PartName, type[Rule]]]:
    """The rules to show, in the order of the registry."""
    return [
        (part, rule)
        for part in draft.scenario.parts
        for rule in REGISTRY[part]
        if _says(rule, wanted.words)
        and _as_firm(draft, part, rule, wanted.firmness)
        and (wanted.mark is None or (part, rule.name) in marked.get(wanted.mark, ()))
    ]


def _says(rule: type[Rule], words: str) -> bool:
    spoken = (rule.title, rule.sentence, rule.clause)
    return all(
        any(piece.lower() in text.lower() for said in spoken for text in said)
        for piece in words.split()
    )


def _as_firm(
    draft: Draft, part: PartName, rule: type[Rule], firmness: Collection[Firmness]
) -> bool:
    return not firmness or chosen(draft.scenario, part, rule).firmness in firmness
