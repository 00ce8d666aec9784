"""Scarce famous teachers shared fairly."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from typing import ClassVar

from allocator.county.county import County
from allocator.modelling import Cost, Linear, Piece
from allocator.staffing.goal import StaffingGoal
from allocator.staffing.placement import Placement
from allocator.staffing.rule import Trait
from allocator.staffing.rules.famous_floor import FamousTeacherFloor
from allocator.staffing.variables import Variables


def _price_of_staff(need: int, parts: int, famous: int) -> float:
    return price(Fraction(parts * need - famous, parts), need)


def price(missing: Fraction, need: int) -> float:
    """The price of missing people: ``m^2 / need`` at whole m, on the straight line between."""
    if missing <= 0:
        return 0.0
    whole = int(missing)
    return float((whole**2 + (missing - whole) * (2 * whole + 1)) / need)


class FamousFairShare(StaffingGoal):
    """The k-th missing famous teacher of a school costs ``(2k - 1) / need``.

    Missing m of need n cost m^2 / n together: the Webster shares of the shortfall, convex in m.
    """

    name: ClassVar[str] = "famous_share"
    tier: ClassVar[str] = "famous_share"

    rule: FamousTeacherFloor

    def traits(self, county: County) -> Mapping[str, Trait]:
        """What the rule looks at."""
        return self.rule.traits(county)

    def cost(self, county: County, x: Variables) -> Cost:
        """One convex piece for each rural junior high."""
        pieces = tuple(
            Piece.of(
                self.rule.count(x, places),
                partial(_price_of_staff, need, self.rule.parts),
                (0, self.rule.parts * need + 1),
            )
            for _, places, need in self.rule.schools(county)
            if need
        )
        return Cost(self.tier, Linear.number(0.0), pieces)

    def score(self, county: County, plan: Placement) -> float:
        """The same, counted from the people who serve there."""
        total = 0.0
        for _, places, need in self.rule.schools(county):
            total += price(need - self.rule.counted_at(plan, places), need)
        return total
