"""The headline figures of a quota table."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.admission.rules.quota_share import QuotaShareFloor
from allocator.admission.rules.school_minimum import SchoolMinimumFloor
from allocator.county.plan import Plan
from allocator.insight.admission_tables import divided_senior_highs, entitlement, quota_matrix
from allocator.insight.figures import Numbers
from allocator.scenario import Scenario


def admission_figures(scenario: Scenario, plan: Plan) -> Mapping[str, Numbers]:
    """Figure -> after, target; nothing is divided before."""
    table, due = quota_matrix(scenario, plan), entitlement(scenario)
    offered = sum(s.places for s in divided_senior_highs(scenario, plan))
    divided = int(table["total"].sum())
    # A private junior high may count for nothing: then it claims no place and misses none.
    claiming = table[table["school_id"].map(due.weights).gt(0)]
    gaps = claiming["difference"]
    rules = [c.rule for c in scenario.configured("admission")]
    shares = (float(r.share(scenario.county)) for r in rules if isinstance(r, QuotaShareFloor))
    floors = (r.per_school for r in rules if isinstance(r, SchoolMinimumFloor))
    return {
        "offered": Numbers(offered, offered),
        "quota_places": Numbers(after=divided, target=sum(due.quotas.values())),
        "quota_share": Numbers(
            after=divided / offered if offered else None, target=next(shares, None)
        ),
        "without_place": Numbers(
            after=int((claiming["total"] == 0).sum()), target=0 if next(floors, 0) else None
        ),
        "farthest_below": Numbers(after=max(0.0, float(-gaps.min())) if len(gaps) else None),
        "farthest_above": Numbers(after=max(0.0, float(gaps.max())) if len(gaps) else None),
    }
