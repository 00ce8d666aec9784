"""Adding living cells to a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from allocator.files.workbook.living.movers import Living
from allocator.files.workbook.sheet import Formula, Sheet
from allocator.modelling import Text


def with_cells(
    sheet: Sheet,
    living: Living,
    keys: Mapping[str, tuple[Text, Sequence[Any]]],
    called: Mapping[str, str],
    formulas: Mapping[str, Formula],
) -> Sheet:
    """A sheet with key columns, names and formulas added."""
    table = sheet.table.assign(**{code: list(values) for code, (_, values) in keys.items()})
    return replace(
        sheet,
        table=table,
        names={**sheet.names, **{code: text.say(living.lang) for code, (text, _) in keys.items()}},
        hidden=(*sheet.hidden, *keys),
        called={**sheet.called, **called},
        formulas={**sheet.formulas, **formulas},
    )
