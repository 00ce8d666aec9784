"""What the records of the files change in a table, and how the county takes it over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isclose
from typing import Any

from pydantic import ValidationError

from allocator.county.county import County
from allocator.county.frozen import DataError, Problem
from allocator.files.faults import problems_in
from allocator.files.intake.desk import Desk
from allocator.files.intake.findings import Said, Where
from allocator.files.intake.identifying import label
from allocator.files.intake.merging import Record
from allocator.files.intake.rows import Source
from allocator.records import TABLES, Change, Table, table
from allocator.records.whole import joined

_DIGITS = 1e-14
"""Spreadsheets keep 15 digits of a number."""
_NO_COLUMN = "{number} new rows need {field}: add a column for it"
_NO_VALUE = "a new row needs {field}: fill it in"


@dataclass(frozen=True)
class CellChange:
    """One cell of the scenario that would change."""

    row: str
    column: str
    old: Any
    new: Any
    where: Where
    """The cell of the file that says so."""


@dataclass(frozen=True)
class TableChanges:
    """What the files would change in one table of the county."""

    table: str
    added: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Rows that are new, by id, with what the files say of them."""
    changed: tuple[CellChange, ...] = ()
    removed: tuple[str, ...] = ()
    """Rows taken away: of the scenario, not in the files, and the files are complete."""
    unchanged: int = 0
    """Rows of the files that say what the scenario says."""
    kept: tuple[str, ...] = ()
    """Rows of the scenario that the files do not name."""

    @property
    def rows_changed(self) -> int:
        """Number of rows with at least one changed cell."""
        return len({c.row for c in self.changed})

    @property
    def any(self) -> bool:
        """Whether anything would change."""
        return bool(self.added or self.changed or self.removed)


def compared(
    held: Table, records: Mapping[str, Record], county: County, complete: bool, desk: Desk
) -> TableChanges:
    """What records of the files change in a table.

    Parameters
    ----------
    complete
        Whether rows that the files do not name are taken away.

    """
    before = held.rows(county)
    added: dict[str, Mapping[str, Any]] = {}
    changed: list[CellChange] = []
    unchanged = 0
    lacking: dict[tuple[int, str], list[Record]] = defaultdict(list)
    gone = getattr(held, "gone", lambda record: False)
    for id, record in records.items():
        old = before.get(id)
        if old is not None:
            cells = _cells(held, record, old)
            changed += cells
            unchanged += not cells
        elif held.single:
            changed += _cells(held, record, {})
        elif not gone(record.values) and _complete(held, record, lacking, desk):
            added[id] = record.values
    _told(held, lacking, desk)
    others = tuple(id for id in before if id not in records)
    return TableChanges(
        held.name,
        {id: added[id] for id in sorted(added, key=lambda id: records[id].rows[0].order)},
        tuple(changed),
        others if complete else (),
        unchanged,
        () if complete else others,
    )


def _cells(held: Table, record: Record, old: Mapping[str, Any]) -> list[CellChange]:
    found = []
    for name in held.fields:
        if name not in record.values or name in held.keys:
            continue
        before, value = old.get(name), record.values[name]
        if held.fields[name].kind == "flag" and value is None and before is not None:
            value = False
        if before != value and not _same(before, value):
            found.append(CellChange(record.id, name, before, value, record.where(name)))
    return found


def _same(a: Any, b: Any) -> bool:
    """Whether two values are both empty, or one number to the digits a spreadsheet keeps."""
    if a in (None, "") and b in (None, ""):
        return True
    numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in (a, b))
    return numbers and isclose(a, b, rel_tol=_DIGITS)


def _complete(
    held: Table,
    record: Record,
    lacking: dict[tuple[int, str], list[Record]],
    desk: Desk,
) -> bool:
    """Whether a new record has what it needs; what is lacking is told or gathered."""
    whole = True
    for name in held.required:
        if record.values.get(name) not in (None, "") or (name == "id" and held.keys == ("id",)):
            continue
        whole = False
        if name in record.bad:
            continue
        row = next((r for r in record.rows if name in r.source.column_of), None)
        if row is None:
            lacking[id(record.rows[0].source), name].append(record)
        else:
            desk.wrong(
                row.where(name), "", Problem("", _NO_VALUE, {"field": Said(held.heading(name))})
            )
    return whole


def _told(held: Table, lacking: Mapping[tuple[int, str], list[Record]], desk: Desk) -> None:
    """Say once of a sheet that a column is missing."""
    for (_, name), records in lacking.items():
        source: Source = records[0].rows[0].source
        where = source.where(source.recognised.header)
        details = {"number": len(records), "field": Said(held.heading(name))}
        desk.wrong(where, "", Problem("", _NO_COLUMN, details))


Changes = Mapping[str, Sequence[Change]]


