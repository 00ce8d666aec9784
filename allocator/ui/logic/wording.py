"""Figures as a planner writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from allocator.insight.figures import FIGURES
from allocator.insight.headings import COLUMNS, headed
from allocator.insight.vocabulary import UNIT, word
from allocator.modelling import Language

if TYPE_CHECKING:
    import pandas as pd

NOTHING = "—"
"""Stands where there is no value."""
_UNSEEN = 5e-4
"""Changes smaller than this are no change to a reader."""
_SILENT = {"share", "cv", "log", "webster", ""}
"""Units that are said by the figure itself or not at all."""


def figure(value: float | None, unit: str, *, signed: bool = False) -> str:
    """A figure without its unit: shares in per cent, coefficients with three decimals."""
    if value is None:
        return NOTHING
    # Only tables hold missing numbers, and whoever shows one has loaded pandas.
    import pandas as pd

    if pd.isna(value):
        return NOTHING
    sign = "+" if signed and abs(value) >= _UNSEEN else ""
    if unit == "share":
        return f"{value:{sign}.1%}"
    if unit in ("cv", "webster", "log"):
        return f"{value:{sign}.3f}"
    places = 0 if float(value).is_integer() else 1
    return f"{value:{sign},.{places}f}"


def unit_word(unit: str, lang: Language) -> str:
    """The unit to write beside a figure, empty where the figure says it."""
    return "" if unit in _SILENT else word(UNIT, unit, lang)


def with_unit(value: float | None, unit: str, lang: Language) -> str:
    """A figure with its unit."""
    text, beside = figure(value, unit), unit_word(unit, lang)
    if text == NOTHING or not beside:
        return text
    return f"{text} {beside}"


def figure_title(code: str, lang: Language) -> str:
    """The words of a headline figure, with its unit."""
    about = FIGURES[code]
    title, unit = about.title.say(lang), unit_word(about.unit, lang)
    if not unit:
        return title
    return f"{title}（{unit}）" if lang == "zh" else f"{title} ({unit})"


def in_words(
    frame: pd.DataFrame,
    columns: Sequence[str],
    lang: Language,
    *,
    names: dict[str, str] | None = None,
) -> pd.DataFrame:
    """Some columns of a table with headings; figures whose unit differs by row as text."""
    shown = frame[list(columns)].copy()
    for code in columns:
        if code in COLUMNS and COLUMNS[code].form == "figure":
            shown[code] = [
                figure(value, str(unit), signed=code == "change")
                for value, unit in zip(frame[code], frame["unit"], strict=True)
            ]
    return headed(shown, lang, names=names, keys=True)


def capital(text: str) -> str:
    """A text as a heading: with a capital, where its letters have any."""
    return text[:1].upper() + text[1:]
