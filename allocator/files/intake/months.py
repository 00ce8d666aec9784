"""Months as people write them: 2016.9, 2016年9月, 201609, days and day numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta

from allocator.county.frozen import Problem
from allocator.files.books import Cell
from allocator.files.intake.value import Value, shown

_EPOCH = date(1899, 12, 30)
_DAYS = range(10_959, 54_788)
"""Day numbers of a spreadsheet from 1930 to 2049."""
_YEARLIKE = range(19_000, 21_000)
"""Five digits that may be a day number as well as a year and a month without the point."""
_PARTS = re.compile(
    r"(?P<year>\d{4})(?:年|[./\-。、])(?P<month>\d{1,2})"
    r"(?:月份?|[./\-。、](?=\d|$))?(?:(?P<day>\d{1,2})[日号]?)?"
    r"(?:[t ]?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?"
)
_TURNED = re.compile(r"(?P<month>\d{1,2})[/\-.](?P<year>\d{4})")
_PADDED = re.compile(r"\d{4}\.0[1-9]")
_SINGLE = re.compile(r"\d{4}\.[2-9]")
_NOT_READ = "{given} is no month: write it as 2016-09 or 2016.09"
_YEAR_ONLY = "{given} is a year without a month: write it as 2016-09 or 2016.09"


def two_digits(column: Iterable[Cell]) -> bool:
    """Whether a column writes every month with two digits after the point, such as 1985.09."""
    padded = False
    for cell in column:
        if isinstance(cell, float):
            text = repr(cell)
            if _SINGLE.fullmatch(text):
                return False
            padded = padded or _PADDED.fullmatch(text) is not None
    return padded


def read_month(raw: Cell, padded: bool) -> Value:
    """The month a cell states.

    A number such as 1985.1 may be January, or October whose last digit the spreadsheet dropped:
    it stays in doubt unless the other months of the column have two digits.
    """
    if isinstance(raw, date):
        return _made(raw.year, raw.month, raw)
    if isinstance(raw, float):
        return _number(raw, padded)
    if isinstance(raw, str):
        return _text(raw)
    return _wrong(raw, _NOT_READ) if isinstance(raw, bool) else _digits(str(raw), raw)


def _text(raw: str) -> Value:
    text = unicodedata.normalize("NFKC", raw).strip().lower()
    tight = re.sub(r"\s+(?!\d{1,2}:)", "", text)
    if tight.isdecimal():
        return _digits(tight, raw)
    match = _PARTS.fullmatch(tight) or _TURNED.fullmatch(tight)
    if match is None:
        year_only = re.fullmatch(r"(?:19|20)\d\d年?", tight)
        return _wrong(raw, _YEAR_ONLY if year_only else _NOT_READ)
    day = match.groupdict().get("day")
    if day is not None and not 1 <= int(day) <= 31:
        return _wrong(raw, _NOT_READ)
    return _made(int(match["year"]), int(match["month"]), raw)


def _number(raw: float, padded: bool) -> Value:
    text = repr(raw)
    match = re.fullmatch(r"(\d{4})\.(\d{1,2})", text)
    if match is None:
        day = int(raw) if abs(raw) < _DAYS.stop else 0
        return _day_number(day, raw) if day in _DAYS else _wrong(raw, _NOT_READ)
    year, month = int(match[1]), match[2]
    if month != "1":
        return _made(year, int(month), raw)
    if padded:
        read = _made(year, 10, raw)
        text = "{given} is read as October, as the other months here have two digits"
        note = Problem("", text, {"given": shown(raw)})
        return read if read.problem else Value(read.value, note=note)
    options = tuple(f"{year}-{m}" for m in ("01", "10"))
    text = (
        "{given} may be January, or October whose last digit the spreadsheet dropped: write it as "
        "{first} or {second}"
    )
    details = {"given": shown(raw), "first": options[0], "second": options[1]}
    return Value(problem=Problem("", text, details), options=options)


def _digits(text: str, raw: Cell) -> Value:
    if len(text) == 6 and text[:2] in ("19", "20"):
        return _made(int(text[:4]), int(text[4:]), raw)
    if len(text) == 8 and text[:2] in ("19", "20") and 1 <= int(text[6:]) <= 31:
        return _made(int(text[:4]), int(text[4:6]), raw)
    if len(text) == 4 and text[:2] in ("19", "20"):
        return _wrong(raw, _YEAR_ONLY)
    if len(text) == 5 and int(text) in _DAYS:
        return _day_number(int(text), raw)
    return _wrong(raw, _NOT_READ)


def _day_number(days: int, raw: Cell) -> Value:
    """The month of a day as spreadsheets count days."""
    day = _EPOCH + timedelta(days=days)
    read = f"{day.year}-{day.month:02d}"
    text = str(days)
    if days in _YEARLIKE and text[4] != "0":
        options = (f"{text[:4]}-0{text[4]}", read)
        words = "{given} may be {first}, or a day number of the spreadsheet ({second}): correct it"
        details = {"given": shown(raw), "first": options[0], "second": options[1]}
        return Value(problem=Problem("", words, details), options=options)
    words = "{given} is read as a day number of the spreadsheet: {month}"
    return Value(read, note=Problem("", words, {"given": shown(raw), "month": read}))


def _made(year: int, month: int, raw: Cell) -> Value:
    if not (1900 <= year <= 2099 and 1 <= month <= 12):
        return _wrong(raw, _NOT_READ)
    return Value(f"{year}-{month:02d}")


def _wrong(raw: Cell, text: str) -> Value:
    return Value(problem=Problem("", text, {"given": shown(raw)}))
