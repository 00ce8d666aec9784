"""How a table of the county is edited: rows by id, and the way back into the county."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from allocator.county.county import County
from allocator.county.frozen import DataError, Frozen, Month, Problem, Whole
from allocator.modelling import Text
from allocator.records.fields import Field

Plain = Mapping[str, Any]
"""A record as plain values by field."""


@dataclass(frozen=True)
class Change:
    """One change of a table: a cell, a new row, a row taken away."""

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
        if record[first] is None and value not in (None, ""):
            raise DataError((problem,))
        return {name: value}

    return Part(lambda record: record[name], written)


def nth(name: str, n: int) -> Part:
    """The n-th entry of a list of whole numbers."""

    def written(record: Plain, value: Any) -> Plain:
        entries = list(record[name])
        entries[n] = 0 if value is None else value
        return {name: entries}

    return Part(lambda record: record[name][n], written)


def inside(name: str, part: str) -> Part:
    """A field of a record inside the record."""
    return Part(
        lambda record: record[name][part],
        lambda record, value: {name: {**record[name], part: value}},
    )


@dataclass(frozen=True)
class Rows:
    """What all tables share: columns in words, parts of fields as columns of their own."""

    name: str
    title: Text
    fields: Mapping[str, Field]
    parts: Mapping[str, Part] = field(default_factory=dict, kw_only=True)

    def heading(self, column: str) -> Text:
        """A column in words."""
        known = self.fields.get(column)
        return known.title if known is not None else Text(column, column)

    def _whole(self, record: Plain) -> Plain:
        """A record with its parts as columns."""
        return {**record, **{column: p.read(record) for column, p in self.parts.items()}}

    def _value(self, record: Plain | None, column: str) -> Any:
        if record is None:
            return None
        part = self.parts.get(column)
        return part.read(record) if part is not None else record.get(column)

    def _followed(
        self, changes: Sequence[Change], known: Callable[[str], Plain | None]
    ) -> dict[str, Plain | None]:
        """What changes make of the rows they speak of: a plain record, None for one removed."""
        made: dict[str, Plain | None] = {}
        for change in changes:
            if change.kind == "add":
                made[change.row] = dict(change.value)
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


@dataclass(frozen=True)
class Listed(Rows):
    """A table whose rows are the records of one list of the county."""

    listed: str
    """Name of the list in the county."""
    record: type[Frozen]
    key: Callable[[Any], str] = field(default=lambda record: str(record.id), kw_only=True)
    """The id of a record."""
    owner: str | None = field(default=None, kw_only=True)
    """The record of the county that the list lies in; None for the county itself."""
    index: str | None = field(default=None, kw_only=True)
    """The county's own mapping of the records by id, where it has one."""
    absent: Callable[[County, str], Plain | None] = field(
        default=lambda county, row: None, kw_only=True
    )
    """What stands where a record may be and is not yet."""
    gone: Callable[[Plain], bool] = field(default=lambda record: False, kw_only=True)
    """Whether a record says nothing any more."""
    along: Callable[[County, frozenset[str]], County] = field(
        default=lambda county, removed: county, kw_only=True
    )
    """The county without what is recorded only of rows that were removed."""

    def rows(self, county: County) -> Mapping[str, Mapping[str, Any]]:
        """The records as plain values."""
        return {id: self._whole(_plain(r, id)) for id, r in self.held(county).items()}

    def held(self, county: County) -> Mapping[str, Any]:
        """The records by id."""
        if self.index is not None:
            found: Mapping[str, Any] = getattr(county, self.index)
            return found
        return {self.key(r): r for r in self._records(county)}

    def _records(self, county: County) -> tuple[Any, ...]:
        found: tuple[Any, ...] = getattr(
            county if self.owner is None else getattr(county, self.owner), self.listed
        )
        return found

    def cell(self, county: County, row: str, column: str) -> Any:
        """One plain value of a record; None where there is no such row."""
        found = self.held(county).get(row)
        if found is None:
            return None
        if column == "id":
            return row
        if column in self.record.model_fields:
            return found.model_dump(mode="json", include={column})[column]
        return self._value(_plain(found, row), column)

    def changed(self, county: County, changes: Sequence[Change]) -> County:
        """The county with changed, added and removed records; the order of the rest stays."""
        before = self._records(county)
        held = {self.key(r): r for r in before}

        def known(row: str) -> Plain | None:
            return held[row].model_dump(mode="json") if row in held else self.absent(county, row)

        made = self._followed(changes, known)
        checked = {
            row: None if plain is None or self.gone(plain) else self.record.model_validate(plain)
            for row, plain in made.items()
        }
        kept = [checked.get(self.key(r), r) for r in before]
        kept += [r for row, r in checked.items() if row not in held]
        records = tuple(r for r in kept if r is not None)
        removed = frozenset(row for row, r in checked.items() if r is None and row in held)
        if removed:
            county = self.along(county, removed)
        if self.owner is None:
            return county.model_copy(update={self.listed: records})
        owner = getattr(county, self.owner).model_copy(update={self.listed: records})
        return county.model_copy(update={self.owner: owner})


class Facts(Frozen):
    """What a county says of itself."""

    name: str
    as_of: Month
    post_pool: Whole = 0
    notes: str = ""


@dataclass(frozen=True)
class Single(Rows):
    """A table of one row: a record of the county, or what the county says of itself."""

    record: type[Frozen]
    held: str | None = None
    """Name of the record in the county; None for the county itself."""

    def rows(self, county: County) -> Mapping[str, Mapping[str, Any]]:
        """The one row, under the name of the table."""
        record: Frozen = county if self.held is None else getattr(county, self.held)
        plain = record.model_dump(mode="json", include=set(self.record.model_fields))
        return {self.name: {"id": self.name, **plain}}

    def cell(self, county: County, row: str, column: str) -> Any:
        """One plain value."""
        return self.rows(county).get(row, {}).get(column)

    def changed(self, county: County, changes: Sequence[Change]) -> County:
        """The county with other values."""
        cells = [c for c in changes if c.kind == "cell"]
        plain = dict(self._followed(cells, self.rows(county).get).get(self.name) or {})
        plain.pop("id", None)
        checked = self.record.model_validate(plain)
        if self.held is not None:
            return county.model_copy(update={self.held: checked})
        return county.model_copy(update={n: getattr(checked, n) for n in self.record.model_fields})


def _plain(record: Frozen, id: str) -> Plain:
    return {"id": id, **record.model_dump(mode="json")}
