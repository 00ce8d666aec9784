"""Writing one sheet: title, table, totals, colours, notes, and how it prints."""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from allocator.files.workbook.chart import insert
from allocator.files.workbook.identity import table_name
from allocator.files.workbook.sheet import FIRST_ROW, Formula, Sheet
from allocator.files.workbook.styles import BY_UNIT, Styles, width
from allocator.files.workbook.text import cell_text, clean
from allocator.insight.headings import COLUMNS, Form, headed
from allocator.modelling import Language, Text

_FIRST = FIRST_ROW - 1
HEADING_ROW = _FIRST - 1
"""Row of the headings, counted from 0, on every sheet."""
_TOTAL = Text("合计", "Total")
_LINE = 15.0
"""Height of a line, points."""
_NARROWEST, _WIDEST, _LONG = 7, 44, 46
_UPRIGHT = 100
"""Widths of columns up to which a page is printed upright."""

_QUOTED = re.compile(r'"[^"]*"')
_NAME = re.compile(r"(?<![A-Za-z0-9_.$'!])[a-z][a-z0-9_]*(?![A-Za-z0-9_(!'])")
_TAB = re.compile(r"'((?:[^']|'')+)'!")


@dataclass(frozen=True)
class Known:
    """What formulas of a workbook may refer to: names of cells, and sheets."""

    names: Container[str]
    tabs: Container[str]

    def holds(self, formula: str) -> bool:
        """Whether a workbook has all a formula refers to."""
        plain = _QUOTED.sub("", formula)
        tabs = (tab.replace("''", "'") for tab in _TAB.findall(plain))
        return all(tab in self.tabs for tab in tabs) and all(
            name in self.names for name in _NAME.findall(_TAB.sub("", plain))
        )


