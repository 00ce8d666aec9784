"""Totals typed in by the bureau, for what no roster holds."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated

from pydantic import Field

from allocator.county.frozen import Exact, Frozen, Month
from allocator.county.plan_table import PER, PlanPart, PlanUnit


class Reported(Frozen):
    """A total typed in (填报数) for a row of the plan's Table 1: a value, or a part of a whole."""

    indicator: int
    """Number of the row, 1 to 25."""
    part: PlanPart | None = None
    """Which part, where the plan splits the row (6, 15, 17)."""
    numerator: Annotated[Exact, Field(ge=0)] | None = None
    denominator: Annotated[Exact, Field(gt=0)] | None = None
    value: Annotated[Exact, Field(ge=0)] | None = None
    """In place of numerator and denominator; a share as a number from 0 to 1."""
    as_of: Month
    source: str = ""
    """Where the total was taken from."""

    def figure(self, unit: PlanUnit) -> Fraction | None:
        """The total in the unit of its row; None where it is not stated."""
        if self.value is not None:
            return Fraction(self.value)
        if self.numerator is None or self.denominator is None:
            return None
        return PER[unit] * Fraction(self.numerator) / Fraction(self.denominator)
