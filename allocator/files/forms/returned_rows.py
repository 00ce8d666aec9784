"""Reading one sheet of a list to confirm: its school, its lines, what is wrong with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.county.people import Ground, Teacher
from allocator.files.books import Cell, RawBook, RawSheet, cell_path
from allocator.files.forms.words import END
from allocator.insight.confirm_tables import ANSWERS, CONFIRM
from allocator.insight.headings import COLUMNS
from allocator.insight.identity import names_identity, without_identity
from allocator.insight.vocabulary import EXEMPTION, STANDING, STANDING_REASON, Words

Status = Literal["due", "may", "not_now"]
_LOOKED = 20
"""Rows in which the headings are looked for."""
_MONTH = re.compile(r"(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?!\d)")
_STATUSES: tuple[Status, ...] = ("due", "may", "not_now")
_GROUNDS: tuple[Ground, ...] = get_args(Ground)
_WITHHELD = "withheld"


@dataclass(frozen=True)
class Line:
    """One line with an answer: what a school says of a teacher's standing."""

    teacher: Teacher
    school: str
    status: Status | None
    ground: Ground | None
    note: str
    confirmed_by: str
    where: str
    """File, sheet and row."""

    @property
    def answer(self) -> tuple[object, ...]:
        """What is said."""
        return self.status, self.ground, self.note if self.status else ""

    def corrects(self, county: County) -> bool:
        """Whether it says something else than the county knows."""
        if self.status is None:
            return False
        known = county.standings[self.teacher.id]
        same = self.status == known.status
        return not same or (self.ground is not None and self.ground != known.ground)


@dataclass(frozen=True)
class ReturnedSheet:
    """A sheet that came back."""

    where: str
    school: str | None
    """The school it is of; None where neither title nor lines say."""
    seen: tuple[str, ...]
    """Teachers that have a line."""
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]


def returned_sheets(
    book: RawBook, county: County, known: Mapping[str, tuple[str, Teacher]]
) -> list[ReturnedSheet]:
    """The sheets of a workbook that are lists to confirm."""
    found = []
    for sheet in book.sheets:
        at = None if sheet.hidden else _headings(sheet)
        if at is not None:
            found.append(_Reader(book, sheet, at, county, known).read())
    return found


def _plain(value: Cell) -> str:
    """A cell as text, full width made half and blanks at both ends gone."""
    if value is None or isinstance(value, bool):
        return ""
    return unicodedata.normalize("NFKC", str(value)).strip()


_TITLES = {_plain(title): code for code in CONFIRM for title in COLUMNS[code].title}
"""Heading in either language -> column."""


@dataclass(frozen=True)
class _Headings:
    row: int
    columns: Mapping[str, int]


def _headings(sheet: RawSheet) -> _Headings | None:
    for n, row in enumerate(sheet.rows[:_LOOKED]):
        columns: dict[str, int] = {}
        for at, cell in enumerate(row):
            code = _TITLES.get(_plain(cell))
            if code is not None:
                columns.setdefault(code, at)
        if {"teacher", "corrected_to"} <= columns.keys():
            return _Headings(n, columns)
    return None


