"""Tables on the page: headings and units in words, numbers in the form of their column."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

import pandas as pd
import streamlit as st
from pandas.api.types import is_numeric_dtype

from allocator.insight.headings import COLUMNS
from allocator.insight.vocabulary import Words, word
from allocator.modelling import Text
from allocator.ui.language import language, say
from allocator.ui.logic.column_widths import width_for
from allocator.ui.logic.wording import NOTHING, in_words

_FORMATS: Mapping[str, str] = {
    "whole": "localized",
    "one": "%.1f",
    "decimal": "%.2f",
    "share": "percent",
    "cv": "%.3f",
    "factor": "%.6f",
}

_ALL = ""
"""Choice of a filter that leaves nothing out."""
_ROW = 35
"""Height of a row, pixels."""


def show_table(
    frame: pd.DataFrame,
    columns: Sequence[str],
    *,
    names: dict[str, str] | None = None,
    tall: int = 15,
    empty: str | None = None,
    select: str | None = None,
    figures: Collection[str] = (),
    narrow: Collection[str] = (),
) -> int | None:
    """Some columns of a table; gives the number of the row that is chosen.

    Parameters
    ----------
    names
        Words for columns named after data.
    tall
        Rows shown at once; a longer table scrolls.
    empty
        What to say where there is no row.
    select
        Key of the choice, where one row can be chosen. It changes with the rows.
    figures
        Columns named after data that hold figures as text.
    narrow
        Columns that few rows fill: their words may be cut, for the sake of the columns behind.
    """
    if frame.empty:
        st.info(empty or say("There is nothing to show here."))
        return None
    shown = in_words(frame, columns, language(), names=names)
    config = {
        heading: st.column_config.TextColumn()
        if code in narrow
        else _column(code, shown[heading], pinned=n == 0, figure=code in figures)
        for n, (heading, code) in enumerate(zip(shown.columns, columns, strict=True))
    }
    height: Literal["content"] | int = "content" if len(shown) <= tall else _ROW * (tall + 1)
    if select is None:
        st.dataframe(
            shown, hide_index=True, column_config=config, height=height, placeholder=NOTHING
        )
        return None
    state = st.dataframe(
        shown,
        hide_index=True,
        column_config=config,
        height=height,
        placeholder=NOTHING,
        key=select,
        on_select="rerun",
        selection_mode="single-row",
    )
    return next(iter(state.selection.rows), None)


def _column(code: str, values: pd.Series[Any], *, pinned: bool, figure: bool) -> Any:
    about = COLUMNS.get(code)
    if about is None and not is_numeric_dtype(values):
        return st.column_config.TextColumn(
            alignment="right" if figure else None, width=_width(values)
        )
    if about is None:
        return st.column_config.NumberColumn(format="localized")
    if about.words is not None or about.form in ("text", "long", "code"):
        width = _width(values, long=about.form == "long")
        return st.column_config.TextColumn(width=width, pinned=pinned)
    if about.form == "figure":
        return st.column_config.TextColumn(alignment="right")
    return st.column_config.NumberColumn(format=_FORMATS[about.form])


def _width(values: pd.Series[Any], *, long: bool = False) -> int | None:
    """Pixels for a column of words, whose name is its heading."""
    told = values.fillna("").astype(str).tolist()
    return width_for(str(values.name), told, long=long)


def pick(
    label: str,
    values: pd.Series[Any],
    key: str,
    words: Words | None = None,
    width: int | Literal["stretch"] = 220,
) -> Any:
    """A filter by one column; None for all.

    Parameters
    ----------
    words
        Words for coded values.
    """
    everything, lang = say("all"), language()
    found = st.selectbox(
        label,
        [_ALL, *sorted(set(values.dropna()))],
        format_func=lambda v: everything if v == _ALL else word(words or {}, v, lang),
        key=key,
        filter_mode=None,
        width=width,
        persist_state="session",
    )
    return None if found == _ALL else found


def view(views: Mapping[str, Text], key: str) -> str:
    """A switch between the views of a page, of which one is drawn; gives its code."""
    lang = language()
    return st.segmented_control(
        say("View"),
        list(views),
        default=next(iter(views)),
        required=True,
        format_func=lambda code: views[code].say(lang),
        key=key,
        label_visibility="collapsed",
        persist_state="session",
    )
