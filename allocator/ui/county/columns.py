"""Columns of a table as the browser draws and edits them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from allocator.county.county import County
from allocator.modelling import Language
from allocator.records.fields import Field
from allocator.ui.logic.county_tables import Grid

_WIDE, _NARROW = 260, 92
_SIGN = "    "
"""As wide as the sign beside the heading of a column that can be changed."""
_NAMED = {"schools": 200, "campuses": 200, "claimants": 200, "townships": 110}
"""Widths, pixels: the library measures codes, people read words."""


def column_config(
    grid: Grid, frame: pd.DataFrame, county: County, lang: Language
) -> dict[str, Any]:
    """How each column is drawn, by its code; the first one stays in sight."""
    return {
        code: _column(
            grid.about_column(code),
            frame[code],
            county,
            lang,
            pinned=n == 0,
            disabled=not grid.editable(code),
            plain=code == "year",
        )
        for n, code in enumerate(map(str, frame.columns))
    }


def _column(
    about: Field,
    values: pd.Series[Any],
    county: County,
    lang: Language,
    *,
    pinned: bool,
    disabled: bool,
    plain: bool,
) -> Any:
    shared: dict[str, Any] = {
        "label": about.title.say(lang),
        "help": None if about.help is None else about.help.say(lang),
        "disabled": disabled,
        "pinned": pinned,
    }
    kinds, heading = st.column_config, about.title.say(lang) + _SIGN
    if about.kind == "flag":
        return kinds.CheckboxColumn(**shared, width=_word_width([heading]))
    if about.kind == "whole":
        return kinds.NumberColumn(**shared, format="%d" if plain else "localized", step=1)
    if about.kind in ("number", "percent"):
        return kinds.NumberColumn(**shared)
    if about.kind in ("choice", "choices") and not about.typed:
        known = about.options(county, lang)
        if about.kind == "choice":
            width = _word_width([*known.values(), heading])
            shared["width"] = _NAMED.get(about.names or "", width)
        made = kinds.SelectboxColumn if about.kind == "choice" else kinds.MultiselectColumn
        return made(**shared, options=list(known), format_func=lambda c: known.get(str(c), str(c)))
    words = [heading, *(str(v) for v in values.dropna().unique())]
    return kinds.TextColumn(**shared, width=_WIDE if about.long else _word_width(words))


def _word_width(words: Sequence[str]) -> int:
    """Pixels that the longest of some words takes, an ideograph counted twice a letter."""
    longest = max((sum(1 + (ord(c) > 0x2E80) for c in w) for w in words), default=8)
    return min(max(7 * longest + 30, _NARROW), _WIDE)
