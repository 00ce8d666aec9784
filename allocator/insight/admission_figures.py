"""The headline figures of a quota table."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.county.plan import Plan
from allocator.insight.admission_tables import divided_senior_highs, quota_matrix
from allocator.insight.figures import Numbers
from allocator.scenario import Scenario


def admission_figures(scenario: Scenario, plan: Plan) -> Mapping[str, Numbers]:
    """Figure -> after, target; nothing is divided before."""
    table = quota_matrix(scenario, plan)
    offered = sum(s.places for s in divided_senior_highs(scenario, plan))
    divided = int(table["total"].sum())
    # A private junior high may be out of the division: no entitlement, no place missed.
    claiming = table[table["entitlement"] > 0]
    gaps = claiming["difference"]
    return {
        "quality_places": Numbers(offered, offered),
        "quota_places": Numbers(after=divided),
        "quota_share": Numbers(after=divided / offered if offered else None),
        "without_place": Numbers(after=int((claiming["total"] == 0).sum()), target=0),
        "farthest_below": Numbers(after=float(-gaps.min()) if len(gaps) else None),
        "farthest_above": Numbers(after=float(gaps.max()) if len(gaps) else None),
    }
