"""From numbers of people and periods to names: who walks where, and how many periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from allocator.county.county import County, Place
from allocator.county.people import Teacher
from allocator.county.plan import Teaching
from allocator.county.ties import in_order
from allocator.modelling import Floats
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
    walkers = [w for w in columns.walkers if levels[list(w.visits)].any()]
    wanted = {(p.section, p.able) for p in patterns} | {(w.section, w.able) for w in walkers}
    wanted |= {(c.section, c.able) for c in seconds}
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
    for walker in walkers:
        teacher = next(free[walker.section, walker.able])
        for section, visit, column in zip(
            walker.visited, walker.visits, walker.periods, strict=True
        ):
            if round(float(levels[visit])):
                periods = round(float(levels[column]))
                entries.append(_entry(teacher, section, walker.able.subject, periods))
                used[teacher.id] += periods + columns.rule.travel
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
