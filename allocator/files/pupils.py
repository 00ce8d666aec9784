"""Lists of pupils: read from CSV or a workbook, without names, all faults at once by their cell."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from io import StringIO
from os import PathLike
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from allocator.admission.pupils import Pupil
from allocator.county.county import County
from allocator.county.frozen import DataError, Problem
from allocator.files.intake.words import NO, YES
from allocator.files.pupil_columns import (
    Heading,
    Kind,
    columns,
    heading,
    heading_problems,
    plain,
    title,
)
from allocator.files.pupil_rows import rows_of
from allocator.files.text import write_aside

_HIGHEST = 10_000
"""More than any examination gives."""
_LOOK = 10
"""Rows among which the headings are looked for."""
_CODE = re.compile(r"[A-Za-z0-9_\-]{1,40}")
_IDENTITY = re.compile(r"\d{17}[\dXx]")
_YES_NO = dict.fromkeys(map(plain, YES), True) | dict.fromkeys(map(plain, NO), False)


def load_pupils(path: str | PathLike[str], county: County) -> tuple[Pupil, ...]:
    """Read a list of pupils (考生名单): CSV, or the first sheet of a workbook.

    Needed are 考生号, 初中, 三年学籍, 总分, 第一志愿 and those after it. Read besides: 同分比较1
    and those after it, 抽签号, 分配第一志愿 and those after it. Without a column of quota wishes
    the wishes of unified admission serve for both. Schools stand by name or code. Other columns,
    such as names, are never read.

    Raises
    ------
    DataError
        With everything that is wrong with the file, by cell.
    """
    rows = rows_of(Path(path))
    top = next((r for r, row in enumerate(rows[:_LOOK]) if ("number", 1) in map(heading, row)), 0)
    problems = [
        Problem(xl_rowcol_to_cell(top, n), p.text, p.details)
        for n, p in heading_problems(rows[top])
    ]
    sheet = _Sheet(county, columns(rows[top]))
    pupils = [sheet.pupil(r, rows[r]) for r in range(top + 1, len(rows)) if any(rows[r])]
    problems += sheet.problems
    if not problems and not pupils:
        problems.append(Problem(str(path), "the list holds no pupil: choose another file"))
    if problems:
        raise DataError(tuple(problems))
    return tuple(p for p in pupils if p is not None)


def save_pupils(county: County, pupils: Sequence[Pupil], path: str | PathLike[str]) -> None:
    """Write a list of pupils as CSV, in the form that :func:`load_pupils` reads.

    Raises
    ------
    OSError
        If the folder cannot be written to; an old file is then untouched.
    """
    schools = _written((s.id, s.name) for s in county.junior_highs)
    highs = _written((h.id, h.name) for h in county.senior_highs)
    parts: tuple[tuple[Kind, Callable[[Pupil], Sequence[object]]], ...] = (
        ("number", lambda p: (p.number,)),
        ("junior_high", lambda p: (schools[p.junior_high],)),
        ("registered", lambda p: ("是" if p.registered else "否",)),
        ("score", lambda p: (p.score,)),
        ("further", lambda p: p.further),
        ("lot", lambda p: () if p.lot is None else (p.lot,)),
        ("quota_wish", lambda p: [highs[h] for h in p.quota_wishes]),
        ("unified_wish", lambda p: [highs[h] for h in p.unified_wishes]),
    )
    # A list without a column of quota wishes would be read as wishing the same in both stages.
    least: Mapping[Kind, int] = {"quota_wish": 1, "unified_wish": 1}
    wide = {k: max((len(of(p)) for p in pupils), default=1) for k, of in parts}
    wide = {kind: max(n, least.get(kind, 0)) for kind, n in wide.items()}
    out = StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write([title(kind, n + 1) for kind, _ in parts for n in range(wide[kind])])
    for pupil in pupils:
        held = [(of(pupil), wide[kind]) for kind, of in parts]
        write([cell for cells, width in held for cell in (*cells, *[""] * (width - len(cells)))])
    # Chinese Excel takes a file without the mark for GB18030.
    write_aside(Path(path), "\ufeff" + out.getvalue())


@dataclass
class _Sheet:
    """Reads rows, and keeps what is wrong with them."""

    county: County
    at: Mapping[Heading, int]
    problems: list[Problem] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.schools = _known((s.id, s.name) for s in self.county.junior_highs)
        self.highs = _known((h.id, h.name) for h in self.county.senior_highs)
        self.every: dict[Kind, list[int]] = defaultdict(list)
        for (kind, _), n in self.at.items():
            self.every[kind].append(n)

    def pupil(self, row: int, cells: Sequence[str]) -> Pupil | None:
        """The pupil of a row; None where anything is wrong with it."""
        before = len(self.problems)
        unified = self._wishes(row, cells, "unified_wish")
        found = {
            "number": self._each(row, cells, "number", self._number),
            "junior_high": self._each(row, cells, "junior_high", self._school),
            "registered": self._each(row, cells, "registered", self._yes_no),
            "score": self._each(row, cells, "score", self._score),
        }
        further = self._each(row, cells, "further", self._score)
        lots = self._each(row, cells, "lot", self._lot)
        quota = self._wishes(row, cells, "quota_wish") if self.every["quota_wish"] else unified
        if len(self.problems) > before or any(not values for values in found.values()):
            return None
        return Pupil(
            **{name: values[0] for name, values in found.items()},
            further=tuple(further),
            lot=lots[0] if lots else None,
            quota_wishes=quota,
            unified_wishes=unified,
        )

    def _each(
        self, row: int, cells: Sequence[str], kind: Kind, read: Callable[[str, str], Any]
    ) -> list[Any]:
        """The values of all columns of a kind; what cannot be read is kept as a problem."""
        found = []
        for n in self.every[kind]:
            where, text = xl_rowcol_to_cell(row, n), cells[n] if n < len(cells) else ""
            try:
                if not text and kind != "lot":
                    raise _refused(Problem("", "the cell is empty: enter a value"))
                found.append(read(text, where))
            except DataError as error:
                self.problems += [Problem(where, p.text, p.details) for p in error.problems]
        return found

    def _wishes(self, row: int, cells: Sequence[str], kind: Kind) -> tuple[str, ...]:
        found: list[str] = []
        for n in self.every[kind]:
            text = cells[n] if n < len(cells) else ""
            codes = self.highs.get(plain(text), ())
            details = {"high": text}
            if not text:
                continue
            if len(codes) != 1:
                fault = (
                    "several senior highs are called {high}: give the code"
                    if codes
                    else "{high} is no senior high of this county: correct it"
                )
            elif codes[0] in found:
                fault = "{high} is wished for twice: keep it once"
            else:
                found.append(codes[0])
                continue
            self.problems.append(Problem(xl_rowcol_to_cell(row, n), fault, details))
        return tuple(found)

    def _number(self, text: str, where: str) -> str:
        if _IDENTITY.fullmatch(text):
            raise _refused(
                Problem("", "this looks like an identity number: use the number of the examination")
            )
        if not _CODE.fullmatch(text):
            fault = "{given} is no code: use letters, digits, - and _ only, at most 40"
            raise _refused(Problem("", fault, {"given": text[:40]}))
        if text in self.seen:
            fault = "{id} is used twice, first at {first}: give each its own code"
            raise _refused(Problem("", fault, {"id": text, "first": self.seen[text]}))
        self.seen[text] = where
        return text

    def _school(self, text: str, where: str) -> str:
        del where
        codes = self.schools.get(plain(text), ())
        if len(codes) > 1:
            raise _refused(
                Problem(
                    "", "several junior highs are called {school}: give the code", {"school": text}
                )
            )
        if not codes:
            raise _refused(
                Problem("", "{school} is no junior high of this county", {"school": text})
            )
        return codes[0]

    @staticmethod
    def _yes_no(text: str, where: str) -> bool:
        del where
        if plain(text) not in _YES_NO:
            raise _refused(
                Problem("", "{given} is neither yes nor no: enter 是 or 否", {"given": text[:40]})
            )
        return _YES_NO[plain(text)]

    @staticmethod
    def _score(text: str, where: str) -> Decimal:
        del where
        try:
            score = Decimal(plain(text))
            fits = 0 <= score <= _HIGHEST
        except InvalidOperation:
            fits = False
        if not fits:
            fault = "{given} is no score: enter a number from 0 to {most}, 0 for who was absent"
            raise _refused(Problem("", fault, {"given": text[:40], "most": _HIGHEST}))
        return score

    @staticmethod
    def _lot(text: str, where: str) -> int | None:
        del where
        number = plain(text)
        if number and not (number.isascii() and number.isdigit() and len(number) < 10):
            raise _refused(
                Problem("", "{given} is no whole number: enter one", {"given": text[:40]})
            )
        return int(number) if number else None


def _refused(problem: Problem) -> DataError:
    """What is wrong with a cell; the cell itself is added by the caller."""
    return DataError((problem,))


def _known(listed: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Name or code -> codes it may mean."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, name in listed:
        found[plain(code)].add(code)
        found[plain(name)].add(code)
    return {label: tuple(sorted(codes)) for label, codes in found.items()}


def _written(listed: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Code -> name, or the code where the name would not be enough."""
    held = list(listed)
    known = _known(held)
    return {code: name if known[plain(name)] == (code,) else code for code, name in held}
