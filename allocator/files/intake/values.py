"""Values as people write them: months, words, flags, numbers, names of the county's records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.files.books import Cell
from allocator.records import Field


@dataclass(frozen=True)
class Value:
    """What a cell means: a plain value as records hold it, or why it cannot be read."""

    value: Any = None
    """The plain value (months as YYYY-MM, codes for words, a list for several); None if empty."""
    problem: Problem | None = None
    """Why it cannot be read and how to repair it; the path is for the caller to fill in."""
    note: Problem | None = None
    """How it was read, where more than one way was thinkable."""
    options: tuple[Any, ...] = ()
    """Plain values it may mean, where it is in doubt."""
    unknown: tuple[str, ...] = ()
    """Names in it that no record of the county has, as written: schools, campuses, subjects."""


class Reader:
    """Reads the cells of one column; what was read once is remembered.

    Parameters
    ----------
    column
        All cells of the column: what they have in common settles what one alone leaves in doubt,
        such as 1985.1 where the other months have two digits.
    words
        What the planner said a text means: text -> plain value (see ``SavedMapping.words``).
    """

    def __init__(
        self,
        field: Field,
        county: County,
        column: Iterable[Cell] = (),
        words: Mapping[str, Any] | None = None,
    ) -> None:
        self.field = field

    def read(self, raw: Cell) -> Value:
        """What a cell means."""
        raise NotImplementedError


def read_value(field: Field, raw: Cell, county: County) -> Value:
    """What one cell means for a field; for a whole column, make a :class:`Reader` once."""
    return Reader(field, county).read(raw)
