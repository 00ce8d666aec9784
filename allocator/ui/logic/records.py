"""The tables of a county that people edit, by name."""

from __future__ import annotations

from allocator.ui.logic.record_lists import Change, Listed, Table
from allocator.ui.logic.record_people import PEOPLE
from allocator.ui.logic.record_quotas import QUOTAS
from allocator.ui.logic.record_schools import PLACES

__all__ = ["TABLES", "Change", "Listed", "Table", "table"]

TABLES: tuple[Table, ...] = (*PLACES, *PEOPLE, *QUOTAS)
"""Every table, in the order in which changes are made; a new one adds one entry to its room."""

_BY_NAME = {t.name: t for t in TABLES}


def table(name: str) -> Table:
    """The table of a name."""
    return _BY_NAME[name]
