"""Figures as a planner writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from allocator.insight.figures import FIGURES
from allocator.insight.headings import COLUMNS, headed
from allocator.insight.names import bracketed
from allocator.insight.vocabulary import SPREAD, UNIT, word
from allocator.modelling import Language

if TYPE_CHECKING:
    import pandas as pd

NOTHING = "—"
"""Stands where there is no value."""
_UNSEEN = 5e-4
"""Changes smaller than this are no change to a reader."""
_FINEST = 3
"""Decimals that are added at most, where a figure would read as its target."""
_SILENT = {"share", "cv", "log", "webster", ""}
"""Units that are said by the figure itself or not at all."""


def figure(value: float | None, unit: str, *, signed: bool = False, finer: int = 0) -> str:
    """A figure without its unit: shares in per cent, coefficients with three decimals.

    Parameters
    ----------
    finer
        Decimals more than usual.
    """
    if value is None:
        return NOTHING
    # Only tables hold missing numbers, and whoever shows one has loaded pandas.
    import pandas as pd

    if pd.isna(value):
        return NOTHING
    sign = "+" if signed and abs(value) >= _UNSEEN else ""
    if unit == "share":
        return f"{value:{sign}.{1 + finer}%}"
    if unit in ("cv", "webster", "log"):
        return f"{value:{sign}.{3 + finer}f}"
    places = 0 if float(value).is_integer() else 1 + finer
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
    return titled(about.title.say(lang), about.unit, lang)


def titled(title: str, unit: str, lang: Language) -> str:
    """A title with its unit; one that ends in a bracket takes the unit into it."""
    beside = unit_word(unit, lang)
    if not beside:
        return title
    if title.endswith("）"):
        return f"{title[:-1]}，{beside}）"
    return bracketed(title, beside, lang)


def titled_once(title: str, unit: str, lang: Language) -> str:
    """A title with its unit, where it does not say it by itself."""
    return title if unit_word(unit, lang) in title else titled(title, unit, lang)


def in_words(
    frame: pd.DataFrame,
    columns: Sequence[str],
    lang: Language,
    *,
    names: dict[str, str] | None = None,
) -> pd.DataFrame:
    """Some columns of a table with headings; figures whose unit differs by row as text."""
    shown = frame[list(columns)].copy()
    listed = [c for c in columns if c in COLUMNS and COLUMNS[c].form == "figure"]
    finer = [_finer(row, listed) for row in frame.to_dict("records")] if listed else []
    for code in listed:
        shown[code] = [
            figure(value, str(unit), signed=code == "change", finer=more)
            for value, unit, more in zip(frame[code], frame["unit"], finer, strict=True)
        ]
    return headed(shown, lang, names=names, keys=True)


def _finer(row: Mapping[Any, Any], shown: Sequence[str]) -> int:
    """Decimals more than usual for a row: a target that is missed must not read as if reached."""
    judged = next((c for c in ("after", "now") if c in shown), None)
    if judged is None or "target" not in shown or str(row.get("kept")) != "False":
        return 0
    unit = str(row["unit"])
    for more in range(_FINEST):
        reached = figure(row[judged], unit, finer=more)
        if reached != figure(row["target"], unit, finer=more):
            return more
    return _FINEST


def named_once(table: pd.DataFrame) -> pd.DataFrame:
    """Difference coefficients without a code where the name says the same: mean and largest."""
    return table.assign(indicator=table["indicator"].mask(table["indicator"].isin(list(SPREAD))))


def capital(text: str) -> str:
    """A text as a heading: with a capital, where its letters have any."""
    return text[:1].upper() + text[1:]
