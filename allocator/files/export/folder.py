"""Every table of a result into one folder, for people (CSV) or for programs (Parquet)."""

from __future__ import annotations

from collections.abc import Iterator, Set
from pathlib import Path
from typing import Literal

from allocator.county.frozen import DataError, Problem
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
    DataError
        If tables of an earlier export lie there that this form does not hold: whoever sends the
        folder on would send them along.
    OSError
        If the folder cannot be made or written to.
    """
    wanted = list(exported_tables(result, form))
    _check(folder, {table.code for table in wanted}, ending)
    folder.mkdir(exist_ok=True)
    written: list[Path] = []
    for table in wanted:
        path = folder / f"{table.code}.{ending}"
        write_aside(path, table_content(table, result, form, ending, lang))
        written.append(path)
    return written


def _check(folder: Path, wanted: Set[str], ending: Ending) -> None:
    """Refuse a folder with tables of another form, or of persons that are not written anew."""
    persons = {t.code: t.persons != "none" for t in TABLES}
    files = folder.iterdir() if folder.is_dir() else ()
    left = sorted(
        p.name
        for p in files
        if persons.get(p.stem) and (p.stem not in wanted or p.suffix != f".{ending}")
    )
    if left:
        text = "{files} of an earlier export would stay in this folder: name another or empty it"
        raise DataError((Problem(str(folder), text, {"files": ", ".join(left)}),))


def table_content(
    table: ExportTable, result: Result, form: Form | None, ending: Ending, lang: Language
) -> bytes:
    """One table as a file."""
    made = table.of(result, form, lang)
    if ending == "csv":
        return csv_bytes(made, lang, names=table.names(result, lang))
    from allocator.files.export.parquet import parquet_bytes

    return parquet_bytes(made, table.title)