class Page:
    """One worksheet while it is written.

    Parameters
    ----------
    page
        The worksheet of xlsxwriter.
    name
        Its name in this workbook.
    """

    def __init__(self, page: Any, name: str, sheet: Sheet, styles: Styles, lang: Language) -> None:
        self.page, self.name, self.sheet, self.styles, self.lang = page, name, sheet, styles, lang
        hidden = list(sheet.hidden)
        seen = headed(sheet.table.drop(columns=hidden), lang, names=sheet.names)
        keys = headed(sheet.table[hidden], lang, names=sheet.names, keys=True)
        visible = [c for c in map(str, sheet.table.columns) if c not in hidden]
        self.codes = [*(c for c in visible if form_of(c) != "code"), *hidden]
        self.visible = seen.shape[1]
        """How many columns people see, from the first on."""
        self.columns = [frame.iloc[:, n] for frame in (seen, keys) for n in range(frame.shape[1])]
        self.headings = _apart(clean(str(h)) for h in (*seen.columns, *keys.columns))
        self.letters = {code: xl_col_to_name(n) for n, code in enumerate(self.codes)}
        self.count = len(sheet.table)
        self.widths = [self._width(n) for n in range(len(self.codes))]

    @property
    def called(self) -> dict[str, str]:
        """Names that formulas use, with the cells they mean."""
        last = _FIRST + max(self.count, 1)
        return {
            name: f"='{self.name}'!${letter}${FIRST_ROW}:${letter}${last}"
            for name, code in self.sheet.called.items()
            for letter in [self.letters[code]]
        }

    def write(self, subtitle: str, known: Known, book: Any = None) -> None:
        """Write everything.

        Parameters
        ----------
        known
            What formulas of this workbook may refer to.
        book
            The workbook of xlsxwriter, which makes charts; no charts without it.
        """
        self.known = known
        title, subtitle = cell_text(self.sheet.title.say(self.lang)), cell_text(subtitle)
        self.page.write_string(0, 0, title, self.styles.title)
        self.page.write_string(1, 0, subtitle, self.styles.note)
        for n, heading in enumerate(self.headings):
            self.page.write_string(HEADING_ROW, n, heading, self.styles.heading)
        for n, code in enumerate(self.codes):
            self._column(n, code)
            out_of_sight = {"hidden": True} if n >= self.visible else {}
            self.page.set_column(n, n, self.widths[n], None, out_of_sight)
        self.page.set_row(HEADING_ROW, _LINE * self._heading_lines() + 3)
        self._table()
        self._totals()
        self._colour()
        self._print_setup(self._charts(book, self._below()))

    def _column(self, n: int, code: str) -> None:
        values = self.columns[n].tolist()
        form = form_of(code)
        formula = self.sheet.formulas.get(code)
        forms = self._forms(form, values)
        for row, value in enumerate(values):
            at = _FIRST + row
            live = self._formula(formula, at + 1) if formula is not None else ""
            if isinstance(value, str):
                style = self.styles.text(value, wrap=form == "long")
                if live:
                    self.page.write_formula(at, n, live, style, value)
                else:
                    self.page.write_string(at, n, cell_text(value), style)
            elif pd.isna(value):
                style = self.styles.number(forms[row])
                if live:
                    self.page.write_formula(at, n, live, style, "")
                else:
                    self.page.write_blank(at, n, None, style)
            else:
                style = self.styles.number(forms[row], mark=self.sheet.marks.get((row, code)))
                if live:
                    self.page.write_formula(at, n, live, style, value)
                else:
                    self.page.write_number(at, n, value, style)

    def _formula(self, formula: Formula, row: int) -> str:
        """The formula of a cell; nothing where it refers to what this workbook lacks."""
        text = formula(self.letters, row)
        return text if text and self.known.holds(text) else ""

    def _table(self) -> None:
        """Give the table its name, by which it is found again; it brings the filter along."""
        if not self.count:
            return
        heading = self.styles.heading
        self.page.add_table(
            HEADING_ROW,
            0,
            _FIRST + self.count - 1,
            len(self.codes) - 1,
            {
                "name": table_name(self.sheet.identity),
                "style": None,
                "banded_rows": False,
                "autofilter": self.sheet.filtered,
                "columns": [{"header": h, "header_format": heading} for h in self.headings],
            },
        )

    def _forms(self, form: Form, values: Sequence[Any]) -> Sequence[Form]:
        """The form of each cell of a column: figures go by the unit of their row."""
        if form != "figure":
            return [form] * self.count
        units = self.sheet.table["unit"].astype(str)
        return [figure_form(unit, v) for unit, v in zip(units, values, strict=True)]

    def _totals(self) -> None:
        if not self.sheet.totals or not self.count:
            return
        at = _FIRST + self.count
        for n, code in enumerate(self.codes[: self.visible]):
            if code in self.sheet.totals:
                letter = self.letters[code]
                self.page.write_formula(
                    at,
                    n,
                    f"=SUM({letter}{_FIRST + 1}:{letter}{at})",
                    self.styles.number(form_of(code), bold=True),
                    round(float(self.sheet.table[code].sum()), 9),
                )
            else:
                text = _TOTAL.say(self.lang) if n == 0 else ""
                self.page.write_string(at, n, text, self.styles.text(text, bold=True))

    def _colour(self) -> None:
        last = _FIRST + self.count - 1
        if not self.count:
            return
        for alarm in self.sheet.alarms:
            n = self.codes.index(alarm.column)
            self.page.conditional_format(
                _FIRST,
                n,
                last,
                n,
                {
                    "type": "formula",
                    "criteria": alarm.when(self.letters, _FIRST + 1),
                    "format": self.styles.fine if alarm.fine else self.styles.alarm,
                },
            )

    def _below(self) -> int:
        """Legend and notes under the table; the first row that stays free."""
        at = _FIRST + self.count + bool(self.sheet.totals and self.count) + 1
        last = max(self.visible - 1, 1)
        room = sum(self.widths[1 : self.visible]) or _LONG
        for mark, text in self.sheet.legend:
            self.page.write_string(at, 0, text, self.styles.mark(mark))
            at += 1
        for label, text in self.sheet.below:
            self.page.write_string(at, 0, cell_text(label), self.styles.label)
            style = self.styles.get(text_wrap=True, valign="top")
            if last > 1:
                self.page.merge_range(at, 1, at, last, "", style)
            self.page.write_string(at, 1, cell_text(text), style)
            lines = sum(math.ceil(max(width(line), 1) / room) for line in text.splitlines() or [""])
            lines = max(lines, math.ceil(width(label) / self.widths[0]))
            self.page.set_row(at, min(_LINE * lines + 3, 400))
            at += 1
        return at

    def _charts(self, book: Any, end: int) -> int:
        for chart in self.sheet.charts if self.count and book is not None else ():
            end = insert(book, self, chart, end + 1)
        return end

    def _print_setup(self, end: int) -> None:
        page = self.page
        if sum(self.widths[: self.visible]) <= _UPRIGHT:
            page.set_portrait()
        else:
            page.set_landscape()
        page.set_paper(9)
        page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        page.fit_to_pages(1, int(self.sheet.one_page))
        page.print_area(0, 0, end - 1, max(self.visible - 1, 1))
        page.repeat_rows(HEADING_ROW)
        page.set_header(f"&L{_printed(self.sheet.title.say(self.lang))}&R{_printed(self.name)}")
        page.set_footer("&C&P / &N")
        page.freeze_panes(_FIRST, self.sheet.fixed)

    def _width(self, n: int) -> float:
        """Wide enough for the cells; the heading may take two lines beside its filter arrow."""
        values = self.columns[n]
        form = form_of(self.codes[n])
        if form in ("text", "long"):
            content = max((width(v) for v in values.unique() if isinstance(v, str)), default=0)
        else:
            largest = pd.to_numeric(values, errors="coerce").abs().max()
            content = 8 if pd.isna(largest) else len(f"{largest:,.0f}") + 4
        if n == 0:
            below = [
                *(text for _, text in self.sheet.legend),
                *(label for label, _ in self.sheet.below),
            ]
            content = max([content, *(min(width(label), 30) for label in below)])
        heading = math.ceil(width(self.headings[n]) / 2) + 3
        widest = _LONG if form == "long" else _WIDEST
        return float(min(max(content + 1, heading, _NARROWEST), widest))

    def _heading_lines(self) -> int:
        return max(
            (
                math.ceil(width(heading) / max(room - 3, 1))
                for heading, room in zip(self.headings, self.widths, strict=True)
            ),
            default=1,
        )


def figure_form(unit: str, value: Any) -> Form:
    """The form of a figure: a part of a whole thing (a bound, say) is not rounded away."""
    form = BY_UNIT.get(unit, "whole")
    fraction = form == "whole" and not pd.isna(value) and float(value) % 1
    return "decimal" if fraction else form


def form_of(code: str) -> Form:
    """The form of a column's values; a column named after data holds whole numbers."""
    return COLUMNS[code].form if code in COLUMNS else "whole"


def _apart(headings: Iterable[str]) -> list[str]:
    """Headings of a table must differ, upper and lower case alike, and none may be empty."""
    found: list[str] = []
    taken: set[str] = set()
    for heading in headings:
        plain = heading or "-"
        n, name = 1, plain
        while name.lower() in taken:
            n += 1
            name = f"{plain} {n}"
        taken.add(name.lower())
        found.append(name)
    return found


def _printed(text: str) -> str:
    """Text of a header, in which ``&`` starts a command; it holds 255 characters in all."""
    return clean(text)[:100].replace("&", "&&")
