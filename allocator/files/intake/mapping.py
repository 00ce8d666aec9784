"""What a planner corrected once in a bureau's spreadsheets, kept and used the next time."""

from __future__ import annotations

from pathlib import Path

from allocator.county.frozen import Frozen

LEFT_ASIDE = ""
"""In the place of a table or a field: the sheet or the column is not read."""


class SheetMeant(Frozen):
    """Which table a sheet holds."""

    sheet: str
    """Name of the sheet, compared without blanks and digits of years."""
    table: str


class HeadingMeant(Frozen):
    """Which field a heading stands for."""

    table: str
    heading: str
    field: str


class PlaceMeant(Frozen):
    """Which campus or school a written name means."""

    written: str
    id: str


class WordMeant(Frozen):
    """Which value a written text means in a field."""

    table: str
    field: str
    written: str
    value: str


class SavedMapping(Frozen):
    """What the planner settled (对应关系): sheets, headings, names of schools, words."""

    sheets: tuple[SheetMeant, ...] = ()
    headings: tuple[HeadingMeant, ...] = ()
    places: tuple[PlaceMeant, ...] = ()
    words: tuple[WordMeant, ...] = ()

    def with_sheet(self, sheet: str, table: str) -> SavedMapping:
        """The mapping with a sheet settled; ``LEFT_ASIDE`` for one not to be read."""
        raise NotImplementedError

    def with_heading(self, table: str, heading: str, field: str) -> SavedMapping:
        """The mapping with a heading settled; ``LEFT_ASIDE`` for a column not to be read."""
        raise NotImplementedError

    def with_place(self, written: str, id: str) -> SavedMapping:
        """The mapping with the name of a school or campus settled."""
        raise NotImplementedError

    def with_word(self, table: str, field: str, written: str, value: str) -> SavedMapping:
        """The mapping with a text settled for one field."""
        raise NotImplementedError


def load_mapping(path: Path) -> SavedMapping:
    """A mapping from its JSON file.

    Raises
    ------
    DataError
        If there is no such file or it holds no mapping.
    """
    raise NotImplementedError


def save_mapping(path: Path, mapping: SavedMapping) -> None:
    """Write a mapping as JSON; the same mapping makes the same bytes."""
    raise NotImplementedError
