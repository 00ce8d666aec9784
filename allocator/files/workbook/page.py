"""Writing one sheet: title, table, totals, colours, notes, and how it prints."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from allocator.files.workbook.sheet import FIRST_ROW, Sheet
from allocator.files.workbook.styles import BY_UNIT, Styles, width
from allocator.insight.headings import COLUMNS, Form, headed
from allocator.modelling import Language, Text

_FIRST = FIRST_ROW - 1
HEADING_ROW = _FIRST - 1
"""Row of the headings, counted from 0, on every sheet."""
_TOTAL = Text("合计", "Total")
_LINE = 15.0
"""Height of a line, points."""
_NARROWEST, _WIDEST, _LONG = 7, 44, 46


class Page:
    """One worksheet while it is written."""

    def __init__(self, page: Any, sheet: Sheet, styles: Styles, lang: Language) -> None:
        self.page, self.sheet, self.styles, self.lang = page, sheet, styles, lang
        self.shown = headed(sheet.table, lang, names=sheet.names)
        self.codes = [c for c in map(str, sheet.table.columns) if form_of(c) != "code"]
        self.letters = {code: xl_col_to_name(n) for n, code in enumerate(self.codes)}
        self.count = len(self.shown)
        self.widths = [self._width(n) for n in range(len(self.codes))]

    def write(self, subtitle: str) -> None:
        """Write everything."""
        self.page.write_string(0, 0, self.sheet.title.say(self.lang), self.styles.title)
        self.page.write_string(1, 0, subtitle, self.styles.note)
        for n, heading in enumerate(self.shown.columns):
            self.page.write_string(HEADING_ROW, n, heading, self.styles.heading)
        for n, code in enumerate(self.codes):
            self._column(n, code)
            self.page.set_column(n, n, self.widths[n])
        self.page.set_row(HEADING_ROW, _LINE * self._heading_lines() + 3)
        self._totals()
        self._colour()
        self._below()
        self._print_setup()

    def _column(self, n: int, code: str) -> None:
        values = self.shown.iloc[:, n].tolist()
        form = form_of(code)
        formula = self.sheet.formulas.get(code)
        forms = self._forms(form, values)
        for row, value in enumerate(values):
            at = _FIRST + row
            if isinstance(value, str):
                style = self.styles.text(value, wrap=form == "long")
                if formula is not None:
                    self.page.write_formula(at, n, formula(self.letters, at + 1), style, value)
                    continue
                self.page.write_string(at, n, value, style)
            elif pd.isna(value):
                self.page.write_blank(at, n, None, self.styles.number(forms[row]))
            else:
                style = self.styles.number(forms[row], mark=self.sheet.marks.get((row, code)))
                if formula is not None:
                    self.page.write_formula(at, n, formula(self.letters, at + 1), style, value)
                else:
                    self.page.write_number(at, n, value, style)

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
        for n, code in enumerate(self.codes):
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

    def _below(self) -> None:
        at = _FIRST + self.count + bool(self.sheet.totals and self.count) + 1
        last = max(len(self.codes) - 1, 1)
        room = sum(self.widths[1:]) or _LONG
        for mark, text in self.sheet.legend:
            self.page.write_string(at, 0, text, self.styles.mark(mark))
            at += 1
        for label, text in self.sheet.below:
            self.page.write_string(at, 0, label, self.styles.label)
            style = self.styles.get(text_wrap=True, valign="top")
            if last > 1:
                self.page.merge_range(at, 1, at, last, "", style)
            self.page.write_string(at, 1, text, style)
            lines = sum(math.ceil(max(width(line), 1) / room) for line in text.splitlines() or [""])
            lines = max(lines, math.ceil(width(label) / self.widths[0]))
            self.page.set_row(at, min(_LINE * lines + 3, 400))
            at += 1

    def _print_setup(self) -> None:
        page = self.page
        page.set_landscape()
        page.set_paper(9)
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEADING_ROW)
        page.set_header(f"&R{self.sheet.name.say(self.lang)}")
        page.set_footer("&C&P / &N")
        page.freeze_panes(_FIRST, self.sheet.fixed)
        if self.count:
            page.autofilter(HEADING_ROW, 0, _FIRST + self.count - 1, len(self.codes) - 1)

    def _width(self, n: int) -> float:
        """Wide enough for the cells; the heading may take two lines beside its filter arrow."""
        values = self.shown.iloc[:, n]
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
        heading = math.ceil(width(str(self.shown.columns[n])) / 2) + 3
        widest = _LONG if form == "long" else _WIDEST
        return float(min(max(content + 1, heading, _NARROWEST), widest))

    def _heading_lines(self) -> int:
        return max(
            (
                math.ceil(width(str(heading)) / max(room - 3, 1))
                for heading, room in zip(self.shown.columns, self.widths, strict=True)
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
