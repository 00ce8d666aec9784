"""What a workbook was recognised as: which table each sheet holds, and which column is what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from allocator.county.frozen import Problem
from allocator.files.books import RawSheet

Key = Literal[
    "teacher", "name", "identity", "sex", "born", "school", "campus", "stage", "subject", "grade"
]
"""What a column says of whom or what a row is about, where the table has no such field: number,
name and identity number (身份证号, used in memory for joining only) of a person, school, ..."""


@dataclass(frozen=True)
class RecognisedSheet:
    """One table found on one sheet; a sheet may hold several."""

    sheet: RawSheet
    table: str
    """Name of the record table, see ``allocator.records.TABLES``."""
    header: int
    """Row of the headings, the lowest of several; counted from 0."""
    rows: tuple[int, ...]
    """Rows of data: without headings repeated, totals, units and empty rows."""
    columns: Mapping[int, str]
    """Column -> field of the table; counted from 0."""
    keys: Mapping[int, Key] = field(default_factory=dict)
    """Column -> what it says of whom the row is about, besides the fields."""
    headings: Mapping[int, str] = field(default_factory=dict)
    """Column -> heading as it is written, group heading first; two alike are told apart."""
    aside: tuple[int, ...] = ()
    """Columns that were not understood and are kept aside."""
    missing: tuple[str, ...] = ()
    """Fields that a new record needs and no column gives."""

    @property
    def first(self) -> int:
        """First row of data; the row below the headings if there is none."""
        return self.rows[0] if self.rows else self.header + 1


@dataclass(frozen=True)
class Question:
    """Something doubtful that a planner answers once; the answer is kept in the mapping."""

    kind: Literal["sheet", "heading", "twice"]
    """Which table a sheet is (answer: a table) · which field a heading means (answer: a field)
    · which of two columns gives a field (answer: a heading)."""
    sheet: str
    text: Problem
    """The question in words, with what is to be decided."""
    options: tuple[str, ...]
    """Possible answers, the likeliest first; to leave it aside is always possible too."""
    table: str = ""
    field: str = ""
    column: int | None = None
    heading: str = ""


@dataclass(frozen=True)
class Recognition:
    """All tables of a workbook, what is doubtful and what is wrong."""

    tables: tuple[RecognisedSheet, ...]
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What keeps a sheet from being read, such as a required column that is missing."""
    notes: tuple[Problem, ...] = ()
    """What was done and should be known: rows skipped, columns kept aside, sheets not read."""
