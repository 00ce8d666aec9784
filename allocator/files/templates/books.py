"""Templates to fill in, and all data of a scenario, each as one workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from os import PathLike
from pathlib import Path

from xlsxwriter.utility import xl_col_to_name

from allocator.county.county import County
from allocator.county.frozen import DataError, Problem
from allocator.files.templates.examples import EXAMPLES
from allocator.files.templates.help_sheet import draw_help
from allocator.files.templates.lists import NAMED_IN, Lists
from allocator.files.templates.settings_sheets import draw_settings
from allocator.files.templates.sheets import Drawing, TableSheet, columns_of
from allocator.files.text import write_aside
from allocator.files.workbook.begun import begun
from allocator.files.workbook.styles import Styles
from allocator.modelling import Language
from allocator.records import TABLES, Plain, table
from allocator.records.fields import Names
from allocator.scenario import Scenario

START: tuple[str, ...] = ("schools", "campuses", "sections", "teachers")
"""What a bureau starts from, where the county's townships are known."""
BEFORE: tuple[str, ...] = ("county", "zones", "townships")
"""What a new county needs besides."""
_STATED = ("subjects", "retirement")
"""Tables whose emptiness says something, as a new county has defaults of them."""
_LAST = 1_048_576
"""Rows of a sheet."""


def write_template(
    path: str | PathLike[str],
    lang: Language = "zh",
    tables: Sequence[str] | None = None,
    scenario: Scenario | None = None,
) -> None:
    """Write an empty workbook to fill in.

    Parameters
    ----------
    tables
        Names of the tables; None takes what a bureau starts from.
    scenario
        Whose schools, subjects and other records cells offer.

    Raises
    ------
    DataError
        If there is no table of a name.
    OSError
        If the folder cannot be written to; an old file is then untouched.
    """
    write_aside(Path(path), template_bytes(lang, tables, scenario))


def template_bytes(
    lang: Language = "zh",
    tables: Sequence[str] | None = None,
    scenario: Scenario | None = None,
) -> bytes:
    """An empty workbook to fill in, for a download."""
    if tables is None:
        tables = START if scenario is not None else (*BEFORE, *START)
    unknown = [name for name in tables if name not in {t.name for t in TABLES}]
    if unknown:
        text = "{table} is no table: choose one of {known}"
        known = ", ".join(t.name for t in TABLES)
        raise DataError(
            tuple(Problem("--tables", text, {"table": n, "known": known}) for n in unknown)
        )
    county = scenario.county if scenario is not None else _NEW
    wanted = [t.name for t in TABLES if t.name in set(tables)]
    sheets = [_empty(name, wanted, scenario) for name in wanted]
    return _book(county, sheets, lang, scenario, listed=scenario is None, settings=False)


_NEW = County(name="", as_of="2000-01", townships=(), schools=())
"""A new county: nothing in it but the periods table and the retirement ages of the law."""


def _empty(name: str, wanted: Sequence[str], scenario: Scenario | None) -> TableSheet:
    held = table(name)
    rows: Sequence[Plain] = ()
    if held.single and scenario is not None:
        rows = list(held.rows(scenario.county).values())
    elif held.single and name != "county":
        rows = list(held.rows(_NEW).values())
    return TableSheet(held, columns_of(held, wanted), rows, EXAMPLES.get(name, ()))


def write_data(path: str | PathLike[str], scenario: Scenario, lang: Language = "zh") -> None:
    """Write all tables with rows and all settings of a scenario as one workbook.

    Raises
    ------
    OSError
        If the folder cannot be written to; an old file is then untouched.
    """
    write_aside(Path(path), data_bytes(scenario, lang))


def data_bytes(scenario: Scenario, lang: Language = "zh") -> bytes:
    """All data of a scenario as one workbook, for a download."""
    held = {t.name: list(t.rows(scenario.county).values()) for t in TABLES}
    wanted = [name for name, rows in held.items() if rows or name in _STATED]
    sheets = [
        TableSheet(table(name), columns_of(table(name), wanted), held[name]) for name in wanted
    ]
    return _book(scenario.county, sheets, lang, scenario, listed=True, settings=True)


def _book(
    county: County,
    sheets: Sequence[TableSheet],
    lang: Language,
    scenario: Scenario | None,
    *,
    listed: bool,
    settings: bool,
) -> bytes:
    """The workbook.

    Parameters
    ----------
    listed
        Whether records are chosen from the sheets where they stand, else from those of the county.
    """
    stream = BytesIO()
    month = county.as_of if scenario is not None else "2000-01"
    title = scenario.title if scenario is not None else ""
    book = begun(stream, title=title, month=month, subject=county.name)
    styles = Styles(book)
    lists = Lists(book, county, lang, _ranges(sheets, lang) if listed else {})
    draw_help(book, styles, county, sheets, lang)
    drawing = Drawing(book, styles, county, lang, lists)
    for sheet in sheets:
        drawing.draw(sheet)
    if settings and scenario is not None:
        draw_settings(book, styles, scenario, lang)
    lists.draw()
    book.close()
    return stream.getvalue()


def _ranges(sheets: Sequence[TableSheet], lang: Language) -> Mapping[Names, str]:
    """The cells of a workbook in which records have their names."""
    found: dict[Names, str] = {}
    for names, (name, column) in NAMED_IN.items():
        sheet = next((s for s in sheets if s.held.name == name), None)
        if sheet is not None and column in sheet.columns:
            letter = xl_col_to_name(sheet.columns.index(column))
            last = sheet.first + max(len(sheet.rows), 1) + 1_999
            title = sheet.held.title.say(lang).replace("'", "''")
            found[names] = f"='{title}'!${letter}${sheet.first}:${letter}${min(last, _LAST)}"
    return found
