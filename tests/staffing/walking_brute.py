"""Every way in which the people of a tiny county can teach, person by person.

Nothing here looks at columns, classes or patterns: each teacher in turn takes every whole number
of periods at every section, and what does not keep the personal limits is thrown away.
"""

from __future__ import annotations

from itertools import product

from allocator.county.county import County, Place
from allocator.county.people import Teacher
from allocator.staffing.goals.coverage import price
from allocator.staffing.need import cells
from allocator.staffing.placement import Placement
from allocator.staffing.rules.walking import Walking
from allocator.staffing.terms import StaffingTerms

Cell = tuple[str, str]
Given = tuple[tuple[Cell, int], ...]


def least_uncovered(county: County, rule: Walking, plan: Placement, terms: StaffingTerms) -> float:
    """The least price of uncovered periods, everyone serving where a plan says."""
    need = {(p.id, s): n for p, s, n in cells(county, terms.coverage)}
    order = sorted(need)
    at = {cell: n for n, cell in enumerate(order)}
    most = [need[cell] for cell in order]
    states = {(0,) * len(order)}
    for teacher in county.teacher.values():
        ways = set(weeks(county, rule, teacher, plan.serving[teacher.id], need))
        moved = set()
        for state in states:
            for week in ways:
                after = list(state)
                for cell, periods in week:
                    after[at[cell]] += periods
                if all(a <= m for a, m in zip(after, most, strict=True)):
                    moved.add(tuple(after))
        states = moved
    hired = [
        county.subject[s].load(county.places[p].stage)
        * sum(entry.count for entry in plan.supplied.get((p, s), ()))
        for p, s in order
    ]
    return min(
        round(
            sum(price(max(0, m - a - h), m) for m, a, h in zip(most, state, hired, strict=True)),
            1,
        )
        for state in states
    )


def weeks(
    county: County, rule: Walking, teacher: Teacher, home: Place, need: dict[Cell, int]
) -> list[Given]:
    """Everything one teacher can do in a week."""
    if teacher.status != "in_post" or home.school.private:
        return [()]
    certified = {c.subject for c in teacher.certificates if c.stage in (home.stage, "junior")}
    load = county.subject[teacher.subject].load(home.stage) - teacher.reduction
    own = (home.id, teacher.subject)
    seconds = [
        (home.id, s)
        for s in set(teacher.also_teaches) - {teacher.subject}
        if rule.second_subjects == "yes" and (s in certified or not teacher.certificates)
    ]
    visits = [
        (place.id, teacher.subject)
        for place in county.places.values()
        if teacher.role not in ("principal", "party_secretary")
        and teacher.subject in rule.subjects
        and place.id != home.id
        and place.stage == home.stage
        and county.minutes(home, place) <= rule.within
    ]
    possible = [c for c in (own, *seconds, *visits) if c in need]
    found = []
    for periods in product(*(range(min(load, need[c]) + 1) for c in possible)):
        week = {c: n for c, n in zip(possible, periods, strict=True) if n}
        walked = [n for c, n in week.items() if c in visits]
        if len(walked) > rule.schools or any(n < rule.block for n in walked):
            continue
        if sum(week.values()) + rule.travel * len(walked) <= load:
            found.append(tuple(sorted(week.items())))
    return found


def least_burden(
    county: County, rule: Walking, plan: Placement, terms: StaffingTerms
) -> tuple[float, int, int]:
    """The least price of uncovered periods, then the least walking that leaves no more.

    Walking is counted as periods beside the own post, those walked twice, then as minutes one way,
    one at least.
    """
    need = {(p.id, s): n for p, s, n in cells(county, terms.coverage)}
    order = sorted(need)
    hired = {
        (p, s): county.subject[s].load(county.places[p].stage)
        * sum(entry.count for entry in plan.supplied.get((p, s), ()))
        for p, s in order
    }
    states = {(0,) * len(order): (0, 0)}
    for teacher in county.teacher.values():
        home = plan.serving[teacher.id]
        moved: dict[tuple[int, ...], tuple[int, int]] = {}
        for week in sorted(set(weeks(county, rule, teacher, home, need))):
            given = dict(week)
            walked = {p: n for (p, _), n in week if p != home.id}
            second = sum(n for (p, s), n in week if p == home.id and s != teacher.subject)
            way = sum(max(1, county.minutes(home, county.places[p])) for p in walked)
            for state, (periods, minutes) in states.items():
                after = tuple(a + given.get(c, 0) for a, c in zip(state, order, strict=True))
                if any(a > need[c] for a, c in zip(after, order, strict=True)):
                    continue
                asked = periods + 2 * sum(walked.values()) + second, minutes + way
                moved[after] = min(asked, moved.get(after, asked))
        states = moved
    return min(
        (
            round(
                sum(
                    price(max(0, need[c] - a - hired[c]), need[c])
                    for a, c in zip(state, order, strict=True)
                ),
                1,
            ),
            *asked,
        )
        for state, asked in states.items()
    )
