"""The quota table as a file in the office's form: junior highs down, senior highs across.

The first column names the junior high, each further one a senior high; totals stand in the last
row and column. :mod:`allocator.files.matrix_reading` reads such a table back.
"""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from os import PathLike
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from allocator.admission.table import examined
from allocator.county.frozen import DataError, Problem
from allocator.county.plan import Plan
from allocator.files.matrix_labels import SHEET, TableForm, form_of
from allocator.files.text import write_aside
from allocator.files.workbook.begun import begun
from allocator.files.workbook.styles import Styles, width
from allocator.modelling import Language, Text
from allocator.scenario import Scenario

SUFFIXES = (".xlsx", ".csv")
"""Kinds of file a quota table is written to and read from."""

_CORNER = Text("初中学校", "Junior high")
_TOTAL = Text("合计", "Total")


def save_matrix(
    scenario: Scenario, plan: Plan, path: str | PathLike[str], lang: Language = "zh"
) -> None:
    """Write the quota table of a plan (名额分配表): a workbook, or CSV where the name ends so.

    A pair outside an admission area stays empty. In a workbook totals are formulas, and the total
    of a senior high turns red when it is not its quota. The same plan gives the same bytes.

    Raises
    ------
    DataError
        If the plan divides no places or names pairs this scenario does not have, or the file is
        neither .xlsx nor .csv.
    OSError
        If the folder cannot be written to; an old file is then untouched.
    """
    file = Path(path)
    check_suffix(file)
    form = form_of(scenario)
    cells = _cells(scenario, form, plan)
    if file.suffix.lower() == ".csv":
        write_aside(file, _csv(form, cells, lang))
    else:
        write_aside(file, _workbook(scenario, form, cells, lang))


def matrix_bytes(scenario: Scenario, plan: Plan, lang: Language = "zh") -> bytes:
    """The workbook of `save_matrix` as bytes, for a download.

    Raises
    ------
    DataError
        If the plan divides no places or names pairs this scenario does not have.
    """
    form = form_of(scenario)
    return _workbook(scenario, form, _cells(scenario, form, plan), lang)


def check_suffix(file: Path) -> None:
    """Refuse a file that is no table by its name.

    Raises
    ------
    DataError
        If its name ends in anything but .xlsx or .csv.
    """
    if file.suffix.lower() not in SUFFIXES:
        text = "{path} must end in .xlsx or .csv: it is a table"
        raise DataError((Problem(str(file), text, {"path": file.name}),))


_Rows = list[tuple[str, list[int | None]]]
"""Code of a junior high, and its places: None where it is not admitted."""


def _cells(scenario: Scenario, form: TableForm, plan: Plan) -> _Rows:
    if not plan.quotas:
        text = "the plan divides no places: choose an outcome that holds the admission part"
        raise DataError((Problem("quotas", text),))
    table, problems = examined(scenario.county, form.entitlement, plan)
    # A quota missed is for the auditor to say; a pair that is not there has no cell.
    if strange := tuple(p for p in problems if p.path != "quotas"):
        raise DataError(strange)
    return [
        (
            school,
            [
                table.cells.get((high, school), 0) if form.admits(high, school) else None
                for high in form.highs.names
            ],
        )
        for school in form.schools.names
    ]


def _csv(form: TableForm, rows: _Rows, lang: Language) -> str:
    out = StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    total = _TOTAL.say(lang)
    write([_CORNER.say(lang), *(form.highs.written(h) for h in form.highs.names), total])
    for school, places in rows:
        held = ["" if p is None else p for p in places]
        write([form.schools.written(school), *held, sum(p or 0 for p in places)])
    sums = [sum(p or 0 for p in column) for column in zip(*(r for _, r in rows), strict=True)]
    write([total, *sums, sum(sums)])
    # Chinese Excel takes a file without the mark for GB18030.
    return "\ufeff" + out.getvalue()


def _workbook(scenario: Scenario, form: TableForm, rows: _Rows, lang: Language) -> bytes:
    held = BytesIO()
    book = begun(held, title=scenario.title, month=scenario.county.as_of)
    _sheet(book.add_worksheet(SHEET.say(lang)), Styles(book), form, rows, lang)
    book.close()
    return held.getvalue()


def _sheet(page: Any, styles: Styles, form: TableForm, rows: _Rows, lang: Language) -> None:
    highs, last = list(form.highs.names), len(rows) + 1
    right = len(highs) + 1
    headings = [_CORNER.say(lang), *(form.highs.written(h) for h in highs), _TOTAL.say(lang)]
    for n, heading in enumerate(headings):
        page.write_string(0, n, heading, styles.heading)
        page.set_column(n, n, min(max(width(heading) + 3, 8), 44))
    labels = [form.schools.written(school) for school, _ in rows]
    page.set_column(0, 0, min(max((width(label) for label in labels), default=8) + 2, 44))
    number, bold = styles.number("whole"), styles.number("whole", bold=True)
    end = xl_col_to_name(right - 1)
    for at, (label, (_, places)) in enumerate(zip(labels, rows, strict=True), start=1):
        page.write_string(at, 0, label, styles.text(label))
        for n, cell in enumerate(places, start=1):
            if cell is None:
                page.write_blank(at, n, None, number)
            else:
                page.write_number(at, n, cell, number)
        whole = sum(cell or 0 for cell in places)
        page.write_formula(at, right, f"=SUM(B{at + 1}:{end}{at + 1})", bold, whole)
    total = _TOTAL.say(lang)
    page.write_string(last, 0, total, styles.text(total, bold=True))
    sums = [sum(cells[n] or 0 for _, cells in rows) for n in range(len(highs))]
    for n, whole in enumerate([*sums, sum(sums)], start=1):
        letter = xl_col_to_name(n)
        page.write_formula(last, n, f"=SUM({letter}2:{letter}{last})", bold, whole)
    for n, high in enumerate(highs, start=1):
        quota = form.entitlement.quotas[high]
        missed = {"type": "cell", "criteria": "!=", "value": quota, "format": styles.alarm}
        page.conditional_format(last, n, last, n, missed)
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
