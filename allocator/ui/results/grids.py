"""Tables on the page: headings and units in words, numbers in the form of their column."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

import pandas as pd
import streamlit as st
from pandas.api.types import is_numeric_dtype

from allocator.insight.headings import COLUMNS
from allocator.ui.language import language, say
from allocator.ui.logic.wording import in_words

_FORMATS: Mapping[str, str] = {
    "whole": "localized",
    "one": "%.1f",
    "decimal": "%.2f",
    "share": "percent",
    "cv": "%.3f",
    "factor": "%.6f",
}

_ROW = 35
"""Height of a row, pixels."""


def show_table(
    frame: pd.DataFrame,
    columns: Sequence[str],
    *,
    names: dict[str, str] | None = None,
    tall: int = 15,
    empty: str | None = None,
    figures: Collection[str] = (),
) -> None:
    """Some columns of a table.

    Parameters
    ----------
    names
        Words for columns named after data.
    tall
        Rows shown at once; a longer table scrolls.
    empty
        What to say where there is no row.
    figures
        Columns named after data that hold figures as text.
    """
    if frame.empty:
        st.info(empty or say("There is nothing to show here."))
        return
    shown = in_words(frame, columns, language(), names=names)
    config = {
        heading: _column(code, shown[heading], pinned=n == 0, figure=code in figures)
        for n, (heading, code) in enumerate(zip(shown.columns, columns, strict=True))
    }
    st.dataframe(
        shown,
        hide_index=True,
        column_config=config,
        height="content" if len(shown) <= tall else _ROW * (tall + 1),
    )


def _column(code: str, values: pd.Series[Any], *, pinned: bool, figure: bool) -> Any:
    about = COLUMNS.get(code)
    if about is None and not is_numeric_dtype(values):
        return st.column_config.TextColumn(alignment="right" if figure else None)
    if about is None:
        return st.column_config.NumberColumn(format="localized")
    if about.words is not None or about.form in ("text", "long", "code"):
        width: Literal["large"] | None = "large" if about.form == "long" else None
        return st.column_config.TextColumn(width=width, pinned=pinned)
    if about.form == "figure":
        return st.column_config.TextColumn(alignment="right")
    return st.column_config.NumberColumn(format=_FORMATS[about.form])


def pick(label: str, values: pd.Series[Any], key: str) -> str | None:
    """A filter by one column; None for all."""
    everything = say("all")
    options = [None, *sorted(set(values))]
    found: str | None = st.selectbox(
        label,
        options,
        format_func=lambda v: everything if v is None else str(v),
        key=key,
        filter_mode=None,
        width=220,
    )
    return found
