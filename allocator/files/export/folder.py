"""Every table of a result into one folder, for people (CSV) or for programs (Parquet)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from allocator.files.csv_tables import csv_bytes
from allocator.files.export.result import Result
from allocator.files.export.tables import TABLES, ExportTable
from allocator.files.text import write_aside
from allocator.insight.released import Form
from allocator.modelling import Language

Ending = Literal["csv", "parquet"]


def exported_tables(result: Result, form: Form | None) -> Iterator[ExportTable]:
    """The tables that a result has and the form may hold; without a form, those of nobody."""
    for table in TABLES:
        explained = table.code.startswith("quota_") and table.code != "quota_changes"
        if not table.possible(result, form) or (table.persons != "none" and form is None):
            continue
        if explained and result.division is None:
            continue
        yield table


def write_tables(
    folder: Path, result: Result, form: Form | None, ending: Ending, lang: Language = "zh"
) -> list[Path]:
    """Write every table into a folder, each under its code; give what was written.

    A table without rows is written too, with its headings: whoever reads the folder finds what is
    expected there.

    Raises
    ------
    OSError
        If the folder cannot be made or written to.
    """
    folder.mkdir(exist_ok=True)
    written: list[Path] = []
    for table in exported_tables(result, form):
        path = folder / f"{table.code}.{ending}"
        write_aside(path, table_content(table, result, form, ending, lang))
        written.append(path)
    return written


def table_content(
    table: ExportTable, result: Result, form: Form | None, ending: Ending, lang: Language
) -> bytes:
    """One table as a file."""
    made = table.of(result, form, lang)
    if ending == "csv":
        return csv_bytes(made, lang, names=table.names(result, lang))
    from allocator.files.export.parquet import parquet_bytes

    return parquet_bytes(made, table.title)
