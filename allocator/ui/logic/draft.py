"""A scenario while it is edited: as its file has it, as it stands, and what cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from allocator.county.frozen import DataError, Problem
from allocator.files.faults import problems_in
from allocator.insight.rule_tables import REGISTRY
from allocator.modelling import Configured, Firmness, Language, Rule
from allocator.scenario import PartName, Scenario, with_rule
from allocator.scenario.hashing import scenario_hash
from allocator.ui.logic.controls import Control

Place = tuple[PartName, str, str]
"""Part, rule and parameter."""


@dataclass(frozen=True)
class Wrong:
    """A value somebody entered that cannot be used; the scenario keeps the last good one."""

    raw: Any
    problem: Problem


@dataclass(frozen=True)
class Draft:
    """A scenario being edited. Every edit gives a new draft."""

    key: str
    """Of the file in the library."""
    saved: Scenario
    """As the file has it."""
    scenario: Scenario
    """As it stands."""
    wrong: Mapping[Place, Wrong] = field(default_factory=dict)

    @cached_property
    def hash(self) -> str:
        """The hash of the scenario as it stands."""
        return scenario_hash(self.scenario)

    @cached_property
    def changed(self) -> tuple[tuple[PartName, str], ...]:
        """The rules that differ from the file, in the order of the registry."""
        return tuple(
            (part, rule.name)
            for part in self.scenario.parts
            for rule in REGISTRY[part]
            if chosen(self.scenario, part, rule) != chosen(self.saved, part, rule)
        )

    def with_firmness(self, part: PartName, rule: str, firmness: Firmness) -> Draft:
        """The draft with one rule meant more or less firmly."""
        return self._folded(with_rule(self.scenario, part, {"rule": rule, "firmness": firmness}))

    def with_value(
        self, part: PartName, rule: type[Rule], control: Control, raw: Any, lang: Language
    ) -> Draft:
        """The draft with one parameter as its widget gives it, or with the reason it cannot be."""
        place = (part, rule.name, control.name)
        problem = control.wrong(raw, lang)
        if problem is None:
            choice: dict[str, Any] = {
                "rule": rule.name,
                "firmness": chosen(self.scenario, part, rule).firmness,
                "parameters": {control.name: control.meant(raw)},
            }
            try:
                made = with_rule(self.scenario, part, choice)
            except (ValidationError, DataError) as error:
                problem = _first(error)
            else:
                left = {p: w for p, w in self.wrong.items() if p != place}
                return replace(self._folded(made), wrong=left)
        return replace(self, wrong={**self.wrong, place: Wrong(raw, problem)})

    def restored(self, part: PartName, rule: str) -> Draft:
        """The draft with one rule as the file has it."""
        left = {p: w for p, w in self.wrong.items() if p[:2] != (part, rule)}
        now, before = self.scenario.part(part), self.saved.part(part)
        if now is None or before is None:
            return self
        old = {c.rule: c for c in before.rules}
        kept = [old.get(c.rule) if c.rule == rule else c for c in now.rules]
        rules = tuple(c for c in kept if c is not None)
        made = self.scenario.model_copy(update={part: now.model_copy(update={"rules": rules})})
        return replace(self._folded(made), wrong=left)

    def discarded(self) -> Draft:
        """The draft without any edit."""
        return replace(self, scenario=self.saved, wrong={})

    def edits(self) -> list[dict[str, Any]]:
        """The changed rules as plain data, to be written down."""
        found = []
        for part, name in self.changed:
            held = self.scenario.part(part)
            choice = next((c for c in held.rules if c.rule == name), None) if held else None
            if choice is not None:
                found.append({"part": part, "choice": choice.model_dump(mode="json")})
        return found

    def with_edits(self, edits: list[dict[str, Any]]) -> Draft:
        """The draft with edits written down earlier; what no longer fits is left out."""
        made = self.scenario
        for edit in edits:
            try:
                made = with_rule(made, edit["part"], edit["choice"])
            except (ValidationError, DataError, KeyError, TypeError):
                continue
        return self._folded(made)

    def _folded(self, made: Scenario) -> Draft:
        """The draft with another scenario; the saved one itself once nothing differs any more."""
        draft = replace(self, scenario=made)
        return draft if draft.changed else replace(draft, scenario=self.saved)


def chosen(scenario: Scenario, part: PartName, rule: type[Rule]) -> Configured:
    """A rule as the scenario has it; one it does not list is off, at its defaults."""
    held = scenario.part(part)
    listed = held.rules if held is not None else ()
    found = next((c for c in listed if c.rule == rule.name), None)
    return found.configured if found is not None else Configured(rule(), "off")


def _first(error: ValidationError | DataError) -> Problem:
    problems = error.problems if isinstance(error, DataError) else problems_in(error, {})
    return problems[0]
