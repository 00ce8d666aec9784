"""Tables whose rows are records inside other records: campuses in schools, pins of teachers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from allocator.county.county import County
from allocator.county.frozen import DataError, Problem
from allocator.records.rows import Change, Plain, Rows, numbered

Read = Callable[[Any], Iterator[tuple[str, Plain]]]
Put = Callable[[Any, Mapping[str, Plain]], Any]

_UNKNOWN = {
    "school": "school {id} is not in the list of schools: add it or correct the code",
    "teacher": "teacher {id} is not in the roster: add the teacher or correct the number",
    "round": "round {id} is not in the list of rounds: add it or correct the code",
}


@dataclass(frozen=True)
class Inside(Rows):
    """A table whose rows are records inside the records of one list."""

    read: Read
    """Row id and plain record of everything inside an owner; the record names the owner."""
    put: Put
    """An owner with its records as they are to be; the names of fields are those of ``read``."""
    owner: str = field(default="school", kw_only=True)
    """The column that names the record they lie in."""
    listed: str = field(default="schools", kw_only=True)
    """The list of the county that holds those."""
    found: Callable[[County, Plain], str | None] = field(
        default=lambda county, values: None, kw_only=True
    )
    """The owner of a new row that does not name it."""
    absent: Callable[[County, str], Plain | None] = field(
        default=lambda county, row: None, kw_only=True
    )
    """What stands where a row may be and is not yet."""
    gone: Callable[[Plain], bool] = field(default=lambda record: False, kw_only=True)
    """Whether a record says nothing any more."""

    def rows(self, county: County) -> Mapping[str, Mapping[str, Any]]:
        """The records as plain values."""
        return {id: {"id": id, **self._whole(r)} for id, r in self._held(county).items()}

    def cell(self, county: County, row: str, column: str) -> Any:
        """One plain value of a record; None where there is no such row."""
        held = self._held(county)
        if column == "id":
            return row if row in held else None
        return self._value(held.get(row) or self.absent(county, row), column)

    def changed(self, county: County, changes: Sequence[Change]) -> County:
        """The county with changed, added and removed records; the order of the rest stays."""
        held = self._held(county)
        made = self._followed(changes, lambda row: held.get(row) or self.absent(county, row))
        made = {row: self._owned(county, record) for row, record in made.items()}
        touched = {r[self.owner] for row in made for r in (held.get(row), made[row]) if r}
        owners = {o.id: o for o in getattr(county, self.listed)}
        unknown = sorted(str(id) for id in touched if id not in owners)
        if unknown:
            text = _UNKNOWN[self.owner]
            raise DataError(tuple(Problem(self.owner, text, {"id": id}) for id in unknown))
        inside = self._by_owner({**held, **made})
        records = tuple(
            self.put(owner, inside.get(id, {})) if id in touched else owner
            for id, owner in owners.items()
        )
        return county.model_copy(update={self.listed: records})

    def record_of(self, change: Change) -> Plain:
        """The record of a new row, for an owner that is new as well."""
        made = self._new(change.row, change.value)
        return {name: made[name] for name in self.record.model_fields if name in made}

    def _owned(self, county: County, record: Plain | None) -> Plain | None:
        if record is None or record.get(self.owner) is not None:
            return record
        return {**record, self.owner: self.found(county, record)}

    def _held(self, county: County) -> dict[str, Plain]:
        return numbered(r for owner in getattr(county, self.listed) for r in self.read(owner))

    def _by_owner(self, records: Mapping[str, Plain | None]) -> Mapping[str, Mapping[str, Plain]]:
        """What is to be inside each owner."""
        found: dict[str, dict[str, Plain]] = defaultdict(dict)
        for id, record in records.items():
            if record is not None and not self.gone(record):
                inner = {k: v for k, v in record.items() if k != "id"}
                found[record[self.owner]][id] = inner
        return found


def without(record: Plain, *names: str) -> dict[str, Any]:
    """A plain record without some fields."""
    return {name: value for name, value in record.items() if name not in names}
