"""The bureau's points table: who of several teachers alike goes first."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from allocator.county.frozen import Exact, Frozen
from allocator.county.people import HONOURS, Teacher
from allocator.county.service import years_between

if TYPE_CHECKING:
    from allocator.county.county import County

Points = Annotated[Exact, Field(ge=0)]
"""Points, zero or more, exact."""


class TitlePoints(Frozen):
    """Points for the professional title held (职称)."""

    none: Points = Decimal(0)
    third: Points = Decimal(0)
    second: Points = Decimal(0)
    first: Points = Decimal(0)
    senior: Points = Decimal(0)
    professor: Points = Decimal(0)


class HonourPoints(Frozen):
    """Points for the highest honour held (荣誉称号); a person counts once."""

    county_rising: Points = Decimal(0)
    county_backbone: Points = Decimal(0)
    county_famous: Points = Decimal(0)
    city_backbone: Points = Decimal(0)
    city_famous: Points = Decimal(0)
    province_special: Points = Decimal(0)


class RolePoints(Frozen):
    """Points for a job at the school: class teacher (班主任), middle manager (中层干部)."""

    class_teacher: Points = Decimal(0)
    middle_manager: Points = Decimal(0)


class PointsTable(Frozen):
    """The points table (积分表): what counts, and how much. Years are whole, at ``as_of``.

    The default, one point for each year at the school and nothing else, is invented: it puts the
    longest service first. A bureau enters its own table.
    """

    per_year_at_school: Points = Decimal(1)
    per_year_of_service: Points = Decimal(0)
    """For each year since starting work."""
    per_rural_year: Points = Decimal(0)
    """For each year served in rural schools."""
    titles: TitlePoints = TitlePoints()
    honours: HonourPoints = HonourPoints()
    roles: RolePoints = RolePoints()

    def points(self, teacher: Teacher, as_of: str) -> Decimal:
        """Points of a teacher by this table alone."""
        title: Decimal = getattr(self.titles, teacher.title)
        highest = HONOURS[teacher.rank - 1] if teacher.rank else ""
        honour: Decimal = getattr(self.honours, highest, _NONE)
        role: Decimal = getattr(self.roles, teacher.role, _NONE)
        return (
            self.per_year_at_school * years_between(teacher.entered_school, as_of)
            + self.per_year_of_service * years_between(teacher.entered_work, as_of)
            + self.per_rural_year * teacher.rural_years
            + title
            + honour
            + role
        )


_NONE = Decimal(0)


def points_of(county: County, teacher: Teacher) -> Decimal:
    """Points of a teacher: as the bureau counted them, else by the county's table."""
    if teacher.points is not None:
        return teacher.points
    return county.points_table.points(teacher, county.as_of)
