"""Tables as CSV that a Chinese Excel opens as it is meant to be."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from typing import Any

import pandas as pd

from allocator.files.csv_guard import guarded
from allocator.insight.headings import headed
from allocator.insight.identity import without_identity
from allocator.modelling import Language


def csv_bytes(
    table: pd.DataFrame, lang: Language = "zh", *, names: Mapping[str, str] | None = None
) -> bytes:
    """A table of codes as CSV with headings in words.

    UTF-8 with a byte order mark, as Excel asks for. A text that would become a formula is preceded
    by an apostrophe, and every text stands in quotes, so that no comma, quote or new line in it
    begins another cell (OWASP, CSV injection); numbers stay numbers. `unguarded` gives the
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


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return guarded(without_identity(value))
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool):
        return str(value)
    return value
