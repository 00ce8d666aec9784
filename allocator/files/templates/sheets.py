"""A sheet for one table: headings with their explanation, formats, lists to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from allocator.county.county import County
from allocator.files.templates.lists import Lists
from allocator.files.templates.values import Cell, told_in
from allocator.files.templates.wording import EXAMPLE, KINDS, REQUIRED, TITLES, joint
from allocator.files.workbook.styles import Styles, width
from allocator.modelling import Language
from allocator.records import Field, Plain, Table

_FREE = 2_000
"""Rows below the data that offer choices as well."""
_WIDEST, _NARROWEST = 36, 9
_MEASURED = 200
"""Rows looked at for the width of a column."""
_FORMATS = {"percent": "0.0##%", "whole": "0", "number": "General"}
_LISTED = 14
"""Choices named in the explanation of a column."""


@dataclass(frozen=True)
class TableSheet:
    """One table as a sheet of a workbook."""

    held: Table
    columns: tuple[str, ...]
    rows: Sequence[Plain] = ()
    examples: Sequence[Plain] = ()
    """Rows that show how it is filled in; they are not read."""

    @property
    def first(self) -> int:
        """First row of data, as spreadsheets count rows."""
        return 2 + len(self.examples)


@dataclass
class Drawing:
    """Draws the sheets of tables into one workbook."""

    book: xlsxwriter.Workbook
    styles: Styles
    county: County
    lang: Language
    lists: Lists

    def draw(self, sheet: TableSheet) -> None:
        """Add the sheet of a table."""
        held, lang = sheet.held, self.lang
        page = self.book.add_worksheet(held.title.say(lang))
        page.freeze_panes(1, min(2, len(sheet.columns) - 1) if not held.single else 0)
        page.set_row(0, 32)
        for column, name in enumerate(sheet.columns):
            self._column(page, column, name, sheet)
        last = max(len(sheet.rows) + sheet.first - 2, 1)
        if not held.single and sheet.rows:
            page.autofilter(0, 0, last, len(sheet.columns) - 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)

    def _column(self, page: Any, column: int, name: str, sheet: TableSheet) -> None:
        about, held = sheet.held.fields[name], sheet.held
        told = told_in(about, self.county, self.lang)
        required = name in held.required
        title = about.title.say(self.lang)
        page.write_string(0, column, title, self._heading(required))
        page.write_comment(
            0, column, explained(about, self.county, self.lang, required=required),
            {"x_scale": 1.8, "y_scale": 1.2, "author": ""},
        )  # fmt: skip
        plain = self._format(about)
        cells = [told(row.get(name)) for row in sheet.rows]
        if column == 0:
            cells = [
                _no_note(cell, row.get(name)) for cell, row in zip(cells, sheet.rows, strict=True)
            ]
        sample = [told_example(row.get(name), about, told, self.lang) for row in sheet.examples]
        if column == 0:
            sample = [EXAMPLE.say(self.lang) + str(cell or "") for cell in sample]
        page.set_column(column, column, _width(title, [*sample, *cells]), plain)
        shown = self.styles.get(font_color="#7F7F7F", italic=True, bg_color="#F2F2F2")
        for n, cell in enumerate(sample, start=1):
            page.write_blank(n, column, None, shown)
            _write(page, n, column, cell, shown, shown)
        quoted = self.styles.get(num_format="@", quote_prefix=True)
        for n, cell in enumerate(cells, start=sheet.first - 1):
            _write(page, n, column, cell, plain, quoted)
        self._choices(page, column, name, sheet, about)

    def _heading(self, required: bool) -> Any:
        colours = {"bg_color": "#1F4E79", "font_color": "#FFFFFF"} if required else {
            "bg_color": "#DCE6F1"}  # fmt: skip
        return self.styles.get(bold=True, border=1, align="center", text_wrap=True, **colours)

    def _format(self, about: Field) -> Any:
        return self.styles.get(num_format=_FORMATS.get(about.kind, "@"))

    def _choices(self, page: Any, column: int, name: str, sheet: TableSheet, about: Field) -> None:
        source = self.lists.source(about)
        if source is None:
            return
        last = sheet.first - 1 + len(sheet.rows) + (0 if sheet.held.single else _FREE)
        page.data_validation(
            sheet.first - 1, column, max(last, sheet.first - 1), column,
            {
                "validate": "list",
                "source": source,
                "ignore_blank": True,
                "error_type": "warning",
                "error_title": about.title.say(self.lang)[:32],
                "error_message": KINDS["choice"].say(self.lang),
            },
        )  # fmt: skip


def columns_of(held: Table, tables: Sequence[str]) -> tuple[str, ...]:
    """The columns of a table in a workbook of these tables.

    A column that says what another of the tables says in full is left out.
    """
    return tuple(c for c, about in held.fields.items() if about.elsewhere not in tables)


def explained(about: Field, county: County, lang: Language, *, required: bool) -> str:
    """What a column asks for, in words."""
    end = "。" if lang == "zh" else "."
    said = [REQUIRED.say(lang).strip()] if required else []
    if about.kind in ("choice", "choices") and about.names is not None:
        said.append(f"{KINDS[about.kind].say(lang)}: {TITLES[about.names].say(lang)}{end}")
    elif about.kind in ("choice", "choices"):
        words = list(about.options(county, lang).values())
        shown = joint(lang).join(words[:_LISTED]) + ("…" if len(words) > _LISTED else "")
        said.append(f"{KINDS[about.kind].say(lang)}: {shown}{end}")
    else:
        said.append(KINDS[about.kind].say(lang) + end)
    if about.help is not None:
        said.append(about.help.say(lang) + end)
    text = ("" if lang == "zh" else " ").join(said)
    return text.replace(": ", "：") if lang == "zh" else text


def told_example(value: Any, about: Field, told: Any, lang: Language) -> Cell:
    """A value of an example: words as they are, codes in words."""
    if hasattr(value, "say"):
        return str(value.say(lang))
    made: Cell = told(value)
    return made


def _no_note(cell: Cell, value: Any) -> Cell:
    """A code in place of words that begin as a remark or an example does."""
    return str(value) if isinstance(cell, str) and cell.startswith(("示例：", "例：")) else cell


def _width(title: str, cells: Sequence[Cell]) -> int:
    longest = max((width(str(c)) for c in cells[:_MEASURED] if c is not None), default=0)
    return max(_NARROWEST, min(_WIDEST, max(longest, (width(title) + 1) // 2 + 2) + 2))


_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def _write(page: Any, row: int, column: int, cell: Cell, plain: Any, quoted: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        page.write_string(row, column, cell, quoted if cell.startswith(_RISKY) else plain)
    else:
        page.write_number(row, column, Unrounded(cell) if isinstance(cell, float) else cell, plain)


class Unrounded(float):
    """A number that is written with all its digits: the writer's sixteen are not always enough."""

    def __format__(self, spec: str) -> str:
        """The shortest text that is read back as the same number."""
        return repr(float(self))
