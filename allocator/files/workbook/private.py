"""Sheets from which identity numbers are blotted out, whoever typed one into a name or a note."""

from __future__ import annotations

from dataclasses import replace

from allocator.files.workbook.sheet import Sheet
from allocator.insight.identity import table_without_identity, without_identity
from allocator.modelling import Text


def sheet_without_identity(sheet: Sheet) -> Sheet:
    """A sheet without identity numbers, in its table or beside it."""
    return replace(
        sheet,
        name=_text(sheet.name),
        title=_text(sheet.title),
        table=table_without_identity(sheet.table),
        names={code: without_identity(name) for code, name in sheet.names.items()},
        note=without_identity(sheet.note),
        below=tuple((without_identity(a), without_identity(b)) for a, b in sheet.below),
    )


def _text(text: Text) -> Text:
    return Text(without_identity(text.zh), without_identity(text.en))
