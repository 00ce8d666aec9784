"""A copy of an uploaded workbook with its bad cells coloured and commented.

An xlsx file is opened as it is, with its formulas and styles; of other files the cells are written
anew. Nothing is written into a cell: what is wrong stands in comments, which name no identity
number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from math import isfinite
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook.child import INVALID_TITLE_REGEX
from openpyxl.worksheet.worksheet import Worksheet

from allocator.files.books import RawBook
from allocator.files.intake.findings import Where, worded
from allocator.files.intake.proposal import Proposal
from allocator.files.intake.report import asked
from allocator.modelling import Language

WRONG = "FFC7CE"
"""Colour of a cell that is wrong."""
OPEN = "FFEB9C"
"""Colour of a cell that waits for an answer."""
_AUTHOR = "allocator"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def marked_copy(book: RawBook, proposal: Proposal, lang: Language = "zh") -> bytes:
    """The workbook as xlsx with problems red and open questions yellow, each with a comment."""
    workbook, pages = _workbook(book)
    for (sheet, row, column), (texts, colour) in sorted(_marks(book, proposal, lang).items()):
        page = pages.get(sheet)
        if page is not None:
            _mark(page, row, column, _clean("\n".join(texts)), colour)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


Marks = Mapping[tuple[str, int, int], tuple[list[str], str]]


def _marks(book: RawBook, proposal: Proposal, lang: Language) -> Marks:
    """Sheet, row and column, counted from 1 -> what is said there, and its colour."""
    found: dict[tuple[str, int, int], tuple[list[str], str]] = {}
    said: dict[tuple[str, int, int], list[str]] = defaultdict(list)

    def put(where: Where, text: str, colour: str) -> None:
        if where.book != book.name or not where.sheet:
            return
        place = (where.sheet, where.row or 1, (where.column or 0) + 1)
        said[place].append(text)
        before = found.get(place)
        found[place] = (said[place], WRONG if before is not None and before[1] == WRONG else colour)

    for finding in proposal.findings:
        fault, repair = worded(finding.problem, lang)
        joint = "：" if lang == "zh" else ": "
        put(finding.where, f"{fault}{joint}{repair}" if repair else fault, WRONG)
    for question in proposal.questions:
        text, choices = asked(question, lang)
        for where in question.wheres:
            put(where, f"{text}\n{choices}", OPEN)
    return found


def _mark(page: Worksheet, row: int, column: int, text: str, colour: str) -> None:
    cell = page.cell(row, column)
    for merged in page.merged_cells.ranges:
        if cell.coordinate in merged:
            cell = page.cell(merged.min_row, merged.min_col)
            break
    cell.fill = PatternFill("solid", start_color=colour, end_color=colour)
    before = f"{cell.comment.text}\n" if cell.comment is not None else ""
    cell.comment = Comment(before + text, _AUTHOR, width=320, height=60 + 18 * text.count("\n"))


def _workbook(book: RawBook) -> tuple[Workbook, Mapping[str, Worksheet]]:
    """The workbook, and its pages by the names of the sheets."""
    if book.kind == "xlsx":
        try:
            made = load_workbook(BytesIO(book.content))
        except (BadZipFile, KeyError, ValueError, TypeError, AttributeError):
            # What calamine can read and openpyxl cannot is written anew from its cells.
            return _anew(book)
        return made, {page.title: page for page in made.worksheets}
    return _anew(book)


def _anew(book: RawBook) -> tuple[Workbook, Mapping[str, Worksheet]]:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    pages = {}
    for sheet in book.sheets:
        title = INVALID_TITLE_REGEX.sub(" ", _clean(sheet.name)).strip("' ")[:31]
        page = pages[sheet.name] = workbook.create_sheet(title or None)
        for r, row in enumerate(sheet.rows, start=1):
            for c, value in enumerate(row, start=1):
                if value is not None:
                    _put(page.cell(r, c), value)
        for first, last in sheet.merged:
            page.merge_cells(
                start_row=first[0] + 1, start_column=first[1] + 1,
                end_row=last[0] + 1, end_column=last[1] + 1,
            )  # fmt: skip
    return workbook, pages


def _put(cell: Any, value: Any) -> None:
    """A value as it was read; a text stays a text."""
    if isinstance(value, float) and not isfinite(value):
        value = str(value)
    if isinstance(value, str):
        value = _clean(value)
    cell.value = value
    if isinstance(value, str) and value.startswith(_FORMULA):
        cell.data_type = "s"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def _clean(text: str) -> str:
    """A text without the signs that no workbook can hold."""
    return ILLEGAL_CHARACTERS_RE.sub(" ", text)
