"""What coverage is counted against: the periods on the timetable, or the posts agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from allocator.county.county import County, Place
from allocator.county.people import Teacher
from allocator.county.places import Stage
from allocator.county.posts import demand_in_posts
from allocator.modelling import Text

CoverageBy = Literal["periods", "posts"]
"""By weekly periods (课时), or by agreed posts as posts x load (定编定岗)."""

COVERAGE_CHOICES: tuple[tuple[CoverageBy, Text], ...] = (
    ("periods", Text("课时", "periods")),
    ("posts", Text("核定岗位", "agreed posts")),
)


def need(county: County, by: CoverageBy) -> Mapping[str, Mapping[str, int]]:
    """Weekly periods by section and subject that coverage is counted against."""
    if by == "posts":
        return demand_in_posts(county)
    return {place.id: place.demand for place in county.places.values()}


def cells(county: County, by: CoverageBy) -> Iterator[tuple[Place, str, int]]:
    """Every public section and subject with the periods needed there."""
    needed = need(county, by)
    for place in county.places.values():
        if not place.school.private:
            for subject, periods in needed[place.id].items():
                yield place, subject, periods


def gives(county: County, teacher: Teacher, stage: Stage) -> int:
    """Weekly periods a teacher gives in the own subject, reductions of the person taken off."""
    return county.subject[teacher.subject].load(stage) - teacher.reduction


def second_subjects(teacher: Teacher) -> tuple[str, ...]:
    """Other subjects a teacher gives at the stage taught: listed, and certified for.

    Whose certificates are not listed is taken at the word of the roster.
    """
    return tuple(
        subject
        for subject in sorted(set(teacher.also_teaches) - {teacher.subject})
        if not teacher.certificates or teacher.certified(teacher.stage, subject)
    )
