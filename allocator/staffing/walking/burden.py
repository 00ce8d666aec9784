"""How much walking a plan asks for: periods beside the own post first, then minutes on the way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from allocator.county.county import County, Place
from allocator.modelling import Floats
from allocator.staffing.placement import Placement
from allocator.staffing.walking.columns import WalkingColumns

LEAST_MINUTES = 1
"""A visit counts as this many minutes at least: next door is still another section."""
WALKED = 2
"""What a period given elsewhere counts, one in a second subject at home counting 1."""


@dataclass(frozen=True, order=True)
class Burden:
    """What walking asks of people (走教负担): of two plans the lesser comes first in this order."""

    periods: int
    """Periods walked, counted twice, and periods of second subjects at home, counted once."""
    minutes: int
    """Minutes one way, each visit of each person counted once, and as one minute at least."""


def burden(plan: Placement) -> Burden:
    """The burden of a plan, counted from its people."""
    periods = minutes = 0
    for person, entries in plan.beside.items():
        home = plan.serving[person]
        for entry in entries:
            if entry.section == home.id:
                periods += entry.periods
            else:
                minutes += way(plan.county, home, plan.county.places[entry.section])
                periods += WALKED * entry.periods
    return Burden(periods, minutes)


def way(county: County, home: Place, there: Place) -> int:
    """What a visit counts in minutes."""
    return max(LEAST_MINUTES, county.minutes(home, there))


def burdens(county: County, columns: WalkingColumns, size: int) -> tuple[Floats, Floats]:
    """The same of columns laid out by persons: periods and minutes that one unit of each adds.

    Parameters
    ----------
    size
        Columns of the whole program.

    """
    periods, minutes = np.zeros(size), np.zeros(size)
    places = county.places

    def far(section: str, visited: str) -> int:
        return way(county, places[section], places[visited])

    for pattern in columns.patterns:
        minutes[pattern.people] = sum(far(pattern.section, q) for q in pattern.visited)
        periods[list(pattern.periods)] = WALKED
    for walker in columns.walkers:
        minutes[list(walker.visits)] = [far(walker.section, q) for q in walker.visited]
        periods[list(walker.periods)] = WALKED
    for second in columns.seconds:
        periods[second.column] = 1
    return periods, minutes
