"""Variations of the toy county, plans of it, and what a rule reads in them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from allocator.county.county import County
from allocator.county.decisions import MoveKind
from allocator.county.plan import Move, Plan
from allocator.modelling import Reading
from allocator.samples.toy import toy_county
from allocator.solving.program import shortfalls
from allocator.staffing.groups import group
from allocator.staffing.model import asking, build
from allocator.staffing.placement import Placement, placement
from allocator.staffing.rule import StaffingRule
from tests.staffing.plans import ORDER, TERMS, configured

TOY = toy_county()
T = "T{:05d}".format


# Variations of the toy county


def varied(
    people: dict[int, dict[str, Any]] | None = None,
    sections: dict[int, dict[str, Any]] | None = None,
    schools: dict[int, dict[str, Any]] | None = None,
    **more: Any,
) -> County:
    """The toy county with some teachers, first sections and schools changed, by number."""
    data = TOY.model_dump() | more
    for n, changes in (people or {}).items():
        data["teachers"][n - 1].update(changes)
    for n, changes in (sections or {}).items():
        data["schools"][n - 1]["campuses"][0]["sections"][0].update(changes)
    for n, changes in (schools or {}).items():
        data["schools"][n - 1].update(changes)
    return County.model_validate(data)


def ends_this_year(homes: dict[int, str]) -> County:
    """The toy county where the terms of some teachers end in summer, by number -> home campus."""
    return varied(
        {
            n: {"running_term": {"home": home, "started": "2017-09", "ends": "2020-08"}}
            for n, home in homes.items()
        }
    )


def two_campuses() -> County:
    """S1 has a second campus C8 in the eastern town T3, with 60 pupils, outside its zone."""
    data = TOY.model_dump()
    section = data["schools"][0]["campuses"][0]["sections"][0]
    east = data["schools"][3]["campuses"][0]
    there = section | {"pupils": 60, "graduates": 0, "registered_graduates": 0}
    data["schools"][0]["campuses"] += (east | {"id": "C8", "name": "东", "sections": (there,)},)
    return County.model_validate(data)


def opening() -> County:
    """A new junior high S8 at C8 in the western town T2, without staff."""
    data = TOY.model_dump()
    new = data["schools"][1] | {"id": "S8", "opened": "2020-09"}
    new["campuses"] = (new["campuses"][0] | {"id": "C8"},)
    data["schools"] += (new,)
    return County.model_validate(data)


def posted() -> County:
    """A new junior high S8 with two agreed posts, and three hires of the year.

    It is approved one post, of the lowest grade, and may draw one more from the county's pool.
    """
    data = opening().model_dump()
    agreed = [{"stage": "junior", "subject": s, "posts": 1} for s in ("chinese", "music")]
    grades = [{"grade": "junior", "posts": 1}]
    new = {"establishment": 1, "agreed_posts": agreed, "graded_posts": grades}
    data["schools"] = (*data["schools"][:-1], data["schools"][-1] | new)
    data["supply"] = (
        {"kind": "hire", "stage": "junior", "subject": "music", "count": 2},
        {"kind": "hire", "stage": "primary", "subject": "maths", "count": 1},
        {"kind": "reserve", "stage": "junior", "subject": "maths", "count": 1},
    )
    return County.model_validate(data)


def without_posts() -> County:
    """A new junior high S8 that is approved no post, and a county whose pool is empty."""
    data = opening().model_dump() | {"post_pool": 0}
    data["schools"] = (*data["schools"][:-1], data["schools"][-1] | {"establishment": 0})
    return County.model_validate(data)


def heads(first: str | None = None, second: str | None = None) -> County:
    """Two principals, T3 of S1 since 2008 and T12 of S4 since 2017, each perhaps pinned to go."""
    pins = [({"kind": "goes", "campus": c},) if c else () for c in (first, second)]
    return varied(
        {
            3: {"entered_school": "2008-08", "pins": pins[0]},
            12: {"role": "principal", "pins": pins[1]},
        }
    )


def grouped() -> County:
    """S1 in the west and S4 in the east form a school group G1, S2 alone a group G2."""
    groups = ({"id": "G1", "name": "示例一集团"}, {"id": "G2", "name": "示例二集团"})
    members = {1: {"group": "G1"}, 4: {"group": "G1"}, 2: {"group": "G2"}}
    return varied(schools=members, groups=groups)


def crowd(number: int) -> County:
    """The toy county where S1 has so many eligible teachers and the rest of the county none."""
    data = TOY.model_dump()
    one = data["teachers"][7] | {"campus": "C1"}
    data["teachers"] = tuple(one | {"id": T(n)} for n in range(1, number + 1))
    return County.model_validate(data)


# Plans and what a rule reads in them


def plan_of(county: County, moves: dict[int, str], ground: str = "exchange") -> Plan:
    """Teachers by number -> campus they go to, at the stage they teach."""
    found = []
    for n, campus in moves.items():
        teacher = county.teacher[T(n)]
        found.append(
            Move(
                teacher=teacher.id,
                origin=county.home(teacher).id,
                destination=f"{campus}.{teacher.stage}",
                kind=_kind(county, f"{campus}.{teacher.stage}"),
                ground=ground,
                start="2020-09",
            )
        )
    return Plan(moves=tuple(found))


def _kind(county: County, place: str) -> MoveKind:
    return TERMS.opening_kind if county.opens(county.places[place].school) else "secondment"


def seen(county: County, moves: dict[int, str], ground: str = "exchange") -> Placement:
    return placement(county, plan_of(county, moves, ground))


def readings(
    rule: StaffingRule, county: County, moves: dict[int, str], ground: str = "exchange"
) -> dict[str, Reading]:
    return {r.where: r for r in rule.readings(county, seen(county, moves, ground))}


def short(rule: StaffingRule, county: County, moves: dict[int, str]) -> dict[str, float]:
    """Place -> shortfall, where there is one, said alike by readings and by rows."""
    read = {w: r.shortfall for w, r in readings(rule, county, moves).items() if not r.kept}
    assert slack(rule, county, moves) == pytest.approx(read, abs=1e-6)
    return read


def slack(rule: StaffingRule, county: County, moves: dict[int, str]) -> dict[str, float]:
    """The least slack of each row that needs some, with the columns fixed to the moves."""
    one = configured(rule, firmness="should")
    allocation = build(county, one, ORDER, TERMS)
    alike = group(county, asking(one, TERMS))
    first = {t.id: members[0].id for members in alike.members for t in members}
    levels = np.zeros(len(allocation.names))
    for move in plan_of(county, moves).moves:
        name = f"{move.kind}[{first[move.teacher]},{move.destination}]"
        levels[allocation.names.index(name)] += 1
    found = shortfalls(allocation.rules[0].rows, levels)
    return {where: value for where, value in found.items() if value}


def refuses(rule: StaffingRule, county: County, teacher: int, campus: str) -> bool:
    """Whether a lock says no: the move is read as broken and under MUST has no column."""
    key = county.teacher[T(teacher)]
    alike = group(county, [rule])
    who = next(
        w for w in alike.seen_by(rule.name) if key.id in {t.id for t in alike.members[w.number]}
    )
    answer = not rule.admits(county, who, county.places[f"{campus}.{key.stage}"])
    broken = [r for r in readings(rule, county, {teacher: campus}).values() if not r.kept]
    assert bool(broken) == answer
    return answer
