"""Classes, pupils, graduates: from the layout to schools, sized so that the staff fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from allocator.county.curriculum import ZHEJIANG_2023, demand
from allocator.county.places import GRADES, AreaClass, Campus, School, Section, Stage
from allocator.samples.geography import SEAT, scatter
from allocator.samples.layout import Kind, Unit
from allocator.samples.openings import Project, school
from allocator.samples.shares import bisect

STAFF_PER_NEED = 1.18
"""Teachers of the county divided by the full-time posts its periods need (invented; a few of the
teachers are not in post)."""
OPENINGS_AT_MOST = 0.12
"""Share of the county's need that schools opening without staff may make up (invented)."""

_BASE: Mapping[tuple[Kind, Stage], tuple[float, float]] = {
    ("urban", "primary"): (25, 46),
    ("seat", "primary"): (20, 33),
    ("rural", "primary"): (11, 18),
    ("small", "primary"): (6, 9),
    ("urban", "junior"): (22, 40),
    ("seat", "junior"): (16, 28),
    ("rural", "junior"): (10, 18),
}
"""Least and most classes of a section in the standard county, before scaling (invented)."""
_PRIVATE_BASE = (12.0, 24.0)
_CLASS_SIZE: Mapping[Kind, tuple[float, float]] = {
    "urban": (38.5, 42.5),
    "seat": (36.0, 39.5),
    "rural": (31.0, 36.5),
    "small": (28.0, 33.0),
}
"""Pupils a class (invented; the plan's new schools have 45)."""
_AREA: Mapping[Kind, AreaClass] = {
    "urban": "urban",
    "seat": "township_seat",
    "rural": "rural",
    "small": "rural",
}


@dataclass(frozen=True)
class Spot:
    """A section with what the generator knows of it and the data model does not say."""

    school: str
    campus: str
    township: str
    section: Section
    kind: Kind
    private: bool = False
    quality: bool = False
    town: bool = False
    """Whether it lies in one of the 14 towns."""
    main: bool = True
    """Whether it belongs to the main campus."""
    opening: bool = False
    standing: float = 0.0
    """How strong the school is among its kind: best above 1, weakest below -1 (invented)."""

    @property
    def stage(self) -> Stage:
        """The stage taught."""
        return self.section.stage

    @cached_property
    def need(self) -> dict[str, float]:
        """Full-time posts its periods need, by subject."""
        periods = demand(self.section, ZHEJIANG_2023)
        return {s.id: periods[s.id] / s.load(self.stage) for s in ZHEJIANG_2023 if s.id in periods}


@dataclass(frozen=True)
class _Size:
    """Draws that stay the same while the county is scaled."""

    base: float
    pupils_a_class: float
    leaving: float
    registered: float
    standing: float


def _classes(kind: Kind, stage: Stage, base: float, factor: float) -> tuple[int, ...]:
    """Classes of each grade; the lowest grades take what does not divide evenly."""
    grades = len(GRADES[stage])
    total = max(grades, round(base if kind == "small" else base * factor))
    every, more = divmod(total, grades)
    return tuple(every + (n < more) for n in range(grades))


def _section(kind: Kind, stage: Stage, size: _Size, factor: float) -> Section:
    classes = _classes(kind, stage, size.base, factor)
    pupils = round(sum(classes) * size.pupils_a_class)
    if stage == "primary":
        return Section(stage=stage, classes=classes, pupils=pupils)
    graduates = round(pupils * classes[-1] / sum(classes) * size.leaving)
    return Section(
        stage=stage,
        classes=classes,
        pupils=pupils,
        graduates=graduates,
        registered_graduates=round(graduates * size.registered),
    )


def _size(unit: Unit, kind: Kind, stage: Stage, rng: np.random.Generator) -> _Size:
    low, high = _PRIVATE_BASE if unit.private else _BASE[kind, stage]
    level = {"urban": 0.3, "seat": 0.0, "rural": -0.4, "small": -0.8}[kind]
    return _Size(
        base=float(rng.uniform(low, high)),
        pupils_a_class=float(rng.uniform(*_CLASS_SIZE[kind])),
        leaving=float(rng.uniform(0.97, 1.02)),
        registered=float(rng.uniform(0.90 if kind == "urban" else 0.88, 1.0)),
        standing=level + 0.7 * unit.quality - 0.3 * unit.weak + float(rng.normal(0, 0.3)),
    )


