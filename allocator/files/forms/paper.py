"""One upright A4 page of several tables on a common grid: what a school gets in its hand."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from allocator.files.workbook.page import form_of
from allocator.files.workbook.styles import Styles, width
from allocator.files.workbook.text import cell_text
from allocator.insight.headings import COLUMNS, worded
from allocator.modelling import Language

WIDTHS = (10.0, 11.0, 9.0, 21.0, 10.0, 10.0, 10.0, 9.0, 11.0)
"""Of the columns of the grid; the last only where numbers of teachers stand."""
_LINE = 15.0
_ONE_PAGE = 78
"""Rows that can still be read when they are made to fit one page."""


@dataclass(frozen=True)
class Block:
    """A part of the page: a heading and a table.

    Parameters
    ----------
    columns
        Column of the table for each column of the grid; an empty one belongs to that before it.
    empty
        What is said where the table has no rows.
    alarms
        Columns whose cells are coloured above zero.
    note
        One line under the table.
    """

    title: str
    table: pd.DataFrame
    columns: tuple[str, ...]
    empty: str = ""
    alarms: tuple[str, ...] = ()
    note: str = ""

    @property
    def spans(self) -> list[tuple[str, int, int]]:
        """Column with the first and the last column of the grid it takes."""
        found: list[tuple[str, int, int]] = []
        for n, code in enumerate(self.columns):
            if code:
                found.append((code, n, n))
            else:
                found[-1] = (found[-1][0], found[-1][1], n)
        return found


class Paper:
    """A worksheet while it is written."""

    def __init__(self, page: Any, styles: Styles, lang: Language) -> None:
        self.page, self.styles, self.lang = page, styles, lang
        self.at = 0

    def write(self, title: str, subtitle: str, blocks: Iterable[Block], end: Sequence[str]) -> None:
        """Write everything."""
        parts = list(blocks)
        last = max((len(b.columns) for b in parts), default=8) - 1
        self.last = max(last, 7)
        for n, wide in enumerate(WIDTHS[: self.last + 1]):
            self.page.set_column(n, n, wide)
        self._line(title, self.styles.get(bold=True, font_size=16, align="center"), height=26)
        self._line(subtitle, self.styles.get(font_color="#595959", align="center"))
        for block in parts:
            self.at += 1
            self._block(block)
        self.at += 1
        for text in end:
            self._line(text, self.styles.get(text_wrap=True), height=_LINE * 1.6)
        self._print_setup()

    def _line(self, text: str, style: Any, *, height: float | None = None) -> None:
        """A text over the whole width."""
        self.page.merge_range(self.at, 0, self.at, self.last, "", style)
        self.page.write_string(self.at, 0, cell_text(text), style)
        room = sum(WIDTHS[: self.last + 1])
        lines = math.ceil(max(width(text), 1) / room)
        self.page.set_row(self.at, height or _LINE * lines + 1)
        self.at += 1

    def _block(self, block: Block) -> None:
        self._line(block.title, self.styles.get(bold=True, font_size=12))
        if not len(block.table):
            self._line(block.empty, self.styles.get())
            return
        self._headings(block)
        first = self.at
        self._cells(block)
        for code, start, end in block.spans:
            if code in block.alarms:
                self.page.conditional_format(
                    first, start, self.at - 1, end,
                    {"type": "cell", "criteria": ">", "value": 0, "format": self.styles.alarm},
                )  # fmt: skip
        if block.note:
            self._line(block.note, self.styles.note)

    def _headings(self, block: Block) -> None:
        lines = 1
        for code, start, end in block.spans:
            text = COLUMNS[code].title.say(self.lang)
            self._put(start, end, text, self.styles.heading)
            lines = max(lines, math.ceil(width(text) / (sum(WIDTHS[start : end + 1]) - 1)))
        self.page.set_row(self.at, _LINE * lines + 2)
        self.at += 1

    def _cells(self, block: Block) -> None:
        shown = {code: self._values(block.table, code) for code, _, _ in block.spans}
        for n in range(len(block.table)):
            lines = 1
            for code, start, end in block.spans:
                value = shown[code][n]
                if isinstance(value, str):
                    style = self.styles.text(value, wrap=True)
                    room = sum(WIDTHS[start : end + 1]) - 1
                    lines = max(lines, math.ceil(width(value) / room))
                else:
                    style = self.styles.number(form_of(code))
                self._put(start, end, value, style)
            self.page.set_row(self.at, _LINE * lines + 1)
            self.at += 1

    def _values(self, table: pd.DataFrame, code: str) -> list[Any]:
        words = COLUMNS[code].words
        return worded(table[code], words, self.lang) if words else table[code].tolist()

    def _put(self, start: int, end: int, value: Any, style: Any) -> None:
        """A value into one column of the grid, or over several."""
        if end > start:
            self.page.merge_range(self.at, start, self.at, end, "", style)
        if isinstance(value, str):
            self.page.write_string(self.at, start, cell_text(value), style)
        elif value is None or pd.isna(value):
            self.page.write_blank(self.at, start, None, style)
        else:
            self.page.write_number(self.at, start, value, style)

    def _print_setup(self) -> None:
        page = self.page
        page.set_portrait()
        page.set_paper(9)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        page.center_horizontally()
        page.hide_gridlines(2)
        page.print_area(0, 0, self.at - 1, self.last)
        page.fit_to_pages(1, 1 if self.at <= _ONE_PAGE else 0)
        page.repeat_rows(0, 1)
        page.set_footer("&C&P / &N")
