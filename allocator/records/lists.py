"""How lists of the county are edited: rows by id, and the way back into the county."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from allocator.county.county import County
from allocator.county.frozen import Frozen, Month, Whole
from allocator.records.rows import (
    Change,
    Part,
    Plain,
    Rows,
    Table,
    after,
    inside,
    nth,
    numbered,
)

__all__ = [
    "Change", "Facts", "Listed", "Part", "Plain", "Single", "Table", "after", "inside", "nth",
]  # fmt: skip


@dataclass(frozen=True)
class Listed(Rows):
    """A table whose rows are the records of one list of the county."""

    listed: str
    """Name of the list in the county."""
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
        held = numbered((self.key(r), r) for r in self._records(county))
        return {id: self._whole(_plain(r, id)) for id, r in held.items()}

    def held(self, county: County) -> Mapping[str, Any]:
        """The records by id."""
        if self.index is not None:
            found: Mapping[str, Any] = getattr(county, self.index)
            return found
        return numbered((self.key(r), r) for r in self._records(county))

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
        if column in self.record.model_fields and column not in self.parts:
            return found.model_dump(mode="json", include={column})[column]
        return self._value(_plain(found, row), column)

    def changed(self, county: County, changes: Sequence[Change]) -> County:
        """The county with changed, added and removed records; the order of the rest stays."""
        held = numbered((self.key(r), r) for r in self._records(county))

        def known(row: str) -> Plain | None:
            return held[row].model_dump(mode="json") if row in held else self.absent(county, row)

        made = self._followed(changes, known)
        checked = {
            row: None if plain is None or self.gone(plain) else self.record.model_validate(plain)
            for row, plain in made.items()
        }
        kept = [*(checked.get(row, r) for row, r in held.items())]
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

    held: str | None = None
    """Name of the record in the county; None for the county itself."""
    keys: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def single(self) -> bool:
        """Whether it has one row and no other."""
        return True

    def id_of(self, values: Plain) -> str:
        """The name of the table."""
        del values
        return self.name

    def rows(self, county: County) -> Mapping[str, Mapping[str, Any]]:
        """The one row, under the name of the table."""
        return {self.name: {"id": self.name, **self._whole(self._plain(county))}}

    def _plain(self, county: County) -> Plain:
        record: Frozen = county if self.held is None else getattr(county, self.held)
        return record.model_dump(mode="json", include=set(self.record.model_fields))

    def cell(self, county: County, row: str, column: str) -> Any:
        """One plain value."""
        return self.rows(county).get(row, {}).get(column)

    def changed(self, county: County, changes: Sequence[Change]) -> County:
        """The county with other values; a row of values sets each of them."""
        cells = [cell for change in changes for cell in self._cells(change)]
        before = {self.name: self._plain(county)}
        plain = self._followed(cells, before.get).get(self.name) or before[self.name]
        checked = self.record.model_validate(plain)
        if self.held is not None:
            return county.model_copy(update={self.held: checked})
        return county.model_copy(update={n: getattr(checked, n) for n in self.record.model_fields})

    def _cells(self, change: Change) -> list[Change]:
        if change.kind != "add":
            return [change] if change.kind == "cell" else []
        return [
            Change("cell", self.name, column, value)
            for column, value in change.value.items()
            if column in self.fields and value is not None
        ]


def _plain(record: Frozen, id: str) -> Plain:
    return {"id": id, **record.model_dump(mode="json")}
