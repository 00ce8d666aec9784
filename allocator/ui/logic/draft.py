"""A scenario while it is edited: as its file has it, as it stands, and what cannot be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from allocator.county.frozen import DataError, Problem
from allocator.files.faults import problems_in
from allocator.insight.registry import REGISTRY
from allocator.modelling import Configured, Firmness, Language, Rule
from allocator.records.tables import table
from allocator.scenario import PartName, Scenario, with_rule
from allocator.scenario.hashing import scenario_hash
from allocator.ui.logic.controls import Control
from allocator.ui.logic.edits import Edit, Place, applied, latest


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
    history: tuple[Edit, ...] = ()
    """Every edit since the file, in order; those undone are not among them."""
    undone: tuple[Edit, ...] = ()
    """Edits taken back last, to be done again; the last of them first."""

    @cached_property
    def hash(self) -> str:
        """The hash of the scenario as it stands."""
        return scenario_hash(self.scenario)

    def hash_titled(self, title: str) -> str:
        """The hash the scenario would have under a title: another name makes no other plan."""
        if title == self.scenario.title:
            return self.hash
        if title not in self._hashes:
            named = self.scenario.model_copy(update={"title": title})
            self._hashes[title] = scenario_hash(named)
        return self._hashes[title]

    @cached_property
    def _hashes(self) -> dict[str, str]:
        return {}

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """The edits that make a difference to the file."""
        return tuple(e for e in latest(self.history) if not self._as_in_file(e))

    @cached_property
    def changed(self) -> tuple[tuple[PartName, str], ...]:
        """The rules that differ from the file, in the order of the registry."""
        return tuple(
            (part, rule.name)
            for part in self.scenario.parts
            for rule in REGISTRY[part]
            if chosen(self.scenario, part, rule) != chosen(self.saved, part, rule)
        )

    def with_edit(self, edit: Edit) -> Draft:
        """The draft with one more edit, or with the reason why it cannot be."""
        return self.with_each([edit])

    def with_each(self, edits: Sequence[Edit]) -> Draft:
        """The draft with more edits, those that cannot be noted with the reason.

        Cells refused earlier are tried again: two of them may only have been good together.
        """
        made = self._with_each(tuple(edits))
        if made.scenario is self.scenario:
            return made
        for where, wrong in made.wrong.items():
            if where not in self.wrong or not is_cell(where):
                continue
            again = made._with_each((Edit("cell", where, wrong.raw),))
            made = again if where not in again.wrong else made
        return made

    def _with_each(self, edits: tuple[Edit, ...]) -> Draft:
        """As above, halving what cannot be done together until the bad ones stand alone."""
        try:
            made = applied(self.scenario, edits)
        except (ValidationError, DataError) as error:
            if len(edits) == 1:
                edit = edits[0]
                return self.objecting(edit.where, edit.value, _why_not(edit, error))
            half = len(edits) // 2
            return self._with_each(edits[:half])._with_each(edits[half:])
        done = {edit.where for edit in edits}
        left = {p: w for p, w in self.wrong.items() if p not in done}
        return self._folded(made, (*self.history, *edits), left)

    def dropping(self, where: Place) -> Draft:
        """The draft without a value that cannot be used: the last good one stays."""
        return replace(self, wrong={p: w for p, w in self.wrong.items() if p != where})

    def objecting(self, where: Place, raw: Any, problem: Problem) -> Draft:
        """The draft with a value noted that cannot be used."""
        return replace(self, wrong={**self.wrong, where: Wrong(raw, problem)})

    def with_firmness(self, part: PartName, rule: str, firmness: Firmness) -> Draft:
        """The draft with one rule meant more or less firmly."""
        return self._with_choice(part, {"rule": rule, "firmness": firmness})

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
                made = self._with_choice(part, choice)
            except (ValidationError, DataError) as error:
                problem = _first(error)
            else:
                return replace(made, wrong={p: w for p, w in self.wrong.items() if p != place})
        return self.objecting(place, raw, problem)

    def restored(self, part: PartName, rule: str) -> Draft:
        """The draft with one rule as the file has it."""
        left = {p: w for p, w in self.wrong.items() if p[:2] != (part, rule)}
        return self._without(("rule", part, rule), left)

    def without(self, edit: Edit) -> Draft:
        """The draft with one place of the change list as the file has it."""
        left = {p: w for p, w in self.wrong.items() if p != edit.where}
        return self._without(edit.place, left)

    def undo(self) -> Draft:
        """The draft before its last edit."""
        if not self.history:
            return self
        *before, last = self.history
        made = self._remade(before)
        return replace(made, undone=(*self.undone, last), wrong=self.wrong)

    def redo(self) -> Draft:
        """The draft with the edit taken back last done again."""
        if not self.undone:
            return self
        *left, last = self.undone
        return replace(self.with_edit(last), undone=tuple(left))

    def discarded(self) -> Draft:
        """The draft without any edit."""
        return Draft(self.key, self.saved, self.saved)

    def with_edits(self, edits: Sequence[Edit]) -> Draft:
        """The draft with edits written down earlier; what no longer fits is left out."""
        try:
            return self._folded(applied(self.scenario, latest(edits)), tuple(edits), {})
        except (ValidationError, DataError, KeyError, TypeError):
            pass
        made = self
        for edit in edits:
            try:
                after = made.with_edit(edit)
            except (KeyError, TypeError):
                continue
            made = after if not after.wrong else made
        return made

    def _with_choice(self, part: PartName, choice: Mapping[str, Any]) -> Draft:
        made = with_rule(self.scenario, part, dict(choice))
        held = made.part(part)
        whole = next(c for c in held.rules if c.rule == choice["rule"]) if held else None
        value = whole.model_dump(mode="json") if whole is not None else dict(choice)
        edit = Edit("rule", (part, str(choice["rule"])), value)
        return self._folded(made, (*self.history, edit), self.wrong)

    def _without(self, place: Place, wrong: Mapping[Place, Wrong]) -> Draft:
        made = self._remade([e for e in self.history if e.place != place])
        return replace(made, wrong=wrong)

    def _remade(self, history: Sequence[Edit]) -> Draft:
        return self.discarded().with_edits(history)

    def _folded(
        self, made: Scenario, history: tuple[Edit, ...], wrong: Mapping[Place, Wrong]
    ) -> Draft:
        """The draft with another scenario; the saved one itself once nothing differs any more."""
        draft = Draft(self.key, self.saved, made, wrong, history)
        return draft if draft.edits else Draft(self.key, self.saved, self.saved, wrong)

    def _as_in_file(self, edit: Edit) -> bool:
        """Whether a place stands as the file has it."""
        if edit.kind == "rule":
            part: PartName = "staffing" if edit.where[0] == "staffing" else "admission"
            rule = next((r for r in REGISTRY[part] if r.name == edit.where[1]), None)
            return rule is not None and (
                chosen(self.scenario, part, rule) == chosen(self.saved, part, rule)
            )
        if edit.kind == "cell":
            name, row, column = edit.where
            before = table(name).cell(self.saved.county, row, column)
            return bool(before == table(name).cell(self.scenario.county, row, column))
        if edit.kind == "remove":
            name, row = edit.where
            return table(name).cell(self.saved.county, row, "id") is None
        if edit.kind in ("goals", "terms", "preset"):
            part = "staffing" if edit.where[0] == "staffing" else "admission"
            return self.scenario.part(part) == self.saved.part(part)
        return edit.kind == "title" and self.scenario.title == self.saved.title


def chosen(scenario: Scenario, part: PartName, rule: type[Rule]) -> Configured:
    """A rule as the scenario has it; one it does not list is off, at its defaults."""
    held = scenario.part(part)
    listed = held.rules if held is not None else ()
    found = next((c for c in listed if c.rule == rule.name), None)
    return found.configured if found is not None else Configured(rule(), "off")


def is_cell(where: Place) -> bool:
    """Whether a place of ``wrong`` is a cell of a table, and not a parameter of a rule."""
    return len(where) == 3 and where[0] not in REGISTRY


def _why_not(edit: Edit, error: ValidationError | DataError) -> Problem:
    """Why an edit cannot be; a row that is still named elsewhere says how often."""
    problem = _first(error)
    if edit.kind != "remove" or not isinstance(error, DataError) or not problem.path:
        return problem
    text = "it is still named in {number} places of the county: change those first"
    return Problem("", text, {"number": len(error.problems)})


def _first(error: ValidationError | DataError) -> Problem:
    problems = error.problems if isinstance(error, DataError) else problems_in(error, {})
    return problems[0]
