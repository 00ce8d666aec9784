"""The quota matrix: places of each senior high for each junior high, beside the entitlement."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from allocator.admission.claimants import junior_places
from allocator.admission.entitlement import Entitlement, entitle
from allocator.county.places import SeniorHigh
from allocator.county.plan import Plan
from allocator.scenario import Admission, Scenario


def quota_matrix(scenario: Scenario, plan: Plan) -> pd.DataFrame:
    """One row a junior high or pool, one column ``places:ID`` a senior high that divides places.

    ``total`` is the sum of the row, ``entitlement`` the claim before rounding, ``difference`` total
    less entitlement.
    """
    county, due = scenario.county, entitlement(scenario)
    cells = Counter[tuple[str, str]]()
    for cell in plan.quotas:
        cells[cell.junior_high, cell.senior_high] += cell.places
    divided = divided_senior_highs(scenario, plan)
    rows: list[dict[str, Any]] = []
    for id, claimant in due.claimants.items():
        sections = [p for s in claimant.schools for p in junior_places(county, s)]
        places = {f"places:{s.id}": cells[id, s.id] for s in divided}
        total, claim = sum(places.values()), float(due.columns[id])
        rows.append(
            {
                "school_id": id,
                "junior_high": claimant.name,
                **places,
                "total": total,
                "entitlement": claim,
                "difference": total - claim,
                "township": "、".join(dict.fromkeys(p.township.name for p in sections)),
                "graduates": sum(p.section.graduates for p in sections),
                "registered": sum(p.section.registered_graduates for p in sections),
            }
        )
    columns = [
        "school_id", "junior_high", *(f"places:{s.id}" for s in divided), "total", "entitlement",
        "difference", "township", "graduates", "registered",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def divided_senior_highs(scenario: Scenario, plan: Plan) -> list[SeniorHigh]:
    """Senior highs that divide places, by the scenario or by the plan, sorted by id."""
    given = {cell.senior_high for cell in plan.quotas if cell.places}
    given.update(entitlement(scenario).quotas)
    found = (s for s in scenario.county.senior_highs if s.id in given)
    return sorted(found, key=lambda s: s.id)


def entitlement(scenario: Scenario) -> Entitlement:
    """The exact proportional claims; by the default terms where the scenario divides nothing."""
    terms = (scenario.admission or Admission()).terms
    return entitle(scenario.county, scenario.configured("admission"), terms)
