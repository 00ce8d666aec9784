"""A scenario: county, rules, order of goals, settings. One document; it may hold one part only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from allocator.admission.goals import TIERS as ADMISSION_TIERS
from allocator.admission.rules import RULES as ADMISSION_RULES
from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.county.frozen import DataError, Frozen, Problem
from allocator.county.service import school_year
from allocator.modelling import Configured
from allocator.scenario.checks import division_problems, published_problems
from allocator.scenario.choices import Choice, default_choices
from allocator.scenario.filling import faults_of_order, with_preset, with_tiers
from allocator.scenario.registry import (
    ADMISSION_CHOICES,
    STAFFING_CHOICES,
    AdmissionChoice,
    StaffingChoice,
)
from allocator.staffing.goals import TIERS as STAFFING_TIERS
from allocator.staffing.rules import RULES as STAFFING_RULES
from allocator.staffing.terms import StaffingTerms

VERSION = 1
"""Version of the document; older ones are migrated, unknown ones are refused."""

PartName = Literal["staffing", "admission"]
PARTS: tuple[PartName, ...] = ("staffing", "admission")

_STAFFING_GOALS = tuple(t.name for t in STAFFING_TIERS)
_ADMISSION_GOALS = tuple(t.name for t in ADMISSION_TIERS)
_GOALS: Mapping[PartName, tuple[str, ...]] = {
    "staffing": _STAFFING_GOALS,
    "admission": _ADMISSION_GOALS,
}
_FAULTS = {
    "unknown": "goal {goal} is unknown: choose from {known}",
    "again": "goal {goal} is listed twice: keep it once",
}


def listed_problems(
    part: PartName, names: Sequence[str], goals: Sequence[Any]
) -> tuple[Problem, ...]:
    """Rules listed twice, and what is wrong with the order of goals; paths are within the part."""
    problems, known = [], _GOALS[part]
    for name in sorted({n for n in names if names.count(n) > 1}):
        text = "rule {rule} is listed twice: keep one"
        problems.append(Problem("rules", text, {"rule": name}))
    for n, fault in enumerate(faults_of_order(goals, known)):
        if fault is not None:
            details = {"goal": goals[n], "known": ", ".join(known)}
            problems.append(Problem(f"goals[{n}]", _FAULTS[fault], details))
    return tuple(problems)


def _check(part: PartName, rules: tuple[Choice, ...], goals: tuple[str, ...]) -> None:
    if problems := listed_problems(part, [choice.rule for choice in rules], goals):
        raise DataError(problems)


class Staffing(Frozen):
    """How teachers are placed (教师交流与名师配置): rules, order of goals, terms."""

    preset: str | None = None
    """The preset (预设规则组) the rules come from; rules listed beside it win over its own."""
    in_full: bool = False
    """Whether the rules are stated in full, as in every saved file: then the preset is a name and
    fills in nothing."""
    rules: tuple[StaffingChoice, ...] = default_choices(STAFFING_CHOICES)
    """Rules not listed are off."""
    goals: tuple[str, ...] = _STAFFING_GOALS
    """Tiers, most important first; one not listed takes its default place."""
    terms: StaffingTerms = StaffingTerms()

    @model_validator(mode="before")
    @classmethod
    def _filled_in(cls, data: Any) -> Any:
        return with_tiers(with_preset(data), _STAFFING_GOALS)

    @model_validator(mode="after")
    def _complete(self) -> Staffing:
        _check("staffing", self.rules, self.goals)
        return self


class Admission(Frozen):
    """How quota places are divided (名额分配): rules, order of goals, terms."""

    rules: tuple[AdmissionChoice, ...] = default_choices(ADMISSION_CHOICES)
    """Rules not listed are off."""
    goals: tuple[str, ...] = _ADMISSION_GOALS
    """Tiers, most important first; one not listed takes its default place."""
    terms: AdmissionTerms = AdmissionTerms()

    @model_validator(mode="before")
    @classmethod
    def _filled_in(cls, data: Any) -> Any:
        return with_tiers(data, _ADMISSION_GOALS)

    @model_validator(mode="after")
    def _complete(self) -> Admission:
        _check("admission", self.rules, self.goals)
        return self


class Settings(Frozen):
    """How long and how hard to search; never what is right."""

    threads: Annotated[int, Field(ge=1, le=64)] = 2
    """Threads of the engine, fixed so that the same input gives the same answer."""
    time_limit: Annotated[float, Field(gt=0)] = 1800.0
    """Wall clock of a job, seconds; it only aborts."""


class Scenario(Frozen):
    """A scenario (方案设定): what is known, what is asked for, in which order."""

    format: Literal["allocator-scenario"] = "allocator-scenario"
    version: Literal[1] = 1
    title: str
    notes: str = ""
    county: County
    staffing: Staffing | None = None
    admission: Admission | None = None
    settings: Settings = Settings()

    @model_validator(mode="before")
    @classmethod
    def _dated(cls, data: Any) -> Any:
        """Moves start in the coming school year unless a month is given."""
        if not isinstance(data, dict) or not isinstance(data.get("staffing"), (dict, Staffing)):
            return data
        county, part = data.get("county"), data["staffing"]
        as_of = county.get("as_of") if isinstance(county, dict) else getattr(county, "as_of", "")
        if not re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", str(as_of)):
            return data
        start = school_year(str(as_of))
        if isinstance(part, dict):
            terms = part.get("terms", {})
            if isinstance(terms, dict):
                return {**data, "staffing": {**part, "terms": {"start": start, **terms}}}
        elif "start" not in part.terms.model_fields_set:
            terms = part.terms.model_copy(update={"start": start})
            return {**data, "staffing": part.model_copy(update={"terms": terms})}
        return data

    @model_validator(mode="after")
    def _fitting_together(self) -> Scenario:
        problems: tuple[Problem, ...] = ()
        if self.staffing is not None:
            problems += published_problems(self.county, self.staffing.terms.published)
        if self.admission is not None:
            problems += division_problems(self.county, self.admission.terms)
        if problems:
            raise DataError(problems)
        return self

    def part(self, name: PartName) -> Staffing | Admission | None:
        """One of the two parts, None where the scenario does not hold it."""
        return self.staffing if name == "staffing" else self.admission

    @property
    def parts(self) -> tuple[PartName, ...]:
        """The parts the scenario holds."""
        return tuple(name for name in PARTS if self.part(name) is not None)

    def configured(self, name: PartName) -> tuple[Configured, ...]:
        """The rules of a part that are not off, in the order of the registry."""
        part = self.part(name)
        if part is None:
            return ()
        order = [r.name for r in (STAFFING_RULES if name == "staffing" else ADMISSION_RULES)]
        active = [c for c in part.rules if c.firmness != "off"]
        return tuple(c.configured for c in sorted(active, key=lambda c: order.index(c.rule)))


def with_rule(scenario: Scenario, name: PartName, choice: dict[str, Any]) -> Scenario:
    """The scenario with one rule's firmness or parameters replaced (added if it was off).

    Parameters
    ----------
    choice
        ``{"rule": ..., "firmness": ..., "parameters": {...}}`` as in a file.

    Raises
    ------
    pydantic.ValidationError
        If a value is outside its range.

    """
    part = scenario.part(name)
    if part is None:
        raise DataError((Problem(name, "the scenario holds no such part", {}),))
    listed = part.model_dump(mode="json")
    rules = [r for r in listed["rules"] if r["rule"] != choice["rule"]]
    old = next((r for r in listed["rules"] if r["rule"] == choice["rule"]), None)
    merged = {**(old or {}), **choice}
    merged["parameters"] = {**(old or {}).get("parameters", {}), **choice.get("parameters", {})}
    at = next((n for n, r in enumerate(listed["rules"]) if r["rule"] == choice["rule"]), len(rules))
    rules.insert(at, merged)
    return scenario.model_copy(update={name: type(part).model_validate({**listed, "rules": rules})})
