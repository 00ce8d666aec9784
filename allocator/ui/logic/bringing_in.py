"""Spreadsheets on their way into a scenario: what is there, what was settled, what would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from allocator.county.county import County
from allocator.county.frozen import DataError, Problem
from allocator.files.books import RawBook, RawSheet, open_book
from allocator.files.forms.returned_rows import Line
from allocator.files.intake.changing import as_changes
from allocator.files.intake.headers import recognise
from allocator.files.intake.mapping import SavedMapping, load_mapping, save_mapping
from allocator.files.intake.marked_copy import marked_copy
from allocator.files.intake.proposal import How, NewCounty, Proposal, propose, remembered
from allocator.files.intake.questions import Question
from allocator.files.intake.recognition import RecognisedSheet
from allocator.insight.names import bracketed
from allocator.insight.vocabulary import Words
from allocator.modelling import Language, Text
from allocator.records import TABLES, names_of, table
from allocator.scenario import Scenario
from allocator.ui.logic.edits import Edit, applied
from allocator.ui.logic.workspace import workspace
from allocator.words import tell

if TYPE_CHECKING:
    from allocator.records.fields import Names

KEYS: Words = {
    "teacher": Text("教职工号（对应人员）", "number, to join people"),
    "name": Text("姓名（对应人员）", "name, to join people"),
    "identity": Text("证件号（对应人员，不保存）", "identity number, to join people, not kept"),
    "sex": Text("性别（对应人员）", "sex, to join people"),
    "born": Text("出生年月（对应人员）", "month of birth, to join people"),
    "school": Text("学校（对应校区）", "school, to find the campus"),
    "campus": Text("校区", "campus"),
    "stage": Text("学段", "stage"),
    "subject": Text("学科", "subject"),
    "grade": Text("年级", "grade"),
}
"""What a column says of whom or what a row is about, where the table has no such field."""


@dataclass(frozen=True)
class Found:
    """One sheet of a file, with what it was recognised as."""

    book: RawBook
    sheet: RawSheet
    tables: tuple[RecognisedSheet, ...]
    """Empty for a sheet that is not read."""


@dataclass(frozen=True)
class Bringing:
    """Files on their way into a scenario. Every step gives a new one; nothing is taken over."""

    into: Scenario | None
    """The scenario the files are read into; None for a new one."""
    books: tuple[RawBook, ...]
    mapping: SavedMapping = field(default_factory=SavedMapping)
    complete: frozenset[str] = frozenset()
    """Tables of which the files hold every row: others go."""
    new: NewCounty = field(default_factory=NewCounty)
    answers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def proposal(self) -> Proposal:
        """What the files would make of the scenario."""
        how: dict[str, How] = dict.fromkeys(sorted(self.complete), "replace")
        return propose(self.into, self.books, self.mapping, how, new=self.new, answers=self.answers)

    @cached_property
    def found(self) -> tuple[Found, ...]:
        """Every sheet of every file."""
        county = None if self.into is None else self.into.county
        made = []
        for book in self.books:
            seen = recognise(book, county, remembered(self.proposal))
            for sheet in book.sheets:
                held = tuple(t for t in seen.tables if t.sheet.name == sheet.name)
                made.append(Found(book, sheet, held))
        return tuple(made)

    def answered(self, answers: Mapping[str, str]) -> Bringing:
        """With more questions answered."""
        return replace(self, answers={**self.answers, **answers})

    def unanswered(self) -> Bringing:
        """With every answer taken back."""
        return replace(self, answers={})

    def corrected(self, mapping: SavedMapping) -> Bringing:
        """With what sheets and columns mean settled by hand."""
        return replace(self, mapping=mapping)

    def completed(self, tables: Iterable[str]) -> Bringing:
        """With tables named of which the files hold every row."""
        return replace(self, complete=frozenset(tables))

    def edit(self, code: str) -> Edit:
        """The changes as one edit of the scenario.

        Parameters
        ----------
        code
            Tells this edit from others of its kind.

        Raises
        ------
        DataError
            With everything that is still open.
        """
        made = self.proposal
        if self.into is None or made.scenario is None:
            text = "nothing can be taken over yet: answer the questions and repair the files"
            raise DataError((Problem("", text),))
        changes = [
            [t.table, c.kind, c.row, c.column, c.value] for t in made.tables for c in as_changes(t)
        ]
        names = [book.name for book in self.books]
        settings = {
            name: made.scenario.model_dump(mode="json", include={name})[name]
            for name in type(self.into).model_fields
            if name != "county" and getattr(self.into, name) != getattr(made.scenario, name)
        }
        value = {"files": names, "changes": changes, "settings": settings}
        edit = Edit("batch", (code,), value)
        if applied(self.into, [edit]) != made.scenario:
            text = "these changes cannot be taken over in one step: make a new scenario of them"
            raise DataError((Problem("", text),))
        return edit

    def marked(self, book: RawBook, lang: Language) -> bytes:
        """A copy of a file with its bad cells coloured and commented."""
        return marked_copy(book, self.proposal, lang)

    def wrong_in(self, book: RawBook) -> int:
        """How many problems and open questions a file has."""
        asked = (w for q in self.proposal.questions for w in q.wheres)
        places = (*(f.where for f in self.proposal.findings), *asked)
        return sum(place.book == book.name for place in places)


def opened(
    files: Sequence[tuple[str, bytes]],
) -> tuple[tuple[RawBook, ...], tuple[Problem, ...]]:
    """Files opened, and why those that are missing were refused."""
    books: list[RawBook] = []
    problems: list[Problem] = []
    for name, content in files:
        try:
            books.append(open_book(content, name))
        except DataError as error:
            problems += error.problems
    return tuple(books), tuple(problems)


def table_titles(lang: Language) -> dict[str, str]:
    """Every table that files may hold, in words."""
    return {held.name: held.title.say(lang) for held in TABLES}


def field_titles(name: str, lang: Language) -> dict[str, str]:
    """The fields of a table, in words."""
    return {code: about.title.say(lang) for code, about in table(name).fields.items()}


def choices_of(question: Question, county: County, lang: Language) -> dict[str, str]:
    """The answers offered to a question, the likeliest first, then every other record."""
    offered = {c.code: _chosen(tell(c.words, lang), c.score, lang) for c in question.choices}
    if question.names:
        offered |= {
            code: words
            for code, words in names_of(county, cast("Names", question.names), lang).items()
            if code not in offered
        }
    return offered


def _chosen(words: str, score: float | None, lang: Language) -> str:
    return words if score is None else bracketed(words, f"{score:.0f} %", lang)


def returned_edit(code: str, files: Sequence[str], lines: Iterable[Line]) -> Edit:
    """What schools correct in their lists, as one edit of the table of corrections."""
    changes = [
        ["corrections", "cell", line.teacher.id, column, value]
        for line in lines
        for column, value in (
            ("status", line.status),
            ("ground", line.ground),
            ("note", line.note),
            ("confirmed_by", line.confirmed_by),
        )
    ]
    return Edit("batch", (code,), {"files": list(files), "changes": changes})


def settled_before() -> SavedMapping:
    """What was settled with earlier files of this bureau."""
    with suppress(DataError, OSError):
        if _kept().exists():
            return load_mapping(_kept())
    return SavedMapping()


def settle(made: SavedMapping) -> None:
    """Keep what was settled for the next files."""
    # A full disk must not undo what was taken over.
    with suppress(OSError):
        _kept().parent.mkdir(parents=True, exist_ok=True)
        save_mapping(_kept(), made)


def settled_number(mapping: SavedMapping) -> int:
    """How many things are settled."""
    return sum(map(len, (mapping.sheets, mapping.headings, mapping.places, mapping.words)))


def _kept() -> Path:
    return workspace() / "mapping.json"
