"""Which field of which table a heading means: titles in both languages, names, other words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from allocator.files.intake.aliases import (
    ABOUT_PEOPLE,
    CLASS_GROUPS,
    FIELDS,
    KEYS,
    PERIOD_GROUPS,
    SHEETS,
    grade_words,
)
from allocator.files.intake.plain import bare, plain
from allocator.records import TABLES, Table

_GRADED = {"classes": (CLASS_GROUPS, "班"), "periods": (PERIOD_GROUPS, "节")}


@dataclass(frozen=True)
class Vocabulary:
    """Headings of all tables."""

    fields: Mapping[str, Mapping[str, str]]
    """Plain heading -> table -> field."""
    keys: Mapping[str, Mapping[str, str]]
    """Plain heading -> table -> key, where no field has that heading."""
    sheets: Mapping[str, tuple[str, ...]]
    """Plain name of a sheet -> tables it is the very title of."""
    hints: tuple[tuple[str, str], ...]
    """Words in names and titles of sheets, and the table each hints at; the longest first."""

    def meant(self, table: str, heading: str) -> str | None:
        """Field or key that a heading means in a table."""
        for text in dict.fromkeys((plain(heading), bare(heading))):
            for known in (self.fields, self.keys):
                found = known.get(text, {}).get(table)
                if found is not None:
                    return found
        return None

    def tables(self, heading: str) -> Mapping[str, str]:
        """Table -> field, for every table that has such a heading."""
        text = plain(heading)
        return self.fields.get(text) or self.fields.get(bare(heading), {})

    def words_of(self, table: str) -> Mapping[str, str]:
        """Every heading of a table -> its field."""
        return {text: known[table] for text, known in self.fields.items() if table in known}


@cache
def vocabulary() -> Vocabulary:
    """All headings, put together once."""
    fields: dict[str, dict[str, str]] = defaultdict(dict)
    keys: dict[str, dict[str, str]] = defaultdict(dict)
    sheets: dict[str, dict[str, None]] = defaultdict(dict)
    hints: dict[str, str] = {}
    for table in TABLES:
        for text, name in _headings(table):
            fields[text].setdefault(table.name, name)
        for key in ABOUT_PEOPLE.get(table.name, ()):
            for word in KEYS[key].split():
                for text in (plain(word), bare(word)):
                    if table.name not in fields.get(text, {}):
                        keys[text].setdefault(table.name, key)
        for title in table.title:
            sheets[plain(title)][table.name] = None
        for word in SHEETS.get(table.name, "").split():
            hints.setdefault(plain(word), table.name)
    return Vocabulary(
        dict(fields),
        dict(keys),
        {name: tuple(tables) for name, tables in sheets.items()},
        tuple(sorted(hints.items(), key=lambda hint: (-len(hint[0]), hint[0]))),
    )


def _headings(table: Table) -> Iterator[tuple[str, str]]:
    """Plain headings and the fields they mean, the surest first."""
    for name, about in table.fields.items():
        for title in about.title:
            yield plain(title), name
        yield plain(name), name
    for name, about in table.fields.items():
        if name.split("_")[0] not in _GRADED:
            for title in about.title:
                yield bare(title), name
    for name, words in FIELDS.get(table.name, {}).items():
        if name in table.fields:
            for word in words.split():
                yield plain(word), name
                yield bare(word), name
    for name in table.fields:
        yield from _graded(name)


def _graded(name: str) -> Iterator[tuple[str, str]]:
    """Headings of a column that holds one grade, such as 班级数 over 一年级, or 一年级（班）."""
    kind, _, grade = name.partition("_")
    if kind not in _GRADED or not grade.isdigit():
        return
    groups, unit = _GRADED[kind]
    for word in grade_words(int(grade)):
        for group in groups:
            yield plain(f"{group}{word}"), name
            yield plain(f"{word}{group}"), name
        yield plain(f"{word}({unit})"), name
        yield plain(f"{word}({unit}数)"), name
        yield plain(f"{word}{unit}数"), name
