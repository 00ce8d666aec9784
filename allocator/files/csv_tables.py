"""Tables as CSV that a Chinese Excel opens as it is meant to be."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from io import StringIO
from typing import Any

import pandas as pd

from allocator.insight.headings import headed
from allocator.insight.identity import without_identity
from allocator.modelling import Language

_LIVE = r"(?:[\x00-\x1f\x7f-\x9f]|[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠])"
"""How a text begins that a spreadsheet takes for a formula: with one of its signs, also behind
blanks or in full width, or with a control character."""
_ASKS_GUARD = re.compile(rf"'*{_LIVE}")
_GUARDED = re.compile(rf"'+{_LIVE}")


def csv_bytes(
    table: pd.DataFrame, lang: Language = "zh", *, names: Mapping[str, str] | None = None
) -> bytes:
    """A table of codes as CSV with headings in words.

    UTF-8 with a byte order mark, as Excel asks for. A text that would become a formula is preceded
    by an apostrophe, and every text stands in quotes, so that neither a comma nor a semicolon in it
    begins a new cell (OWASP, CSV injection); numbers stay numbers. :func:`unguarded` gives the
    text back. Identity numbers are blotted out.

    Parameters
    ----------
    names
        Words for columns named after data.
    """
    shown = headed(table, lang, names=names)
    held = StringIO(newline="")
    writer = csv.writer(held, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([_cell(str(heading)) for heading in shown.columns])
    for row in shown.itertuples(index=False, name=None):
        writer.writerow([_cell(value) for value in row])
    return held.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    One more apostrophe also goes before apostrophes that stand before such a beginning: so
    :func:`unguarded` undoes every guard and nothing else.
    """
    return f"'{text}" if _ASKS_GUARD.match(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded: what a reader of our CSV takes a cell for."""
    return text[1:] if _GUARDED.match(text) else text


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return guarded(without_identity(value))
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool):
        return str(value)
    return value
