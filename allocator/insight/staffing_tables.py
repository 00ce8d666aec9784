"""Who goes where, what is taught before and after, and where famous teachers are missing."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import pandas as pd

from allocator.county.people import HONOURS, Teacher
from allocator.insight.names import honour_names, subject_names
from allocator.insight.view import BeforeAfter, Seen, before_after, counted_by
from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.staffing.goals.coverage import covered
from allocator.staffing.heads import is_head, sent_to
from allocator.staffing.need import need as periods_needed
from allocator.staffing.placement import Moved, Placement
from allocator.staffing.rules.famous_floor import FamousTeacherFloor


def exchange_list(
    scenario: Scenario, plan: Seen, lang: Language = "zh", *, publication: bool = False
) -> pd.DataFrame:
    """One row for each move, by the school left, then the school reached.

    Parameters
    ----------
    publication
        Whether the list may be published (公示): then moves of heads that nobody decided
        beforehand are left out.
    """
    seen = before_after(scenario, plan)
    moved = [m for m in seen.after.moved if not (publication and _proposed(seen, m))]
    return _exchange(scenario, seen, moved, lang)


def head_proposals(scenario: Scenario, plan: Seen, lang: Language = "zh") -> pd.DataFrame:
    """The moves of heads that a plan proposes and nobody decided beforehand. Internal."""
    seen = before_after(scenario, plan)
    moved = [m for m in seen.after.moved if _proposed(seen, m)]
    return _exchange(scenario, seen, moved, lang)


def _proposed(seen: BeforeAfter, m: Moved) -> bool:
    """Whether a head is moved where no pin and no appointment sends them."""
    decided = m.destination.campus.id in sent_to(seen.county, m.teacher)
    return is_head(m.teacher) and m.move.ground != "return" and not decided


def _exchange(
    scenario: Scenario, seen: BeforeAfter, moves: list[Moved], lang: Language
) -> pd.DataFrame:
    subjects, honours = subject_names(scenario, lang), honour_names(lang)
    moved = sorted(
        moves,
        key=lambda m: (m.origin.id, m.teacher.subject, m.destination.id, m.teacher.id),
    )
    joint = "、" if lang == "zh" else ", "
    rows = [
        {
            "teacher": m.teacher.id,
            "name": m.teacher.name,
            "subject_id": m.teacher.subject,
            "subject": subjects[m.teacher.subject],
            "stage": m.teacher.stage,
            "from_section": m.origin.id,
            "from_school": m.origin.school.name,
            "from_campus": m.origin.campus.name,
            "from_township": m.origin.township.name,
            "to_section": m.destination.id,
            "to_school": m.destination.school.name,
            "to_campus": m.destination.campus.name,
            "to_township": m.destination.township.name,
            "kind": m.move.kind,
            "ground": m.move.ground,
            "start": m.move.start,
            "years": m.move.years,
            "minutes": seen.county.minutes(m.origin, m.destination),
            "points_rank": m.move.points_rank,
            "backbone": m.teacher.backbone,
            "honours": joint.join(honours[h] for h in reversed(_ordered(m.teacher))),
            "exchanged": _counts(m),
        }
        for m in moved
    ]
    return _frame(rows, _EXCHANGE, whole=("years", "minutes", "points_rank"))


_EXCHANGE = (
    "teacher", "name", "subject_id", "subject", "stage", "from_section", "from_school",
    "from_campus", "from_township", "to_section", "to_school", "to_campus", "to_township", "kind",
    "ground", "start", "years", "minutes", "points_rank", "backbone", "honours", "exchanged",
)  # fmt: skip


def _counts(m: Moved) -> bool:
    return m.exchange and m.move.ground != "return"


def _ordered(teacher: Teacher) -> list[str]:
    """Honours held, low to high, each once."""
    return [h for h in HONOURS if h in teacher.honours]


def moves_by_township(scenario: Scenario, plan: Seen) -> pd.DataFrame:
    """Moves from township to township, only where there are some."""
    seen = before_after(scenario, plan)
    rows = [
        {
            "from_township_id": m.origin.township.id,
            "from_township": m.origin.township.name,
            "to_township_id": m.destination.township.id,
            "to_township": m.destination.township.name,
            "moves": 1,
            "backbone_moves": int(m.teacher.backbone),
            "mean_minutes": float(seen.county.minutes(m.origin, m.destination)),
        }
        for m in seen.after.moved
    ]
    keys = ("from_township_id", "from_township", "to_township_id", "to_township")
    single = _frame(rows, (*keys, "moves", "backbone_moves", "mean_minutes"))
    if single.empty:
        return single
    return single.groupby(list(keys), as_index=False, sort=True).agg(
        moves=("moves", "sum"),
        backbone_moves=("backbone_moves", "sum"),
        mean_minutes=("mean_minutes", "mean"),
    )


def coverage(scenario: Scenario, plan: Seen, lang: Language = "zh") -> pd.DataFrame:
    """What each public section needs in each subject, and what is taught before and after.

    A subject that nobody needs is listed where somebody teaches it. Periods are weekly; teachers
    are those in post; supply is who is placed by number.
    """
    seen = before_after(scenario, plan)
    key = f"coverage {lang} {counted_by(scenario)}"
    return seen.once(key, lambda: _coverage(scenario, seen, lang))


def _coverage(scenario: Scenario, seen: BeforeAfter, lang: Language) -> pd.DataFrame:
    subjects = subject_names(scenario, lang)
    staff = [_by_subject(p) for p in (seen.before, seen.after)]
    rows: list[dict[str, Any]] = []
    wanted = periods_needed(seen.county, counted_by(scenario))
    for place in seen.county.places.values():
        if place.school.private:
            continue
        for subject, name in subjects.items():
            needed = wanted[place.id].get(subject, 0)
            key = (place.id, subject)
            before, after = (found[key] for found in staff)
            added = sum(entry.count for entry in seen.after.supplied.get(key, ()))
            if not (needed or before or after or added):
                continue
            taught = [
                min(covered(seen.county, p, place, subject), needed)
                for p in (seen.before, seen.after)
            ]
            rows.append(
                {
                    "section": place.id,
                    "school_id": place.school.id,
                    "school": place.school.name,
                    "campus": place.campus.name,
                    "township": place.township.name,
                    "stage": place.stage,
                    "subject_id": subject,
                    "subject": name,
                    "load": seen.county.subject[subject].load(place.stage),
                    "needed": needed,
                    "teachers_before": before,
                    "teachers_after": after,
                    "supply_after": added,
                    "covered_before": taught[0],
                    "covered_after": taught[1],
                    "uncovered_before": needed - taught[0],
                    "uncovered_after": needed - taught[1],
                }
            )
    return _frame(rows, _COVERAGE)


_COVERAGE = (
    "section", "school_id", "school", "campus", "township", "stage", "subject_id", "subject",
    "load", "needed", "teachers_before", "teachers_after", "supply_after", "covered_before",
    "covered_after", "uncovered_before", "uncovered_after",
)  # fmt: skip


def _by_subject(seen: Placement) -> Counter[tuple[str, str]]:
    return Counter((place, t.subject) for place, staff in seen.staff.items() for t in staff)


def famous(scenario: Scenario, plan: Seen) -> pd.DataFrame:
    """Rural junior highs: famous teachers needed, serving and missing, before and after.

    By the famous-teacher rule of the scenario; by its defaults where it is off.
    """
    seen = before_after(scenario, plan)
    rule = famous_rule(scenario)
    rows: list[dict[str, Any]] = []
    for school, places, need in rule.schools(seen.county):
        before, after = (rule.counted_at(p, places) for p in (seen.before, seen.after))
        rows.append(
            {
                "school_id": school,
                "school": seen.county.school[school].name,
                "township": places[0].township.name,
                "area": places[0].area_class,
                "pupils": sum(p.section.pupils for p in places),
                "need": need,
                "have_before": float(before),
                "have_after": float(after),
                "missing_before": max(0, math.ceil(need - before)),
                "missing_after": max(0, math.ceil(need - after)),
            }
        )
    return _frame(rows, _FAMOUS)


_FAMOUS = (
    "school_id", "school", "township", "area", "pupils", "need", "have_before", "have_after",
    "missing_before", "missing_after",
)  # fmt: skip


def famous_rule(scenario: Scenario) -> FamousTeacherFloor:
    """The famous-teacher rule as the scenario uses it, else with its default parameters."""
    active = (c.rule for c in scenario.configured("staffing"))
    return next((r for r in active if isinstance(r, FamousTeacherFloor)), FamousTeacherFloor())


def _frame(
    rows: list[dict[str, Any]], columns: tuple[str, ...], whole: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Rows as a frame that has its columns even when empty; whole numbers may be absent."""
    made = pd.DataFrame(rows, columns=list(columns))
    return made.astype(dict.fromkeys(whole, "Int64"))
