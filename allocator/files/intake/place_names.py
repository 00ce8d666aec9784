"""Cells that name records of the county, and the question what a name means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from allocator.county.frozen import Problem
from allocator.files.books import Cell
from allocator.files.intake.mapping import SavedMapping
from allocator.files.intake.privacy import IDENTITY, holds_identity, masked
from allocator.files.intake.questions import SKIP, Choice, Question
from allocator.files.intake.school_names import KnownNames, Meant, plain
from allocator.files.intake.values import Value, empty
from allocator.records import TABLES, Field
from allocator.records.fields import Names

PLACES: frozenset[Names] = frozenset(
    ("schools", "campuses", "townships", "zones", "groups", "senior_highs", "claimants")
)
"""Kinds of records that people call by names of their own."""
SCHOOLS: frozenset[Names] = frozenset(("schools", "campuses", "claimants"))
"""Kinds for which one answer goes: a school and its campus."""
NO_ANSWER = Choice(SKIP, Problem("", "leave this out"))
"""The answer that leaves out what the question is about."""
_BETWEEN = re.compile(r"[、，,;；/|\n]+")


def asked_name(kind: Names, text: str, names: KnownNames) -> Question:
    """The question what a name means."""
    meant = names.meant(text)
    words, key = _asked(kind, text, meant), place_key(kind, text)
    choices = _choices(meant)
    return Question(key, "place", words, (), choices, kind, masked(text))


def fields_naming(kind: str) -> tuple[tuple[str, str], ...]:
    """Tables and fields that name records of one kind."""
    return tuple(
        (held.name, name)
        for held in TABLES
        for name, about in held.fields.items()
        if about.names == kind
    )


def place_key(kind: str, text: str) -> str:
    """Key of the question what a name means."""
    return f"place:{kind}:{masked(plain(text))}"


def settled(
    mapping: SavedMapping, answers: Mapping[str, str], kind: Names, table: str, name: str
) -> Mapping[str, str]:
    """Plain name -> code, as settled before or answered now."""
    if kind not in SCHOOLS:
        words = [w for w in mapping.words if (w.table, w.field) == (table, name)]
        found = {plain(w.written): w.value for w in words}
        kinds = [str(kind)]
    else:
        found = {plain(place.written): place.id for place in mapping.places}
        kinds = [*sorted(SCHOOLS - {kind}), str(kind)]
    for each in kinds:
        start = f"place:{each}:"
        found |= {
            key.removeprefix(start): code
            for key, code in answers.items()
            if key.startswith(start) and code != SKIP
        }
    return found


@dataclass
class NameReader:
    """Reads names of records."""

    known: KnownNames
    about: Field
    settled: Mapping[str, str]

    def read(self, raw: Cell) -> Value:
        """The code of a name, or of several."""
        text = str(int(raw) if isinstance(raw, float) and raw.is_integer() else raw).strip()
        if empty(text):
            return Value()
        if holds_identity(text):
            return Value(problem=IDENTITY)
        code = self.known.code(text, self.settled)
        if self.about.kind != "choices":
            return Value(code) if code else Value(unknown=(text,))
        if code:
            return Value([code])
        parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
        each = [(part, self.known.code(part, self.settled)) for part in parts]
        codes = [code for _, code in each if code is not None]
        unknown = tuple(part for part, code in each if code is None)
        return Value(codes, unknown=unknown)


def _asked(kind: Names, text: str, meant: Meant) -> Problem:
    details = {"name": masked(text)}
    if meant.several:
        return Problem("", "{name} may be several: which is meant?", details)
    return Problem("", _UNKNOWN[kind], details)


_UNKNOWN: Mapping[Names, str] = {
    "schools": "no school is called {name}: which is meant? "
    "A new one is added in the sheet of schools",
    "campuses": "no school or campus is called {name}: which is meant? "
    "A new one is added in the sheets of schools and campuses",
    "claimants": "no junior high is called {name}: which is meant?",
    "townships": "no township is called {name}: which is meant?",
    "zones": "no zone is called {name}: which is meant?",
    "groups": "no school group is called {name}: which is meant?",
    "senior_highs": "no senior high is called {name}: which is meant?",
}


def _choices(meant: Meant) -> tuple[Choice, ...]:
    found = tuple(
        Choice(s.code, Problem("", "{name} ({code})", {"name": s.name, "code": s.code}), s.score)
        for s in meant.suggestions
    )
    return (*found, NO_ANSWER)
