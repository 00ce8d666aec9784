"""What a planner corrected once in a bureau's spreadsheets, kept and used the next time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from allocator.county.frozen import DataError, Frozen, Problem
from allocator.files.faults import merged, problems_in
from allocator.files.intake.plain import plain
from allocator.files.reading import read
from allocator.files.text import canonical, write_aside

LEFT_ASIDE = ""
"""In the place of a table or a field: the sheet or the column is not read."""
_YEARS = re.compile(r"(?:19|20)\d\d(?:年(?:\d{1,2}月)?|学年度?|级|届)?|\d+")


class SheetMeant(Frozen):
    """Which table a sheet holds."""

    sheet: str
    """Name of the sheet, compared without blanks, years and numbers."""
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


_Entry = TypeVar("_Entry", bound=Frozen)


class SavedMapping(Frozen):
    """What the planner settled (对应关系): sheets, headings, names of schools, words.

    It holds headings and names of schools, nothing of any person.
    """

    sheets: tuple[SheetMeant, ...] = ()
    headings: tuple[HeadingMeant, ...] = ()
    places: tuple[PlaceMeant, ...] = ()
    words: tuple[WordMeant, ...] = ()

    def table_of(self, sheet: str) -> str | None:
        """The table settled for a sheet, ``LEFT_ASIDE``, or None where nothing is settled."""
        return next((s.table for s in self.sheets if sheet_key(s.sheet) == sheet_key(sheet)), None)

    def field_of(self, table: str, heading: str) -> str | None:
        """The field settled for a heading, ``LEFT_ASIDE``, or None where nothing is settled."""
        key = plain(heading)
        found = (h.field for h in self.headings if h.table == table and plain(h.heading) == key)
        return next(found, None)

    def with_sheet(self, sheet: str, table: str) -> SavedMapping:
        """The mapping with a sheet settled; ``LEFT_ASIDE`` for one not to be read."""
        kept = [s for s in self.sheets if sheet_key(s.sheet) != sheet_key(sheet)]
        return self._with("sheets", kept, SheetMeant(sheet=sheet, table=table))

    def with_heading(self, table: str, heading: str, field: str) -> SavedMapping:
        """The mapping with a heading settled; ``LEFT_ASIDE`` for a column not to be read."""
        told = (table, plain(heading))
        kept = [h for h in self.headings if (h.table, plain(h.heading)) != told]
        new = HeadingMeant(table=table, heading=heading, field=field)
        return self._with("headings", kept, new)

    def with_place(self, written: str, id: str) -> SavedMapping:
        """The mapping with the name of a school or campus settled."""
        kept = [p for p in self.places if plain(p.written) != plain(written)]
        return self._with("places", kept, PlaceMeant(written=written, id=id))

    def with_word(self, table: str, field: str, written: str, value: str) -> SavedMapping:
        """The mapping with a text settled for one field."""
        told = (table, field, plain(written))
        kept = [w for w in self.words if (w.table, w.field, plain(w.written)) != told]
        new = WordMeant(table=table, field=field, written=written, value=value)
        return self._with("words", kept, new)

    def _with(self, name: str, kept: list[Any], new: Frozen) -> SavedMapping:
        return self.model_copy(update={name: tuple(sorted([*kept, new], key=_order))})


def _order(entry: _Entry) -> tuple[str, ...]:
    return tuple(str(value) for value in entry.model_dump().values())


def sheet_key(name: str) -> str:
    """A name of a sheet without blanks, years and numbers, so that next year's is known again."""
    told = plain(name)
    return _YEARS.sub("", told) or told


def load_mapping(path: Path) -> SavedMapping:
    """A mapping from its JSON file.

    Raises
    ------
    DataError
        If there is no such file or it holds no mapping.
    """
    data, odd = read(path)
    try:
        found = SavedMapping.model_validate(data)
    except ValidationError as error:
        raise DataError(merged(odd, problems_in(error, data))) from None
    if odd:
        raise DataError(tuple(Problem(p.path or str(path), p.text, p.details) for p in odd))
    return found


def save_mapping(path: Path, mapping: SavedMapping) -> None:
    """Write a mapping as JSON; the same mapping makes the same bytes.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    data = mapping.model_dump(mode="json")
    for entries in data.values():
        entries.sort(key=lambda entry: tuple(entry.values()))
    write_aside(path, canonical(data, frozenset(data)))
