"""Uncovered periods."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from allocator.county.county import County, Place
from allocator.modelling import Cost, Linear, Piece
from allocator.staffing.goal import StaffingGoal
from allocator.staffing.placement import Placement
from allocator.staffing.rule import Trait
from allocator.staffing.variables import Variables

_PRICES = (10, 12, 15)
"""Price of a missing period, in tenths, in the first, second and last third of a subject's demand,
so that no class loses a subject wholly."""


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


def _price_of_staff(needed: int, load: int, teachers: int) -> float:
    return price(max(0, needed - load * teachers), needed)


def public_places(county: County) -> list[Place]:
    """Sections whose coverage the county answers for."""
    return [p for p in county.places.values() if not p.school.private]


class Coverage(StaffingGoal):
    """Every subject is taught: the priced uncovered periods of all public sections.

    A teacher covers up to a full load of the own subject at the section served. The i-th teacher
    of a subject covers min(load, what is left), so the price is convex in the number of teachers.
    """

    name: ClassVar[str] = "coverage"
    tier: ClassVar[str] = "coverage"

    def traits(self, county: County) -> Mapping[str, Trait]:
        """Whether a teacher teaches, and what."""
        return {"teaches": lambda t: t.status == "in_post", "subject": lambda t: t.subject}

    def cost(self, county: County, x: Variables) -> Cost:
        """One convex piece for each section and subject."""
        pieces = []
        for place in public_places(county):
            for subject, needed in place.demand.items():
                load = county.subject[subject].load(place.stage)
                count = x.serving([place], "teaches", where={"subject": subject})
                enough = -(-needed // load)
                pieces.append(
                    Piece.of(
                        count,
                        partial(_price_of_staff, needed, load),
                        (0, enough + 1),
                    )
                )
        return Cost(self.tier, Linear.number(0.0), tuple(pieces))

    def score(self, county: County, plan: Placement) -> float:
        """The same price, from the periods the plan says are taught."""
        return round(
            sum(
                price(max(0, needed - plan.taught.get((place.id, subject), 0)), needed)
                for place in public_places(county)
                for subject, needed in place.demand.items()
            ),
            1,
        )
