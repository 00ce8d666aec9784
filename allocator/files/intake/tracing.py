"""From the path of a cross-check back to the record, and so to the cell it came from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from allocator.county.county import County
from allocator.records import TABLES

_STEP = re.compile(r"\.?([A-Za-z_]+)(?:\[(\d+)\])?")
_INSIDE = {"agreed_posts": "posts", "figures": "figures", "vetoes": "vetoes"}
"""Lists inside a school -> their tables."""

Place = tuple[str, str, str | None]
"""Table, row and column."""


class Tracing:
    """Reads paths such as ``schools[3].campuses[0].sections[1].pupils`` against one county."""

    def __init__(self, county: County) -> None:
        self.county = county

    def places(self, path: str) -> tuple[Place, ...]:
        """The records a path lies in, the innermost first."""
        steps = [(name, None if n == "" else int(n)) for name, n in _STEP.findall(path)]
        if not steps:
            return ()
        try:
            found = self._of_school(steps) if steps[0][0] == "schools" else self._listed(steps)
        except (IndexError, KeyError):
            return ()
        return tuple(found)

    def _of_school(self, steps: list[tuple[str, int | None]]) -> list[Place]:
        first = steps[0][1]
        if first is None:
            return []
        school = self.county.schools[first]
        rest = steps[1:]
        found: list[Place] = [("schools", school.id, rest[0][0] if rest else None)]
        if not rest or rest[0][1] is None:
            return found
        name, n = rest[0][0], rest[0][1]
        if name == "graded_posts":
            grade = school.graded_posts[n].grade
            return [("schools", school.id, f"posts_{grade}")]
        if name == "campuses":
            campus = school.campuses[n]
            column = rest[1][0] if len(rest) > 1 else None
            found.insert(0, ("campuses", campus.id, column))
            if column == "sections" and rest[1][1] is not None:
                section = campus.sections[rest[1][1]]
                id = f"{campus.id}.{section.stage}"
                found.insert(0, ("sections", id, rest[2][0] if len(rest) > 2 else None))
        elif name in _INSIDE:
            rows = self._rows(_INSIDE[name])
            of_school = [id for id in rows if id.startswith(f"{school.id}.")]
            found.insert(0, (_INSIDE[name], of_school[n], rest[1][0] if len(rest) > 1 else None))
        return found

    def _listed(self, steps: list[tuple[str, int | None]]) -> list[Place]:
        """A path into a list of the county that is a table."""
        name, n = steps[0]
        rest = steps[1:]
        if name in ("travel", "terms") and rest:
            name, n = rest[0]
            rest = rest[1:]
        table = self._tables.get(name)
        if table is None:
            column = name if n is None else None
            return [("county", "county", column)]
        if n is None:
            return []
        id = list(self._rows(table))[n]
        column = rest[0][0] if rest else None
        found: list[Place] = [(table, id, column)]
        if table == "teachers" and column in ("running_term", "certificates", "pins"):
            part = rest[0][1]
            inner = rest[1][0] if len(rest) > 1 else None
            for other in self._parts(column):
                rows = [r for r in self._rows(other) if r == id or r.startswith(f"{id}.")]
                if rows:
                    found.insert(0, (other, rows[min(part or 0, len(rows) - 1)], inner))
        return found

    @cached_property
    def _tables(self) -> Mapping[str, str]:
        """List of the county -> table."""
        return {
            str(listed): t.name
            for t in TABLES
            if (listed := getattr(t, "listed", None)) is not None and not hasattr(t, "put")
        }

    @staticmethod
    def _parts(column: str) -> list[str]:
        names = {t.name for t in TABLES}
        wanted = {"running_term": ("running_terms", "terms"), "certificates": ("certificates",),
                  "pins": ("pins",)}  # fmt: skip
        return [name for name in wanted[column] if name in names]

    def _rows(self, table: str) -> Mapping[str, object]:
        if table not in self._known:
            found = next(t for t in TABLES if t.name == table)
            held = getattr(found, "held", None)
            if table == "teachers":
                self._known[table] = {t.id: None for t in self.county.teachers}
            else:
                self._known[table] = (
                    held(self.county) if callable(held) else found.rows(self.county)
                )
        return self._known[table]

    @cached_property
    def _known(self) -> dict[str, Mapping[str, object]]:
        return {}
