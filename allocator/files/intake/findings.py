"""What is wrong with a cell of an uploaded file, and where the cell stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allocator.county.frozen import Problem
from allocator.files.intake.privacy import masked
from allocator.modelling import Language, Text
from allocator.words import say
from allocator.words.catalogue import CODES


@dataclass(frozen=True, order=True)
class Where:
    """A cell as a person finds it again: file, sheet, row counted from 1, column."""

    book: str = ""
    sheet: str = ""
    row: int | None = None
    """Counted from 1 as a spreadsheet shows it; None for the whole sheet."""
    column: int | None = None
    """Counted from 0; None for the whole row."""
    heading: str = ""
    """Heading of the column as it stands in the file."""

    @property
    def letter(self) -> str:
        """Letters of the column, such as ``AB``."""
        return letters(self.column) if self.column is not None else ""

    @property
    def cell(self) -> str:
        """Letters and row, such as ``C7``."""
        return f"{self.letter}{self.row if self.row is not None else ''}"

    def __str__(self) -> str:
        """Sheet and cell, as formulas write them."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet

    @property
    def order(self) -> tuple[str, str, int, int]:
        """Where it comes in a report."""
        return (self.book, self.sheet, self.row or 0, -1 if self.column is None else self.column)


def letters(column: int) -> str:
    """Letters of a column counted from 0."""
    text, left = "", column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        text = chr(65 + digit) + text
    return text


@dataclass(frozen=True)
class Finding:
    """One thing wrong with a file: the cell, what stands in it, what is wrong, how to repair it."""

    where: Where
    value: str
    """What stands in the cell, never an identity number."""
    problem: Problem

    @classmethod
    def at(cls, where: Where, value: object, problem: Problem) -> Finding:
        """A finding whose words name no identity number."""
        shown = "" if value is None else masked(str(value))[:80]
        return cls(where, shown, without_identity(problem))


def without_identity(problem: Problem) -> Problem:
    """A problem without its path and without what may be an identity number in its details."""
    details = {
        name: masked(item) if isinstance(item, str) and not isinstance(item, Said) else item
        for name, item in problem.details.items()
    }
    return Problem("", problem.text, details)


class Said(str):
    """A text in both languages as a detail of a problem; on its own it reads Chinese."""

    text: Text

    def __new__(cls, text: Text) -> Said:
        """Make it read Chinese on its own."""
        made = super().__new__(cls, text.zh)
        made.text = text
        return made


def worded(problem: Problem, lang: Language) -> tuple[str, str]:
    """What is wrong and how to repair it, in one language; the second may be empty."""
    details = _details(problem, lang)
    fault, mark, repair = say(problem.text, lang).partition("：" if lang == "zh" else ": ")
    fault, repair = say(fault, lang, **details), say(repair, lang, **details) if mark else ""
    who = details.get("who")
    if who is not None and str(who) not in fault + repair:
        fault = say("{text} ({who})", lang, text=fault, who=who)
    return fault, repair


def sentence(problem: Problem, lang: Language) -> str:
    """A problem or a question in one language as one text."""
    return say(problem.text, lang, **_details(problem, lang))


def _details(problem: Problem, lang: Language) -> dict[str, Any]:
    details: dict[str, Any] = {}
    for name, value in problem.details.items():
        if isinstance(value, Said):
            details[name] = value.text.say(lang)
        else:
            details[name] = say(CODES[value], lang) if value in CODES else value
    return details


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by file, sheet, row and column; what is said twice of one cell only once."""
    once = {(f.where, f.problem.text, str(f.problem.details)): f for f in findings}
    return tuple(sorted(once.values(), key=lambda f: (f.where.order, f.problem.text, f.value)))
