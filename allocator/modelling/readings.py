"""Readings: facts counted from a finished plan, each with what the rule asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from allocator.modelling.rule import Text


@dataclass(frozen=True)
class Reading:
    """One fact at one place, and by how much it misses the limit.

    ``actual`` and ``limit`` are in the unit a planner reads; ``shortfall`` is in the unit the
    rule's rows are priced in (people, places, thousandths of CV squared, ...).
    """

    where: str
    """Key of the place: ``county``, a school, a section, a teacher, ...; the key of the row."""
    actual: float
    sense: Literal["<=", ">=", "=="]
    limit: float
    unit: str
    shortfall: float = 0.0
    details: Mapping[str, Any] = field(default_factory=dict)
    """Figures and names for the sentence."""
    measure: Text | None = None
    """What is counted here, where the rule's own words do not say it."""

    @property
    def kept(self) -> bool:
        """Whether the limit is kept here."""
        return self.shortfall <= 0


def fraction(share: Any) -> tuple[int, int]:
    """An exact decimal share as numerator and denominator in lowest terms."""
    exact = Fraction(share)
    return exact.numerator, exact.denominator


def required(share: Any, whole: int, *, up: bool) -> int:
    """How many of ``whole`` an exact share asks for, rounded up or down.

    >>> from decimal import Decimal
    >>> required(Decimal("0.17"), 300, up=True)
    51
    """
    exact = Fraction(share) * whole
    return -(-exact.numerator // exact.denominator) if up else int(exact)
