"""The tables of a county that people edit, by name."""

from __future__ import annotations

from allocator.records.agreed import AGREED
from allocator.records.lists import Listed
from allocator.records.people import PEOPLE
from allocator.records.quotas import QUOTAS
from allocator.records.rows import Change, Table
from allocator.records.schools import PLACES
from allocator.records.service import TERMS
from allocator.records.ways import WAYS

__all__ = ["TABLES", "Change", "Listed", "Table", "table"]

TABLES: tuple[Table, ...] = (*PLACES, *WAYS, *PEOPLE, *TERMS, *AGREED, *QUOTAS)
"""Every table, in the order in which changes are made; a new one adds one entry to its room."""

_BY_NAME = {t.name: t for t in TABLES}


def table(name: str) -> Table:
    """The table of a name."""
    return _BY_NAME[name]
