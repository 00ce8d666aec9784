"""Who is due, may move or not now, and where equal points leave open who goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pandas as pd

from allocator.county.county import County, Place
from allocator.county.people import Teacher
from allocator.county.places import STAGES
from allocator.county.points import points_of
from allocator.county.service import years_between
from allocator.county.ties import deciding, tied_at_cut
from allocator.insight.names import person, subject_names
from allocator.insight.view import Seen, before_after
from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.staffing.base import public_schools
from allocator.staffing.groups import Groups, group
from allocator.staffing.model import asking


def eligibility(
    scenario: Scenario, lang: Language = "zh", *, internal: bool = False
) -> pd.DataFrame:
    """The eligibility list (交流资格名单): every teacher of a public school, with the reason.

    By school, stage and teacher. ``since`` is the month that goes with the reason, as
    :attr:`Standing.since` says.

    Parameters
    ----------
    internal
        Whether the list stays within the personnel section. Any other list tells neither reason
        nor ground nor month of those who do not move now: they meet the rules for not moving now.
    """
    county = scenario.county
    subjects = subject_names(scenario, lang)
    rows: list[dict[str, Any]] = []
    for place, teacher in _on_rolls(county):
        standing = county.standings[teacher.id]
        told = internal or standing.status != "not_now"
        reason = standing.reason if told else "withheld"
        rows.append(
            {
                "school_id": place.school.id,
                "school": place.school.name,
                "township": place.township.name,
                "stage": place.stage,
                "subject_id": teacher.subject,
                "subject": subjects[teacher.subject],
                "teacher": teacher.id,
                "name": teacher.name,
                "standing": standing.status,
                "standing_reason": reason,
                "standing_rule": reason,
                "exemption": standing.ground if told else None,
                "since": standing.since if told else None,
                "eligible": standing.eligible,
                "years_at_school": years_between(teacher.entered_school, county.as_of),
                "age": years_between(teacher.born, county.as_of),
                "points": float(points_of(county, teacher)),
            }
        )
    return pd.DataFrame(rows, columns=list(_LIST))


_LIST = (
    "school_id", "school", "township", "stage", "subject_id", "subject", "teacher", "name",
    "standing", "standing_reason", "standing_rule", "exemption", "since", "eligible",
    "years_at_school", "age", "points",
)  # fmt: skip


def _on_rolls(county: County) -> Iterator[tuple[Place, Teacher]]:
    """Teachers of public schools where they serve, by school, stage and number."""
    found = [(county.home(t), t) for t in county.teacher.values()]
    public = [(place, t) for place, t in found if not place.school.private]
    yield from sorted(
        public, key=lambda pair: (pair[0].school.id, STAGES.index(pair[0].stage), pair[1].id)
    )


def eligibility_by_school(scenario: Scenario) -> pd.DataFrame:
    """How many of each public school are due, may move, do not move now, and are eligible."""
    county = scenario.county
    held: Counter[tuple[str, str]] = Counter()
    for place, teacher in _on_rolls(county):
        standing = county.standings[teacher.id]
        held[place.school.id, "listed"] += 1
        held[place.school.id, standing.status] += 1
        held[place.school.id, "eligible_people"] += standing.eligible
    counted = ("listed", "due", "may", "not_now", "eligible_people")
    rows = [
        {
            "school_id": school.id,
            "school": school.name,
            "township": places[0].township.name,
            **{what: held[school.id, what] for what in counted},
        }
        for school, places in public_schools(county)
    ]
    return pd.DataFrame(rows, columns=["school_id", "school", "township", *counted])


def ties(scenario: Scenario, plan: Seen, lang: Language = "zh") -> pd.DataFrame:
    """Ties in points (同分) where some of those tied go: who is tied, who goes, who settled it.

    Only among teachers whom no rule in force and no goal can tell apart. Where nothing is settled,
    who goes stands provisionally, by number.
    """
    seen = before_after(scenario, plan)
    county, subjects = seen.county, subject_names(scenario, lang)
    going = {m.teacher.id for m in seen.after.placed}
    groups = _groups(scenario)
    joint = "、" if lang == "zh" else ", "
    rows: list[dict[str, Any]] = []
    for home, members in zip(groups.homes, groups.members, strict=True):
        for tied in tied_at_cut(county, members, going):
            teachers = [county.teacher[t] for t in tied]
            decision = deciding(county, tied, going)
            # Those tied are of one group, so they teach the same subject.
            rows.append(
                {
                    "subject_id": teachers[0].subject,
                    "subject": subjects[teachers[0].subject],
                    "school_id": home.school.id,
                    "school": home.school.name,
                    "stage": home.stage,
                    "points": float(points_of(county, teachers[0])),
                    "tied": joint.join(person(t, lang) for t in teachers),
                    "going": joint.join(person(t, lang) for t in teachers if t.id in going),
                    "settled_by": decision.settled_by if decision else "open",
                    "settled_name": decision.name if decision else None,
                    "settled_on": decision.on if decision else None,
                }
            )
    rows.sort(key=lambda row: (row["school_id"], row["stage"], row["subject_id"], row["tied"]))
    return pd.DataFrame(rows, columns=list(_TIES))


_TIES = (
    "subject_id", "subject", "school_id", "school", "stage", "points", "tied", "going",
    "settled_by", "settled_name", "settled_on",
)  # fmt: skip


def _groups(scenario: Scenario) -> Groups:
    """Teachers alike in all that a plan of this scenario looks at."""
    part = scenario.staffing
    if part is None:
        return Groups((), (), (), ())
    return group(scenario.county, asking(scenario.configured("staffing"), part.terms))
