"""Fields of the tables people edit: what a column holds, and how its values are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from allocator.county.county import County
from allocator.county.places import STAGES
from allocator.insight.names import person
from allocator.insight.vocabulary import STAGE, Words
from allocator.modelling import Language, Text

Kind = Literal[
    "text", "month", "whole", "number", "percent", "flag", "choice", "choices", "code", "list"
]
"""What a column holds; ``choices`` are several of the choices, ``code`` a key that never changes,
``list`` several texts that are only read."""

Names = Literal[
    "townships", "zones", "groups", "schools", "campuses", "subjects", "senior_highs", "claimants",
    "teachers", "rounds", "certificates",
]  # fmt: skip
"""Records of the county that a column may name."""


@dataclass(frozen=True)
class Field:
    """One column of a table."""

    title: Text
    """Heading, with the unit."""
    kind: Kind = "text"
    words: Words = field(default_factory=dict)
    """Words for the codes of a choice, in the order in which they are offered."""
    names: Names | None = None
    """Or the records of the county that are offered."""
    optional: bool = False
    """Whether it may be left empty."""
    fixed: bool = False
    """Whether it is only read."""
    help: Text | None = None
    long: bool = False
    elsewhere: str = ""
    """Name of the table that says the same in full, a row each; empty for none."""

    @property
    def typed(self) -> bool:
        """Whether codes are typed, as there are too many to choose from."""
        return self.names == "teachers"

    def options(self, county: County, lang: Language) -> Mapping[str, str]:
        """Code -> words of everything there is to choose from."""
        named = names_of(county, self.names, lang) if self.names is not None else {}
        return {str(code): text.say(lang) for code, text in self.words.items()} | dict(named)

    def spoken(self, value: Any, county: County, lang: Language) -> Any:
        """A plain value with its codes in words."""
        if self.kind == "percent" and isinstance(value, int | float):
            return f"{value * 100:g}%"
        if self.kind not in ("choice", "choices") or value is None:
            return value
        known = self.options(county, lang)
        if isinstance(value, list):
            return [known.get(str(v), str(v)) for v in value]
        return known.get(str(value), str(value))

    def meant(self, raw: Any) -> Any:
        """What was typed as the plain value it stands for; what cannot be read stays as typed."""
        if raw is None or raw == "":
            return _EMPTY[self.kind] if not self.optional else None
        if isinstance(raw, str):
            return self._read(raw.strip())
        if self.kind == "percent":
            return round(float(raw) / 100, 6)
        if isinstance(raw, float) and raw.is_integer():
            return int(raw)
        if self.kind == "choices":
            order = list(self.words)
            known = [code for code in order if code in raw]
            return [*known, *(code for code in raw if code not in order)]
        return raw

    def _read(self, text: str) -> Any:
        if self.kind == "choices":
            return [code for code in _BETWEEN.split(text) if code]
        return _month(text) if self.kind == "month" else text

    def shown(self, value: Any) -> Any:
        """A plain value as its cell shows it."""
        if self.typed and self.kind == "choices":
            return "、".join(map(str, value or ()))
        if value is None:
            return [] if self.kind in ("choices", "list") else None
        return round(float(value) * 100, 4) if self.kind == "percent" else value


_BETWEEN = re.compile(r"[\s、,，;；]+")
"""What stands between codes typed into one cell."""

_EMPTY: Mapping[Kind, Any] = {
    "text": "",
    "month": None,
    "whole": None,
    "number": None,
    "percent": None,
    "flag": False,
    "choice": None,
    "choices": [],
    "code": None,
    "list": [],
}


def _month(text: str) -> str:
    """A month as people write it (2020.9, 2020/09, 202009) in the form of the data."""
    digits = "".join(c if c.isdigit() else " " for c in text).split()
    if len(digits) == 1 and len(digits[0]) == 6:
        digits = [digits[0][:4], digits[0][4:]]
    if len(digits) == 2 and len(digits[0]) == 4 and len(digits[1]) <= 2:
        return f"{digits[0]}-{int(digits[1]):02d}"
    return text


def names_of(county: County, names: Names, lang: Language) -> Mapping[str, str]:
    """Code -> name of the records of one kind, in their order."""
    return _NAMES[names](county, lang)


def _subjects(county: County, lang: Language) -> Mapping[str, str]:
    return {s.id: s.name if lang == "zh" else s.name_en for s in county.subjects}


def _campuses(county: County, _: Language) -> Mapping[str, str]:
    return {c.id: c.name for s in county.schools for c in s.campuses}


def _claimants(county: County, _: Language) -> Mapping[str, str]:
    """Who divides quota places: junior highs, and small ones pooled."""
    schools = {
        s.id: s.name
        for s in county.school.values()
        if any(section.stage == "junior" for c in s.campuses for section in c.sections)
    }
    return schools | {p.id: p.name for p in county.quota_pools}


def _teachers(county: County, lang: Language) -> Mapping[str, str]:
    return {t.id: person(t, lang) for t in county.teachers}


def _certificates(county: County, lang: Language) -> Mapping[str, str]:
    """What one may be certified for: a stage and a subject."""
    joint = "" if lang == "zh" else " "
    return {
        certificate_id(stage, subject): f"{STAGE[stage].say(lang)}{joint}{name}"
        for stage in STAGES
        for subject, name in _subjects(county, lang).items()
    }


def certificate_id(stage: str, subject: str) -> str:
    """The code of a subject at a stage, as in ``junior.maths``."""
    return f"{stage}.{subject}"


def _listed(listed: str) -> Callable[[County, Language], Mapping[str, str]]:
    def named(county: County, _: Language) -> Mapping[str, str]:
        records: tuple[Any, ...] = getattr(county, listed)
        return {r.id: r.name for r in records}

    return named


_NAMES: Mapping[Names, Callable[[County, Language], Mapping[str, str]]] = {
    "townships": _listed("townships"),
    "zones": _listed("zones"),
    "groups": _listed("groups"),
    "schools": _listed("schools"),
    "campuses": _campuses,
    "subjects": _subjects,
    "senior_highs": _listed("senior_highs"),
    "claimants": _claimants,
    "teachers": _teachers,
    "rounds": _listed("rounds"),
    "certificates": _certificates,
}


def name_of(county: County, id: str, lang: Language) -> str:
    """The words for an id of several parts, such as a section or a post: each part by its name."""
    if id in county.teacher:
        return person(county.teacher[id], lang)
    known: dict[str, str] = {}
    for names in ("subjects", "zones", "townships", "groups", "senior_highs", "claimants"):
        known |= names_of(county, names, lang)
    known |= {s.id: s.name for s in county.schools}
    known |= _campuses(county, lang)
    known |= {str(code): text.say(lang) for code, text in STAGE.items()}
    for mark, joint in (("+", "—"), (".", " · ")):
        if mark in id:
            return joint.join(known.get(part, part) for part in id.split(mark))
    return known.get(id, id)
