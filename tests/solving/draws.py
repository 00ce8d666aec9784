"""Random counties of a few people that hold every kind of data a rule may look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, get_args

import numpy as np

from allocator.county.county import County
from allocator.county.people import HONOURS, Degree, Ground
from allocator.county.places import POST_GRADES
from allocator.county.supply import SUPPLY_KINDS
from allocator.samples.toy import toy_county

Draw = np.random.Generator
T = TypeVar("T")

SUBJECTS = ("chinese", "maths", "music")
AREAS = ("urban", "township_seat", "rural")
SHAPES = ((1, 0, 0), (1, 1, 0), (1, 1, 1), (0, 0, 1), (0, 0, 0))
"""Classes of grades 7 to 9."""


def chance(draw: Draw, probability: float) -> bool:
    return bool(draw.random() < probability)


def one(draw: Draw, items: Sequence[T]) -> T:
    return items[int(draw.integers(len(items)))]


def some(draw: Draw, items: Sequence[T], least: int = 0) -> tuple[T, ...]:
    """A random part of the items in random order."""
    number = int(draw.integers(least, len(items) + 1))
    return tuple(items[int(n)] for n in draw.permutation(len(items))[:number])


def random_county(draw: Draw, people: int) -> County:
    """The toy county with other schools and so many other people; drawn again until valid."""
    while True:
        try:
            return County.model_validate(_county(draw, people))
        except ValueError:
            continue


def _county(draw: Draw, people: int) -> dict[str, Any]:
    base = toy_county().model_dump()
    pool = int(draw.integers(3))
    schools = [_school(draw, s, pool) for s in _units(draw, base["schools"])]
    stages = {c["id"]: c["sections"][0]["stage"] for s in schools for c in s["campuses"]}
    owner = {c["id"]: s for s in schools for c in s["campuses"]}
    staffed = [c for c in stages if owner[c]["opened"] is None]
    teachers = [_teacher(draw, f"T{n:05d}", staffed, stages) for n in range(1, people + 1)]
    ids = [t["id"] for t in teachers]
    for school in schools:
        own = [c["id"] for c in school["campuses"]]
        school["vetoes"] = [
            {"teacher": t["id"], "against": "leaving" if t["campus"] in own else "arriving"}
            for t in teachers
            if chance(draw, 0.15)
        ]
    return {
        **base,
        "groups": [{"id": "G1", "name": "一集团"}, {"id": "G2", "name": "二集团"}],
        "schools": schools,
        "teachers": teachers,
        "post_pool": pool,
        "terms": base["terms"] | {"years_at_school": one(draw, (3, 6, 9))},
        "supply": _supply(draw),
        "kinships": _kinships(draw, ids),
        "rounds": _rounds(draw, teachers, stages, owner),
        "corrections": [
            {"teacher": t, "status": one(draw, ("due", "may", "not_now"))}
            for t in ids
            if chance(draw, 0.08)
        ],
        "tie_decisions": [{"order": ids[::-1], "settled_by": "lot", "name": "签", "on": "2020-06"}]
        if chance(draw, 0.2)
        else [],
        "travel": base["travel"] | {"times": _times(draw, list(stages))},
    }


def _times(draw: Draw, campuses: Sequence[str]) -> list[dict[str, Any]]:
    """Up to two measured travel times."""
    return [
        {"between": tuple(draw.choice(campuses, 2, replace=False).tolist()), "minutes": minutes}
        for minutes in draw.integers(5, 90, int(draw.integers(3))).tolist()
    ]


def _units(draw: Draw, schools: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The schools of the toy county, perhaps with one more campus and one more school."""
    for school in schools:
        if school["id"] == "S1" and chance(draw, 0.25):
            east = school["campuses"][0] | {"id": "C9", "township": "T3", "latitude": 30.08}
            yield school | {"campuses": (*school["campuses"], east)}
        else:
            yield school
    if chance(draw, 0.35):
        town = schools[int(draw.integers(1, 4))]["campuses"][0]
        yield schools[1] | {"id": "S8", "opened": "2020-09", "campuses": (town | {"id": "C8"},)}


def _school(draw: Draw, school: dict[str, Any], pool: int) -> dict[str, Any]:
    """A school with random pupils and posts; a private one keeps its own."""
    if school["private"]:
        return school
    approved = None if chance(draw, 0.2) else int(draw.integers(5))
    left = 4 if approved is None else approved + pool
    stage = school["campuses"][0]["sections"][0]["stage"]
    agreed = []
    for subject in some(draw, SUBJECTS):
        posts = int(draw.integers(min(2, left) + 1))
        agreed.append({"stage": stage, "subject": subject, "posts": posts})
        left -= posts
    graded, left = [], 9 if approved is None else approved
    for grade in some(draw, POST_GRADES) if chance(draw, 0.5) else ():
        posts = int(draw.integers(min(2, left) + 1))
        graded.append({"grade": grade, "posts": posts})
        left -= posts
    return school | {
        "campuses": [_campus(draw, c) for c in school["campuses"]],
        "quality": chance(draw, 0.4),
        "group": one(draw, ("G1", "G2", None, None)),
        "establishment": approved,
        "non_teaching_posts": int(approved is not None and approved > 0 and chance(draw, 0.3)),
        "agreed_posts": agreed,
        "graded_posts": graded,
    }


