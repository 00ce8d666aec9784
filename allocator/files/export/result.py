"""An outcome beside the scenario that made it, looked up once for all that is made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from allocator.admission.compare import MethodResult
from allocator.insight import tables
from allocator.insight.quota_division import Division, division
from allocator.insight.view import BeforeAfter, before_after
from allocator.modelling import Language
from allocator.scenario import PartName, Scenario

if TYPE_CHECKING:
    # Only for its type: importing it at run time would load the solvers.
    from allocator.solving.outcome import Outcome


@dataclass(frozen=True)
class Result:
    """A scenario and the outcome of its solve."""

    scenario: Scenario
    outcome: Outcome
    _made: dict[tuple[str, Language], pd.DataFrame] = field(default_factory=dict)

    @property
    def solved(self) -> tuple[PartName, ...]:
        """The parts that have a plan."""
        return tuple(p.part for p in self.outcome.parts if p.plan is not None)

    @cached_property
    def seen(self) -> BeforeAfter:
        """The staffing plan beside the county as it is."""
        return before_after(self.scenario, self.outcome.plan)

    @property
    def placed(self) -> BeforeAfter | None:
        """The same; None where no teachers are placed."""
        return self.seen if "staffing" in self.solved else None

    @cached_property
    def division(self) -> Division | None:
        """The quota table with everything that explains it; None where none was made."""
        return division(self.scenario, self.outcome)

    @property
    def publishable(self) -> bool:
        """Whether there is a quota table that its audit and its multipliers confirm."""
        found = self.division
        return found is not None and found.judged.clean and not found.problems

    @property
    def rejected(self) -> bool:
        """Whether the audit rejects a plan: nothing of it is to be published."""
        return any(
            p.plan is not None and p.audit is not None and not p.audit.clean
            for p in self.outcome.parts
        )

    @cached_property
    def summary(self) -> pd.DataFrame:
        """Headline figures before and after."""
        return tables.summary(self.scenario, self.outcome, self.placed)

    @cached_property
    def methods(self) -> tuple[MethodResult, ...]:
        """Every way of rounding quota places on this county."""
        return tuple(tables.method_results(self.scenario))

    def once(self, name: str, lang: Language, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """A table made at the first call; the same frame at every other."""
        if (name, lang) not in self._made:
            self._made[name, lang] = make()
        return self._made[name, lang]
