"""Cell formats, and how wide a text is: a Chinese character takes two columns."""

from __future__ import annotations

from functools import cache
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter

from allocator.files.workbook.sheet import Mark
from allocator.insight.headings import Form

NUMBERS: dict[Form, str] = {
    "whole": "#,##0",
    "one": "#,##0.0",
    "decimal": "#,##0.00",
    "share": "0.0%",
    "cv": "0.000",
    "factor": "#,##0.000000",
}
BY_UNIT: dict[str, Form] = {
    "share": "share",
    "cv": "cv",
    "thousandths": "decimal",
    "priced": "one",
    "minutes": "one",
    "webster": "cv",
    "log": "cv",
    "per_100": "decimal",
}
"""How a figure reads by the unit of its row; anything else is whole."""

_MARKS: dict[Mark, str] = {"floor": "#BDD7EE", "cap": "#FFE699", "tied": "#F1E8F6"}

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._texts: dict[tuple[bool, bool, bool], Any] = {}
        self._numbers: dict[tuple[Form, bool, Mark | None], Any] = {}

    def get(self, **properties: Any) -> Any:
        """The format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "vcenter", **properties})
        return self._made[key]

    @property
    def title(self) -> Any:
        """The title of a sheet."""
        return self.get(bold=True, font_size=14)

    @property
    def note(self) -> Any:
        """Small print."""
        return self.get(font_color="#595959")

    @property
    def label(self) -> Any:
        """A label beside a text."""
        return self.get(bold=True, valign="top", text_wrap=True)

    @property
    def heading(self) -> Any:
        """A heading over a column."""
        return self.get(bold=True, bg_color="#DCE6F1", border=1, align="center", text_wrap=True)

    @property
    def alarm(self) -> Any:
        """What is missing or missed."""
        return self.get(bg_color="#FFC7CE", font_color="#9C0006")

    @property
    def fine(self) -> Any:
        """What agrees."""
        return self.get(bg_color="#C6EFCE", font_color="#006100")

    def mark(self, mark: Mark) -> Any:
        """The label of a mark in a legend."""
        return self.get(bg_color=_MARKS[mark], border=1, border_color="#BFBFBF")

    def text(self, value: str, *, wrap: bool = False, bold: bool = False) -> Any:
        """The format of a text; one that looks like a formula stays text when it is edited."""
        key = (value.startswith(_STARTS), wrap, bold)
        if key not in self._texts:
            properties: dict[str, Any] = {"border": 1, "border_color": "#BFBFBF"}
            if wrap:
                properties["text_wrap"] = True
            if bold:
                properties["bold"] = True
            if key[0]:
                properties["quote_prefix"] = True
            self._texts[key] = self.get(**properties)
        return self._texts[key]

    def number(self, form: Form, *, bold: bool = False, mark: Mark | None = None) -> Any:
        """The format of a number."""
        key = (form, bold, mark)
        if key not in self._numbers:
            self._numbers[key] = self.get(**_number(form, bold, mark))
        return self._numbers[key]


def _number(form: Form, bold: bool, mark: Mark | None) -> dict[str, Any]:
    properties: dict[str, Any] = {"border": 1, "border_color": "#BFBFBF"}
    if form in NUMBERS:
        properties["num_format"] = NUMBERS[form]
    if mark is not None:
        properties["bg_color"] = _MARKS[mark]
    if bold:
        properties["bold"] = True
    return properties


@cache
def width(text: str) -> int:
    """Columns the widest line of a text takes."""
    return max((sum(map(_columns, line)) for line in text.splitlines()), default=0)


@cache
def _columns(character: str) -> int:
    return 2 if east_asian_width(character) in "WFA" else 1
