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
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
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
    workbook = _workbook(book)
    for (sheet, row, column), (texts, colour) in sorted(_marks(book, proposal, lang).items()):
        if sheet not in workbook.sheetnames:
            continue
        page = workbook[sheet]
        if isinstance(page, Worksheet):
            _mark(page, row, column, "\n".join(texts), colour)
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


def _workbook(book: RawBook) -> Workbook:
    if book.kind == "xlsx":
        try:
            return load_workbook(BytesIO(book.content))
        except (BadZipFile, KeyError, ValueError, TypeError, AttributeError):
            # What calamine can read and openpyxl cannot is written anew from its cells.
            return _anew(book)
    return _anew(book)


def _anew(book: RawBook) -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in book.sheets:
        page = workbook.create_sheet(sheet.name)
        for r, row in enumerate(sheet.rows, start=1):
            for c, value in enumerate(row, start=1):
                if value is None:
                    continue
                cell = page.cell(r, c)
                cell.value = value
                if isinstance(value, str) and value.startswith(_FORMULA):
                    cell.data_type = "s"
                elif isinstance(value, date):
                    cell.number_format = "yyyy-mm-dd"
        for first, last in sheet.merged:
            page.merge_cells(
                start_row=first[0] + 1, start_column=first[1] + 1,
                end_row=last[0] + 1, end_column=last[1] + 1,
            )  # fmt: skip
    return workbook
