"""From what a table on the page reports to edits of the scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from allocator.modelling import Language
from allocator.records.fields import name_of
from allocator.records.tables import TABLES, table
from allocator.ui.logic.county_tables.grid import Grid
from allocator.ui.logic.draft import Draft, Wrong, is_cell
from allocator.ui.logic.edits import Edit, Place
from allocator.ui.logic.wording import NOTHING
from allocator.words import say

Edited = Mapping[int, Mapping[str, Any]]
"""Position of a row in the frame handed in -> column -> value typed: all since it was drawn."""


def news(before: Edited, now: Edited) -> Iterator[tuple[int, str, Any]]:
    """The cells that are new or other than when last looked at."""
    for row, cells in now.items():
        known = before.get(row, {})
        for column, value in cells.items():
            if column not in known or known[column] != value:
                yield row, column, value


def edits_of(grid: Grid, rows: Sequence[str], before: Edited, now: Edited) -> list[Edit]:
    """The edits that a table reports.

    Parameters
    ----------
    rows
        Ids of the rows of the frame handed in, in its order.
    before, now
        All that was typed when last looked at, and now.
    """
    return [
        Edit("cell", (grid.table, rows[row], column), grid.about_column(column).meant(value))
        for row, column, value in news(before, now)
        if row < len(rows) and column in grid.columns and grid.editable(column)
    ]


def refused(draft: Draft) -> Mapping[Place, Wrong]:
    """What was typed into tables and cannot be used."""
    return {where: wrong for where, wrong in draft.wrong.items() if is_cell(where)}


def where_told(where: Place, draft: Draft, lang: Language) -> str:
    """A cell in words: table, row, column."""
    name, row, column = where
    known = table(name) if any(t.name == name for t in TABLES) else None
    if known is None:
        return " · ".join(where)
    who = name_of(draft.scenario.county, row, lang)
    return f"{known.title.say(lang)} · {who} · {known.heading(column).say(lang)}"


def refusal(where: Place, wrong: Wrong, draft: Draft, lang: Language) -> tuple[str, str]:
    """A cell that cannot be used, what was typed into it, and how to repair it."""
    name, _, column = where
    about = table(name).fields.get(column)
    typed = wrong.raw if about is None else about.spoken(wrong.raw, draft.scenario.county, lang)
    if typed in (None, "", []):
        typed = NOTHING
    if isinstance(typed, list):
        typed = ("、" if lang == "zh" else ", ").join(map(str, typed))
    reason = say(wrong.problem.text, lang, **dict(wrong.problem.details))
    return f"{where_told(where, draft, lang)}: {typed}", reason
