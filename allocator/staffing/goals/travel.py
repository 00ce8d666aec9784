"""Minutes travelled and moves made."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from allocator.county.county import County
from allocator.modelling import Cost
from allocator.staffing.goal import StaffingGoal
from allocator.staffing.placement import Placement
from allocator.staffing.variables import Variables


class TravelAndMoves(StaffingGoal):
    """Few and short moves: minutes one way, plus a fixed number of minutes for each move."""

    name: ClassVar[str] = "travel"
    tier: ClassVar[str] = "travel"

    per_move: Annotated[int, Field(ge=0, le=600)] = 30

    def cost(self, county: County, x: Variables) -> Cost:
        """Minutes of every column, and the price of a move."""
        return Cost(self.tier, x.minutes(self.per_move))

    def score(self, county: County, plan: Placement) -> float:
        """The same, for each move decided now."""
        return float(
            sum(county.minutes(m.origin, m.destination) + self.per_move for m in plan.placed)
        )
