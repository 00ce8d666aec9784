"""A plan beside the county as it is: looked up once, read by every staffing table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import pandas as pd

from allocator.county.county import County
from allocator.county.indicators import (
    SchoolRow,
    StageBalance,
    balance,
    school_rows,
    staff_totals,
)
from allocator.county.plan import Plan
from allocator.scenario import Scenario
from allocator.staffing.decode import today
from allocator.staffing.need import CoverageBy
from allocator.staffing.placement import Placement, placement
from allocator.staffing.walking.able import walking_rule


@dataclass(frozen=True)
class BeforeAfter:
    """The county as it is, and under a plan."""

    before: Placement
    after: Placement

    @property
    def county(self) -> County:
        """The county of both."""
        return self.after.county

    @cached_property
    def rows_before(self) -> list[SchoolRow]:
        """Every school's indicators as they are."""
        return school_rows(self.county)

    @cached_property
    def rows_after(self) -> list[SchoolRow]:
        """Every school's indicators under the plan."""
        return school_rows(self.county, self.after.serving, self.after.plan.supply)

    @cached_property
    def balance_before(self) -> list[StageBalance]:
        """The difference coefficients as they are."""
        return balance(self.rows_before, staff_totals(self.county))

    @cached_property
    def balance_after(self) -> list[StageBalance]:
        """The difference coefficients under the plan."""
        people = staff_totals(self.county, self.after.serving, self.after.plan.supply)
        return balance(self.rows_after, people)

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        return {}

    def once(self, key: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """A table that several others need: counted once, a copy for each.

        Parameters
        ----------
        key
            Its name, with all it depends on beside the plan.
        """
        if key not in self._tables:
            self._tables[key] = make()
        return self._tables[key].copy()


Seen: TypeAlias = Plan | BeforeAfter
"""A plan, or a plan already looked up: several tables of one plan then share the work."""


def before_after(scenario: Scenario, plan: Seen) -> BeforeAfter:
    """Look a plan up beside the county as it is.

    Raises
    ------
    DataError
        If the plan cannot be a plan of this county.
    """
    if isinstance(plan, BeforeAfter):
        return plan
    county, by = scenario.county, counted_by(scenario)
    walking = by if walking_rule(scenario.configured("staffing")) is not None else None
    return BeforeAfter(placement(county, today(county, by)), placement(county, plan, walking))


def counted_by(scenario: Scenario) -> CoverageBy:
    """What a scenario counts coverage against; periods where it places no teachers."""
    return scenario.staffing.terms.coverage if scenario.staffing is not None else "periods"
