"""Answers that go for the next files too, kept in the mapping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from allocator.county.county import County
from allocator.files.books import RawBook
from allocator.files.intake.desk import Desk
from allocator.files.intake.mapping import SavedMapping
from allocator.files.intake.place_names import PLACES, SCHOOLS, fields_naming
from allocator.files.intake.privacy import BLOTTED
from allocator.files.intake.questions import SKIP
from allocator.files.intake.recognising import recognised
from allocator.files.intake.school_names import known_names


def remembered_in(
    mapping: SavedMapping, books: Sequence[RawBook], county: County, answers: Mapping[str, str]
) -> SavedMapping:
    """The mapping with names of places, headings and words as answered.

    Who a person is, is never kept: it goes for one file only.
    """
    made = recognised(books, county, Desk(answers, mapping)).mapping
    for key in sorted(answers):
        answer = answers[key]
        head, _, rest = key.partition(":")
        if answer == SKIP or BLOTTED in rest:
            continue
        if head == "place":
            made = _with_place(made, county, rest, answer)
        elif head == "value":
            table, field, written = rest.split(":", 2)
            made = made.with_word(table, field, written, answer)
    return made


def _with_place(mapping: SavedMapping, county: County, rest: str, answer: str) -> SavedMapping:
    asked, _, written = rest.partition(":")
    kind = next((k for k in PLACES if k == asked), None)
    if kind is None or answer not in known_names(county, kind).names:
        return mapping
    if kind in SCHOOLS:
        return mapping.with_place(written, answer)
    for table, field in fields_naming(kind):
        mapping = mapping.with_word(table, field, written, answer)
    return mapping
