"""The expected use of quota places, from earlier years, and where the others return."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pandas as pd

from allocator.admission.acceptance import planned_channels
from allocator.admission.claimants import claimants
from allocator.admission.entitlement import Cell
from allocator.admission.usable import Usable, usable
from allocator.county.plan import Plan
from allocator.insight.names import senior_high_names
from allocator.scenario import Admission, Scenario


def quota_cells(plan: Plan) -> dict[Cell, int]:
    """Places of a plan by senior high and claimant, sorted."""
    cells: dict[Cell, int] = defaultdict(int)
    for entry in plan.quotas:
        cells[entry.senior_high, entry.junior_high] += entry.places
    return dict(sorted(cells.items()))


def use_of(scenario: Scenario, plan: Plan) -> Usable | None:
    """Expected use of a plan's quota places; None without a record of earlier years."""
    terms = (scenario.admission or Admission()).terms
    return usable(scenario.county, terms, quota_cells(plan))


def expected_use(scenario: Scenario, plan: Plan) -> pd.DataFrame:
    """One row for each pair with places: record, expected rate, places used and not.

    Without a record of earlier years the table is empty.
    """
    found = use_of(scenario, plan)
    terms = (scenario.admission or Admission()).terms
    named = claimants(scenario.county, terms)
    highs = senior_high_names(scenario)
    rows: list[dict[str, Any]] = [
        {
            "school_id": id,
            "junior_high": named[id].name if id in named else id,
            "senior_high": highs.get(f"places:{high}", high),
            "quota_given": use.places,
            "past_places": use.own.places,
            "past_filled": use.own.filled,
            "use_rate": float(use.rate),
            "rate_reach": use.reach,
            "used": float(use.used),
            "unfilled": float(use.unfilled),
        }
        for (high, id), use in sorted(
            found.cells.items() if found else (), key=lambda item: item[0][::-1]
        )
    ]
    columns = [
        "school_id", "junior_high", "senior_high", "quota_given", "past_places", "past_filled",
        "use_rate", "rate_reach", "used", "unfilled",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def expected_return(scenario: Scenario, plan: Plan) -> pd.DataFrame:
    """One row for each senior high with quota places: what is expected to return to unified
    admission, all of it to that of the same senior high.
    """
    found = use_of(scenario, plan)
    cells, returned = quota_cells(plan), found.returned if found else {}
    names = senior_high_names(scenario)
    planned = planned_channels(scenario.county, cells)
    rows: list[dict[str, Any]] = [
        {
            "senior_high": names.get(f"places:{high}", high),
            "quota_given": planned[high].quota,
            "used": float(planned[high].quota - back),
            "unfilled": float(back),
            "unified_planned": planned[high].unified,
            "unified_expected": float(planned[high].unified + back),
        }
        for high, back in returned.items()
    ]
    columns = [
        "senior_high", "quota_given", "used", "unfilled", "unified_planned", "unified_expected"
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)
