"""Uncovered periods."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, partial
from typing import ClassVar

from allocator.county.county import County, Place
from allocator.modelling import Cost, Count, Linear, Piece
from allocator.staffing.goal import StaffingGoal
from allocator.staffing.need import CoverageBy, cells
from allocator.staffing.placement import Placement
from allocator.staffing.rule import Trait
from allocator.staffing.variables import Variables

_PRICES = (10, 12, 15)
"""Price of a missing period, in tenths, in the first, second and last third of a subject's demand,
so that no class loses a subject wholly."""


@cache
def price(missing: int, needed: int) -> float:
    """The price of missing periods: 1, 1.2 and 1.5 for each third of what is needed.

    Thirds are rounded up to whole periods, so every price is a multiple of a tenth.
    """
    third = -(-needed // 3)
    parts = (
        min(missing, third),
        min(max(missing - third, 0), third),
        max(missing - 2 * third, 0),
    )
    return sum(p * part for p, part in zip(_PRICES, parts, strict=True)) / 10


def _price_of_units(needed: int, given: int, unit: int, number: int) -> float:
    """The price when ``given`` periods are taught anyway, and ``number`` times ``unit`` more."""
    return price(max(0, needed - given - unit * number), needed)


class Coverage(StaffingGoal):
    """Every subject is taught: the priced uncovered periods of all public sections.

    A teacher covers up to a full load of the own subject at the section served. The i-th teacher
    of a subject covers min(load, what is left), so the price is convex in the number of teachers.
    Where someone with a personal reduction can come or go, loads differ and the price is taken
    over the periods given, in units of the loads' common divisor: exact as well, though its
    relaxation is weaker. Where somebody may walk, or give a second subject, it is taken over the
    periods given.
    """

    name: ClassVar[str] = "coverage"
    tier: ClassVar[str] = "coverage"

    by: CoverageBy = "periods"

    def traits(self, county: County) -> Mapping[str, Trait]:
        """Whether a teacher teaches, what, and how much less than the load."""
        return {
            "teaches": lambda t: t.status == "in_post",
            "subject": lambda t: t.subject,
            "less": lambda t: t.reduction,
        }

    def cost(self, county: County, x: Variables) -> Cost:
        """One convex piece for each section and subject."""
        less = sorted({t.reduction for t in county.teachers if t.reduction})
        walking = {} if x.shared.walking is None else x.shared.walking.covered
        pieces = tuple(
            periods_piece(walking[place.id, subject], needed)
            if (place.id, subject) in walking
            else _piece(county, x, place, subject, needed, less)
            for place, subject, needed in cells(county, self.by)
        )
        return Cost(self.tier, Linear.number(0.0), pieces)

    def score(self, county: County, plan: Placement) -> float:
        """The same price, from the periods the plan says are taught and the people it adds."""
        return round(
            sum(
                price(max(0, needed - covered(county, plan, place, subject)), needed)
                for place, subject, needed in cells(county, self.by)
            ),
            1,
        )


def covered(county: County, plan: Placement, place: Place, subject: str) -> int:
    """Weekly periods that a plan gives at a section: those taught, and full loads of supply."""
    added = sum(entry.count for entry in plan.supplied.get((place.id, subject), ()))
    load = county.subject[subject].load(place.stage)
    return plan.taught.get((place.id, subject), 0) + load * added


def periods_piece(count: Count, needed: int) -> Piece:
    """The price of what is missing, over the periods given: never more than needed."""
    return Piece.of(count, partial(_price_of_units, needed, 0, 1))


def _piece(
    county: County, x: Variables, place: Place, subject: str, needed: int, less: list[int]
) -> Piece:
    load = county.subject[subject].load(place.stage)
    full = x.serving([place], "teaches", where={"subject": subject, "less": 0})
    full = full + x.supply([place], where=lambda o: o.subject == subject)
    reduced = [
        (load - r, x.serving([place], "teaches", where={"subject": subject, "less": r}))
        for r in less
    ]
    given = sum(periods * round(c.expression.constant) for periods, c in reduced)
    if any(c.expression.columns.size for _, c in reduced):
        counts = [(load, full), *reduced]
        unit = math.gcd(*(periods for periods, c in counts if c.most))
        return _piece_over(_in_units(counts, unit), needed, 0, unit)
    return _piece_over(full, needed, given, load)


def _piece_over(count: Count, needed: int, given: int, unit: int) -> Piece:
    enough = -(-max(0, needed - given) // unit)
    return Piece.of(count, partial(_price_of_units, needed, given, unit), (0, enough + 1))


def _in_units(counts: list[tuple[int, Count]], unit: int) -> Count:
    """Periods given by several loads, in units of their common divisor."""
    scaled = [(periods // unit, count) for periods, count in counts]
    return Count(
        Linear.total(count.expression * factor for factor, count in scaled),
        sum(factor * count.least for factor, count in scaled),
        sum(factor * count.most for factor, count in scaled),
    )
