"""Secondments with their terms: which end this year, which run on, which begin."""

from __future__ import annotations

from typing import Any

import pandas as pd

from allocator.county.service import month_text, months
from allocator.insight.names import subject_names
from allocator.insight.view import Seen, before_after
from allocator.modelling import Language
from allocator.scenario import Scenario

_ORDER = ("returning", "running", "goes_on", "begins")


def secondment_terms(scenario: Scenario, plan: Seen, lang: Language = "zh") -> pd.DataFrame:
    """Every secondment (交流任期) with its last month: those that end this year come first.

    Then by last month, school and teacher. ``begins`` are secondments of the plan; theirs end when
    their years are over.
    """
    seen = before_after(scenario, plan)
    county, subjects = seen.county, subject_names(scenario, lang)
    campuses = {c.id: s.name for s in county.schools for c in s.campuses}
    rows: list[dict[str, Any]] = []
    for teacher in county.teacher.values():
        term = teacher.running_term
        if term is None:
            continue
        ended = teacher.id in county.returns
        rows.append(
            {
                "teacher": teacher.id,
                "name": teacher.name,
                "subject": subjects[teacher.subject],
                "stage": teacher.stage,
                "home_school": campuses[term.home],
                "serving_school": county.home(teacher).school.name,
                "started": term.started,
                "ends": term.ends,
                "term_state": "returning" if ended else "goes_on" if term.goes_on else "running",
            }
        )
    rows += [
        {
            "teacher": m.teacher.id,
            "name": m.teacher.name,
            "subject": subjects[m.teacher.subject],
            "stage": m.teacher.stage,
            "home_school": m.origin.school.name,
            "serving_school": m.destination.school.name,
            "started": m.move.start,
            "ends": month_text(months(m.move.start) + 12 * (m.move.years or 0) - 1),
            "term_state": "begins",
        }
        for m in seen.after.placed
        if m.move.kind == "secondment" and m.move.years is not None
    ]
    rows.sort(
        key=lambda r: (_ORDER.index(r["term_state"]), r["ends"], r["home_school"], r["teacher"])
    )
    return pd.DataFrame(rows, columns=list(_COLUMNS))


_COLUMNS = (
    "teacher", "name", "subject", "stage", "home_school", "serving_school", "started", "ends",
    "term_state",
)  # fmt: skip
