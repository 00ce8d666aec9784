"""The headings of a sheet in one row, or in two: merged cells, groups above, units in brackets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from allocator.files.books import Cell, RawSheet
from allocator.files.intake.aliases import CLASS_GROUPS, PERIOD_GROUPS
from allocator.files.intake.plain import plain

MOST_ABOVE = 30
"""Rows at the top of a sheet among which the headings are looked for."""
_LONGEST = 60
"""Signs of a heading; what is longer explains something."""
_TITLE = 0.8
"""A heading over more than this share of the columns is the title of the sheet."""


@dataclass(frozen=True)
class Heading:
    """What stands over one column."""

    own: str
    group: str = ""
    """Of the heading over this and further columns."""

    @property
    def texts(self) -> tuple[str, ...]:
        """What the heading may be read as, the fullest first."""
        if not self.group:
            return (self.own,)
        return (f"{self.group}{self.own}", f"{self.own}{self.group}", self.own)

    @property
    def written(self) -> str:
        """Both together, as a planner sees them."""
        own = " ".join(self.own.split())
        return f"{' '.join(self.group.split())}·{own}" if self.group else own


class Top:
    """The first rows of a sheet, with merged cells resolved."""

    def __init__(self, sheet: RawSheet) -> None:
        self.sheet = sheet
        self.rows = sheet.rows[:MOST_ABOVE]
        self._merged: dict[tuple[int, int], tuple[int, int, int, int]] = {}
        for (top, left), (bottom, right) in sheet.merged:
            if top >= len(self.rows):
                continue
            for row in range(top, min(bottom + 1, len(self.rows))):
                for column in range(left, min(right + 1, sheet.width)):
                    self._merged[row, column] = (top, left, bottom, right)

    def text(self, row: int, column: int) -> str:
        """The text of a cell that could be a heading, else nothing."""
        value: Cell = self.rows[row][column] if column < len(self.rows[row]) else None
        if not isinstance(value, str):
            return ""
        told = value.strip()
        return told if len(told) <= _LONGEST else ""

    @cached_property
    def titles(self) -> str:
        """The name of the sheet and all texts that stand alone in a row."""
        alone = [
            self.text(r, c)
            for r, row in enumerate(self.rows)
            for c, value in enumerate(row)
            if value is not None and sum(v is not None for v in row) == 1
        ]
        return plain(" ".join((self.sheet.name, *alone)))

    def headings(self, row: int) -> Mapping[int, Heading]:
        """Column -> heading, if the headings end in this row."""
        own = {c: self._own(row, c) for c in range(len(self.rows[row]))}
        filled = {c: text for c, text in own.items() if text}
        groups = self._groups(row, filled)
        return {c: Heading(text, groups.get(c, "")) for c, text in filled.items()}

    def _own(self, row: int, column: int) -> str:
        place = self._merged.get((row, column))
        if place is None:
            return self.text(row, column)
        top, left, _, _ = place
        return self.text(top, left) if left == column else ""

    def over_blanks(self, row: int) -> Mapping[int, Heading]:
        """The same for a sheet without merged cells: where the row is blank, the row above."""
        found = dict(self.headings(row))
        if row == 0 or self.sheet.merged:
            return found
        for column in range(self.sheet.width):
            blank = column >= len(self.rows[row]) or self.rows[row][column] is None
            if blank and self.text(row - 1, column):
                found[column] = Heading(self.text(row - 1, column))
        return dict(sorted(found.items()))

    def _groups(self, row: int, filled: Mapping[int, str]) -> Mapping[int, str]:
        """Column -> group heading in the row above."""
        found = {}
        for column in filled if row else ():
            place = self._merged.get((row - 1, column))
            if place is not None:
                top, left, bottom, right = place
                wide = right > left and bottom < row
                if wide and right - left + 1 < _TITLE * self.sheet.width:
                    found[column] = self.text(top, left)
            elif not self.sheet.merged:
                found[column] = self._spread(row - 1, column)
        virtual = self._virtual(filled) if not any(found.values()) else ""
        return {c: g for c, g in found.items() if g} or dict.fromkeys(filled, virtual)

    def _spread(self, row: int, column: int) -> str:
        """The group heading in a row without merged cells: the text at the left of blanks."""
        texts = [c for c in range(self.sheet.width) if self.text(row, c)]
        starts = [c for c in texts if c <= column]
        if len(texts) < 2 or not starts:
            return ""
        following = self.text(row, starts[-1] + 1) if starts[-1] + 1 < self.sheet.width else "x"
        return "" if following else self.text(row, starts[-1])

    def _virtual(self, filled: Mapping[int, str]) -> str:
        """What the title says of columns that are called by their grade alone."""
        grades = Counter("年级" in text or text[:1] == "初" for text in filled.values())
        if grades[True] < 3:
            return ""
        if any(group in self.titles for group in CLASS_GROUPS):
            return CLASS_GROUPS[0]
        return PERIOD_GROUPS[0] if any(g in self.titles for g in PERIOD_GROUPS) else ""
