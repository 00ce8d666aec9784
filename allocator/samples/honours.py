"""Honours: the plan's counts at the top, invented counts below, more of them in strong schools.

Famous teachers are counted out so that the junior highs of the 14 towns stay short of them
whatever is moved.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from allocator.county.balance import difference_coefficient
from allocator.county.people import Honour, Teacher
from allocator.county.places import Stage
from allocator.county.service import ServiceTerms, standing
from allocator.samples.layout import STANDARD
from allocator.samples.people import Person
from allocator.samples.schools import Spot
from allocator.samples.shares import apportion, bisect, draw_order

WHOLE_FROM = 8000
"""From this many teachers on the plan's counts stand as they are; smaller counties scale them."""
PLAN_COUNTS: Mapping[Honour, int] = {"province_special": 18, "city_famous": 65}
"""Plan, indicators 19 and 20, 2020 column; there for all stages of education."""
COUNTS: Mapping[Honour, int] = {
    "city_backbone": 120,
    "county_famous": 250,
    "county_backbone": 900,
    "county_rising": 600,
}
"""Public teachers with this as highest honour in the standard county (invented)."""
SHORTFALL = 38
"""Famous teachers that the towns' junior highs lack in the standard county even if everyone movable
moved there (invented)."""
SENDING_AT_MOST = 0.13
"""Most famous teachers of a section as a share of its staff (invented)."""
L2_TARGET: Mapping[Stage, float] = {"primary": 0.58, "junior": 0.54}
"""Difference coefficient of backbone teachers that the sample starts from (invented)."""
_JUNIOR_SHARE = 0.30
"""Share of county backbone teachers who teach in junior highs (invented)."""
_PRIVATE_BACKBONE = 0.8
"""County backbone teachers per 100 pupils of private schools (invented)."""


def counts(teachers: int) -> dict[Honour, int]:
    """How many teachers have each honour, from the highest to the lowest."""
    scale = teachers / STANDARD
    top = {
        honour: number if teachers >= WHOLE_FROM else round(number * scale)
        for honour, number in PLAN_COUNTS.items()
    }
    return {**top, **{honour: round(number * scale) for honour, number in COUNTS.items()}}


@dataclass(frozen=True)
class _Roster:
    """What the draw of honours looks at."""

    people: Sequence[Person]
    spots: Sequence[Spot]
    movable: tuple[bool, ...]
    of_spot: Mapping[int, list[int]]
    """Positions of the public staff on establishment and in post, by section."""


def assign_honours(
    people: Sequence[Person],
    spots: Sequence[Spot],
    terms: ServiceTerms,
    as_of: str,
    rng: np.random.Generator,
) -> list[Person]:
    """Give every honour to as many teachers as it shall have."""
    wanted = counts(len(people))
    of_spot: dict[int, list[int]] = defaultdict(list)
    for k, person in enumerate(people):
        if person.teacher.employment == "establishment" and person.teacher.status == "in_post":
            of_spot[person.spot].append(k)
    movable = tuple(
        standing(p.teacher, terms, as_of, private=spots[p.spot].private).movable for p in people
    )
    roster = _Roster(people, spots, movable, of_spot)
    famous = [h for h in wanted if h not in ("county_backbone", "county_rising")]
    number = sum(wanted[h] for h in famous)
    junior = _famous(roster, "junior", rng)
    junior = junior[: _enough(roster, junior, number)]
    primary = _famous(roster, "primary", rng)[: number - len(junior)]
    given: dict[int, Honour] = {}
    chosen = [*junior, *primary]
    ranked = [chosen[n] for n in draw_order([_height(roster, k) for k in chosen], rng)]
    for honour in famous:
        for _ in range(wanted[honour]):
            given[ranked.pop(0)] = honour
    backbone = round(wanted["county_backbone"] * _JUNIOR_SHARE)
    totals: dict[Stage, int] = {
        "junior": backbone,
        "primary": wanted["county_backbone"] - backbone,
    }
    for stage, total in totals.items():
        given.update(_backbone(roster, stage, total, given, rng))
    rising = [k for k, p in enumerate(people) if p.spot in of_spot and k not in given]
    weights = [
        math.exp(0.3 * spots[people[k].spot].standing)
        * float(k in of_spot[people[k].spot] and people[k].teacher.born >= _born(as_of, 40))
        for k in rising
    ]
    for n in draw_order(weights, rng)[: wanted["county_rising"]]:
        given[rising[n]] = "county_rising"
    return [_with(p, given.get(k)) for k, p in enumerate(people)]


def _with(person: Person, honour: Honour | None) -> Person:
    """The teacher with the honour, and with a title that goes with it."""
    if honour is None:
        return person
    update: dict[str, object] = {"honours": (honour,)}
    if honour == "province_special":
        update["title"] = "professor"
    elif honour not in ("county_rising", "county_backbone"):
        update["title"] = "senior"
    return Person(person.spot, person.teacher.model_copy(update=update))


def _born(as_of: str, age: int) -> str:
    return f"{int(as_of[:4]) - age}-{as_of[5:]}"


