"""Couples, relatives, objections, volunteers and graduating grades of a county. All invented."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from allocator.county.county import County
from allocator.county.decisions import Kinship, Veto
from allocator.county.people import Teacher
from allocator.samples.layout import STANDARD
from allocator.samples.shares import draw_order

COUPLES, RELATIVES, OBJECTING = 30, 6, 10
"""Couples, pairs of relatives, and schools with objections in the standard county (invented)."""
OBJECTIONS = 4
"""Most objections of one school; the least is one."""
VOLUNTEER_SHARE = 0.03
"""Share of public staff on establishment who ask to be exchanged (invented)."""
_YEARS_APART = 8
"""Most years between a couple's births."""
_GRADUATING = 9
"""The grade that is graduating."""


def with_wishes(county: County, rng: np.random.Generator) -> County:
    """The county with what people wish and schools object to; nothing else is changed.

    Nobody who is pinned is kin to anybody or objected to, so that every pin can be carried out.
    """
    staff = [
        t
        for t in county.teacher.values()
        if t.employment == "establishment" and t.status == "in_post"
    ]
    free = [t for t in staff if not t.pins and t.role in ("teacher", "class_teacher")]
    couples = _couples(county, free, rng)
    taken = {t for kin in couples for t in kin.between}
    relatives = _relatives(county, [t for t in free if t.id not in taken], rng)
    vetoes = _vetoes(county, free, rng)
    order = draw_order([1.0] * len(staff), rng)
    volunteers = {staff[n].id for n in order[: round(VOLUNTEER_SHARE * len(staff))]}
    graduating = _graduating(county, staff, rng)
    update: dict[str, Any] = {
        "kinships": tuple(sorted((*couples, *relatives), key=lambda k: (k.kind, k.id))),
        "schools": tuple(
            s.model_copy(update={"vetoes": vetoes[s.id]}) if s.id in vetoes else s
            for s in county.schools
        ),
        "teachers": tuple(
            t.model_copy(update={"volunteer": t.id in volunteers, "graduating": t.id in graduating})
            for t in county.teachers
        ),
    }
    return County(**{**{name: getattr(county, name) for name in County.model_fields}, **update})


def _scaled(number: int, county: County) -> int:
    """So many as in the standard county, in proportion to the teachers, at least one."""
    return max(1, round(number * len(county.teachers) / STANDARD))


def _couples(county: County, free: Sequence[Teacher], rng: np.random.Generator) -> list[Kinship]:
    """A man and a woman of about the same age, wherever they serve."""
    order = [free[n] for n in draw_order([1.0] * len(free), rng)]
    men = [t for t in order if t.sex == "m"]
    found: list[Kinship] = []
    for woman in (t for t in order if t.sex == "f"):
        if len(found) == _scaled(COUPLES, county):
            break
        year = int(woman.born[:4])
        man = next((m for m in men if abs(int(m.born[:4]) - year) <= _YEARS_APART), None)
        if man is not None:
            men.remove(man)
            found.append(Kinship(kind="couple", between=(woman.id, man.id)))
    return found


def _relatives(county: County, free: Sequence[Teacher], rng: np.random.Generator) -> list[Kinship]:
    """Two teachers at different schools of one zone."""
    order = [free[n] for n in draw_order([1.0] * len(free), rng)]
    found: list[Kinship] = []
    while order and len(found) < _scaled(RELATIVES, county):
        first = order.pop(0)
        home = county.home(first)
        second = next(
            (
                t
                for t in order
                if county.home(t).zone == home.zone and county.home(t).school.id != home.school.id
            ),
            None,
        )
        if second is not None:
            order.remove(second)
            found.append(Kinship(kind="relatives", between=(first.id, second.id)))
    return found


def _vetoes(
    county: County, free: Sequence[Teacher], rng: np.random.Generator
) -> Mapping[str, tuple[Veto, ...]]:
    """Quality schools would rather not lose backbone teachers, nor receive some from nearby."""
    strong = [s for s in county.school.values() if s.quality and not s.private]
    chosen = [strong[n] for n in draw_order([1.0] * len(strong), rng)]
    own: dict[str, list[Teacher]] = defaultdict(list)
    zone: dict[str, list[Teacher]] = defaultdict(list)
    for teacher in free:
        if county.standings[teacher.id].movable:
            home = county.home(teacher)
            if teacher.backbone:
                own[home.school.id].append(teacher)
            else:
                zone[home.zone].append(teacher)
    found = {}
    for school in chosen[: _scaled(OBJECTING, county)]:
        number = int(rng.integers(1, OBJECTIONS + 1))
        backbone = own[school.id]
        stays = [backbone[n].id for n in draw_order([1.0] * len(backbone), rng)[:number]]
        listed = [Veto(teacher=t, against="leaving", reason="示例：学科骨干") for t in stays]
        near = [
            t
            for t in zone[county.places_of_school[school.id][0].zone]
            if county.home(t).school.id != school.id
        ]
        other = near[int(rng.integers(0, len(near)))] if near else None
        if other is not None and (number == OBJECTIONS or not listed):
            entry = Veto(teacher=other.id, against="arriving", reason="示例：学科已满")
            listed = [*listed[: OBJECTIONS - 1], entry]
        if listed:
            found[school.id] = tuple(listed)
    return found


def _graduating(
    county: County, staff: Sequence[Teacher], rng: np.random.Generator
) -> frozenset[str]:
    """Of each subject at a junior section, grade 9's share of the classes teaches there."""
    teach: dict[tuple[str, str], list[str]] = defaultdict(list)
    for teacher in staff:
        if teacher.stage == "junior" and teacher.role != "principal":
            teach[county.home(teacher).id, teacher.subject].append(teacher.id)
    found: set[str] = set()
    for (place, subject), people in sorted(teach.items()):
        classes = county.places[place].section.classes
        if county.subject[subject].periods[_GRADUATING - 1] and sum(classes):
            number = round(len(people) * classes[-1] / sum(classes))
            found |= {people[n] for n in draw_order([1.0] * len(people), rng)[:number]}
    return frozenset(found)
