"""What a cell was read as."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from allocator.county.frozen import Problem
from allocator.files.books import Cell

_LONG_NUMBER = re.compile(r"\d{15,}[\dXx]?")


@dataclass(frozen=True)
class Value:
    """What a cell means: a plain value as records hold it, or why it cannot be read."""

    value: Any = None
    """The plain value (months as YYYY-MM, codes for words, a list for several); None if empty."""
    problem: Problem | None = None
    """Why it cannot be read and how to repair it; the path is for the caller to fill in."""
    note: Problem | None = None
    """How it was read, where more than one way was thinkable."""
    options: tuple[Any, ...] = ()
    """Plain values it may mean, where it is in doubt."""
    unknown: tuple[str, ...] = ()
    """Names in it that no record of the county has, as written: schools, campuses, subjects."""


def shown(raw: Cell, most: int = 40) -> str:
    """What stands in a cell, shortened for a message; identity numbers are not repeated."""
    text = _LONG_NUMBER.sub("…", " ".join(str(raw).split()))
    return text if len(text) <= most else text[: most - 1] + "…"
