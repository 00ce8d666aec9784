"""Names of schools, campuses and townships: exactly, as settled before, else a list to choose from.

A name that is not exactly one of the county's is never taken for it: the planner chooses among
those that read most like it, and the choice is kept for the next time.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process

from allocator.county.county import County
from allocator.records.fields import Names, names_of

_LEAST = 55.0
"""Names less like than this (0 to 100) are not suggested."""
_MOST = 5
"""Suggestions for one name."""

_NUMBERS = {n: str(i) for i, n in enumerate("零一二三四五六七八九")}
_TEN = re.compile("([一二三四五六七八九])?十([一二三四五六七八九])?")
_SHORTER = (
    ("九年一贯制学校", "九"),
    ("九年一贯制", "九"),
    ("九年制学校", "九"),
    ("初级中学", "中"),
    ("初中", "中"),
    ("中学", "中"),
    ("中心小学", "心小"),
    ("中心校", "心小"),
    ("完全小学", "小"),
    ("完小", "小"),
    ("小学", "小"),
    ("实验", "实"),
    ("学校", ""),
    ("校区", "区"),
    ("街道", ""),
    ("慈溪市", ""),
    ("第", ""),
)
"""Longer forms before those they contain."""
_KINDS = frozenset("小中九")
_DIGITS = re.compile(r"\d+")
_UNIT = re.compile(r"^.{2,4}?[市县](?=.{2,})")
"""The name of the county before that of the school."""


def plain(text: str) -> str:
    """A name as it is compared: width, blanks, brackets and case make no difference."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in text if c.isalnum())


@lru_cache(maxsize=20_000)
def short(text: str) -> str:
    """What is left of a name once everything is said the short way.

    第一初级中学, 一中 and 1中 read alike; the county and words for a kind of township drop out.
    """
    text = _UNIT.sub("", plain(text))
    text = _TEN.sub(lambda m: _tens(m.group(1), m.group(2)), text)
    for long, brief in _SHORTER:
        text = text.replace(long, brief)
    text = "".join(_NUMBERS.get(c, c) for c in text)
    return text if len(text) < 3 else text.replace("镇", "").replace("乡", "")


def _tens(before: str | None, behind: str | None) -> str:
    return f"{_NUMBERS[before] if before else 1}{_NUMBERS[behind] if behind else 0}"


def _within(brief: str, full: str) -> bool:
    """Whether all letters of a brief form stand in the full one, in their order."""
    left = iter(full)
    return len(brief) > 2 and all(c in left for c in brief)


@dataclass(frozen=True)
class Suggestion:
    """A record that may be meant by a name."""

    code: str
    name: str
    score: float
    """How like it is, 0 to 100."""


@dataclass(frozen=True)
class Meant:
    """What a name means: one code, or none and what may be meant."""

    code: str | None = None
    suggestions: tuple[Suggestion, ...] = ()
    several: bool = False
    """Whether several records bear exactly this name."""


