"""A workbook begun: what every one written here has in common."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from allocator.files.workbook.text import clean
from allocator.insight.identity import without_identity

_OPTIONS = {
    "in_memory": True,
    # Texts stay texts, whatever they begin with.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def begun(held: BytesIO, *, title: str, month: str, subject: str = "") -> Any:
    """A workbook of xlsxwriter without sheets, the same bytes on every day.

    Parameters
    ----------
    month
        The month of the data: it stands for the date of making, as today's would change the bytes.
    subject
        The county it is about.
    """
    book = xlsxwriter.Workbook(held, _OPTIONS)
    made = datetime(int(month[:4]), int(month[5:]), 1)
    said = {"title": clean(without_identity(title)), "created": made}
    if subject:
        said["subject"] = clean(without_identity(subject))
    book.set_properties(said)
    return book
