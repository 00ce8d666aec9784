"""Further supply placed by number: hires, reserve, and the like."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from allocator.insight.names import subject_names
from allocator.insight.view import Seen, before_after
from allocator.modelling import Language
from allocator.scenario import Scenario


def supply(scenario: Scenario, plan: Seen, lang: Language = "zh") -> pd.DataFrame:
    """One row for each section, subject and kind of supply: how many people are placed there."""
    seen = before_after(scenario, plan)
    names, places = subject_names(scenario, lang), seen.county.places
    rows: list[dict[str, Any]] = [
        {
            "section": entry.section,
            "school": places[entry.section].school.name,
            "campus": places[entry.section].campus.name,
            "township": places[entry.section].township.name,
            "stage": places[entry.section].stage,
            "subject_id": entry.subject,
            "subject": names[entry.subject],
            "supply_kind": entry.kind,
            "placed": entry.count,
        }
        for entry in sorted(seen.after.plan.supply, key=lambda e: (e.kind, e.subject, e.section))
    ]
    columns = (
        "section", "school", "campus", "township", "stage", "subject_id", "subject",
        "supply_kind", "placed",
    )  # fmt: skip
    return pd.DataFrame(rows, columns=list(columns))


def supply_left(scenario: Scenario, plan: Seen, lang: Language = "zh") -> pd.DataFrame:
    """What the county offers of each kind, stage and subject, placed and left over."""
    seen = before_after(scenario, plan)
    names, places = subject_names(scenario, lang), seen.county.places
    placed: Counter[tuple[str, str, str]] = Counter()
    for entry in seen.after.plan.supply:
        placed[entry.kind, places[entry.section].stage, entry.subject] += entry.count
    rows: list[dict[str, Any]] = []
    for offer in sorted(seen.county.supply, key=lambda o: o.id):
        number = placed[offer.kind, offer.stage, offer.subject]
        rows.append(
            {
                "supply_kind": offer.kind,
                "stage": offer.stage,
                "subject_id": offer.subject,
                "subject": names[offer.subject],
                "offered": offer.count,
                "placed": number,
                "left": offer.count - number,
            }
        )
    columns = ("supply_kind", "stage", "subject_id", "subject", "offered", "placed", "left")
    return pd.DataFrame(rows, columns=list(columns))
