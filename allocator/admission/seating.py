"""Column totals by the polymatroid greedy: exact with admission areas, floors and caps.

The column totals that some assignment of seats can carry are the whole points of a polymatroid,
and the cost of a column is convex in its total. So the greedy that gives each next seat where it
is due first, and where it can still be carried, is optimal.

References
----------
Federgruen and Groenevelt, The greedy procedure for resource allocation problems (1986).
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from fractions import Fraction

from allocator.admission.entitlement import Cell


class Seats:
    """Seats handed from senior highs to junior highs, kept extendable by augmenting paths."""

    def __init__(self, quotas: Mapping[str, int], cells: Sequence[Cell]) -> None:
        self.left = dict(quotas)
        self.admits: dict[str, list[str]] = {}
        for high, school in sorted(cells):
            self.admits.setdefault(school, []).append(high)
        self.held: dict[str, dict[str, int]] = {high: {} for high in quotas}

    def add(self, school: str) -> bool:
        """Give a junior high one more seat, moving seats of others between senior highs.

        Returns
        -------
        bool
            False if no assignment can carry one more; it then never can again.
        """
        came: dict[str, tuple[str, str | None]] = {}
        queue: list[tuple[str, str | None]] = [(school, None)]
        for here, through in queue:
            for high in self.admits.get(here, ()):
                if high in came:
                    continue
                came[high] = here, through
                if self.left[high]:
                    self._shift(came, high)
                    return True
                queue += [(other, high) for other, n in sorted(self.held[high].items()) if n]
        return False

    def _shift(self, came: Mapping[str, tuple[str, str | None]], high: str) -> None:
        self.left[high] -= 1
        at: str | None = high
        while at is not None:
            school, before = came[at]
            self.held[at][school] = self.held[at].get(school, 0) + 1
            if before is not None:
                self.held[before][school] -= 1
            at = before


def column_totals(
    quotas: Mapping[str, int],
    cells: Sequence[Cell],
    due: Mapping[str, Fraction],
    signpost: Fraction,
    floors: Mapping[str, int],
    caps: Mapping[str, int],
) -> dict[str, int] | None:
    """Total of each junior high: nearest the entitlement among all totals that can be carried.

    Equal claims go to the larger entitlement, then to the smaller id.

    Returns
    -------
    dict or None
        Junior high -> total; None if floors or quotas cannot be carried.
    """
    seats = Seats(quotas, cells)
    total = dict.fromkeys(sorted(due), 0)
    for school, floor in sorted(floors.items()):
        for _ in range(floor):
            if not seats.add(school):
                return None
        total[school] = floor
    waiting = [
        ((total[school] + signpost) / weight, -weight, school)
        for school, weight in due.items()
        if weight and total[school] < caps[school]
    ]
    heapq.heapify(waiting)
    while waiting:
        _, _, school = heapq.heappop(waiting)
        if not seats.add(school):
            continue
        total[school] += 1
        if total[school] < caps[school]:
            claim = (total[school] + signpost) / due[school]
            heapq.heappush(waiting, (claim, -due[school], school))
    return total if not any(seats.left.values()) else None
