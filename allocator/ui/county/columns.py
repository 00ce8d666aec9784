"""Columns of a table as the browser draws and edits them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from allocator.county.county import County
from allocator.modelling import Language
from allocator.ui.logic.county_tables import Grid
from allocator.ui.logic.record_fields import Field

_WIDE = 260
_NARROW = 92
"""Pixels."""


def column_config(
    grid: Grid, columns: tuple[str, ...], county: County, lang: Language
) -> dict[str, Any]:
    """How each column is drawn, by its code; the first one stays in sight."""
    return {
        code: _column(
            grid.about_column(code),
            county,
            lang,
            pinned=n == 0,
            disabled=not grid.editable(code),
            plain=code == "year",
        )
        for n, code in enumerate(columns)
    }


def _column(
    about: Field, county: County, lang: Language, *, pinned: bool, disabled: bool, plain: bool
) -> Any:
    shared: dict[str, Any] = {
        "label": about.title.say(lang),
        "help": None if about.help is None else about.help.say(lang),
        "disabled": disabled,
        "pinned": pinned,
    }
    kinds = st.column_config
    if about.kind == "flag":
        return kinds.CheckboxColumn(**shared, width=_NARROW)
    if about.kind == "whole":
        return kinds.NumberColumn(**shared, format="%d" if plain else "localized", step=1)
    if about.kind in ("number", "percent"):
        return kinds.NumberColumn(**shared, format="plain")
    if about.kind in ("choice", "choices"):
        known = about.options(county, lang)
        made = kinds.SelectboxColumn if about.kind == "choice" else kinds.MultiselectColumn
        return made(**shared, options=list(known), format_func=lambda c: known.get(str(c), str(c)))
    return kinds.TextColumn(**shared, width=_WIDE if about.long else None)
