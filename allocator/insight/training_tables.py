"""How many more famous teachers must be trained, by subject and year."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

import pandas as pd

from allocator.county.webster import webster
from allocator.insight.names import subject_names
from allocator.insight.staffing_tables import famous, famous_rule
from allocator.insight.view import Seen, before_after
from allocator.modelling import Language
from allocator.scenario import Scenario

TARGET_YEAR = 2025
"""Plan, Table 1, indicator 21: by 2025."""


def training(scenario: Scenario, plan: Seen, lang: Language = "zh") -> pd.DataFrame:
    """The famous teachers a plan leaves missing, divided over subjects and the years to 2025.

    The county's need is divided over subjects as full loads are at its rural junior highs
    (Webster's method). The missing go to the subjects that lie below their part, in proportion
    to how far they lie below, and to years as evenly as whole people allow, earlier years first.
    """
    seen = before_after(scenario, plan)
    county, rule = seen.county, famous_rule(scenario)
    missing = int(famous(scenario, seen)["missing_after"].sum())
    loads: dict[str, Fraction] = dict.fromkeys(county.subject, Fraction(0))
    have: Counter[str] = Counter()
    need = 0
    for _, places, needed in rule.schools(county):
        need += needed
        for place in places:
            for subject, periods in place.demand.items():
                loads[subject] += Fraction(periods, county.subject[subject].load(place.stage))
            have.update(t.subject for t in seen.after.staff[place.id] if rule.famous(t))
    parts = dict(zip(loads, webster(need, list(loads.values())), strict=True))
    below = {subject: max(0, part - have[subject]) for subject, part in parts.items()}
    weights = list(below.values()) if any(below.values()) else list(loads.values())
    trained = dict(zip(loads, webster(missing, weights), strict=True))
    years = list(range(int(county.as_of[:4]) + 1, TARGET_YEAR + 1)) or [int(county.as_of[:4]) + 1]
    names = subject_names(scenario, lang)
    rows: list[dict[str, Any]] = [
        {
            "subject_id": subject,
            "subject": names[subject],
            "famous_need": parts[subject],
            "famous_have": have[subject],
            "to_train": trained[subject],
            **_over_years(trained[subject], years),
        }
        for subject in loads
        if parts[subject] or have[subject] or trained[subject]
    ]
    columns = ["subject_id", "subject", "famous_need", "famous_have", "to_train"]
    return pd.DataFrame(rows, columns=[*columns, *map(str, years)])


def _over_years(number: int, years: list[int]) -> dict[str, int]:
    """As even as whole people allow, the earlier years first."""
    each, more = divmod(number, len(years))
    return {str(year): each + (n < more) for n, year in enumerate(years)}
