"""The tables of a county that people edit: rows by id, and the way back into the county."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from allocator.county.county import County
from allocator.county.curriculum import Subject
from allocator.county.frozen import DataError, Frozen, Problem
from allocator.county.people import Teacher
from allocator.county.places import SchoolGroup, SeniorHigh, Township, Zone
from allocator.modelling import Text


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
class Listed:
    """A table whose rows are the records of one list of the county, each with an id."""

    name: str
    title: Text
    listed: str
    """Name of the list in the county."""
    record: type[Frozen]
    headings: Mapping[str, Text] = field(default_factory=dict)
    """Columns in words; others go by their code."""

    def rows(self, county: County) -> Mapping[str, Mapping[str, Any]]:
        """The records as plain values."""
        return {r.id: r.model_dump(mode="json") for r in getattr(county, self.listed)}

    def heading(self, column: str) -> Text:
        """A column in words."""
        return self.headings.get(column, Text(column, column))

    def cell(self, county: County, row: str, column: str) -> Any:
        """One plain value of a record; None where there is no such row."""
        found = next((r for r in getattr(county, self.listed) if r.id == row), None)
        return None if found is None else found.model_dump(mode="json", include={column})[column]

    def changed(self, county: County, changes: Sequence[Change]) -> County:
        """The county with changed, added and removed records; the order of the rest stays."""
        held = {r.id: r for r in getattr(county, self.listed)}
        plain: dict[str, dict[str, Any]] = {}
        for change in changes:
            if change.kind == "add":
                plain[change.row] = dict(change.value)
            elif change.row not in held and change.row not in plain:
                text = "row {row} is no longer in the table: undo the change"
                raise DataError((Problem(self.name, text, {"row": change.row}),))
            elif change.kind == "remove":
                held.pop(change.row, None)
                plain.pop(change.row, None)
            else:
                known = plain.get(change.row)
                cells = known if known is not None else held[change.row].model_dump(mode="json")
                plain[change.row] = {**cells, change.column: change.value}
        made = {**held, **{row: self.record.model_validate(c) for row, c in plain.items()}}
        return county.model_copy(update={self.listed: tuple(made.values())})


TABLES: tuple[Table, ...] = (
    Listed("townships", Text("镇和街道", "Townships"), "townships", Township),
    Listed("zones", Text("片区", "Zones"), "zones", Zone),
    Listed("groups", Text("教育集团", "School groups"), "groups", SchoolGroup),
    Listed("teachers", Text("教师", "Teachers"), "teachers", Teacher),
    Listed("senior_highs", Text("普通高中", "Senior highs"), "senior_highs", SeniorHigh),
    Listed("subjects", Text("课程计划", "Periods table"), "subjects", Subject),
)
"""Every table; a new one adds one entry here."""


def table(name: str) -> Table:
    """The table of a name."""
    return {t.name: t for t in TABLES}[name]
