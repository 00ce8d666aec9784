"""What the texts of a choice mean: codes, words in both languages, names, and other words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.files.intake.plain import plain
from allocator.files.intake.value import Value, shown
from allocator.files.intake.words import NEAR_SUBJECTS, SUBJECTS, WORDS
from allocator.records import Field, names_of

_SENIOR = ("高级中学", "高中", "中等职业学校")
"""Stages above junior high: their certificates hold for junior highs too."""


@dataclass
class Meanings:
    """Which codes a text may mean."""

    shown: dict[str, str] = field(default_factory=dict)
    """Code -> how it is called."""
    codes: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    """Plain text -> codes."""
    near: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    """The same for words that mean another thing as well: how they are read is told."""
    prefix: str = ""
    """Name of the county, which stands before many a title."""

    def of(self, text: str) -> Value | None:
        """What a text means, None if it is unknown; in doubt with options."""
        told = plain(text)
        for key in dict.fromkeys((told, told.removeprefix(self.prefix))):
            if key in self.codes:
                return self._one(text, list(self.codes[key]), None)
        if told in self.near:
            codes = list(self.near[told])
            words = "{given} is read as {meant}"
            details = {"given": shown(text), "meant": self.shown[codes[0]]}
            return self._one(text, codes, Problem("", words, details))
        return None

    def _one(self, text: str, codes: list[str], note: Problem | None) -> Value:
        if len(codes) == 1:
            return Value(codes[0], note=note)
        words = "{given} may mean {options}: write which"
        options = "、".join(self.shown[code] for code in codes[:12])
        details = {"given": shown(text), "options": options}
        return Value(problem=Problem("", words, details), options=tuple(codes))

    def add(self, text: str, code: str) -> None:
        """Note what a text means, beside what else it means."""
        if key := plain(text):
            self.codes[key][code] = None


def meanings(about: Field, county: County) -> Meanings:
    """What may be written in a column of choices."""
    found = Meanings(prefix=plain(county.name))
    if about.kind not in ("choice", "choices"):
        return found
    for code, word in about.words.items():
        found.shown[str(code)] = word.zh
        for text in (str(code), *word):
            found.add(text, str(code))
    for code, texts in WORDS.get(frozenset(map(str, about.words)), {}).items():
        for text in texts:
            found.add(text, code)
    if about.names is not None:
        english = names_of(county, about.names, "en")
        for code, name in names_of(county, about.names, "zh").items():
            found.shown[code] = name
            for text in (code, name, english[code]):
                found.add(text, code)
    if about.names == "subjects":
        _add_subjects(found, {name: code for code, name in found.shown.items()})
    if about.names == "certificates":
        _add_certificates(found, county)
    return found


def _add_subjects(found: Meanings, named: Mapping[str, str]) -> None:
    """Other names of subjects, where no subject of the county has them."""
    own = set(found.codes)
    for aliases, into in ((SUBJECTS, found.codes), (NEAR_SUBJECTS, found.near)):
        for name, texts in aliases.items():
            for text in texts:
                if name in named and plain(text) not in own:
                    into[plain(text)][named[name]] = None


def _add_certificates(found: Meanings, county: County) -> None:
    """Certificates as they are printed: 初级中学语文教师资格, 初中 语文."""
    stages = {**WORDS[frozenset(("primary", "junior"))]}
    stages["junior"] = (*stages["junior"], *_SENIOR)
    for subject in county.subjects:
        names = (
            subject.name,
            *SUBJECTS.get(subject.name, ()),
            *NEAR_SUBJECTS.get(subject.name, ()),
        )
        for stage, words in stages.items():
            code = f"{stage}.{subject.id}"
            if code not in found.shown:
                continue
            for word in words:
                for name in names:
                    for end in ("", "教师", "教师资格", "教师资格证"):
                        found.add(f"{word}{name}{end}", code)
