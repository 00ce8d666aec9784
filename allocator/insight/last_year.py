"""What is otherwise than last year or than published, school by school."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from allocator.county.plan import Plan
from allocator.insight.admission_tables import quota_matrix
from allocator.insight.view import Seen, before_after
from allocator.scenario import Scenario, Staffing
from allocator.staffing.base import public_schools
from allocator.staffing.goals.stability import published_moves


def past_year(scenario: Scenario) -> int | None:
    """The last earlier year with quota places on record; None without any."""
    return max((p.year for p in scenario.county.past_quotas), default=None)


def quota_changes(scenario: Scenario, plan: Plan) -> pd.DataFrame:
    """Quota places of each junior high beside those of the last year on record.

    Only senior highs that divide places now are compared. Empty without a record; a junior high
    without one of its own has no change.
    """
    year = past_year(scenario)
    table = quota_matrix(scenario, plan)
    divided = {str(c).removeprefix("places:") for c in table if str(c).startswith("places:")}
    was = Counter[str]()
    known: set[str] = set()
    for past in scenario.county.past_quotas:
        if past.year == year and past.senior_high in divided:
            was[past.junior_high] += past.places
            known.add(past.junior_high)
    rows: list[dict[str, Any]] = []
    for row in table.to_dict("records") if year is not None else ():
        id, total = row["school_id"], row["total"]
        before = was[id] if id in known else None
        rows.append(
            {
                "school_id": id,
                "junior_high": row["junior_high"],
                "township": row["township"],
                "past_year": str(year),
                "past_total": before,
                "total": total,
                "places_change": None if before is None else total - before,
                "change_share": (total - before) / before if before else None,
            }
        )
    columns = [
        "school_id", "junior_high", "township", "past_year", "past_total", "total",
        "places_change", "change_share",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).astype(
        {"past_total": "Int64", "places_change": "Int64", "change_share": "float64"}
    )


def exchange_changes(scenario: Scenario, plan: Seen) -> pd.DataFrame:
    """How many leave and reach each public school, published and now; none if nothing was.

    ``net_change`` is by how many more a school gains now than was published. Returns count on
    neither side.
    """
    part = scenario.staffing or Staffing()
    seen = before_after(scenario, plan)
    county = seen.county
    leaving, reaching = (Counter[tuple[str, str]]() for _ in range(2))
    for teacher, (section, _) in published_moves(county, part.terms.published).items():
        origin = county.start(county.teacher[teacher]).school.id
        destination = county.places[section].school.id
        if origin != destination:
            leaving[origin, "published"] += 1
            reaching[destination, "published"] += 1
    for m in seen.after.exchanges:
        leaving[m.origin.school.id, "now"] += 1
        reaching[m.destination.school.id, "now"] += 1
    rows = [
        {
            "school_id": school.id,
            "school": school.name,
            "township": places[0].township.name,
            "published_out": leaving[school.id, "published"],
            "now_out": leaving[school.id, "now"],
            "published_in": reaching[school.id, "published"],
            "now_in": reaching[school.id, "now"],
            "net_change": reaching[school.id, "now"]
            - leaving[school.id, "now"]
            - reaching[school.id, "published"]
            + leaving[school.id, "published"],
        }
        for school, places in (public_schools(county) if part.terms.published else ())
    ]
    return pd.DataFrame(rows, columns=list(_EXCHANGE))


_EXCHANGE = (
    "school_id", "school", "township", "published_out", "now_out", "published_in", "now_in",
    "net_change",
)  # fmt: skip
