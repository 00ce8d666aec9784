"""Points, homes, wishes and pins: what was agreed before anything is decided. All invented."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from allocator.county.county import County, Place
from allocator.county.people import HONOURS, Pin, Teacher
from allocator.county.points import HonourPoints, PointsTable, RolePoints, TitlePoints
from allocator.samples.geography import ZONE_NAMES
from allocator.samples.people import Person
from allocator.samples.schools import Spot
from allocator.samples.shares import draw_order

GOES, STAYS, NOT_TO = 5, 6, 4
"""Pins of each kind."""
_AWAY = 0.25
"""Share of teachers who live in another zone than they work in."""
_WISHES = 0.05
"""Share of public teachers who name campuses they would like to go to."""
POINTS = PointsTable(
    per_year_of_service=Decimal("0.5"),
    titles=TitlePoints(
        third=Decimal(1),
        second=Decimal(2),
        first=Decimal(4),
        senior=Decimal(6),
        professor=Decimal(8),
    ),
    honours=HonourPoints(**{h: Decimal(3 * n) / 2 for n, h in enumerate(HONOURS, start=1)}),
    roles=RolePoints(class_teacher=Decimal(1), middle_manager=Decimal(1)),
)
"""The sample's table: service at the school, service in all, title, honour, job."""
_REASONS = {
    "goes": "示例：前一轮竞聘已确定",
    "stays": "示例：学校与教育局商定留任",
    "not_to": "示例：回避",
}


def assign_homes(
    people: Sequence[Person],
    spots: Sequence[Spot],
    zone_of: dict[str, str],
    rng: np.random.Generator,
) -> list[Person]:
    """The zone everyone lives in, and the wishes of a few."""
    result = []
    campuses: dict[str, list[str]] = defaultdict(list)
    for spot in spots:
        if not spot.private:
            campuses[spot.stage].append(spot.campus)
    for person in people:
        spot, teacher = spots[person.spot], person.teacher
        away, wishes = float(rng.random()), float(rng.random())
        other = f"Z{int(rng.integers(1, len(ZONE_NAMES) + 1))}"
        update: dict[str, object] = {"home_zone": other if away < _AWAY else zone_of[spot.township]}
        if not spot.private:
            picks = rng.integers(0, len(campuses[spot.stage]), size=3)
            named = [campuses[spot.stage][int(n)] for n in picks]
            if wishes < _WISHES and teacher.employment == "establishment":
                update["preferences"] = tuple(c for c in dict.fromkeys(named) if c != spot.campus)
        result.append(Person(person.spot, teacher.model_copy(update=update)))
    return result


def pin(county: County, rng: np.random.Generator) -> dict[str, Pin]:
    """A few decisions made beforehand, by teacher id; each of them can be carried out.

    Who is pinned to go is due and free to move, leaves a subject that stays covered, and goes to
    a school of the zone that needs the subject at this stage.
    """
    due = [
        t
        for t in county.teacher.values()
        if county.standings[t.id].status == "due" and t.role == "teacher" and not t.running_term
    ]
    order = [due[n] for n in draw_order([1.0] * len(due), rng)]
    found: dict[str, Pin] = {}
    covered = _covered(county)
    used: set[str] = set()
    for teacher in order:
        if len(found) == GOES:
            break
        home = county.home(teacher)
        there = _destination(county, covered, teacher, used | {home.school.id})
        if there is not None and home.school.id not in used:
            used |= {home.school.id, there.school.id}
            found[teacher.id] = Pin(kind="goes", campus=there.campus.id, reason=_REASONS["goes"])
    left = [t for t in order if t.id not in found]
    for teacher in left[:STAYS]:
        found[teacher.id] = Pin(kind="stays", reason=_REASONS["stays"])
    for teacher in left[STAYS : STAYS + NOT_TO]:
        near = _near(county, teacher)
        if near:
            campus = near[int(rng.integers(0, len(near)))].campus.id
            found[teacher.id] = Pin(kind="not_to", campus=campus, reason=_REASONS["not_to"])
    return found


def _covered(county: County) -> Counter[tuple[str, str]]:
    """Periods that the teachers in post can give, by section and subject."""
    covered: Counter[tuple[str, str]] = Counter()
    for teacher in county.teacher.values():
        if teacher.status == "in_post":
            home = county.home(teacher)
            load = county.subject[teacher.subject].load(home.stage)
            covered[home.id, teacher.subject] += load
    return covered


def _near(county: County, teacher: Teacher) -> list[Place]:
    """Public staffed sections of the same stage and zone in other schools with the subject."""
    home = county.home(teacher)
    return [
        p
        for p in county.places.values()
        if p.stage == home.stage
        and p.zone == home.zone
        and p.school.id != home.school.id
        and not p.school.private
        and not county.opens(p.school)
        and teacher.subject in p.demand
    ]


def _destination(
    county: County, covered: Counter[tuple[str, str]], teacher: Teacher, used: set[str]
) -> Place | None:
    """The first section nearby that lacks periods of the subject, if home can spare the teacher."""
    home, subject = county.home(teacher), teacher.subject
    load = county.subject[subject].load(home.stage)
    if covered[home.id, subject] - load < home.demand.get(subject, 0):
        return None
    return next(
        (
            p
            for p in _near(county, teacher)
            if p.school.id not in used and covered[p.id, subject] < p.demand[subject]
        ),
        None,
    )
