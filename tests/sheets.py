"""Workbooks as bureaus send them, written by tests, and reports as rows to compare."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

import openpyxl

from allocator.county.county import County
from allocator.files.books import RawBook, open_book
from allocator.files.intake.findings import sentence
from allocator.files.intake.proposal import Proposal
from allocator.records import TABLES, Change, table
from allocator.samples.toy import toy_county
from allocator.scenario import Admission, Scenario, Staffing

Rows = Sequence[Sequence[Any]]

HEADINGS = (
    "教职工号", "姓名", "任教校区", "学段", "学科", "性别", "出生年月", "参加工作年月",
    "进本校年月",
)  # fmt: skip
FIELDS = (
    "id", "name", "campus", "stage", "subject", "sex", "born", "entered_work", "entered_school",
)  # fmt: skip


def toy() -> Scenario:
    """The toy county with both parts, and no more digits than a spreadsheet keeps."""
    campuses = table("campuses")
    county = toy_county()
    county = campuses.changed(
        county,
        [
            Change("cell", id, "latitude", round(row["latitude"], 6))
            for id, row in campuses.rows(county).items()
        ],
    )
    return Scenario(title="示例", county=county, staffing=Staffing(), admission=Admission())


def sheets_of(county: County) -> dict[str, list[list[Any]]]:
    """Every table of a county as a sheet, with the headings of its fields."""
    made = {}
    for held in TABLES:
        rows = held.rows(county)
        if rows:
            cells = [[_cell(held.fields[f].spoken(row.get(f), county, "zh")) for f in held.fields]
                     for row in rows.values()]  # fmt: skip
            made[held.title.zh] = [[held.heading(f).zh for f in held.fields], *cells]
    return made


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "、".join(map(str, value)) or None
    if isinstance(value, bool):
        return "是" if value else "否"
    return value


def teachers(*numbers: int, county: County | None = None) -> list[list[Any]]:
    """Rows of a roster as the county has them, by the numbers of the teachers."""
    county = county or toy_county()
    held = table("teachers")
    rows = held.rows(county)
    found = []
    for n in numbers:
        row = rows[f"T{n:05d}"]
        found.append([held.fields[name].spoken(row[name], county, "zh") for name in FIELDS])
    return found


def roster(*rows: Sequence[Any], headings: Sequence[Any] = HEADINGS) -> list[Sequence[Any]]:
    """A roster with its headings."""
    return [headings, *rows]


def changed(row: Sequence[Any], **cells: Any) -> list[Any]:
    """A row of a roster with other cells, by field."""
    return [cells.get(name, value) for name, value in zip(FIELDS, row, strict=True)]


def book(
    sheets: Mapping[str, Rows], *, name: str = "名册.xlsx", merged: Sequence[str] = ()
) -> RawBook:
    """A workbook read back from its bytes; ``merged`` are ranges of the first sheet."""
    return open_book(content(sheets, merged=merged), name)


def content(sheets: Mapping[str, Rows], *, merged: Sequence[str] = ()) -> bytes:
    """A workbook as bytes."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        page = made.create_sheet(title)
        for row in rows:
            page.append(list(row))
    for cells in merged:
        made.worksheets[0].merge_cells(cells)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def csv_book(rows: Rows, encoding: str, name: str = "名册.csv") -> RawBook:
    """A CSV file read back from its bytes."""
    text = StringIO()
    csv.writer(text).writerows(rows)
    return open_book(text.getvalue().encode(encoding), name)


def told(proposal: Proposal) -> list[tuple[str, str, str]]:
    """Every problem: sheet and cell, what stands there, what is wrong and how to repair it."""
    return [(str(f.where), f.value, sentence(f.problem, "zh")) for f in proposal.findings]


def questions(proposal: Proposal) -> list[tuple[str, list[str], list[str]]]:
    """Every question: in words, its cells, the codes of its choices."""
    return [
        (sentence(q.words, "zh"), [str(w) for w in q.wheres], [c.code for c in q.choices])
        for q in proposal.questions
    ]


def changes(proposal: Proposal) -> list[tuple[str, str, str, Any, Any]]:
    """Every changed cell: table, row, field, before, after."""
    return [(t.table, c.row, c.column, c.old, c.new) for t in proposal.tables for c in t.changed]
