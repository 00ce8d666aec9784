"""Recognise the sheets of a workbook: which table each is, and which column is which field."""

from __future__ import annotations

from allocator.county.county import County
from allocator.files.books import RawBook
from allocator.files.intake.mapping import SavedMapping
from allocator.files.intake.recognition import Recognition


def recognise(
    book: RawBook, county: County | None = None, mapping: SavedMapping = SavedMapping()
) -> Recognition:
    """The tables of a workbook, with a question for each thing in doubt.

    What the planner settled once (``mapping``) goes first; then the titles of the fields in both
    languages, then other words that offices use. A heading that only looks like one of these is
    asked about, never taken.
    """
    raise NotImplementedError
