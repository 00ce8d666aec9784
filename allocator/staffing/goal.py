"""What a staffing goal is: a cost for the solver and a score counted from a plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from allocator.county.county import County
from allocator.county.frozen import Frozen
from allocator.modelling import Cost
from allocator.staffing.rule import Trait

if TYPE_CHECKING:
    from allocator.staffing.placement import Placement
    from allocator.staffing.variables import Variables


class StaffingGoal(Frozen):
    """A goal that is no rule's shortfall."""

    name: ClassVar[str]
    tier: ClassVar[str]

    def traits(self, county: County) -> Mapping[str, Trait]:
        """What this goal looks at in one teacher."""
        del county
        return {}

    def cost(self, county: County, x: Variables) -> Cost:
        """The cost for the solver."""
        raise NotImplementedError

    def score(self, county: County, plan: Placement) -> float:
        """The same cost counted from people and places."""
        raise NotImplementedError
