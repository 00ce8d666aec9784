"""The sheets of all files by table, with doubtful headings as questions to the planner."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.files.books import RawBook
from allocator.files.intake.desk import Desk
from allocator.files.intake.findings import Said, Where, without_identity
from allocator.files.intake.headers import recognise
from allocator.files.intake.mapping import LEFT_ASIDE, SavedMapping
from allocator.files.intake.privacy import holds_identity, masked
from allocator.files.intake.questions import SKIP, Choice, Question
from allocator.files.intake.recognition import Question as Doubt
from allocator.files.intake.recognition import Recognition
from allocator.files.intake.rows import Source
from allocator.modelling import Text
from allocator.records import TABLES, Table
from allocator.records.people import TEACHERS

_ROUNDS = 6
"""Answers may raise new questions about the same sheet this many times."""
_OF_PEOPLE: Mapping[str, Text] = {
    "identity": Text("身份证号", "Identity number"),
    "school": Text("学校", "School"),
}
"""What a column may say of a person beside the fields of a teacher."""
_CELL = re.compile(r"^(?P<sheet>.*?)(?:!(?P<column>[A-Z]{1,3})?(?P<row>\d+)?)?$", re.DOTALL)


@dataclass(frozen=True)
class Recognised:
    """What the sheets of all files hold."""

    sources: Mapping[str, tuple[Source, ...]]
    """Table -> its sheets, by file and sheet."""
    mapping: SavedMapping
    """With what was answered about sheets and headings."""


def recognised(books: Sequence[RawBook], county: County, desk: Desk) -> Recognised:
    """Recognise all sheets; problems, notes and questions go on the desk."""
    mapping = desk.mapping
    found: dict[str, list[Source]] = defaultdict(list)
    for book in books:
        for warning in book.warnings:
            desk.note(where_of(book, warning.path), "", without_identity(warning))
        seen, mapping = _settled(book, county, mapping, desk)
        for problem in seen.problems:
            where = where_of(book, problem.path)
            desk.wrong(where, "", problem)
        for note in seen.notes:
            desk.note(where_of(book, note.path), "", without_identity(note))
        for table in seen.tables:
            found[table.table].append(Source(book, table))
    sources = {
        name: tuple(sorted(held, key=lambda s: (s.book.name, s.sheet, s.recognised.header)))
        for name, held in found.items()
    }
    return Recognised(sources, mapping)


def _settled(
    book: RawBook, county: County, mapping: SavedMapping, desk: Desk
) -> tuple[Recognition, SavedMapping]:
    """Recognise a file with every answer taken in, until none of them changes anything."""
    for _ in range(_ROUNDS):
        seen = recognise(book, county, mapping)
        before = mapping
        for doubt in seen.questions:
            answer = desk.answers.get(header_key(book, doubt))
            if answer is not None and (answer == SKIP or answer in _possible(doubt)):
                mapping = _with(mapping, doubt, answer)
        if mapping == before:
            break
    for doubt in seen.questions:
        key = header_key(book, doubt)
        heading = masked(doubt.heading)
        where = Where(book.name, doubt.sheet, None, doubt.column, heading)
        question = Question(
            key, "header", without_identity(doubt.text), (), _choices(doubt), value=heading
        )
        desk.ask(key, where, lambda made=question: made, _possible(doubt))  # type: ignore[misc]
    return seen, mapping


def header_key(book: RawBook, doubt: Doubt) -> str:
    """Key of a question about a sheet or a heading."""
    return f"header:{book.name}:{doubt.sheet}:{doubt.table}:{masked(doubt.heading) or doubt.field}"


def _with(mapping: SavedMapping, doubt: Doubt, answer: str) -> SavedMapping:
    meant = LEFT_ASIDE if answer == SKIP else answer
    if holds_identity(doubt.heading):
        return mapping
    if doubt.kind == "sheet":
        return mapping.with_sheet(doubt.sheet, meant)
    if doubt.kind == "heading":
        return mapping.with_heading(doubt.table, doubt.heading, meant)
    for heading in doubt.options:
        field = doubt.field if heading == answer else LEFT_ASIDE
        mapping = mapping.with_heading(doubt.table, heading, field)
    return mapping


def _possible(doubt: Doubt) -> frozenset[str]:
    """Every answer that does: those offered, any table for a sheet, any field for a heading."""
    every: tuple[str, ...] = ()
    if doubt.kind == "sheet":
        every = tuple(t.name for t in TABLES)
    elif doubt.kind == "heading":
        every = tuple(f for t in TABLES if t.name == doubt.table for f in t.fields)
    return frozenset((*doubt.options, *every))


def _choices(doubt: Doubt) -> tuple[Choice, ...]:
    titles = {t.name: t for t in TABLES}
    made = []
    for option in doubt.options:
        text: str = masked(option)
        if doubt.kind == "sheet" and option in titles:
            text = Said(titles[option].title)
        elif doubt.kind == "heading" and doubt.table in titles:
            text = Said(_title(titles[doubt.table], option))
        made.append(Choice(option, Problem("", "{value}", {"value": text})))
    return (*made, Choice(SKIP, Problem("", "leave this out")))


def _title(held: Table, option: str) -> Text:
    """A field of a table in words, or what a column says of the people in it."""
    known = option in held.fields
    return held.heading(option) if known else _OF_PEOPLE.get(option) or TEACHERS.heading(option)


def where_of(book: RawBook, path: str) -> Where:
    """The cell, row or sheet that a path such as ``教师!C7`` names."""
    match = _CELL.match(path)
    sheet = match["sheet"] if match else path
    known = next((s for s in book.sheets if s.name == sheet), None)
    if match is None or known is None:
        return Where(book.name, "" if path == book.name else path)
    column = None
    if match["column"]:
        column = 0
        for letter in match["column"]:
            column = column * 26 + ord(letter) - 64
        column -= 1
    return Where(book.name, sheet, int(match["row"]) if match["row"] else None, column)