def as_changes(made: TableChanges) -> list[Change]:
    """Changes of a table as its records take them."""
    held = table(made.table)
    own = held.keys == ("id",)
    return [
        *(Change("remove", id) for id in made.removed),
        *(Change("cell", c.row, c.column, c.new) for c in made.changed),
        *(Change("add", id, value={**values, "id": id} if own else values)
          for id, values in made.added.items()),
    ]  # fmt: skip


def without_inner(county: County, changes: Changes) -> Changes:
    """Changes without taking away what goes with a school or campus taken away."""
    gone = {c.row for c in changes.get("schools", ()) if c.kind == "remove"}
    gone |= {c.row for c in changes.get("campuses", ()) if c.kind == "remove"}
    within = {c.id: s.id for s in county.schools for c in s.campuses}

    def inner(name: str, change: Change) -> bool:
        if change.kind != "remove" or name not in ("campuses", "sections"):
            return False
        campus = change.row if name == "campuses" else change.row.rpartition(".")[0]
        return within.get(campus) in gone or (name == "sections" and campus in gone)

    return {n: [c for c in listed if not inner(n, c)] for n, listed in changes.items()}


@dataclass
class Applying:
    """Takes changes over one table after the other; what cannot be taken is told by its cell."""

    county: County
    desk: Desk
    records: Mapping[str, Mapping[str, Record]]
    """Table -> id -> what the files say."""

    def take(self, changes: Changes) -> None:
        """Take changes over, halving what cannot be done together until the bad ones are alone."""
        groups = self._groups(changes)
        if groups:
            self._take(groups)

    def _take(self, groups: list[list[tuple[str, Change]]]) -> None:
        try:
            self.county = with_all(self.county, (pair for group in groups for pair in group))
        except (ValidationError, DataError) as error:
            if len(groups) == 1:
                self._refused(groups[0], error)
                return
            if groups[0][0][0] == "teachers":
                self._take_sound(groups)
                return
            half = len(groups) // 2
            self._take(groups[:half])
            self._take(groups[half:])

    def _take_sound(self, groups: list[list[tuple[str, Change]]]) -> None:
        """Try each teacher alone, and take over at once those that can be taken."""
        known = self.county.teacher
        # Nobody else matters for the record of a teacher, and a roster of one is quickly made.
        alone = self.county.model_copy(update={"teachers": ()})
        sound = []
        for group in groups:
            row = group[0][1].row
            held = (known[row],) if row in known else ()
            try:
                with_all(alone.model_copy(update={"teachers": held}), group)
            except (ValidationError, DataError) as error:
                self._refused(group, error)
            else:
                sound.append(group)
        if sound:
            self.county = with_all(self.county, (pair for group in sound for pair in group))

    def _groups(self, changes: Changes) -> list[list[tuple[str, Change]]]:
        """Changes that belong together: of one school, else of one row."""
        owner = {c.id: s.id for s in self.county.schools for c in s.campuses}
        for change in changes.get("campuses", ()):
            if change.kind == "add":
                owner[change.row] = str(change.value.get("school"))
        groups: dict[tuple[str, str], list[tuple[str, Change]]] = defaultdict(list)
        for name, listed in changes.items():
            for change in listed:
                row = change.row
                if name == "sections":
                    row = owner.get(row.rpartition(".")[0], row)
                elif name == "campuses":
                    row = owner.get(row, row)
                group = "schools" if name in ("campuses", "sections") else name
                groups[group, row].append((name, change))
        return list(groups.values())

    def _refused(
        self, group: Sequence[tuple[str, Change]], error: ValidationError | DataError
    ) -> None:
        name, change = group[0]
        problems = error.problems if isinstance(error, DataError) else problems_in(error, None)
        for problem in problems:
            place = self._place(group, problem.path)
            where, value = place or (Where(), change.row)
            details = dict(problem.details)
            if place is None:
                details["who"] = label(self.county, table(name), change.row)
            self.desk.wrong(where, value, Problem("", problem.text, details))

    def _place(self, group: Sequence[tuple[str, Change]], path: str) -> tuple[Where, object] | None:
        """The cell that a refusal speaks of, as far as it can be told."""
        column = path.replace("]", "").replace("[", ".").rpartition(".")[2] or path
        first: tuple[Where, object] | None = None
        for name, change in group:
            record = self.records.get(name, {}).get(change.row)
            if record is None:
                continue
            wanted = next(
                (c for c in (column, path.partition(".")[0], change.column)
                 if c in record.told_by), None,
            )  # fmt: skip
            if wanted is not None:
                return record.where(wanted), record.raw(wanted)
            first = first or (record.where(), change.row)
        return first


def with_all(county: County, changes: Iterable[tuple[str, Change]]) -> County:
    """The county with changes of some tables; nothing is checked across tables."""
    listed: dict[str, list[Change]] = defaultdict(list)
    for name, change in changes:
        listed[name].append(change)
    together = joined(listed)
    for held in TABLES:
        if together.get(held.name):
            county = held.changed(county, together[held.name])
    return county
