"""Changes of several tables at once, and a whole county from the rows of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from allocator.county.checks import problems_of
from allocator.county.county import County
from allocator.county.frozen import DataError, Problem
from allocator.county.service import ServiceTerms
from allocator.records.rows import Change, Plain
from allocator.records.schools import CAMPUSES, SCHOOLS, SECTIONS
from allocator.records.tables import TABLES, table

EMPTY = County(
    name="",
    as_of="2000-01",
    townships=(),
    schools=(),
    subjects=(),
    terms=ServiceTerms(retirement=()),
)
"""A county of which nothing is entered yet."""


def with_changes(county: County, changes: Mapping[str, Sequence[Change]]) -> County:
    """The county with changes of its tables, checked as a whole.

    A new school may have its campuses, and a new campus its sections, in tables of their own.

    Parameters
    ----------
    changes
        Changes by name of the table.

    Raises
    ------
    DataError
        If the county with its changes contradicts itself, or a change speaks of nothing.
    pydantic.ValidationError
        If a value is of the wrong kind or outside its range.
    """
    known = {held.name for held in TABLES}
    unknown = sorted(changes.keys() - known)
    if unknown:
        text = "{table} is no table of this county: undo the change"
        raise DataError(tuple(Problem(t, text, {"table": t}) for t in unknown))
    together = joined(changes)
    for held in TABLES:
        if together.get(held.name):
            county = held.changed(county, together[held.name])
    problems = problems_of(county)
    if problems:
        raise DataError(problems)
    return county


def county_of(rows: Mapping[str, Iterable[Plain]]) -> County:
    """The county that the rows of its tables make, in their order.

    Parameters
    ----------
    rows
        Rows by name of the table, each with plain values by column. A column that says what
        another of these tables says in full is passed over.

    Raises
    ------
    DataError, pydantic.ValidationError
        As in :func:`with_changes`.
    """
    changes = {}
    for name, given in rows.items():
        twice = {c for c, about in table(name).fields.items() if about.elsewhere in rows}
        lean = ({c: v for c, v in row.items() if c not in twice} for row in given)
        changes[name] = added(name, lean)
    return with_changes(EMPTY, changes)


def added(name: str, rows: Iterable[Plain]) -> tuple[Change, ...]:
    """New rows of a table; a second one of the same key is told apart by a number."""
    held, seen, made = table(name), set[str](), []
    for values in rows:
        key = held.id_of(values)
        id, n = key, 2
        while id in seen:
            id, n = f"{key}#{n}", n + 1
        seen.add(id)
        made.append(Change("add", id, value=values))
    return tuple(made)


def joined(changes: Mapping[str, Sequence[Change]]) -> Mapping[str, Sequence[Change]]:
    """Changes with new sections put into their new campuses, and those into their new schools."""
    made = dict(changes)
    for inner, outer, owner, listed in (
        (SECTIONS, CAMPUSES, "campus", "sections"),
        (CAMPUSES, SCHOOLS, "school", "campuses"),
    ):
        new = {c.row: c for c in made.get(outer.name, ()) if c.kind == "add"}
        bare = {row for row, change in new.items() if listed not in change.value}
        moved: dict[str, list[Plain]] = {row: [] for row in bare}
        left = []
        for change in made.get(inner.name, ()):
            into = str(change.value.get(owner)) if change.kind == "add" else ""
            if into in bare:
                moved[into].append(inner.record_of(change))
            else:
                left.append(change)
        made[inner.name] = left
        made[outer.name] = [
            Change("add", c.row, value={**c.value, listed: moved[c.row]})
            if c.kind == "add" and moved.get(c.row)
            else c
            for c in made.get(outer.name, ())
        ]
    return made
