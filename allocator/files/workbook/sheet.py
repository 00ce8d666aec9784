"""What a sheet holds, before anything is written: a table, its notes, its checks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

import pandas as pd

from allocator.insight.vocabulary import KEPT
from allocator.modelling import Language, Text

if TYPE_CHECKING:
    from allocator.files.workbook.chart import Chart

FIRST_ROW = 4
"""First row of every table, as people count rows: title, county and headings stand above."""

Mark: TypeAlias = Literal["floor", "cap", "tied"]
"""Why a number stands out: a floor or cap decides it, or a tie."""

Letters: TypeAlias = Mapping[str, str]
"""Column code -> letter of its column in the sheet."""

Formula: TypeAlias = Callable[[Letters, int], str]
"""Letters and row number, as people count rows, -> a formula; empty where only the value of today
can be told."""


@dataclass(frozen=True)
class Alarm:
    """A condition under which the cells of a column are coloured; it stays live in the file.

    Parameters
    ----------
    column
        Code of the column coloured.
    when
        Formula for the first row of the table, true where something is wrong.
    fine
        Whether it is good news.
    """

    column: str
    when: Formula
    fine: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet: a table with headings on its third row, notes below.

    Parameters
    ----------
    table
        A table of ``allocator.insight``, columns and values as codes.
    names
        Words for columns named after data.
    note
        One line under the title, beside county and month.
    fixed
        Columns that stay in sight when scrolling sideways.
    totals
        Columns with a sum under the table.
    formulas
        Columns whose cells are formulas; the table gives the values they have now.
    marks
        Row of the table, counted from 0, and column of cells that stand out.
    legend
        What each mark means, under the table.
    below
        Pairs of label and text under the table.
    hidden
        Columns of the table out of sight at its right end: keys by which formulas and whoever
        reads the file back know a row, however it is sorted.
    called
        Name -> column whose cells formulas of other sheets call by that name. Names are lower
        case words with underscores, so that a formula that calls one the workbook lacks is known,
        and its value of today is written instead.
    filtered
        Whether rows may be filtered and sorted; not where a formula counts on their order.
    key
        What the sheet is to a program, where its English name does not say it (one sheet a
        school, say): lower case letters, digits and underscores.
    charts
        Drawn under the notes.
    one_page
        Whether all of it is printed on one page.
    """

    name: Text
    title: Text
    table: pd.DataFrame
    names: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    fixed: int = 0
    totals: tuple[str, ...] = ()
    formulas: Mapping[str, Formula] = field(default_factory=dict)
    alarms: tuple[Alarm, ...] = ()
    marks: Mapping[tuple[int, str], Mark] = field(default_factory=dict)
    legend: tuple[tuple[Mark, str], ...] = ()
    below: tuple[tuple[str, str], ...] = ()
    hidden: tuple[str, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)
    filtered: bool = True
    key: str = ""
    charts: tuple[Chart, ...] = ()
    one_page: bool = False

    @property
    def identity(self) -> str:
        """The same in both languages and in every workbook: ``exchange_list``, ``quota_matrix``."""
        return self.key or re.sub(r"[^a-z0-9]+", "_", self.name.en.lower()).strip("_")


def above_zero(column: str) -> Alarm:
    """Colour what is missing."""
    return Alarm(column, lambda at, row: f"=N(${at[column]}{row})>0")


def reads(column: str, text: str) -> Alarm:
    """Colour cells with a certain text."""
    return Alarm(column, lambda at, row: f'=${at[column]}{row}="{text}"')


def missed(figure: str, lang: Language) -> tuple[Alarm, Alarm]:
    """Colour a missed verdict and the figure it is about."""
    broken = KEPT[False].say(lang)
    return (
        Alarm(figure, lambda at, row: f'=${at["kept"]}{row}="{broken}"'),
        reads("kept", broken),
    )
