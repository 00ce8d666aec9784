"""The columns of a sheet that is known to hold a table: fields, keys, doubts and what is aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from rapidfuzz import fuzz, process

from allocator.county.frozen import Problem
from allocator.files.books import cell_path
from allocator.files.intake.aliases import ABOUT_PEOPLE, KEYS, LEFT, grade_words
from allocator.files.intake.headings import Heading
from allocator.files.intake.mapping import LEFT_ASIDE, SavedMapping
from allocator.files.intake.plain import bare, plain
from allocator.files.intake.recognition import Key
from allocator.files.intake.vocabulary import vocabulary
from allocator.records import table as table_named

_ALIKE = 75
"""How much alike a heading must be to one that is known to be asked about, of 100."""
_OFFERED = 3
_STANDS_FOR: Mapping[str, tuple[str, ...]] = {
    "campus": ("school",), "id": ("name", "identity"), "teacher": ("name", "identity"),
}  # fmt: skip
"""Key of a row -> what may say it instead: a school of one campus, a person by name."""


@dataclass(frozen=True)
class Doubt:
    """A heading that is not certain."""

    kind: Literal["heading", "twice"]
    column: int
    heading: str
    options: tuple[str, ...]
    table: str
    field: str = ""

    def problem(self, sheet: str, row: int) -> Problem:
        """The question in words."""
        path = cell_path(sheet, row, self.column)
        if self.kind == "twice":
            text = "which of the columns {headings} gives {field}?"
            title = table_named(self.table).heading(self.field).zh
            return Problem(path, text, {"headings": "、".join(self.options), "field": title})
        text = "is the heading {heading} to be read as {field}?"
        titles = [title_of(self.table, option) for option in self.options]
        return Problem(path, text, {"heading": self.heading, "field": "、".join(titles)})


@dataclass
class Columns:
    """What the columns of a sheet are in one table."""

    table: str
    written: dict[int, str]
    """Column -> heading; two alike are told apart by a number."""
    fields: dict[int, str] = field(default_factory=dict)
    keys: dict[int, Key] = field(default_factory=dict)
    aside: list[int] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def missing(self) -> tuple[str, ...]:
        """Fields that a new record needs and no column gives."""
        held = table_named(self.table)
        record: Any = getattr(held, "record", None)
        given = self._given()
        needed = [n for n in getattr(held, "keys", ()) if not held.fields[n].optional]
        if record is not None:
            needed += [
                name
                for name, about in record.model_fields.items()
                if about.is_required() and name in held.fields
            ]
        return tuple(
            name
            for name in dict.fromkeys(needed)
            if name not in given and not given.intersection(_STANDS_FOR.get(name, ()))
        )

    def unsaid(self) -> tuple[str, ...]:
        """Titles of the columns without which nobody knows what a row is about."""
        held = table_named(self.table)
        if getattr(held, "single", False):
            return ()
        given = self._given()
        names = [n for n in getattr(held, "keys", ("id",)) if not held.fields[n].optional]
        return tuple(
            held.fields[name].title.zh
            for name in names
            if name not in given and not given.intersection(_STANDS_FOR.get(name, ()))
        )

    def _given(self) -> set[str]:
        twice = {doubt.field for doubt in self.doubts if doubt.kind == "twice"}
        return {*self.fields.values(), *self.keys.values(), *twice}


def title_of(table: str, name: str) -> str:
    """A field or a key in words."""
    held = table_named(table)
    if name in held.fields:
        return held.fields[name].title.zh
    return next((words.split()[0] for key, words in KEYS.items() if key == name), name)


def columns_of(
    table: str, headings: Mapping[int, Heading], mapping: SavedMapping, *, beside: bool = False
) -> Columns:
    """What every column is in a table.

    Parameters
    ----------
    beside
        Whether the sheet is mainly another table: nothing is then asked.
    """
    found = Columns(table, _told_apart(headings))
    meant: dict[str, list[int]] = defaultdict(list)
    for column, heading in headings.items():
        name = _meant(table, heading, found.written[column], mapping)
        if name is None or name == LEFT_ASIDE:
            found.aside.append(column)
        else:
            meant[name].append(column)
    held = table_named(table)
    for name, columns in meant.items():
        if len(columns) > 1:
            if not beside:
                options = tuple(found.written[c] for c in columns)
                found.doubts.append(
                    Doubt("twice", columns[0], options[0], options, table, name)
                )  # fmt: skip
            found.aside.extend(columns)
        elif name in held.fields:
            found.fields[columns[0]] = name
        else:
            found.keys[columns[0]] = _key(name)
    found.fields, found.keys = dict(sorted(found.fields.items())), dict(sorted(found.keys.items()))
    if not beside:
        _suggest(found, headings, mapping, set(meant))
    found.aside.sort()
    return found


def _key(name: str) -> Key:
    return next(key for key in KEYS if key == name)


def _meant(table: str, heading: Heading, written: str, mapping: SavedMapping) -> str | None:
    """Field or key of a column, ``LEFT_ASIDE``, or None for one that is unknown."""
    settled = mapping.field_of(table, written)
    if settled is not None:
        known = settled in table_named(table).fields or settled in KEYS or settled == LEFT_ASIDE
        return settled if known else None
    words = vocabulary()
    return next((m for text in heading.texts if (m := words.meant(table, text))), None)


def _told_apart(headings: Mapping[int, Heading]) -> dict[int, str]:
    found: dict[int, str] = {}
    seen: dict[str, int] = defaultdict(int)
    for column, heading in headings.items():
        seen[heading.written] += 1
        again = seen[heading.written]
        found[column] = heading.written if again == 1 else f"{heading.written} ({again})"
    return found


def _suggest(
    found: Columns, headings: Mapping[int, Heading], mapping: SavedMapping, given: set[str]
) -> None:
    """Ask about headings that look like one of a field not given yet."""
    words = {
        text: name
        for text, name in vocabulary().words_of(found.table).items()
        if name not in given and len(text) > 1
    }
    for name in ABOUT_PEOPLE.get(found.table, ()):
        if name not in given:
            words.update({bare(word): name for word in KEYS[name].split() if word not in words})
    alone = _grades_alone(found.table, given)
    for column in found.aside:
        heading = found.written[column]
        text = bare(headings[column].own)
        if mapping.field_of(found.table, heading) is not None:
            continue
        if not headings[column].group and text in alone:
            found.doubts.append(Doubt("heading", column, heading, (alone[text],), found.table))
            continue
        twice = any(column == d.column or heading in d.options for d in found.doubts)
        if text in LEFT or len(text) < 2 or twice:
            continue
        near = process.extract(
            text, list(words), scorer=fuzz.ratio, limit=9, score_cutoff=_ALIKE
        )  # fmt: skip
        options = tuple(dict.fromkeys(words[word] for word, _, _ in near))[:_OFFERED]
        if options:
            found.doubts.append(Doubt("heading", column, heading, options, found.table))


def _grades_alone(table: str, given: set[str]) -> Mapping[str, str]:
    """Grades as headings that do not say of what, and the fields they may mean."""
    return {
        plain(word): name
        for name in table_named(table).fields
        if (grade := name.rpartition("_")[2]).isdigit() and name not in given
        for word in grade_words(int(grade))
    }
