"""A cell of the county's tables in words: codes as a planner reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allocator.county.county import County
from allocator.county.people import Pin
from allocator.modelling import Language
from allocator.records.tables import TABLES
from allocator.ui.logic.pinning import pinned_words


def cell_words(table: str, column: str, value: Any, county: County, lang: Language) -> Any:
    """A plain value with its codes in words; what has none stays as it is."""
    if (table, column) == ("teachers", "pins"):
        return pinned_words(county, [Pin.model_validate(p) for p in value or ()], lang)
    known = next((t for t in TABLES if t.name == table), None)
    about = known.fields.get(column) if known is not None else None
    inside = value if isinstance(value, list) else [value]
    if about is None or any(isinstance(v, Mapping) for v in inside):
        return value
    return about.spoken(value, county, lang)
