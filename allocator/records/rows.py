"""What all tables of the county share: columns in words, ids of rows, changes one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, Protocol

from allocator.county.county import County
from allocator.county.frozen import DataError, Frozen, Problem
from allocator.modelling import Text
from allocator.records.fields import Field

Plain = Mapping[str, Any]
"""A record as plain values by field."""


@dataclass(frozen=True)
class Change:
    """One change of a table: a cell, a new row, a row taken away.

    The value of a new row holds fields of the record, or columns of the table, or both; an empty
    column takes its default.
    """

    kind: Literal["cell", "add", "remove"]
    row: str
    column: str = ""
    value: Any = None


class Table(Protocol):
    """A table of the county."""

    @property
    def name(self) -> str:
        """Name in edits."""

    @property
    def title(self) -> Text:
        """Title on the page."""

    @property
    def fields(self) -> Mapping[str, Field]:
        """Its columns."""

    @property
    def single(self) -> bool:
        """Whether it has one row and no other."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that tell one row from another."""

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that no row may leave empty, in their order."""

    def id_of(self, values: Plain) -> str:
        """The id of a row of these values; empty where a column of the key is empty."""

    def rows(self, county: County) -> Mapping[str, Mapping[str, Any]]:
        """Every row by its id, each with plain values by column."""

    def heading(self, column: str) -> Text:
        """A column in words."""

    def cell(self, county: County, row: str, column: str) -> Any:
        """One plain value; None where there is no such row."""

    def changed(self, county: County, changes: Sequence[Change]) -> County:
        """The county with changes of this table, records checked one by one.

        Raises
        ------
        DataError
            If a row is not there.
        pydantic.ValidationError
            If a value is of the wrong kind or outside its range.
        """


@dataclass(frozen=True)
class Part:
    """A column that stands for a part of a field, such as the classes of one grade."""

    read: Callable[[Plain], Any]
    written: Callable[[Plain, Any], Plain]
    """The record and a new value -> the fields that change."""


def after(first: str, name: str, problem: Problem) -> Part:
    """A field that says nothing as long as another one is empty."""

    def written(record: Plain, value: Any) -> Plain:
        if record.get(first) is None and value not in (None, ""):
            raise DataError((problem,))
        return {name: value}

    return Part(lambda record: record[name], written)


def nth(name: str, n: int, empty: Any = 0) -> Part:
    """The n-th entry of a list."""

    def written(record: Plain, value: Any) -> Plain:
        entries = list(record[name])
        entries[n] = empty if value is None else value
        return {name: entries}

    return Part(lambda record: record[name][n], written)


def inside(name: str, part: str) -> Part:
    """A field of a record inside the record."""
    return Part(
        lambda record: record[name][part],
        lambda record, value: {name: {**record[name], part: value}},
    )


def joined_key(values: Sequence[Any]) -> str:
    """The id of a row by the values of its key."""
    return ".".join(str(value) for value in values if value not in (None, ""))


def numbered(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Records by id; a second one of the same key is told apart by a number."""
    found: dict[str, Any] = {}
    for key, record in pairs:
        id, n = key, 2
        while id in found:
            id, n = f"{key}#{n}", n + 1
        found[id] = record
    return found


@cache
def defaults(record: type[Frozen]) -> Plain:
    """What the fields of a record say where nothing is entered, as plain values."""
    optional = {n: f.get_default() for n, f in record.model_fields.items() if not f.is_required()}
    plain = record.model_construct(**optional).model_dump(mode="json", include=set(optional))
    return {name: plain[name] for name in optional}


@dataclass(frozen=True)
class Rows:
    """What all tables share: columns in words, parts of fields as columns of their own."""

    name: str
    title: Text
    fields: Mapping[str, Field]
    record: type[Frozen] = field(kw_only=True)
    """What a row is once it is checked."""
    keys: tuple[str, ...] = field(default=("id",), kw_only=True)
    """The columns that tell one row from another."""
    parts: Mapping[str, Part] = field(default_factory=dict, kw_only=True)
    made_of: Callable[[Plain], str] | None = field(default=None, kw_only=True)
    """The id of a row by its values, where it is not its key joined."""
    needed: tuple[str, ...] = field(default=(), kw_only=True)
    """Columns that may not be empty, beside the key and what the record itself asks for."""
    told: Mapping[str, Text] = field(default_factory=dict, kw_only=True)
    """Headings of fields that other columns show in parts."""
    start: Callable[[Plain], Plain] = field(default=lambda values: {}, kw_only=True)
    """What the parts of a new row are written into, beside the defaults of the record."""

    @property
    def single(self) -> bool:
        """Whether it has one row and no other."""
        return False

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that no row may leave empty, in their order."""
        asked = {n for n, f in self.record.model_fields.items() if f.is_required()}
        wanted = {*asked, *self.keys, *self.needed}
        return tuple(c for c, about in self.fields.items() if c in wanted and not about.optional)

    def id_of(self, values: Plain) -> str:
        """The id of a row of these values; empty where a column of the key is empty."""
        asked = [c for c in self.keys if not self.fields[c].optional]
        if any(values.get(c) in (None, "", []) for c in asked):
            return ""
        return self.made_of(values) if self.made_of is not None else joined_key(
            [values.get(c) for c in self.keys])  # fmt: skip

    def heading(self, column: str) -> Text:
        """A column in words."""
        known = self.fields.get(column)
        if known is not None:
            return known.title
        return self.told.get(column, Text(column, column))

    def _whole(self, record: Plain) -> Plain:
        """A record with its parts as columns."""
        return {**record, **{column: p.read(record) for column, p in self.parts.items()}}

    def _value(self, record: Plain | None, column: str) -> Any:
        if record is None:
            return None
        part = self.parts.get(column)
        return part.read(record) if part is not None else record.get(column)

    def _new(self, row: str, values: Plain) -> Plain:
        """The record of a new row: its fields, then the columns that stand for parts of them."""
        given = {name: value for name, value in values.items() if value is not None}
        split = [c for c in self.fields if c in given and c in self.parts]
        fields = {n: v for n, v in given.items() if n not in split and n != "id"}
        if "id" in self.record.model_fields:
            fields = {"id": row, **fields}
        made: Plain = {**self.start(fields), **fields}
        if split:
            made = {**defaults(self.record), **made}
        for column in split:
            made = {**made, **self.parts[column].written(made, given[column])}
        return made

    def _followed(
        self, changes: Sequence[Change], known: Callable[[str], Plain | None]
    ) -> dict[str, Plain | None]:
        """What changes make of the rows they speak of: a plain record, None for one removed."""
        made: dict[str, Plain | None] = {}
        for change in changes:
            if change.kind == "add":
                made[change.row] = self._new(change.row, change.value)
                continue
            record = made[change.row] if change.row in made else known(change.row)
            if record is None:
                text = "row {row} is no longer in the table: undo the change"
                raise DataError((Problem("", text, {"row": change.row}),))
            if change.kind == "remove":
                made[change.row] = None
                continue
            part = self.parts.get(change.column)
            new = {change.column: change.value} if part is None else (
                part.written(record, change.value))  # fmt: skip
            made[change.row] = {**record, **new}
        return made
