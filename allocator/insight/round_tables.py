"""What a proposed round gives everyone who named campuses, and which rules it breaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from allocator.audit import Verdict, audit
from allocator.county.county import place_id
from allocator.county.decisions import Round
from allocator.insight.names import subject_names
from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.staffing.rounds import (
    Market,
    Post,
    applicants,
    market,
    results_as_plan,
)
from allocator.staffing.rules.veto_lock import VetoLock
from allocator.staffing.terms import StaffingTerms


def round_results(
    scenario: Scenario, proposed: Round, posts: Mapping[Post, int], lang: Language = "zh"
) -> pd.DataFrame:
    """One row for each teacher who named campuses, those appointed first.

    ``result`` is ``appointed``; ``outranked`` (every open post named went to others who stand
    before in the order of its school), ``no_post`` (none of the posts named is open to the
    teacher), ``not_now`` (not to be moved now) or ``settled`` (pinned, or appointed before).
    ``choice`` is the number of the campus in the teacher's list, ``order`` the teacher's place
    among the applicants for the post.
    """
    county, subjects = scenario.county, subject_names(scenario, lang)
    found = market(county, posts, objections=binding_objections(scenario))
    given = {a.teacher: place_id(a.campus, county.teacher[a.teacher].stage)
             for a in proposed.appointments}  # fmt: skip
    free = {t.id for t in applicants(county)}
    rows: list[dict[str, Any]] = []
    for teacher in county.teacher.values():
        if not teacher.preferences:
            continue
        start = county.start(teacher)
        row: dict[str, Any] = {
            "teacher": teacher.id,
            "name": teacher.name,
            "subject": subjects[teacher.subject],
            "stage": teacher.stage,
            "from_school": start.school.name,
            "from_campus": start.campus.name,
            "result": _result(scenario, found, teacher.id, free, given),
            "choices": len(teacher.preferences),
        }
        if teacher.id in given:
            place = county.places[given[teacher.id]]
            row |= {
                "to_school": place.school.name,
                "to_campus": place.campus.name,
                "choice": teacher.preferences.index(place.campus.id) + 1,
                "order": found.order[place.id, teacher.subject].index(teacher.id) + 1,
            }
        rows.append(row)
    rows.sort(key=lambda r: (r["result"] != "appointed", r["teacher"]))
    made = pd.DataFrame(rows, columns=list(_COLUMNS))
    return made.astype(dict.fromkeys(("choice", "choices", "order"), "Int64"))


_COLUMNS = (
    "teacher", "name", "subject", "stage", "from_school", "from_campus", "result", "to_school",
    "to_campus", "choice", "choices", "order",
)  # fmt: skip


def binding_objections(scenario: Scenario) -> int | None:
    """How many objections of each school bind a round: as the rule on them says, else all."""
    if scenario.staffing is None:
        return None
    rules = [c.rule for c in scenario.configured("staffing") if c.firmness in ("must", "should")]
    return sum(rule.at_most for rule in rules if isinstance(rule, VetoLock))


def _result(
    scenario: Scenario, found: Market, teacher: str, free: set[str], given: Mapping[str, str]
) -> str:
    if teacher in given:
        return "appointed"
    if teacher in free:
        return "outranked" if found.wishes[teacher] else "no_post"
    return "settled" if scenario.county.standings[teacher].movable else "not_now"


def rules_broken_by(before: Scenario, after: Scenario) -> tuple[Verdict, ...]:
    """MUST rules that the results of rounds alone miss by more than before the last round.

    Each with those readings only that became worse. What a round leaves open, such as a rate not
    yet reached, is no breach by it.
    """
    worse = []
    old = {v.rule: {r.where: r.shortfall for r in v.readings} for v in _verdicts(before)}
    for verdict in _verdicts(after):
        known = old.get(verdict.rule, {})
        readings = tuple(r for r in verdict.readings if r.shortfall > known.get(r.where, 0.0))
        if verdict.firmness == "must" and readings:
            worse.append(verdict.model_copy(update={"readings": readings}))
    return tuple(worse)


def _verdicts(scenario: Scenario) -> tuple[Verdict, ...]:
    terms = scenario.staffing.terms if scenario.staffing is not None else StaffingTerms()
    return audit(scenario, results_as_plan(scenario.county, terms), ("staffing",)).verdicts