def _campus(draw: Draw, campus: dict[str, Any]) -> dict[str, Any]:
    section = dict(campus["sections"][0])
    if section["stage"] == "junior":
        section["classes"] = one(draw, SHAPES[:-1]) if chance(draw, 0.95) else SHAPES[-1]
        pupils = int(draw.integers(20, 200)) if sum(section["classes"]) else 0
        section |= {"pupils": pupils, "graduates": 0, "registered_graduates": 0}
        if pupils and chance(draw, 0.3):
            extra = {"subject": one(draw, SUBJECTS), "periods": int(draw.integers(1, 9))}
            section["extra_periods"] = (extra,)
    area = one(draw, AREAS) if chance(draw, 0.4) else campus["area_class"]
    return campus | {"sections": (section,), "area_class": area}


def _teacher(draw: Draw, id: str, staffed: Sequence[str], stages: dict[str, Any]) -> dict[str, Any]:
    stage = "primary" if chance(draw, 0.12) else "junior"
    near = [c for c in staffed if stages[c] == stage and c != "C7"]
    private = stage == "junior" and chance(draw, 0.05)
    campus = "C7" if private else one(draw, near)
    entered = int(draw.integers(1996, 2020))
    worked = entered - int(draw.integers(12))
    subject = one(draw, SUBJECTS)
    there = [c for c, s in stages.items() if s == stage]
    ends = one(draw, ("2020-07", "2020-07", "2021-07"))
    term = {"home": one(draw, near), "started": "2017-09", "ends": ends}
    return {
        "id": id,
        "name": id,
        "campus": campus,
        "stage": stage,
        "subject": subject,
        "certificates": [{"stage": "junior", "subject": one(draw, SUBJECTS)}]
        if chance(draw, 0.1)
        else [],
        "sex": one(draw, ("f", "m")),
        "born": f"{worked - int(draw.integers(17, 33))}-03",
        "entered_work": f"{worked}-08",
        "entered_school": f"{entered}-08",
        "title": one(draw, ("none", "first", "senior")),
        "degree": one(draw, get_args(Degree)[:4]),
        "honours": some(draw, HONOURS)[:2] if chance(draw, 0.7) else [],
        "role": one(draw, ("principal", "party_secretary")) if chance(draw, 0.2) else "teacher",
        "employment": "private"
        if private
        else ("reserve" if chance(draw, 0.05) else "establishment"),
        "status": one(draw, ("lent_out", "long_sick", "out_of_county"))
        if chance(draw, 0.1)
        else "in_post",
        "exemptions": [one(draw, get_args(Ground))] if chance(draw, 0.08) else [],
        "running_term": term | {"goes_on": chance(draw, 0.1)} if chance(draw, 0.2) else None,
        "points": None if chance(draw, 0.2) else int(draw.integers(3)),
        "graduating": chance(draw, 0.4),
        "volunteer": chance(draw, 0.4),
        "reduction": one(draw, (2, 4)) if chance(draw, 0.15) else 0,
        "preferences": some(draw, there, 1) if chance(draw, 0.3) else (),
        "pins": [_pin(draw, there)] if chance(draw, 0.15) else [],
    }


def _pin(draw: Draw, there: Sequence[str]) -> dict[str, Any]:
    kind = one(draw, ("goes", "stays", "not_to"))
    return {"kind": kind, "campus": None if kind == "stays" else one(draw, there)}


def _supply(draw: Draw) -> list[dict[str, Any]]:
    """Up to two offers, of the kinds that take up a post as often as of the others."""
    return [
        {
            "kind": one(draw, (*SUPPLY_KINDS, "hire")),
            "stage": "junior" if chance(draw, 0.9) else "primary",
            "subject": one(draw, SUBJECTS),
            "count": 1,
            "degree": one(draw, ("college", "bachelor")),
        }
        for _ in range(int(draw.integers(3)))
    ]


def _kinships(draw: Draw, ids: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"kind": kind, "between": tuple(draw.choice(ids, 2, replace=False).tolist())}
        for kind in ("couple", "relatives")
        if chance(draw, 0.7)
    ]


def _rounds(
    draw: Draw,
    teachers: Sequence[dict[str, Any]],
    stages: dict[str, Any],
    owner: dict[str, dict[str, Any]],
) -> list[dict[str, Any]]:
    """Results of a competition inside schools, and of one round of applications."""
    found: dict[str, list[dict[str, Any]]] = {"in_school": [], "application": []}
    for teacher in teachers:
        if chance(draw, 0.15):
            campus = one(draw, [c for c, s in stages.items() if s == teacher["stage"]])
            own = owner[campus]["id"] == owner[teacher["campus"]]["id"]
            kind = "in_school" if own else "application"
            entry = {"teacher": teacher["id"], "campus": campus}
            found[kind].append(entry | {"kind": one(draw, ("secondment", "transfer"))})
    return [
        {"id": f"R{n}", "name": kind, "kind": kind, "appointments": appointments}
        for n, (kind, appointments) in enumerate(found.items())
    ]
