"""Tables of figures as text, with the headings and units of the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from allocator.insight.headings import COLUMNS, Column

if TYPE_CHECKING:
    from allocator.modelling import Language

_NOTHING = "-"


def print_table(
    console: Console,
    frame: pd.DataFrame,
    columns: Sequence[str],
    lang: Language,
    known: Mapping[str, Column] = COLUMNS,
) -> None:
    """Print some columns of a table whose columns are codes."""
    made = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for column in columns:
        about = known[column]
        words = about.form in ("text", "long")
        made.add_column(about.title.say(lang), justify="left" if words else "right")
    for row in _rows(frame):
        unit = str(row.get("unit", ""))
        made.add_row(*(cell(row[c], known[c], unit, lang) for c in columns))
    console.print(made)


def _rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for row in frame.to_dict("records"):
        yield {str(name): value for name, value in row.items()}


_UNIT_FORMS = ("share", "cv")
"""Units that are also the form a figure reads in."""


def cell(value: Any, about: Column, unit: str, lang: Language) -> str:
    """A value as text, by the form of its column and the unit of its row."""
    if value is None or pd.isna(value):
        return _NOTHING
    if about.words is not None:
        return about.words[value].say(lang) if value in about.words else str(value)
    return _figure(value, unit if about.form == "figure" and unit in _UNIT_FORMS else about.form)


def _figure(value: Any, form: str) -> str:
    if form in ("text", "long", "code"):
        return str(value)
    if form == "share":
        return f"{value:.2%}"
    places = {"cv": 3, "whole": 0, "one": 1, "decimal": 2, "factor": 6}.get(form)
    if places is None:
        places = 0 if float(value).is_integer() else 2
    return f"{value:,.{places}f}"
