"""Whom one row of a sheet is about."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from allocator.files.intake.identity import Identity, identity
from allocator.files.intake.rows import SheetRow


def same_name(name: str) -> str:
    """A name as names of people are compared."""
    return "".join(c for c in unicodedata.normalize("NFKC", name) if c.isalnum()).casefold()


@dataclass
class Person:
    """What one row says of whom it is about."""

    row: SheetRow
    number: str | None
    name: str
    school: str | None
    born: str | None
    known_by: Identity | None = field(repr=False)
    roster: bool
    """Whether the row is one of the roster, which may add people."""

    @property
    def alike(self) -> tuple[str, str | None, str | None]:
        """Name, school and month of birth."""
        return (same_name(self.name), self.school, self.born)


def person(row: SheetRow, column: str, school_of: Mapping[Any, str]) -> Person:
    """Whom a row is about.

    Parameters
    ----------
    column
        The field that holds the teacher number.
    school_of
        Campus -> school.

    """
    held = row.keys.get("identity")
    born = row.said("born") or _month(row.keys.get("born"))
    name = row.said("name") or row.keys.get("name") or ""
    number = row.said(column) or row.keys.get("teacher")
    campus = row.said("campus") or row.keys.get("campus")
    return Person(
        row=row,
        number=_number(number),
        name=str(name).strip(),
        school=row.keys.get("school") or school_of.get(campus),
        born=born,
        known_by=identity(held) if held is not None else None,
        roster=row.source.table == "teachers",
    )


def _number(raw: Any) -> str | None:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = unicodedata.normalize("NFKC", str(raw)).strip() if raw is not None else ""
    return text or None


def _month(raw: Any) -> str | None:
    return raw if isinstance(raw, str) else None
