"""A reading as formulas count it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from allocator.modelling import Reading, Text


@dataclass(frozen=True)
class Counted:
    """A reading as formulas count it: the actual, and the limit where that moves as well.

    Parameters
    ----------
    actual
        Formula from ``=`` on; empty where no edit of the workbook can move it.
    sheet
        Name of the sheet on which it can be seen.
    """

    reading: Reading
    actual: str
    sheet: Text
    limit: str = ""


def up(share: Decimal, of: str) -> str:
    """A share of something in whole numbers, rounded up; what floats add is rounded away."""
    return f"ROUNDUP(ROUND({share}*{of},6),0)"