def needed(spots: list[Spot]) -> float:
    """Full-time posts that the periods of sections need."""
    return sum(sum(s.need.values()) for s in spots)


def _fitting(projects: tuple[Project, ...], most: float) -> list[Project]:
    """The projects in the plan's order, as long as their need stays within a limit."""
    found: list[Project] = []
    for project in projects:
        if (
            needed(_spots_of(school(project), "urban", opening=True))
            + sum(needed(_spots_of(school(p), "urban", opening=True)) for p in found)
            <= most
        ):
            found.append(project)
    return found


def _spots_of(unit: School, kind: Kind, *, opening: bool) -> list[Spot]:
    return [
        Spot(
            unit.id,
            c.id,
            c.township,
            section,
            kind,
            town=not SEAT[c.township].urban,
            opening=opening,
        )
        for c in unit.campuses
        for section in c.sections
    ]


def build_schools(
    units: list[Unit], projects: tuple[Project, ...], teachers: int, rng: np.random.Generator
) -> tuple[list[School], list[Spot]]:
    """The schools and their sections, scaled so that the staff exceeds the need as it should.

    Schools of the plan come last. They open in the plan's order as long as the county is large
    enough to staff them.
    """
    opened = [school(p) for p in _fitting(projects, OPENINGS_AT_MOST * teachers / STAFF_PER_NEED)]
    new = [s for unit in opened for s in _spots_of(unit, "urban", opening=True)]
    target = teachers / STAFF_PER_NEED - needed(new)
    sizes = {
        (u, c, stage): _size(unit, site.kind, stage, rng)
        for u, unit in enumerate(units)
        for c, site in enumerate(unit.sites)
        for stage in site.stages
    }
    points = {
        (u, c): scatter(site.seat, _AREA[site.kind], rng)
        for u, unit in enumerate(units)
        for c, site in enumerate(unit.sites)
    }
    factor = bisect(lambda f: needed(_built(units, sizes, points, f)[1]), target, 0.1, 4.0)
    schools, spots = _built(units, sizes, points, factor)
    return schools + opened, spots + new


def _built(
    units: list[Unit],
    sizes: Mapping[tuple[int, int, Stage], _Size],
    points: Mapping[tuple[int, int], tuple[float, float]],
    factor: float,
) -> tuple[list[School], list[Spot]]:
    schools: list[School] = []
    spots: list[Spot] = []
    campus_number = 0
    for u, unit in enumerate(units):
        campuses = []
        for c, site in enumerate(unit.sites):
            campus_number += 1
            area = _AREA[site.kind]
            sections = tuple(
                _section(site.kind, stage, sizes[u, c, stage], factor) for stage in site.stages
            )
            campus = Campus(
                id=f"C{campus_number:03d}",
                name=unit.name + (("本部", "分校区")[c] if len(unit.sites) > 1 else ""),
                township=site.seat.id,
                area_class="rural" if area == "rural" else None,
                latitude=points[u, c][0],
                longitude=points[u, c][1],
                sections=sections,
            )
            campuses.append(campus)
            spots += [
                Spot(
                    school=f"S{u + 1:03d}",
                    campus=campus.id,
                    township=site.seat.id,
                    section=section,
                    kind=site.kind,
                    private=unit.private,
                    quality=unit.quality,
                    town=not site.seat.urban,
                    main=c == 0,
                    standing=sizes[u, c, section.stage].standing,
                )
                for section in sections
            ]
        schools.append(
            School(
                id=f"S{u + 1:03d}",
                name=unit.name,
                campuses=tuple(campuses),
                private=unit.private,
                quality=unit.quality,
                weak=unit.weak,
                group=unit.group,
            )
        )
    return schools, spots
