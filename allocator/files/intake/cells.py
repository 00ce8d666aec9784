"""Reading the columns of a recognised sheet: names by the county's records, the rest by words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.files.books import Cell
from allocator.files.intake.desk import Desk
from allocator.files.intake.findings import Said, Where
from allocator.files.intake.place_names import (
    NO_ANSWER,
    PLACES,
    NameReader,
    asked_name,
    place_key,
    settled,
)
from allocator.files.intake.privacy import IDENTITY, holds_identity, masked
from allocator.files.intake.questions import SKIP, Choice, Question
from allocator.files.intake.rows import SheetRow, Source
from allocator.files.intake.school_names import (
    KnownNames,
    NewPlaces,
    known_names,
)
from allocator.files.intake.teacher_numbers import TeacherReader
from allocator.files.intake.values import Reader, Value
from allocator.modelling import Text
from allocator.records import Field, Table, table
from allocator.records.fields import Names
from allocator.words import LANGUAGES

_MEANS = "what does {given} in {column} mean?"
_ERROR = "the cell holds the error {given}: correct the formula, or type the value"
_KEYS = {name: table("teachers").fields[name] for name in ("sex", "born", "stage", "subject")}
"""How what else a row says of whom it is about is read."""
_LONGEST = 10**13
_UNSAID = object()
"""What an empty cell says of a field that cannot be empty: nothing."""


def empty_value(about: Field) -> Any:
    """What an empty cell says."""
    if about.optional:
        return None
    if about.kind == "flag":
        return False
    if about.kind in ("choices", "list"):
        return []
    return "" if about.long else _UNSAID


@dataclass
class Cells:
    """Reads sheets against the county as it stands so far."""

    county: County
    desk: Desk
    new: NewPlaces = field(default_factory=NewPlaces)
    known: dict[Names, KnownNames] = field(default_factory=dict)

    def names(self, kind: Names) -> KnownNames:
        """The names of one kind of record."""
        if kind not in self.known:
            self.known[kind] = known_names(self.county, kind, self.new)
        return self.known[kind]

    def rows(self, source: Source, held: Table) -> list[SheetRow]:
        """The rows of a sheet; what cannot be read is on the desk."""
        made = [SheetRow(source, r) for r in source.recognised.rows]
        for column, name in sorted(source.recognised.columns.items()):
            self._column(made, column, name, held)
        for column, key in sorted(source.recognised.keys.items()):
            self._key(made, column, str(key))
        return made

    def _column(self, rows: list[SheetRow], column: int, name: str, held: Table) -> None:
        about = held.fields[name]
        source = rows[0].source if rows else None
        if source is None:
            return
        cells = [source.cell(row.number, column) for row in rows]
        read = self._reader(held.name, name, about, cells)
        empty, errors = empty_value(about), source.recognised.sheet.errors
        memo: dict[tuple[type, Cell], Value] = {}
        for row, raw in zip(rows, cells, strict=True):
            if raw is None:
                if errors and (row.number, column) in errors:
                    given = errors[row.number, column]
                    self.desk.wrong(
                        source.where(row.number, column),
                        given,
                        Problem("", _ERROR, {"given": given}),
                    )
                    row.bad.add(name)
                elif empty is not _UNSAID:
                    row.empty[name] = empty
                continue
            key = (raw.__class__, raw)
            value = memo.get(key)
            if value is None:
                value = memo[key] = _short(read.read(raw))
            if value.problem is None and not value.options and not value.unknown:
                if value.value is None or value.value == "":
                    if empty is not _UNSAID:
                        row.empty[name] = empty
                else:
                    row.values[name] = value.value
                if value.note is not None:
                    self.desk.note(source.where(row.number, column), raw, value.note)
                continue
            self._doubtful(row, column, name, about, raw, value, held)

    def _reader(
        self, table: str, name: str, about: Field, cells: list[Cell]
    ) -> Reader | NameReader | TeacherReader:
        if about.names == "teachers":
            return TeacherReader(self.county.teacher, about.kind == "choices")
        if about.names in PLACES and not about.words:
            return NameReader(
                self.names(about.names), about, self._settled(about.names, table, name)
            )
        words = {w.written: w.value for w in self.desk.mapping.words
                 if (w.table, w.field) == (table, name)}  # fmt: skip
        if about.names in PLACES:
            words |= self._settled(about.names, table, name)
        if about.kind in ("text", "code"):
            return _Guarded(about, self.county, cells, words)
        return Reader(about, self.county, cells, words)

    def _settled(self, kind: Names, table: str, name: str) -> Mapping[str, str]:
        return settled(self.desk.mapping, self.desk.answers, kind, table, name)

    def _doubtful(
        self, row: SheetRow, column: int, name: str, about: Field, raw: Cell, value: Value,
        held: Table,
    ) -> None:  # fmt: skip
        where = row.source.where(row.number, column)
        if value.unknown and name == "teacher":
            # Whoever is named without a number is looked for by name.
            row.keys.setdefault("name", value.unknown[0])
            return
        if value.unknown and about.names in PLACES:
            answers = [self._which(about.names, text, where) for text in value.unknown]
            if None in answers:
                row.bad.add(name)
            elif SKIP in answers and about.kind != "choices":
                if about.optional:
                    row.empty[name] = None
                else:
                    row.out = True
            elif about.kind == "choices":
                # Answers are among what is settled, so only what is left out comes here.
                row.values[name] = value.value or []
            else:
                row.values[name] = answers[0]
            return
        if value.options:
            answer = self._meant(held, name, raw, value, where)
            if answer is None:
                row.bad.add(name)
            elif answer != SKIP:
                row.values[name] = next(o for o in value.options if code_of(o) == answer)
            return
        row.bad.add(name)
        problem = value.problem or Problem("", "{given} does not fit here: correct it", {})
        self.desk.wrong(where, raw, problem)

    def _which(self, kind: Names, text: str, where: Where) -> str | None:
        """What the planner says a name means; None while it is open."""
        names = self.names(kind)
        return self.desk.ask(
            place_key(kind, text), where, lambda: asked_name(kind, text, names), names.names
        )

    def _meant(self, held: Table, name: str, raw: Cell, value: Value, where: Where) -> str | None:
        """What the planner says an ambiguous cell means."""
        shown = masked(str(raw))
        key = f"value:{held.name}:{name}:{shown}"

        def made() -> Question:
            title = Said(held.heading(name))
            words = Problem("", _MEANS, {"given": shown, "column": where.heading or title})
            choices = tuple(
                Choice(code_of(o), Problem("", "{value}", {"value": self._said(held, name, o)}))
                for o in value.options
            )
            return Question(key, "month", words, (), (*choices, NO_ANSWER), value=shown)

        return self.desk.ask(key, where, made)

    def _said(self, held: Table, name: str, option: Any) -> Said:
        """A plain value in words."""
        told = {}
        for lang in LANGUAGES:
            value = held.fields[name].spoken(option, self.county, lang)
            told[lang] = "、".join(map(str, value)) if isinstance(value, list) else str(value)
        return Said(Text(told["zh"], told["en"]))

    def _key(self, rows: list[SheetRow], column: int, key: str) -> None:
        """Columns that say whom a row is about, where the table has no such field."""
        about = _KEYS.get(key)
        cells = [row.source.cell(row.number, column) for row in rows]
        reader = None if about is None else Reader(about, self.county, cells)
        for row, raw in zip(rows, cells, strict=True):
            if raw is None or raw == "":
                continue
            where = row.source.where(row.number, column)
            if key in ("school", "campus"):
                self._place_key(row, key, str(raw), where)
            elif reader is None:
                row.keys[key] = raw
            else:
                value = reader.read(raw)
                if value.problem is not None:
                    row.bad.add(key)
                    self.desk.wrong(where, raw, value.problem)
                elif value.value is not None and not value.options and not value.unknown:
                    row.keys[key] = value.value

    def _place_key(self, row: SheetRow, key: str, text: str, where: Where) -> None:
        kind: Names = "schools" if key == "school" else "campuses"
        code = self.names(kind).code(text, self._settled(kind, "", ""))
        code = code or self._which(kind, text, where)
        if code == SKIP:
            row.out = True
        elif code is None:
            row.bad.add(key)
        else:
            row.keys[key] = code


def code_of(option: Any) -> str:
    """A plain value as the code of a choice."""
    return ",".join(map(str, option)) if isinstance(option, list) else str(option)


def _short(value: Value) -> Value:
    """A value, but no number as long as an identity number."""
    number = value.value
    if isinstance(number, int | float) and abs(number) >= _LONGEST:
        return Value(problem=IDENTITY)
    return value


class _Guarded(Reader):
    """Reads texts and codes, none of which may be an identity number."""

    def read(self, raw: Cell) -> Value:
        """The text, or why it cannot be kept."""
        if holds_identity(repr(raw) if isinstance(raw, int | float) else str(raw)):
            return Value(problem=IDENTITY)
        return super().read(raw)
