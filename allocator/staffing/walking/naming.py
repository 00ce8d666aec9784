"""From numbers of people and periods to names: who walks where, and how many periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np

from allocator.county.county import County, Place
from allocator.county.people import Teacher
from allocator.county.plan import Teaching
from allocator.county.ties import in_order
from allocator.modelling import Floats
from allocator.staffing.placement import Placement
from allocator.staffing.walking.able import Able
from allocator.staffing.walking.columns import WalkingColumns

Class = tuple[str, Able]
"""Section served and what one may teach: who shares both is alike."""


def named(
    county: County, serving: Mapping[str, Place], columns: WalkingColumns, levels: Floats
) -> tuple[tuple[Teaching, ...], Mapping[str, int]]:
    """Visits and second subjects of named teachers, and the periods these take of each of them.

    Of a class those go first who go first by points. Periods of people with the same visits
    differ by one at most; second subjects go to those who walk least. Only what is laid out by
    persons has names.
    """
    patterns = [p for p in columns.patterns if round(float(levels[p.people]))]
    seconds = [c for c in columns.seconds if round(float(levels[c.column]))]
    wanted = {(p.section, p.able) for p in patterns} | {(c.section, c.able) for c in seconds}
    people = _people(county, serving, columns, wanted)
    entries: list[Teaching] = []
    used: dict[str, int] = defaultdict(int)
    free = {key: iter(listed) for key, listed in people.items()}
    for pattern in patterns:
        number = round(float(levels[pattern.people]))
        going = [next(free[pattern.section, pattern.able]) for _ in range(number)]
        turn = 0
        for section, column in zip(pattern.visited, pattern.periods, strict=True):
            each, more = divmod(round(float(levels[column])), number)
            for n, teacher in enumerate(going):
                periods = each + ((n - turn) % number < more)
                entries.append(_entry(teacher, section, pattern.able.subject, periods))
                used[teacher.id] += periods + columns.rule.travel
            turn += more
    for second in seconds:
        left = round(float(levels[second.column]))
        listed = people[second.section, second.able]
        subject = county.subject[second.able.subject]
        for teacher in sorted(listed, key=lambda t: used[t.id]):
            load = subject.load(teacher.stage) - teacher.reduction
            periods = min(left, load - used[teacher.id])
            if periods > 0:
                entries.append(_entry(teacher, second.section, second.subject, periods))
                used[teacher.id] += periods
                left -= periods
    return tuple(sorted(entries, key=lambda e: (e.teacher, e.section, e.subject))), used


def levels_of(columns: WalkingColumns, plan: Placement, size: int) -> Floats:
    """The levels of the columns of walking at which a plan stands, other columns at zero.

    Parameters
    ----------
    plan
        A plan whose visits the rule allows.
    size
        Columns of the whole program.

    """
    levels = np.zeros(size)
    patterns = {(p.section, p.able, p.visited): p for p in columns.patterns}
    seconds = {(c.section, c.able, c.subject): c.column for c in columns.seconds}
    able = columns.rule.traits(plan.county)["able"]
    into: dict[tuple[str, str], int] = defaultdict(int)
    for person, entries in plan.beside.items():
        teacher, home = plan.county.teacher[person], plan.serving[person].id
        kind = Able(*able(teacher))  # type: ignore[misc]
        visits = sorted((e for e in entries if e.section != home), key=lambda e: e.section)
        pattern = patterns.get((home, kind, tuple(e.section for e in visits)))
        if pattern is not None:
            levels[pattern.people] += 1
        for n, visit in enumerate(visits):
            flow = columns.walks.get((home, visit.section, teacher.subject))
            column = pattern.periods[n] if pattern is not None else flow
            if column is not None:
                levels[column] += visit.periods
                into[visit.section, visit.subject] += visit.periods
        for entry in entries:
            if entry.section == home:
                flow = columns.flows.get((home, teacher.subject, entry.subject))
                column = seconds.get((home, kind, entry.subject), flow)
                if column is not None:
                    levels[column] += entry.periods
                    into[home, entry.subject] += entry.periods
    beside = {e for entries in plan.beside.values() for e in entries}
    own: dict[tuple[str, str], int] = defaultdict(int)
    for entry in plan.plan.teaching:
        if entry not in beside:
            own[entry.section, entry.subject] += entry.periods
    for (section, subject), column in columns.own.items():
        load = plan.county.subject[subject].load(plan.county.places[section].stage)
        hired = sum(s.count for s in plan.supplied.get((section, subject), ()))
        given = own[section, subject] + load * hired
        most = columns.covered[section, subject].most - into[section, subject]
        levels[column] = min(given, most)
    return levels


def _entry(teacher: Teacher, section: str, subject: str, periods: int) -> Teaching:
    return Teaching(teacher=teacher.id, section=section, subject=subject, periods=periods)


def _people(
    county: County, serving: Mapping[str, Place], columns: WalkingColumns, wanted: set[Class]
) -> Mapping[Class, list[Teacher]]:
    """People of some classes in the order in which they go."""
    found: dict[Class, list[Teacher]] = defaultdict(list)
    for key, teacher in classed(county, serving, columns):
        if key in wanted:
            found[key].append(teacher)
    return {key: in_order(county, teachers) for key, teachers in found.items()}


def classed(
    county: County, serving: Mapping[str, Place], columns: WalkingColumns
) -> Iterator[tuple[Class, Teacher]]:
    """Everyone in post with the class they belong to."""
    able = columns.rule.traits(county)["able"]
    for teacher in county.teacher.values():
        kind = able(teacher)
        if isinstance(kind, tuple):
            yield (serving[teacher.id].id, Able(*kind)), teacher