def _merit(teacher: Teacher, as_of_age: str) -> float:
    """Weight of a teacher in the draw of backbone honours: some service, well titled."""
    title = {"senior": 4.0, "first": 2.0, "second": 0.5}.get(teacher.title, 0.0)
    return title if teacher.born <= as_of_age else 0.1 * title


def _height(roster: _Roster, k: int) -> float:
    return math.exp(0.5 * roster.spots[roster.people[k].spot].standing)


def _famous(roster: _Roster, stage: Stage, rng: np.random.Generator) -> list[int]:
    """Public teachers of a stage in the order of a draw that favours strong urban schools.

    No section gets more than the school could send in a year. Most teach subjects without
    shortage.
    """
    scarce = ("science", "it", "pe", "music", "art")
    pool: list[int] = []
    weights: list[float] = []
    for n, members in sorted(roster.of_spot.items()):
        spot = roster.spots[n]
        if spot.stage != stage or spot.private:
            continue
        for k in members:
            teacher = roster.people[k].teacher
            weight = math.exp(0.9 * spot.standing) * (1.3 if spot.kind == "urban" else 1.0)
            weight *= 0.35 if teacher.subject in scarce else 1.0
            pool.append(k)
            weights.append(weight * _merit(teacher, "1985-12"))
    taken: Counter[int] = Counter()
    found = []
    for n in draw_order(weights, rng):
        spot_number = roster.people[pool[n]].spot
        most = math.ceil(SENDING_AT_MOST * len(roster.of_spot[spot_number]))
        if taken[spot_number] < most:
            taken[spot_number] += 1
            found.append(pool[n])
    return found


def famous_need(spots: Sequence[Spot]) -> dict[str, int]:
    """Famous teachers that each public school with junior classes in the towns needs."""
    pupils: Counter[str] = Counter()
    for spot in spots:
        if spot.stage == "junior" and spot.town and not spot.private:
            pupils[spot.school] += spot.section.pupils
    return {school: math.ceil(n / 100) for school, n in pupils.items()}


def _enough(roster: _Roster, junior: Sequence[int], most: int) -> int:
    """How many junior famous teachers leave just the shortfall wanted, if all movable moved."""
    need = famous_need(roster.spots)
    target = sum(need.values()) - round(SHORTFALL * len(roster.people) / STANDARD)
    fixed: Counter[str] = Counter()
    free = 0
    for number, k in enumerate(junior):
        if free + sum(min(n, need[school]) for school, n in fixed.items()) >= target:
            return number
        if number >= most * 0.75:
            return number
        spot = roster.spots[roster.people[k].spot]
        if roster.movable[k]:
            free += 1
        elif spot.school in need and spot.town:
            fixed[spot.school] += 1
    return len(junior)


def _backbone(
    roster: _Roster,
    stage: Stage,
    total: int,
    given: Mapping[int, Honour],
    rng: np.random.Generator,
) -> dict[int, Honour]:
    """County backbone teachers of a stage, as concentrated as the L2 target asks."""
    numbers = [n for n, s in enumerate(roster.spots) if s.stage == stage and not s.opening]
    public = [n for n in numbers if not roster.spots[n].private]
    held = Counter(roster.people[k].spot for k in given)
    private = {
        n: round(_PRIVATE_BACKBONE * roster.spots[n].section.pupils / 100)
        for n in numbers
        if roster.spots[n].private
    }

    def parts(tilt: float) -> dict[int, int]:
        weights = [
            roster.spots[n].section.pupils * math.exp(tilt * roster.spots[n].standing)
            for n in public
        ]
        return {**private, **dict(zip(public, apportion(total, weights), strict=True))}

    tilt = bisect(_spread(roster.spots, numbers, held, parts), L2_TARGET[stage], 0.0, 4.0)
    found: dict[int, Honour] = {}
    for n, number in sorted(parts(tilt).items()):
        members = [k for k in (roster.of_spot.get(n) or _staff(roster.people, n)) if k not in given]
        weights = [_merit(roster.people[k].teacher, "1988-12") + 1e-6 for k in members]
        found.update({members[m]: "county_backbone" for m in draw_order(weights, rng)[:number]})
    return found


def _staff(people: Sequence[Person], spot: int) -> list[int]:
    return [k for k, p in enumerate(people) if p.spot == spot]


def _spread(
    spots: Sequence[Spot],
    numbers: Sequence[int],
    held: Mapping[int, int],
    parts: Callable[[float], Mapping[int, int]],
) -> Callable[[float], float]:
    """The difference coefficient of backbone teachers over legal units, given the tilt."""
    schools = sorted({spots[n].school for n in numbers})
    pupils: Counter[str] = Counter()
    for n in numbers:
        pupils[spots[n].school] += spots[n].section.pupils

    def coefficient(tilt: float) -> float:
        count: Counter[str] = Counter()
        for n, more in parts(tilt).items():
            count[spots[n].school] += held.get(n, 0) + more
        return difference_coefficient([count[s] for s in schools], [pupils[s] for s in schools])

    return coefficient
