"""A seeded county of the size of Cixi, from the plan's figures and invented schools."""

from __future__ import annotations

from collections.abc import Mapping

from numpy.random import PCG64, Generator

from allocator.county.county import County, place_id
from allocator.county.frozen import DataError, Problem
from allocator.county.people import Pin, Teacher
from allocator.county.places import Facilities, School, SchoolGroup
from allocator.county.service import RETIREMENT_2025, RetirementAge, ServiceTerms
from allocator.samples.decisions import POINTS, assign_homes, pin
from allocator.samples.establishment import POOL_SHARE, Posts, build_establishment
from allocator.samples.facilities import build_facilities
from allocator.samples.geography import SEAT, townships, travel, zones
from allocator.samples.honours import assign_honours
from allocator.samples.layout import lay_out, numeral
from allocator.samples.notes import notes
from allocator.samples.openings import due
from allocator.samples.past_quotas import build_past_quotas
from allocator.samples.people import build_people
from allocator.samples.posts import build_posts
from allocator.samples.reported import published_2020
from allocator.samples.roles import assign_exemptions, assign_reductions, assign_roles, assign_terms
from allocator.samples.rounds import hold_rounds
from allocator.samples.schools import build_schools
from allocator.samples.senior_highs import build_senior_highs
from allocator.samples.supply import build_supply
from allocator.samples.wishes import with_wishes

SMALLEST, LARGEST = 1500, 40000
"""Teachers a sample county may have."""
FIRST_YEAR, LAST_YEAR = 2015, 2035

_WISHES, _PAST = 6, 7
"""Streams of random numbers of the wishes and of past years, apart from the county's own."""

RETIREMENT_2020: tuple[RetirementAge, ...] = (
    RetirementAge(sex="m", born_from="1900-01", age_months=720),
    RetirementAge(sex="f", born_from="1900-01", age_months=660),
)
"""Retirement ages before the reform of 2025: men 60, women teachers 55."""


def generate_county(*, teachers: int = 8500, seed: int = 2020, year: int = 2020) -> County:
    """Make a sample county: 19 real townships, invented schools and numbered teachers.

    The same arguments give the same county on every run.

    Parameters
    ----------
    teachers
        Exact number of teachers, private schools included; the schools grow with it.
    seed
        Seed of the random numbers, zero or more.
    year
        The data are of June of this year. From 2025 on the new schools of the plan's Table 2
        that have ended by then stand in the county, without staff.

    Raises
    ------
    DataError
        If a number is out of range.

    """
    _check(teachers, seed, year)
    as_of = f"{year}-06"
    terms = ServiceTerms(retirement=RETIREMENT_2025 if year >= 2025 else RETIREMENT_2020)
    layout, sizes, numbers, persons, jobs, honours, rest, spread = Generator(PCG64(seed)).spawn(8)
    units = lay_out(teachers, layout)
    projects = due(year)
    schools, spots = build_schools(units, projects, teachers, sizes)
    opened = {s.name for s in schools if s.opened is not None}

    people = build_people(spots, build_posts(spots, teachers, numbers), year, persons)
    people = assign_roles(people, spots, as_of, jobs)
    people = assign_exemptions(people, terms, as_of, jobs)
    people = assign_terms(people, spots, year, jobs)
    people = assign_reductions(people, terms, as_of)
    people = assign_honours(people, spots, terms, as_of, honours)
    zone_of = {township: seat.zone for township, seat in SEAT.items()}
    people = assign_homes(people, spots, zone_of, rest)

    draft = County(
        name="慈溪市（示例数据）",
        as_of=as_of,
        notes=notes(teachers, seed, year, [p for p in projects if p.name in opened]),
        zones=zones(),
        groups=_groups(schools),
        townships=townships(),
        schools=tuple(schools),
        senior_highs=build_senior_highs(spots),
        reported=published_2020(),
        teachers=tuple(p.teacher for p in people),
        terms=terms,
        travel=travel(),
        points_table=POINTS,
    )
    pins = pin(draft, rest)
    facilities = build_facilities(draft, spread)
    posts = build_establishment(draft)
    finished = County(
        **{
            **{name: getattr(draft, name) for name in County.model_fields},
            "schools": tuple(_finished(s, facilities, posts) for s in draft.schools),
            "post_pool": round(POOL_SHARE * teachers),
            "teachers": tuple(_pinned(t, pins.get(t.id)) for t in draft.teachers),
            "past_quotas": build_past_quotas(draft, Generator(PCG64([seed, _PAST]))),
        }
    )
    supplied = finished.model_copy(update={"supply": build_supply(finished)})
    return hold_rounds(with_wishes(supplied, Generator(PCG64([seed, _WISHES]))))


def _check(teachers: int, seed: int, year: int) -> None:
    """Refuse numbers outside the range, all at once."""
    asked = (
        ("teachers", teachers, SMALLEST, LARGEST),
        ("seed", seed, 0, 2**63 - 1),
        ("year", year, FIRST_YEAR, LAST_YEAR),
    )
    problems = tuple(
        Problem(
            name,
            "{value} is out of range: choose a whole number from {low} to {high}",
            {"value": value, "low": low, "high": high},
        )
        for name, value, low, high in asked
        if not low <= value <= high
    )
    if problems:
        raise DataError(problems)


def _groups(schools: list[School]) -> tuple[SchoolGroup, ...]:
    """The school groups that schools belong to."""
    names = sorted({s.group for s in schools if s.group is not None})
    return tuple(SchoolGroup(id=g, name=f"示例{numeral(int(g[1:]))}教育集团") for g in names)


def _finished(
    school: School, facilities: dict[str, Facilities], posts: Mapping[str, Posts]
) -> School:
    """The school with its facilities, and with its posts where it is public."""
    if school.opened is not None:
        return school
    campuses = tuple(
        c.model_copy(
            update={
                "sections": tuple(
                    s.model_copy(update={"facilities": facilities[place_id(c.id, s.stage)]})
                    for s in c.sections
                )
            }
        )
        for c in school.campuses
    )
    return school.model_copy(update={"campuses": campuses, **posts.get(school.id, {})})


def _pinned(teacher: Teacher, decided: Pin | None) -> Teacher:
    return teacher if decided is None else teacher.model_copy(update={"pins": (decided,)})