@dataclass
class _Reader:
    book: RawBook
    sheet: RawSheet
    at: _Headings
    county: County
    known: Mapping[str, tuple[str, Teacher]]
    problems: list[Problem] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def read(self) -> ReturnedSheet:
        """Everything the sheet says."""
        self._columns()
        self._month()
        school = self._school()
        for n, row in enumerate(self.sheet.rows[self.at.row + 1 :], start=self.at.row + 1):
            number = self._text(row, "teacher")
            if number in END:
                break
            if number or any(self._text(row, code) for code in ANSWERS):
                self._line(n, row, number, school)
        if school is None and self.seen:
            school = self.known[self.seen[0]][0]
        return ReturnedSheet(
            self._where(), school, tuple(self.seen), tuple(self.lines), tuple(self.problems)
        )

    def _where(self, row: int | None = None, code: str | None = None) -> str:
        if row is None:
            return f"{self.book.name} {self.sheet.name}"
        column = self.at.columns.get(code) if code is not None else None
        return f"{self.book.name} {cell_path(self.sheet.name, row, column)}"

    def _text(self, row: Sequence[Cell], code: str) -> str:
        at = self.at.columns.get(code)
        return _plain(row[at]) if at is not None and at < len(row) else ""

    def _columns(self) -> None:
        for code in ("name", *ANSWERS):
            if code not in self.at.columns:
                text = "column {column} is missing: use the file that the bureau wrote"
                self.problems.append(
                    Problem(self._where(self.at.row), text, {"column": COLUMNS[code].title.zh})
                )

    def _above(self) -> Iterator[str]:
        for row in self.sheet.rows[: self.at.row]:
            yield from filter(None, map(_plain, row))

    def _month(self) -> None:
        months = [m for text in self._above() for m in _MONTH.findall(text)]
        if months and self.county.as_of not in months:
            text = "the list is of {month}, the data of {as_of}: send out the new list"
            self.problems.append(
                Problem(self._where(), text, {"month": months[0], "as_of": self.county.as_of})
            )

    def _school(self) -> str | None:
        """The school named first in the title."""
        names = {_plain(without_identity(s.name)): s.id for s in self.county.schools}
        title = next(self._above(), "")
        found = [name for name in names if name and title.startswith(name)]
        return names[max(found, key=len)] if found else None

    def _line(self, n: int, row: Sequence[Cell], number: str, school: str | None) -> None:
        if number not in self.known:
            text = "teacher {id} is on no list of a public school: correct the number"
            self.problems.append(
                Problem(self._where(n, "teacher"), text, {"id": without_identity(number) or "-"})
            )
            return
        home, teacher = self.known[number]
        self.seen.append(number)
        before = len(self.problems)
        if school is not None and home != school:
            text = "teacher {id} serves at {home}: only that school confirms the line"
            self.problems.append(
                Problem(
                    self._where(n, "teacher"),
                    text,
                    {"id": number, "home": self.county.school[home].name},
                )
            )
        name = self._text(row, "name")
        if name.replace(" ", "") != _plain(without_identity(teacher.name)).replace(" ", ""):
            text = "number {id} stands beside another name than in the data: correct the line"
            self.problems.append(Problem(self._where(n, "name"), text, {"id": number}))
        line = self._answer(n, row, home, teacher)
        if len(self.problems) == before:
            self.lines.append(line)

    def _answer(self, n: int, row: Sequence[Cell], school: str, teacher: Teacher) -> Line:
        told = {code: self._text(row, code) for code in ANSWERS}
        for code in ANSWERS:
            if (n, self.at.columns.get(code, -1)) in self.sheet.errors:
                self.problems.append(
                    Problem(self._where(n, code), "the cell holds an error: type the value")
                )
        status = self._code(n, "corrected_to", told["corrected_to"], STANDING)
        ground = self._code(
            n, "corrected_ground", told["corrected_ground"],
            {**EXEMPTION, _WITHHELD: STANDING_REASON[_WITHHELD]},
        )  # fmt: skip
        if not told["corrected_to"] and (told["corrected_ground"] or told["note"]):
            text = "a correction is explained but not chosen: choose the standing or empty the line"
            self.problems.append(Problem(self._where(n, "corrected_to"), text))
        if ground is not None and status in ("due", "may"):
            text = "a ground goes only with {status}: correct one of them"
            self.problems.append(
                Problem(
                    self._where(n, "corrected_ground"), text, {"status": STANDING["not_now"].zh}
                )
            )
        if told["corrected_to"] and not told["confirmed_by"]:
            self.problems.append(
                Problem(
                    self._where(n, "confirmed_by"), "a correction needs the name of who confirms it"
                )
            )
        for code in ("note", "confirmed_by"):
            if names_identity(told[code]):
                self.problems.append(
                    Problem(
                        self._where(n, code), "an identity number must not stand here: delete it"
                    )
                )
        return Line(
            teacher=teacher,
            school=school,
            status=next((s for s in _STATUSES if s == status), None),
            ground=next((g for g in _GROUNDS if g == ground), None),
            note=told["note"],
            confirmed_by=told["confirmed_by"],
            where=self._where(n),
        )

    def _code(self, n: int, code: str, told: str, words: Words) -> str | None:
        """The code of a word in either language; None where nothing is told."""
        if not told:
            return None
        for known, word in words.items():
            if told in (known, word.zh, word.en):
                return str(known)
        text = "{given} is not one of the choices: choose {expected}"
        expected = ", ".join(w.zh for w in words.values())
        self.problems.append(
            Problem(
                self._where(n, code), text, {"given": without_identity(told), "expected": expected}
            )
        )
        return None
