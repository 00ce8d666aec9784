"""Controls of the terms, generated from their fields, and the way from a widget into the draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.county.frozen import Frozen, Problem
from allocator.modelling import Language, Parameter, Text
from allocator.scenario import PartName, Scenario
from allocator.staffing.terms import StaffingTerms
from allocator.ui.logic.controls import Control, control
from allocator.ui.logic.draft import Draft, Wrong
from allocator.ui.logic.edits import Edit, Place
from allocator.ui.logic.term_words import COLUMNS, ELSEWHERE, HELP, WORDS

TERMS: Mapping[PartName, type[Frozen]] = {"staffing": StaffingTerms, "admission": AdmissionTerms}


@dataclass(frozen=True)
class Term:
    """The control of one field of the terms."""

    part: PartName
    path: tuple[str, ...]
    """Name of the field; a second name inside a record of the terms."""
    control: Control

    @property
    def place(self) -> Place:
        """Where a value that cannot be used is noted."""
        return (self.part, *self.path)

    def value(self, scenario: Scenario) -> Any:
        """The value as the scenario has it."""
        held: Any = scenario.part(self.part)
        found = held.terms
        for name in self.path:
            found = getattr(found, name)
        return found

    def help(self, lang: Language) -> str | None:
        """What is worth saying beside the control."""
        said = HELP.get((self.part, ".".join(self.path)))
        return None if said is None else said.say(lang)


def terms(part: PartName) -> tuple[Term, ...]:
    """The controls of a part's terms, in the order of the fields."""
    return tuple(
        Term(part, path, control(replace(words, name=path[-1]), model.model_fields[path[-1]]))
        for model, path in _fields(TERMS[part])
        if (words := WORDS.get((part, ".".join(path)))) is not None
    )


def unworded() -> list[tuple[PartName, str]]:
    """Fields of the terms that have neither words nor a form of their own."""
    return [
        (part, name)
        for part, model in TERMS.items()
        for name in (".".join(path) for _, path in _fields(model))
        if (part, name) not in WORDS and (part, name) not in ELSEWHERE
    ]


def _fields(
    model: type[Frozen], above: tuple[str, ...] = ()
) -> Iterator[tuple[type[Frozen], tuple[str, ...]]]:
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, Frozen):
            yield from _fields(inner, (*above, name))
        else:
            yield model, (*above, name)


def with_term(draft: Draft, term: Term, raw: Any, lang: Language) -> Draft:
    """The draft with one term as its widget gives it, or with the reason it cannot be."""
    problem = term.control.wrong(raw, lang)
    if problem is not None:
        return draft.objecting(term.place, raw, problem)
    value = _plain(term.control.meant(raw))
    name, *inside = term.path
    if inside:
        held: Any = draft.scenario.part(term.part)
        value = {**getattr(held.terms, name).model_dump(mode="json"), inside[0]: value}
    left = {p: w for p, w in draft.wrong.items() if p != term.place}
    made = replace(draft, wrong=left).with_edit(Edit("terms", (term.part, name), value))
    refused = made.wrong.get((term.part, name))
    if refused is None or refused in left.values():
        return made
    return replace(made, wrong={**left, term.place: Wrong(raw, refused.problem)})


def _plain(value: Any) -> Any:
    """A value as it stands in a file."""
    return float(value) if isinstance(value, Decimal) else value


def columns(county: County) -> Mapping[str, Text]:
    """The columns a base can be made of: graduates, and figures of the bureau's own."""
    own = sorted({f.name for school in county.schools for f in school.figures})
    return {**COLUMNS, **{name: Text(name, name) for name in own}}


def column_control(county: County, current: str | None) -> Control:
    """The choice of the one column that is the base."""
    known = dict(columns(county))
    if current is not None:
        known.setdefault(current, Text(current, current))
    about = Parameter(
        "column", Text("作为依据的一列", "the column"), "choice", tuple(known.items())
    )
    return Control(about, "choice")


def weighted(scenario: Scenario, name: str) -> dict[str, float]:
    """Column -> weight, of the formula or the deductions."""
    assert scenario.admission is not None
    return {c.column: float(c.weight) for c in getattr(scenario.admission.terms, name)}


def with_weight(draft: Draft, name: str, column: str, weight: float | None) -> Draft:
    """The draft with a column weighing so much in the formula or the deductions; 0 takes it out."""
    if weight is not None and weight < 0:
        details = {"given": f"{weight:g}", "ge": "0"}
        problem = Problem("", "{given} is too small: at least {ge}", details)
        return draft.objecting(("admission", name, column), weight, problem)
    left = {p: w for p, w in draft.wrong.items() if p != ("admission", name, column)}
    kept = {**weighted(draft.scenario, name), column: weight or 0.0}
    value = [{"column": c, "weight": w} for c, w in kept.items() if w]
    return replace(draft, wrong=left).with_edit(Edit("terms", ("admission", name), value))
