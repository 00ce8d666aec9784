"""Answers that go for the next files too, kept in the mapping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from allocator.county.county import County
from allocator.files.books import RawBook
from allocator.files.intake.desk import Desk
from allocator.files.intake.mapping import SavedMapping
from allocator.files.intake.questions import SKIP, Question
from allocator.files.intake.recognising import recognised

_OF_SCHOOLS = ("schools", "campuses", "claimants")


def remembered_in(
    mapping: SavedMapping,
    books: Sequence[RawBook],
    county: County,
    asked: Mapping[str, Question],
    answers: Mapping[str, str],
) -> SavedMapping:
    """The mapping with names of places, headings and words as answered.

    Who a person is, is never kept: it goes for one file only.
    """
    made = recognised(books, county, Desk(answers, mapping)).mapping
    for key in sorted(answers):
        answer, question = answers[key], asked.get(key)
        if question is None or answer == SKIP or not question.value:
            continue
        head, _, rest = key.partition(":")
        kind, _, _ = rest.partition(":")
        if head == "place" and kind in _OF_SCHOOLS:
            made = made.with_place(question.value, answer)
        elif head in ("place", "value"):
            for table, field in question.fields:
                made = made.with_word(table, field, question.value, answer)
    return made