@dataclass(frozen=True)
class KnownNames:
    """The names that records of one kind go by."""

    names: Mapping[str, str]
    """Code -> name, as it is shown."""
    further: Mapping[str, str]
    """Another name -> code, such as a school's for its only campus."""
    belonging: Mapping[str, tuple[str, ...]]
    """A name of something larger -> codes it may mean, such as a school's for its campuses."""

    @cached_property
    def _exact(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for code, name in self.names.items():
            found[plain(code)].add(code)
            found[plain(name)].add(code)
        for name, code in self.further.items():
            if plain(name) not in found:
                found[plain(name)].add(code)
        return {name: frozenset(codes) for name, codes in found.items()}

    @cached_property
    def _owners(self) -> Mapping[str, tuple[str, ...]]:
        return {plain(name): codes for name, codes in self.belonging.items()}

    @cached_property
    def _short(self) -> list[tuple[str, str]]:
        forms = {(short(name), code) for code, name in self.names.items()}
        forms |= {(short(name), code) for name, code in self.further.items()}
        return sorted(forms)

    def meant(self, text: str, settled: Mapping[str, str] | None = None) -> Meant:
        """What a name means: exactly, else as settled, else nothing with suggestions.

        Parameters
        ----------
        settled
            Plain name -> code, as the planner chose before.

        """
        code = self.code(text, settled)
        if code is not None:
            return Meant(code)
        several = self._exact.get(plain(text)) or frozenset(self._owners.get(plain(text), ()))
        if several:
            same = [Suggestion(code, self.names[code], 100.0) for code in sorted(several)]
            return Meant(None, tuple(same), several=True)
        return Meant(None, self.suggestions(text))

    def code(self, text: str, settled: Mapping[str, str] | None = None) -> str | None:
        """The one record a name means exactly or as settled; None where that is in doubt."""
        exact = self._exact.get(plain(text), frozenset())
        if len(exact) == 1:
            return next(iter(exact))
        chosen = (settled or {}).get(plain(text))
        if chosen is None or chosen in self.names:
            return chosen
        # Settled once for a school, asked now for its only campus, or the other way round.
        return self.further.get(chosen)

    def suggestions(self, text: str) -> tuple[Suggestion, ...]:
        """The records whose names are most like a text, the likeliest first."""
        wanted = short(text)
        if not wanted:
            return ()
        found = process.extract(
            wanted, [form for form, _ in self._short], scorer=_alike, limit=3 * _MOST,
            score_cutoff=_LEAST,
        )  # fmt: skip
        best: dict[str, float] = {}
        for _, score, n in found:
            code = self._short[n][1]
            best[code] = max(score, best.get(code, 0.0))
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
        return tuple(Suggestion(code, self.names[code], round(score, 1)) for code, score in ranked)


def _alike(a: str, b: str, *, score_cutoff: float | None = None, processor: object = None) -> float:
    """How like two short names are: letter by letter, a part of the other counting nearly so."""
    del processor
    score = fuzz.ratio(a, b)
    if min(len(a), len(b)) > 1:
        score = max(score, 0.88 * fuzz.partial_ratio(a, b))
        if _within(a, b) or _within(b, a):
            score = max(score, 90.0)
    if len((set(a) ^ set(b)) & _KINDS) > 1:
        score -= 15.0
    numbers = [_DIGITS.findall(a), _DIGITS.findall(b)]
    if all(numbers) and numbers[0] != numbers[1]:
        score -= 20.0
    return score if score_cutoff is None or score >= score_cutoff else 0.0


@dataclass(frozen=True)
class NewPlaces:
    """Schools and campuses of the files that the county does not have yet."""

    schools: Mapping[str, str] = field(default_factory=dict)
    """Code -> name."""
    campuses: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Code -> name and code of its school."""


def known_names(county: County, kind: Names, new: NewPlaces | None = None) -> KnownNames:
    """The names of one kind of record of a county, with the other names they go by."""
    names = dict(names_of(county, kind, "zh"))
    new = new or NewPlaces()
    schools = {s.id: s.name for s in county.schools} | dict(new.schools)
    campuses: dict[str, dict[str, str]] = {s: {} for s in schools}
    for school in county.schools:
        campuses[school.id] = {c.id: c.name for c in school.campuses}
    for code, (name, owner) in new.campuses.items():
        campuses.setdefault(owner, {})[code] = name
    if kind == "schools":
        names = schools
    elif kind == "campuses":
        names = {code: name for held in campuses.values() for code, name in held.items()}
    further: dict[str, str] = {}
    belonging: dict[str, tuple[str, ...]] = {}
    for id, held in campuses.items():
        if kind == "campuses" and len(held) > 1:
            belonging |= dict.fromkeys((schools.get(id, id), id), tuple(held))
        elif kind == "campuses" and held:
            further |= dict.fromkeys((schools.get(id, id), id), next(iter(held)))
        elif kind in ("schools", "claimants") and id in names:
            further |= {name: id for pair in held.items() for name in pair}
    return KnownNames(names, further, belonging)
