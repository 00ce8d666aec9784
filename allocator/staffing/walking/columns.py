"""The columns of walking: periods of own people, of visits, of second subjects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allocator.modelling import Count, Floats, Row
from allocator.staffing.rules.walking import Walking
from allocator.staffing.walking.able import Able

if TYPE_CHECKING:
    from allocator.staffing.walking.ways import Source

Cell = tuple[str, str]
"""Section and subject."""


@dataclass(frozen=True)
class Pattern:
    """People of one class who visit exactly the same sections."""

    section: str
    """The section they serve at."""
    able: Able
    visited: tuple[str, ...]
    people: int
    """Column of how many they are."""
    periods: tuple[int, ...]
    """Column of the periods they give at each section visited, all of them together."""


@dataclass(frozen=True)
class Walker:
    """One person of a class, no matter who, with the sections that person may visit."""

    section: str
    able: Able
    visited: tuple[str, ...]
    visits: tuple[int, ...]
    """Column of whether this person goes there, by section."""
    periods: tuple[int, ...]
    """Column of the periods given there, by section."""
    there: int | None
    """Column of whether somebody is this person; None where that is settled."""


@dataclass(frozen=True)
class SecondColumn:
    """Periods that people of one class give in a second subject at the section they serve at."""

    section: str
    able: Able
    subject: str
    column: int


@dataclass(frozen=True)
class WalkingColumns:
    """The columns of walking with their rows; numbers of columns count from ``first``'s program.

    Where a block is laid out by persons, its visits are ``patterns`` or ``walkers`` and its second
    subjects ``seconds``; where it is laid out as a flow, they are ``walks`` and ``flows``.
    """

    rule: Walking
    sources: tuple[Source, ...]
    """Who could teach where."""
    first: int
    """Number of the first of them."""
    names: tuple[str, ...]
    upper: Floats
    blocks: tuple[str, ...]
    rows: tuple[Row, ...]
    covered: Mapping[Cell, Count]
    """Periods given where somebody may come from elsewhere or go, or give a second subject."""
    own: Mapping[Cell, int]
    """Column of the periods that people of a section and subject give in it there."""
    patterns: tuple[Pattern, ...]
    walkers: tuple[Walker, ...]
    seconds: tuple[SecondColumn, ...]
    walks: Mapping[tuple[str, str, str], int]
    """(section, section visited, subject) -> column of the periods given there."""
    flows: Mapping[tuple[str, str, str], int]
    """(section, own subject, second subject) -> column of the periods given."""
