"""A table of the county page: its columns, rows, filters, totals and the form of a new row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from allocator.county.county import County
from allocator.modelling import Language, Text
from allocator.records.fields import Field
from allocator.records.lists import Plain
from allocator.records.tables import Table, table
from allocator.scenario import PartName, Scenario

Values = Mapping[str, Any]
"""Values by column."""
Only = Collection[str] | None
"""Ids of the rows asked for; None for all."""


_MISSING = Text("还没有数据。", "There is nothing here yet.")
_MARKED = Text("只看有出入的", "Only where something is apart")


@dataclass(frozen=True)
class Total:
    """A figure above a table."""

    title: Text
    value: float
    """In the unit its title names."""
    less_is_better: bool | None = None
    """None where neither way is better."""
    grouped: bool = True
    """Whether thousands are set apart; a year is written without."""


@dataclass(frozen=True)
class Form:
    """What is asked for to add a row."""

    fields: Mapping[str, Field]
    record: Callable[[Values], tuple[str, Plain]]
    """The answers -> id and record of the new row."""
    first: Callable[[County], Values] = lambda county: {}
    """What stands in the form at first."""


def form_of(held: Table, first: Callable[[County], Values] = lambda county: {}) -> Form:
    """The form that asks for every column of a table."""
    return Form(held.fields, lambda answers: (held.id_of(answers), dict(answers)), first)


@dataclass(frozen=True)
class Grid:
    """One table as the page shows it.

    Attributes
    ----------
    table
        Name in edits and in the address.
    about
        What it is for, in one sentence.
    columns
        Codes of its columns, in order; those of the table and those in ``extra``.
    extra
        Columns that are only read, beside those of the table.
    rows
        Row id -> values by column, where they are more than the table itself holds.
    filters
        Columns to filter by, each within what the earlier ones leave.
    search
        Columns in which a text is looked for.
    form
        How a row is added; None where rows are neither added nor removed.
    part
        The part of a scenario it belongs to; None for any.
    missing
        What is said where it has no row.
    """

    table: str
    about: Text
    columns: tuple[str, ...]
    extra: Mapping[str, Field] = field(default_factory=dict)
    rows: Callable[[Scenario, Language, Only], Mapping[str, Values]] | None = None
    filters: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    totals: Callable[[Scenario], tuple[Total, ...]] = lambda scenario: ()
    form: Form | None = None
    part: PartName | None = None
    needs: Mapping[str, PartName] = field(default_factory=dict)
    """Columns that belong to one part."""
    missing: Text = _MISSING
    code: str = ""
    """Its name in the address, where another shows the same table."""
    title: Text | None = None
    settings: str | None = None
    """A table of one row whose fields stand above it."""
    marked: tuple[str, ...] = ()
    """Columns one of which is not zero in the rows a switch leaves."""
    marked_text: Text = _MARKED

    @property
    def held(self) -> Table:
        """The table edited."""
        return table(self.table)

    @property
    def name(self) -> str:
        """Its name in the address."""
        return self.code or self.table

    @property
    def heading(self) -> Text:
        """Its title on the page."""
        return self.title or self.held.title

    def about_column(self, column: str) -> Field:
        """What a column holds."""
        return self.extra[column] if column in self.extra else self.held.fields[column]

    def editable(self, column: str) -> bool:
        """Whether a column can be changed."""
        return column not in self.extra and not self.held.fields[column].fixed

    def columns_for(self, scenario: Scenario) -> tuple[str, ...]:
        """Its columns, without those of a part that the scenario does not have."""
        parts = (None, *scenario.parts)
        return tuple(c for c in self.columns if self.needs.get(c) in parts)

    def frame(self, scenario: Scenario, lang: Language, only: Only = None) -> pd.DataFrame:
        """Its rows by id, codes as codes, numbers in the form of their column."""
        if self.rows is not None:
            rows = self.rows(scenario, lang, only)
        else:
            held = self.held.rows(scenario.county)
            rows = held if only is None else {row: held[row] for row in only if row in held}
        columns = self.columns_for(scenario)
        made = {c: self._column(c, [r.get(c) for r in rows.values()]) for c in columns}
        return pd.DataFrame(made, index=pd.Index(list(rows), dtype=object))

    def _column(self, column: str, values: list[Any]) -> Any:
        about = self.about_column(column)
        if about.kind in ("percent", "choices", "list"):
            values = [about.shown(value) for value in values]
        return pd.Series(values, dtype=_TYPES.get(about.kind, "object")).array


_TYPES = {"whole": "Int64", "number": "Float64", "percent": "Float64", "flag": "boolean"}


def filtered(
    grid: Grid,
    frame: pd.DataFrame,
    chosen: Mapping[str, Any],
    text: str,
    county: County,
    lang: Language,
    *,
    marked: bool = False,
) -> pd.DataFrame:
    """The rows of a table that fit the filters and hold a text."""
    for column, value in chosen.items():
        if value is not None and column in frame:
            frame = frame[(frame[column].astype(str) == str(value)).to_numpy(dtype=bool)]
    if marked and grid.marked:
        frame = frame[(frame[list(grid.marked)].fillna(0) != 0).any(axis="columns")]
    wanted = text.strip().casefold()
    if not wanted:
        return frame
    found = [False] * len(frame)
    for column in grid.search:
        about = grid.about_column(column)
        words = about.options(county, lang) if about.kind == "choice" else {}
        values = (str(words.get(v, v)).casefold() for v in frame[column])
        found = [f or wanted in v for f, v in zip(found, values, strict=True)]
    return frame[found]


def choices_of(
    grid: Grid, frame: pd.DataFrame, column: str, county: County, lang: Language
) -> Mapping[str, str]:
    """What a filter offers: value -> words, those there are, in their order."""
    about = grid.about_column(column)
    there = {str(v) for v in frame[column].dropna()}
    if about.kind == "choice":
        return {c: w for c, w in about.options(county, lang).items() if c in there}
    return {v: v for v in dict.fromkeys(str(v) for v in frame[column].dropna())}


def worded(grid: Grid, frame: pd.DataFrame, county: County, lang: Language) -> pd.DataFrame:
    """Rows of a table as people read them: headings, words for codes, yes and no."""
    shown: dict[str, Any] = {}
    for column in frame.columns:
        about = grid.about_column(str(column))
        values = frame[column]
        if about.kind in ("choice", "choices", "list", "flag"):
            known = _YES_NO if about.kind == "flag" else about.options(county, lang)
            shown[about.title.say(lang)] = [_in_words(v, known, lang) for v in values]
        else:
            shown[about.title.say(lang)] = values.array
    return pd.DataFrame(shown, index=frame.index)


_YES_NO = {"True": "√", "False": ""}


def _in_words(value: Any, known: Mapping[str, str], lang: Language) -> str:
    if isinstance(value, list):
        return ("、" if lang == "zh" else ", ").join(known.get(str(v), str(v)) for v in value)
    return "" if pd.isna(value) else known.get(str(value), str(value))
