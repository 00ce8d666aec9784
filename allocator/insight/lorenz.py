"""Lorenz curves: which part of the pupils has which part of a resource."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import pandas as pd

from allocator.county.county import County
from allocator.county.indicators import Indicator, SchoolRow
from allocator.county.places import Stage
from allocator.insight.view import Seen, before_after
from allocator.scenario import Scenario

_COLUMNS = ("state", "order", "school", "value", "pupils_share", "resource_share")


def lorenz(scenario: Scenario, plan: Seen, stage: Stage, indicator: Indicator) -> pd.DataFrame:
    """The Lorenz curve of an indicator before and after, schools with the least a head first.

    Each state begins with a point at zero. A point is a school: ``pupils_share`` and
    ``resource_share`` are the parts of pupils and resource that it and all schools before it have.
    Schools without data are left out; no state is listed where nobody has anything.
    """
    seen = before_after(scenario, plan)
    rows: list[dict[str, Any]] = []
    for state, schools in (("before", seen.rows_before), ("after", seen.rows_after)):
        known = [r for r in schools if r.stage == stage and indicator in r.counts]
        rows += _curve(state, known, indicator, seen.county)
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _curve(
    state: str, schools: list[SchoolRow], indicator: Indicator, county: County
) -> list[dict[str, Any]]:
    ordered = sorted(schools, key=lambda r: (r.counts[indicator] / r.pupils, r.school))
    everything = sum(r.counts[indicator] for r in ordered)
    if not everything:
        return []
    pupils = sum(r.pupils for r in ordered)
    shares = zip(
        accumulate(r.pupils for r in ordered),
        accumulate(r.counts[indicator] for r in ordered),
        strict=True,
    )
    start = {"state": state, "order": 0, "school": "", "value": None}
    return [
        {**start, "pupils_share": 0.0, "resource_share": 0.0},
        *(
            {
                "state": state,
                "order": n,
                "school": county.school[row.school].name,
                "value": row.value(indicator),
                "pupils_share": p / pupils,
                "resource_share": x / everything,
            }
            for n, (row, (p, x)) in enumerate(zip(ordered, shares, strict=True), start=1)
        ),
    ]


def gini(curve: pd.DataFrame, state: str) -> float | None:
    """Twice the area between a curve and the even line: 0 is even, None without a curve."""
    points = curve[curve["state"] == state]
    if points.empty:
        return None
    x, y = points["pupils_share"].tolist(), points["resource_share"].tolist()
    below = sum((x[n] - x[n - 1]) * (y[n] + y[n - 1]) / 2 for n in range(1, len(x)))
    return 1 - 2 * float(below)
