"""The tables of the comparison, worded for the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from allocator.insight.data_compared import TableDifference
from allocator.insight.names import namer
from allocator.insight.results_compared import Tables, moves_compared
from allocator.insight.side_by_side import MARK, change, differing, side, side_by_side
from allocator.insight.vocabulary import ONLY, REASON, STATUS, word
from allocator.modelling import Language
from allocator.records.tables import TABLES
from allocator.scenario import PartName, Scenario
from allocator.ui.logic.cell_words import cell_words
from allocator.ui.logic.findings import Findings
from allocator.ui.logic.sides import Side
from allocator.ui.logic.wording import NOTHING, figure
from allocator.words import say

_SHOWN = 60
"""Letters of one value that are shown; a whole list of certificates would hide the rest."""
RESULTS = ("moves", "coverage", "quotas")
"""Tables of a plan that are compared row by row."""


def figures(sides: Sequence[Side], *, only_differing: bool) -> pd.DataFrame:
    """Headline figures: part, figure, unit, a column a side; with the change where there are two.

    Columns of a side hold text, as units differ by row.
    """
    tables = [s.findings.summary if s.findings is not None else None for s in sides]
    return _shown(side_by_side(tables, ("part", "figure"), "after", "unit"), only_differing)


def coefficients(sides: Sequence[Side], lang: Language) -> pd.DataFrame:
    """Difference coefficients L1 to L7, mean and largest, after each plan."""
    tables = [_table(s.findings, "indicators", lang) for s in sides]
    found = side_by_side(
        tables, ("stage", "indicator"), "after", "indicator_name", "unit", "before"
    )
    return _shown(found, False)


def tiers(sides: Sequence[Side], lang: Language) -> pd.DataFrame:
    """Goals with value and bound of each side; how each part ended comes first."""
    tables = [_table(s.findings, "proof", lang) for s in sides]
    values = side_by_side(tables, ("part", "tier"), "value", "tier_title", "unit")
    bounds = side_by_side(tables, ("part", "tier"), "bound")
    rows = [
        {
            **row,
            **{
                side(n): _with_bound(row[side(n)], bound[side(n)], str(row["unit"]), lang)
                for n in range(len(sides))
            },
        }
        for row, bound in zip(values.to_dict("records"), bounds.to_dict("records"), strict=True)
    ]
    return pd.DataFrame(rows, columns=values.columns)


def endings(sides: Sequence[Side], part: PartName, lang: Language) -> list[str]:
    """How a part ended on each side, in words; empty where it was not solved."""
    found = []
    for one in sides:
        held = one.findings.outcome.part(part) if one.findings is not None else None
        text = "" if held is None else say(
            "{status} ({reason})",
            lang,
            status=word(STATUS, held.status, lang),
            reason=word(REASON, held.reason, lang),
        )  # fmt: skip
        found.append(text)
    return found


def _with_bound(value: Any, bound: Any, unit: str, lang: Language) -> str:
    plain = "cv" if unit in ("share", "cv", "log") else unit
    shown = figure(_number(value), plain)
    if shown == NOTHING or pd.isna(bound):
        return shown
    return say("{value} (bound {bound})", lang, value=shown, bound=figure(_number(bound), plain))


def _shown(table: pd.DataFrame, only_differing: bool) -> pd.DataFrame:
    """Figures as text in their unit, with the change from the first side to the second."""
    if only_differing:
        table = differing(table)
    sides = [c for c in table.columns if str(c).startswith(MARK)]
    made = table.copy()
    if len(sides) == 2:
        made["change"] = change(table)
    for column in sides:
        made[column] = [
            figure(_number(v), str(u)) for v, u in zip(table[column], table["unit"], strict=True)
        ]
    return made.reset_index(drop=True)


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _table(findings: Findings | None, name: str, lang: Language) -> pd.DataFrame | None:
    if findings is None:
        return None
    if name in ("indicators", "moves", "coverage") and "staffing" not in findings.solved:
        return None
    if name == "quotas" and "admission" not in findings.solved:
        return None
    return findings.table(name, lang)


def results(one: Side, lang: Language) -> Tables:
    """The tables of a side's plan that are compared row by row, those it has."""
    found = {name: _table(one.findings, name, lang) for name in RESULTS}
    return {name: table for name, table in found.items() if table is not None}


def moves(first: Tables, second: Tables) -> pd.DataFrame:
    """Teachers whom two plans do not send to the same place."""
    return moves_compared(first["moves"], second["moves"])


def with_reasons(table: pd.DataFrame, pair: Sequence[Side], lang: Language) -> pd.DataFrame:
    """Moves that differ, each with its reasons in the plans that make it."""
    told = table
    for n, one in enumerate(pair):
        if one.findings is not None:
            why = one.findings.table("moves", lang).set_index("teacher")["reasons"]
            told = told.assign(**{f"reason:{n}": told["teacher"].map(why)})
    return told


def kinds_of_move(lang: Language) -> dict[str, str]:
    """How a teacher's move can differ, in words."""
    return {str(code): text.say(lang) for code, text in ONLY.items()}


def cells(
    differences: Sequence[TableDifference],
    scenarios: tuple[Scenario, Scenario],
    lang: Language,
    most: int,
) -> pd.DataFrame:
    """Changed cells and rows in words: table, row, column, and both values."""
    names = [namer(s, lang) for s in scenarios]
    rows: list[tuple[str, str, str, str, str]] = []
    for d in differences:
        rows += [
            (
                d.table,
                _row(c.row, names),
                _heading(d.table, c.column, lang),
                _value(cell_words(d.table, c.column, c.first, scenarios[0].county, lang)),
                _value(cell_words(d.table, c.column, c.second, scenarios[1].county, lang)),
            )
            for c in d.cells
        ]
        there, gone = say("the whole row", lang), NOTHING
        rows += [(d.table, _row(row, names), there, gone, "√") for row in d.added]
        rows += [(d.table, _row(row, names), there, "√", gone) for row in d.removed]
        if len(rows) >= most:
            break
    return pd.DataFrame(rows[:most], columns=["table", "row", "column", side(0), side(1)])


def _row(key: str, names: Sequence[Callable[[str], str]]) -> str:
    """A row in words, with its number; a place that only one county has is found there."""
    if key.startswith("{"):
        return _short(key)
    said = next((n(key) for n in names if n(key) != key), key)
    return said if key in said or said == key else f"{said} {key}"


def _heading(table: str, column: str, lang: Language) -> str:
    known = next((t for t in TABLES if t.name == table), None)
    if known is None:
        return column
    try:
        return known.heading(column).say(lang)
    except KeyError:
        return column


def _value(value: Any) -> str:
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, bool):
        return "√" if value else "×"
    if isinstance(value, list):
        return _short("、".join(_value(v) for v in value))
    if isinstance(value, dict):
        return _short(" ".join(_value(v) for v in value.values()))
    return _short(str(value))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
