"""Who walks: teaching at other sections, and second subjects at the own one (走教安排)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from allocator.insight.figures import Numbers
from allocator.insight.names import subject_names
from allocator.insight.view import BeforeAfter, Seen, before_after
from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.staffing.walking.able import walking_rule


def walking(scenario: Scenario, plan: Seen, lang: Language = "zh") -> pd.DataFrame:
    """One row for each visit and each second subject, by the school served, then by teacher."""
    seen = before_after(scenario, plan)
    subjects, county = subject_names(scenario, lang), seen.county
    rows: list[dict[str, Any]] = []
    for person, entries in seen.after.beside.items():
        teacher, home = county.teacher[person], seen.after.serving[person]
        for entry in entries:
            there = county.places[entry.section]
            rows.append(
                {
                    "teacher": person,
                    "name": teacher.name,
                    "stage": home.stage,
                    "served_section": home.id,
                    "served_school": home.school.name,
                    "served_campus": home.campus.name,
                    "teaches_as": "visit" if there.id != home.id else "second",
                    "section": there.id,
                    "school": there.school.name,
                    "campus": there.campus.name,
                    "township": there.township.name,
                    "subject_id": entry.subject,
                    "subject": subjects[entry.subject],
                    "periods": entry.periods,
                    "minutes": county.minutes(home, there),
                }
            )
    rows.sort(key=lambda r: (r["served_section"], r["teacher"], r["section"], r["subject_id"]))
    return pd.DataFrame(rows, columns=list(_WALKING)).astype(
        {"periods": "Int64", "minutes": "Int64"}
    )


_WALKING = (
    "teacher", "name", "stage", "served_section", "served_school", "served_campus", "teaches_as",
    "section", "school", "campus", "township", "subject_id", "subject", "periods", "minutes",
)  # fmt: skip


def walking_figures(scenario: Scenario, seen: BeforeAfter) -> dict[str, Numbers]:
    """People who walk and the periods they give so, where the rule on walking is in force."""
    if walking_rule(scenario.configured("staffing")) is None:
        return {}
    table = walking(scenario, seen)
    visits = table[table["teaches_as"] == "visit"]
    seconds = table[table["teaches_as"] == "second"]
    return {
        "walking_people": Numbers(0, visits["teacher"].nunique()),
        "walking_periods": Numbers(0, int(visits["periods"].sum())),
        "second_periods": Numbers(0, int(seconds["periods"].sum())),
    }


def crossed(table: pd.DataFrame) -> int:
    """Periods walked because two sections give each other the same subject, both ways counted.

    As many could be given at home.

    Parameters
    ----------
    table
        The walking list.
    """
    visits = table[table["teaches_as"] == "visit"]
    keys = ["served_section", "section", "subject_id"]
    there = visits[[*keys, "periods"]].groupby(keys).sum().reset_index()
    back = there.rename(columns={"served_section": "section", "section": "served_section"})
    both = there.merge(back, on=keys, suffixes=("", "_back"))
    return int(both[["periods", "periods_back"]].min(axis=1).sum())
