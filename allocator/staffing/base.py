"""What several rules count against: the rate base, the schools that take part."""

from __future__ import annotations

from typing import Literal

from allocator.county.county import County, Place
from allocator.county.people import Teacher
from allocator.county.places import School
from allocator.modelling import Text

RateBase = Literal["eligible", "free", "all"]
BASE_CHOICES: tuple[tuple[RateBase, Text], ...] = (
    ("eligible", Text("符合交流条件教师", "eligible")),
    ("free", Text("符合交流条件且无暂缓情形教师", "eligible and not exempt")),
    ("all", Text("全体在编在岗教师", "on establishment and in post")),
)


def in_base(county: County, teacher: Teacher, base: RateBase) -> bool:
    """Whether a teacher belongs to the base of a rate, as things stand before any move."""
    standing = county.standings[teacher.id]
    if base == "eligible":
        return standing.eligible
    if base == "free":
        return standing.status == "due"
    return teacher.employment == "establishment" and teacher.status == "in_post"


def appointed(county: County, teacher: Teacher) -> str | None:
    """The campus a round appointed a teacher to; None where no round did."""
    result = county.appointed.get(teacher.id)
    return None if result is None else result.campus


def urban(places: tuple[Place, ...]) -> bool:
    """Whether a school, given by its sections, lies in the urban area with any campus."""
    return any(p.area_class == "urban" for p in places)


def public_schools(county: County) -> list[tuple[School, tuple[Place, ...]]]:
    """Every public school with its sections, sorted by id."""
    return [
        (county.school[s], places)
        for s, places in county.places_of_school.items()
        if not county.school[s].private
    ]
