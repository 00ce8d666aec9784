"""Numbered teachers: age, service, degree, title, employment. All of it invented."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from allocator.county.curriculum import ZHEJIANG_2023
from allocator.county.people import Certificate, Degree, Teacher
from allocator.county.places import Stage
from allocator.samples.layout import Kind
from allocator.samples.posts import Posts
from allocator.samples.schools import Spot
from allocator.samples.shares import draw_order

RESERVE_SHARE = 0.02
"""Share of public staff off establishment (invented)."""
LENT_OUT_SHARE = 0.005
LONG_SICK_SHARE = 0.003
SECOND_SUBJECT_SHARE = 0.06
"""Share of teachers certified for a second subject (invented)."""
POSTGRADUATE_SHARE = 0.027
"""Junior teachers with a postgraduate degree: plan, indicator 15, 2020 column."""

_AGES: tuple[tuple[int, int, float], ...] = (
    (23, 29, 0.20),
    (30, 39, 0.32),
    (40, 49, 0.33),
    (50, 54, 0.11),
    (55, 59, 0.04),
)
"""From, to, share; women retire at 55 (invented)."""
_WOMEN: Mapping[Stage, float] = {"primary": 0.74, "junior": 0.60}
_TENURE: Mapping[Kind, float] = {"urban": 10.5, "seat": 8.5, "rural": 7.0, "small": 6.0}
"""Mean years at the school, as far as the service is that long (invented)."""
_BELOW: Mapping[Stage, Mapping[Kind, float]] = {
    "primary": {"urban": 0.02, "seat": 0.04, "rural": 0.08, "small": 0.12},
    "junior": {"urban": 0.05, "seat": 0.09, "rural": 0.14, "small": 0.14},
}
"""Chance of not exceeding the required degree (college in primary, bachelor in junior schools) for
those under 45; twice that for the older (invented)."""
_PAIRS: Mapping[str, tuple[str, ...]] = {
    "morality": ("chinese", "society", "practice"),
    "chinese": ("morality", "practice"),
    "maths": ("science", "it"),
    "english": ("morality", "music"),
    "society": ("morality", "practice"),
    "science": ("maths", "it"),
    "it": ("maths", "practice"),
    "pe": ("practice",),
    "music": ("art", "morality"),
    "art": ("music", "practice"),
    "practice": ("it", "art"),
}
"""Second subjects that go with a first one (invented)."""

Title = Literal["none", "third", "second", "first", "senior", "professor"]


@dataclass(frozen=True)
class Person:
    """A teacher and the section of the generator the teacher belongs to."""

    spot: int
    teacher: Teacher


def build_people(
    spots: list[Spot], posts: Posts, year: int, rng: np.random.Generator
) -> list[Person]:
    """One numbered teacher for each post, section by section."""
    order = [s.id for s in ZHEJIANG_2023]
    places = [
        (n, subject)
        for (n, subject), count in sorted(
            posts.items(), key=lambda item: (item[0][0], order.index(item[0][1]))
        )
        for _ in range(count)
    ]
    public = [k for k, (n, _) in enumerate(places) if not spots[n].private]
    reserve = _some(public, RESERVE_SHARE, rng, lambda k: _outside(spots[places[k][0]]))
    free = [k for k in public if k not in reserve]
    lent = _some(free, LENT_OUT_SHARE, rng, lambda k: 1.0)
    sick = _some([k for k in free if k not in lent], LONG_SICK_SHARE, rng, lambda k: 1.0)
    people = []
    for k, (n, subject) in enumerate(places):
        values = _draw(spots[n], subject, year, rng)
        values["employment"] = (
            "private" if spots[n].private else "reserve" if k in reserve else "establishment"
        )
        values["status"] = "lent_out" if k in lent else "long_sick" if k in sick else "in_post"
        number = f"{k + 1:05d}"
        people.append(
            Person(
                n,
                Teacher.model_validate(
                    {"id": f"T{number}", "name": f"教师{number}", "subject": subject, **values}
                ),
            )
        )
    return _postgraduates(people, year, rng)


def _outside(spot: Spot) -> float:
    """Reserve teachers serve in villages rather than in town."""
    return {"urban": 0.6, "seat": 1.0, "rural": 2.0, "small": 3.0}[spot.kind]


def _some(
    among: list[int], share: float, rng: np.random.Generator, weight: Callable[[int], float]
) -> frozenset[int]:
    """A weighted draw of a share of these positions."""
    weights = [weight(k) for k in among]
    return frozenset(among[n] for n in draw_order(weights, rng)[: round(share * len(among))])


def _draw(spot: Spot, subject: str, year: int, rng: np.random.Generator) -> dict[str, object]:
    """What one teacher is like, as fields of :class:`Teacher`."""
    woman = bool(rng.random() < _WOMEN[spot.stage])
    born_year, born_month = year - _age(woman, rng), int(rng.integers(1, 6))
    age = year - born_year
    degree = _degree(spot, age, rng)
    starts = {"secondary": 20, "college": 22, "bachelor": 23, "master": 26, "doctor": 29}
    at_work = min(born_year + starts[degree] + int(rng.integers(0, 2)), year - 1)
    service = year - 1 - at_work
    tenure = _TENURE[spot.kind] * (1.35 if spot.quality else 1.0)
    stayed = min(service, int(rng.gamma(2.0, tenure / 2)))
    return {
        "campus": spot.campus,
        "stage": spot.stage,
        "sex": "f" if woman else "m",
        "born": f"{born_year}-{born_month:02d}",
        "entered_work": f"{at_work}-08",
        "entered_school": f"{year - 1 - stayed}-08",
        "degree": degree,
        "title": _title(service, spot, rng),
        **_certificates(spot.stage, subject, rng),
    }


def _age(woman: bool, rng: np.random.Generator) -> int:
    bands = [b for b in _AGES if not (woman and b[0] >= 55)]
    weights = np.array([b[2] for b in bands])
    low, high, _ = bands[int(rng.choice(len(bands), p=weights / weights.sum()))]
    return int(rng.integers(low, high + 1))


def _degree(spot: Spot, age: int, rng: np.random.Generator) -> Degree:
    chance = _BELOW[spot.stage][spot.kind] * (2.0 if age >= 45 else 1.0)
    chance = min(0.6, chance * math.exp(-1.2 * spot.standing))
    low = bool(rng.random() < chance)
    if spot.stage == "junior":
        return "college" if low else "bachelor"
    if low:
        return "secondary"
    return "college" if rng.random() < (0.45 if age >= 45 else 0.12) else "bachelor"


def _title(service: int, spot: Spot, rng: np.random.Generator) -> Title:
    luck = float(rng.random()) - (0.08 if spot.kind == "urban" else 0.0)
    if service < 1:
        return "none"
    if service < 6:
        return "second" if luck < 0.9 else "third"
    if service < 13:
        return "first" if luck < 0.35 else "second"
    return "senior" if luck < 0.2 else "first" if luck < 0.85 else "second"


def _certificates(
    stage: Stage, subject: str, rng: np.random.Generator
) -> dict[str, tuple[object, ...]]:
    """A second certificate for a few, of whom half teach the second subject too."""
    drawn, also = float(rng.random()), bool(rng.random() < 0.5)
    pairs = (
        _PAIRS[subject]
        if stage == "junior"
        else tuple(p for p in _PAIRS[subject] if p != "society")
    )
    second = pairs[int(rng.integers(0, len(pairs)))]
    if drawn >= SECOND_SUBJECT_SHARE:
        return {}
    return {
        "certificates": (
            Certificate(stage=stage, subject=subject),
            Certificate(stage=stage, subject=second),
        ),
        "also_teaches": (second,) if also else (),
    }


def _postgraduates(people: list[Person], year: int, rng: np.random.Generator) -> list[Person]:
    """Give the plan's share of junior teachers a master's degree, the young first."""
    junior = [k for k, p in enumerate(people) if p.teacher.stage == "junior"]
    weights = []
    for k in junior:
        teacher = people[k].teacher
        young = int(teacher.born[:4]) > year - 38
        able = (
            teacher.degree == "bachelor"
            and int(teacher.entered_work[:4]) - int(teacher.born[:4]) >= 23
        )
        weights.append((3.0 if young else 1.0) if able else 0.0)
    chosen = draw_order(weights, rng)[: round(POSTGRADUATE_SHARE * len(junior))]
    result = list(people)
    for n in chosen:
        person = people[junior[n]]
        result[junior[n]] = Person(
            person.spot, person.teacher.model_copy(update={"degree": "master"})
        )
    return result
