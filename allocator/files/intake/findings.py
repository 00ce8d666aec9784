"""What is wrong with a cell of an uploaded file, and where the cell stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from allocator.county.frozen import Problem
from allocator.files.intake.privacy import masked


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
        details = {
            name: masked(item) if isinstance(item, str) else item
            for name, item in problem.details.items()
        }
        return cls(where, shown, Problem(problem.path, problem.text, details))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by file, sheet, row and column; what is said twice of one cell only once."""
    once = {(f.where, f.problem.text, str(f.problem.details)): f for f in findings}
    return tuple(sorted(once.values(), key=lambda f: (f.where.order, f.problem.text, f.value)))
