"""Scarce famous teachers shared fairly."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from allocator.county.county import County
from allocator.modelling import Cost, Linear, Piece
from allocator.staffing.goal import StaffingGoal
from allocator.staffing.placement import Placement
from allocator.staffing.rule import Trait
from allocator.staffing.rules.famous_floor import FamousTeacherFloor
from allocator.staffing.variables import Variables


def _price_of_staff(need: int, famous: int) -> float:
    return sum((2 * k - 1) / need for k in range(1, need - famous + 1))


class FamousFairShare(StaffingGoal):
    """The k-th missing famous teacher of a school costs ``(2k - 1) / need``.

    Missing m of need n cost m^2 / n together: the Webster shares of the shortfall, convex in m.
    """

    name: ClassVar[str] = "famous_share"
    tier: ClassVar[str] = "famous_share"

    rule: FamousTeacherFloor

    def traits(self, county: County) -> Mapping[str, Trait]:
        """Whether a teacher counts as famous, by the rule."""
        return {"famous": self.rule.famous}

    def cost(self, county: County, x: Variables) -> Cost:
        """One convex piece for each rural junior high."""
        pieces = tuple(
            Piece.of(
                x.serving(places, "famous"),
                partial(_price_of_staff, need),
                (0, need + 1),
            )
            for _, places, need in self.rule.schools(county)
            if need
        )
        return Cost(self.tier, Linear.number(0.0), pieces)

    def score(self, county: County, plan: Placement) -> float:
        """The same, counted from the people who serve there."""
        total = 0.0
        for _, places, need in self.rule.schools(county):
            here = sum(self.rule.famous(t) for p in places for t in plan.staff[p.id])
            if here < need:
                total += (need - here) ** 2 / need
        return total
