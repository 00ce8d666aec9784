"""Tables as CSV that a Chinese Excel opens as it is meant to be."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from typing import Any

import pandas as pd

from allocator.insight.headings import headed
from allocator.modelling import Language

_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a text begins that a spreadsheet takes for a formula."""


def csv_bytes(
    table: pd.DataFrame, lang: Language = "zh", *, names: Mapping[str, str] | None = None
) -> bytes:
    """A table of codes as CSV with headings in words.

    UTF-8 with a byte order mark, as Excel asks for; a text that would become a formula is
    preceded by an apostrophe; numbers stay numbers.

    Parameters
    ----------
    names
        Words for columns named after data.
    """
    shown = headed(table, lang, names=names)
    held = StringIO(newline="")
    writer = csv.writer(held)
    writer.writerow([_safe(str(heading)) for heading in shown.columns])
    for row in shown.itertuples(index=False, name=None):
        writer.writerow([_cell(value) for value in row])
    return held.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return _safe(value)
    if value is None or pd.isna(value):
        return ""
    return value


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_LIVE) else text
