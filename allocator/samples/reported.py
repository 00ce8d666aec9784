"""Totals typed into the sample county: the plan's published figures of 2020."""

from __future__ import annotations

from allocator.county.plan_table import PLAN_INDICATORS, SOURCE, PlanPart
from allocator.county.reported import Reported

_ON_ROSTER: frozenset[tuple[int, PlanPart | None]] = frozenset(
    {(15, "junior"), (17, "primary"), (17, "junior"), (19, None), (20, None), (21, None)}
)
"""Rows the sample's own teachers and schools give."""
_NOTE = f"{SOURCE[0]}，2020年一栏（公布数）；月份为假设 / {SOURCE[1]}, column 2020; month assumed"


def published_2020() -> tuple[Reported, ...]:
    """The figures of 2020 that the plan gives and no roster holds."""
    return tuple(
        Reported(
            indicator=about.number,
            part=about.part,
            value=about.in_2020,
            as_of="2020-12",
            source=_NOTE,
        )
        for about in PLAN_INDICATORS
        if about.in_2020 is not None and (about.number, about.part) not in _ON_ROSTER
    )
