"""The headline figures of an outcome: before, after, and what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from allocator.insight.admission_figures import admission_figures
from allocator.insight.figures import FIGURES
from allocator.insight.staffing_figures import staffing_figures
from allocator.insight.view import BeforeAfter, before_after
from allocator.scenario import Scenario

if TYPE_CHECKING:
    # Only for its type: importing it at run time would load the solvers.
    from allocator.solving.outcome import Outcome


def summary(scenario: Scenario, outcome: Outcome, seen: BeforeAfter | None = None) -> pd.DataFrame:
    """Headline figures before, after and asked for, of each part that has a plan.

    ``before`` is the county as it is, with nobody moved; what only a plan has (people exchanged,
    places divided) has none. ``target`` is what a rule in force asks for, empty where none does;
    ``kept`` is empty where nothing is asked for.

    Parameters
    ----------
    seen
        The outcome's staffing plan if it is looked up already.
    """
    rows: list[dict[str, object]] = []
    for part in outcome.parts:
        if part.plan is None:
            continue
        if part.part == "staffing":
            found = staffing_figures(scenario, seen or before_after(scenario, part.plan))
        else:
            found = admission_figures(scenario, part.plan)
        rows += [
            {
                "part": part.part,
                "figure": code,
                "unit": about.unit,
                "before": found[code].before,
                "after": found[code].after,
                "change": found[code].change,
                "target": found[code].target,
                "kept": found[code].kept(about),
            }
            for code, about in FIGURES.items()
            if code in found
        ]
    columns = ("part", "figure", "unit", "before", "after", "change", "target", "kept")
    return pd.DataFrame(rows, columns=list(columns)).astype(
        {**dict.fromkeys(("before", "after", "change", "target"), "float64"), "kept": "boolean"}
    )
