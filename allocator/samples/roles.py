"""Jobs, exemptions and running terms of the numbered teachers. All of it invented."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from allocator.county.people import Ground, RunningTerm, Teacher
from allocator.county.service import ServiceTerms, months, retires, years_between
from allocator.samples.people import Person
from allocator.samples.schools import Spot
from allocator.samples.shares import draw_order

EXEMPT_SHARES: Mapping[Ground, float] = {
    "maternity": 0.035,
    "medical": 0.010,
    "near_retirement": 0.005,
    "service_contract": 0.015,
    "flagship": 0.015,
}
"""Share of establishment staff with each ground of exemption, 8 % in all (invented)."""
TERM_SHARE = 0.02
"""Share of establishment staff serving a term away from their school (invented)."""
_CLASS_TEACHERS = ("chinese", "maths", "english")


def assign_roles(
    people: Sequence[Person], spots: Sequence[Spot], as_of: str, rng: np.random.Generator
) -> list[Person]:
    """One principal and one party secretary a legal unit, managers, a class teacher a class."""
    result = list(people)
    units: dict[str, list[int]] = defaultdict(list)
    sections: dict[int, list[int]] = defaultdict(list)
    for k, person in enumerate(people):
        sections[person.spot].append(k)
        if person.teacher.status == "in_post" and person.teacher.employment != "reserve":
            units[spots[person.spot].school].append(k)
    taken: set[int] = set()

    def give(k: int, role: str) -> None:
        taken.add(k)
        result[k] = Person(people[k].spot, people[k].teacher.model_copy(update={"role": role}))

    for members in units.values():
        weights = [_head(people[k].teacher, spots[people[k].spot], as_of) for k in members]
        heads = [members[n] for n in draw_order(weights, rng)[:2]]
        for k, role in zip(heads, ("principal", "party_secretary"), strict=False):
            give(k, role)
    for spot, members in sections.items():
        classes = sum(spots[spot].section.classes)
        free = [k for k in members if k not in taken and result[k].teacher.status == "in_post"]
        weights = [1.0 + 2.0 * (people[k].teacher.title in ("first", "senior")) for k in free]
        for n in draw_order(weights, rng)[: max(1, round(classes / 8))]:
            give(free[n], "middle_manager")
        free = [k for k in free if k not in taken]
        weights = [6.0 if people[k].teacher.subject in _CLASS_TEACHERS else 1.0 for k in free]
        for n in draw_order(weights, rng)[:classes]:
            give(free[n], "class_teacher")
    return result


def _head(teacher: Teacher, spot: Spot, as_of: str) -> float:
    """Weight in the draw of heads: of the main campus, 36 to 54 years old, well titled."""
    age = years_between(teacher.born, as_of)
    weight = 1.0 if 36 <= age <= (54 if teacher.sex == "m" else 52) else 0.001
    return weight * (1.0 if spot.main else 0.01) * (3.0 if teacher.title == "senior" else 1.0)


def assign_exemptions(
    people: Sequence[Person], terms: ServiceTerms, as_of: str, rng: np.random.Generator
) -> list[Person]:
    """Ground codes for the shares stated, each only where the dates allow it."""
    result = list(people)
    staff = [k for k, p in enumerate(people) if p.teacher.employment == "establishment"]
    taken: set[int] = set()
    for ground, share in EXEMPT_SHARES.items():
        weights = [
            float(k not in taken and _may_have(ground, people[k].teacher, terms, as_of))
            for k in staff
        ]
        for n in draw_order(weights, rng)[: round(share * len(staff))]:
            k = staff[n]
            taken.add(k)
            teacher = people[k].teacher.model_copy(update={"exemptions": (ground,)})
            result[k] = Person(people[k].spot, teacher)
    return result


def _may_have(ground: Ground, teacher: Teacher, terms: ServiceTerms, as_of: str) -> bool:
    if teacher.role in ("principal", "party_secretary") or teacher.status != "in_post":
        return False
    if ground == "maternity":
        return teacher.sex == "f" and years_between(teacher.born, as_of) <= 42
    if ground == "near_retirement":
        return months(retires(teacher, terms)) - months(as_of) <= 60
    if ground == "service_contract":
        return years_between(teacher.entered_school, as_of) < 5
    return True


def assign_reductions(people: Sequence[Person], terms: ServiceTerms, as_of: str) -> list[Person]:
    """Fewer periods for those close to retirement: 4 a week less, 6 in the last year."""
    result = []
    for person in people:
        left = months(retires(person.teacher, terms)) - months(as_of)
        less = 0 if left >= 12 * terms.near_retirement else 4 if left >= 12 else 6
        teacher = person.teacher.model_copy(update={"reduction": less}) if less else person.teacher
        result.append(Person(person.spot, teacher))
    return result


def assign_terms(
    people: Sequence[Person], spots: Sequence[Spot], year: int, rng: np.random.Generator
) -> list[Person]:
    """Earlier secondments from an urban school to a town, three years; some end this summer.

    They entered the school where they serve when the term started.
    """
    result = list(people)
    weights = []
    for person in people:
        t, spot = person.teacher, spots[person.spot]
        ready = (
            t.employment == "establishment"
            and t.status == "in_post"
            and t.role in ("teacher", "class_teacher")
            and not t.exemptions
            and int(t.entered_work[:4]) <= year - 5
        )
        weights.append(float(ready and spot.town))
    homes = {
        stage: [
            s.campus
            for s in spots
            if s.stage == stage and s.kind == "urban" and not s.private and not s.opening
        ]
        for stage in ("primary", "junior")
    }
    staff = sum(p.teacher.employment == "establishment" for p in people)
    for k in draw_order(weights, rng)[: round(TERM_SHARE * staff)]:
        teacher = people[k].teacher
        started = year - int(rng.integers(1, 4))
        home = homes[teacher.stage][int(rng.integers(0, len(homes[teacher.stage])))]
        term = RunningTerm(home=home, started=f"{started}-08", ends=f"{started + 3}-07")
        result[k] = Person(
            people[k].spot,
            teacher.model_copy(update={"running_term": term, "entered_school": f"{started}-08"}),
        )
    return result
