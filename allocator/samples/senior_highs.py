"""The 14 general senior highs: the number is derived from the plan, everything else invented."""

from __future__ import annotations

from allocator.county.places import SeniorHigh
from allocator.samples.geography import SEATS
from allocator.samples.layout import numeral
from allocator.samples.schools import Spot
from allocator.samples.shares import apportion

NUMBER = 14
"""General senior highs (85.7 % of them, 12, are provincial featured ones: the plan)."""
QUALITY = 8
"""Quality demonstration senior highs among them (invented)."""
PLACES_SHARE = 0.525
"""Places in general senior highs as a share of graduates (invented; the plan wants general and
vocational education of about equal size)."""

SELF_ONE_IN = 20
"""Of how many places a quality senior high fills one by its own examination (invented), in tens."""
SPECIALTY = 10
"""Places for gifted pupils at every senior high (invented)."""

_SIZES = (1.15, 1.15, 1.1, 1.1, 1.05, 1.0, 1.0, 0.95, 1.05, 1.0, 0.95, 0.9, 0.85, 0.75)
_EAST = ("Z6", "Z7", "Z8")
_WEST = ("Z3", "Z4")
_AREAS = {7: _EAST, 8: _WEST, 12: _EAST, 14: _WEST}
"""Zones that a few of them admit from; the others admit from the whole county (invented)."""


def build_senior_highs(spots: list[Spot]) -> tuple[SeniorHigh, ...]:
    """The senior highs, with places for a share of this year's graduates, in tens.

    Unified admission takes what quota, self-recruitment and specialty leave.
    """
    graduates = sum(s.section.graduates for s in spots)
    tens = apportion(round(PLACES_SHARE * graduates / 10), _SIZES, at_least=1)
    return tuple(
        SeniorHigh(
            id=f"H{n:02d}",
            name=f"示例第{numeral(n)}高级中学",
            places=10 * tens[n - 1],
            quality=n <= QUALITY,
            self_recruitment=10 * (tens[n - 1] // SELF_ONE_IN) if n <= QUALITY else 0,
            specialty=SPECIALTY,
            admission_area=tuple(s.id for s in SEATS if s.zone in _AREAS.get(n, ())),
        )
        for n in range(1, NUMBER + 1)
    )
