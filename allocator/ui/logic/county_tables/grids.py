"""All tables of the county page by group. A new table adds one entry here."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.modelling import Text
from allocator.scenario import Scenario
from allocator.ui.logic.county_tables.agreed import (
    APPOINTMENTS_GRID,
    KINSHIPS_GRID,
    PINS_GRID,
    RANKINGS_GRID,
    ROUNDS_GRID,
    SUPPLY_GRID,
    TIES_GRID,
    VETOES_GRID,
)
from allocator.ui.logic.county_tables.grid import Grid
from allocator.ui.logic.county_tables.people import ELIGIBILITY_GRID, TEACHERS_GRID
from allocator.ui.logic.county_tables.places import (
    GROUPS_GRID,
    ROADS_GRID,
    SUBJECTS_GRID,
    TIMES_GRID,
    TOWNSHIPS_GRID,
    ZONES_GRID,
)
from allocator.ui.logic.county_tables.posts import POSTS_GRID
from allocator.ui.logic.county_tables.quotas import (
    FIGURES_GRID,
    GRADUATES_GRID,
    LOTS_GRID,
    PAST_GRID,
    POOLS_GRID,
    QUOTA_PINS_GRID,
    SENIOR_HIGHS_GRID,
)
from allocator.ui.logic.county_tables.schools import (
    CAMPUSES_GRID,
    SCHOOLS_GRID,
    SECTIONS_GRID,
)
from allocator.ui.logic.county_tables.terms import (
    CERTIFICATES_GRID,
    EXTRA_PERIODS_GRID,
    REPORTED_GRID,
    RETIREMENT_GRID,
)


@dataclass(frozen=True)
class Group:
    """Tables that stand together."""

    code: str
    title: Text
    grids: tuple[Grid, ...]


GROUPS: tuple[Group, ...] = (
    Group("people", Text("岗位与教师", "Posts and teachers"), (
        POSTS_GRID, TEACHERS_GRID, ELIGIBILITY_GRID, CERTIFICATES_GRID, RETIREMENT_GRID)),
    Group("agreed", Text("轮次与约定", "Rounds and agreements"), (
        ROUNDS_GRID, APPOINTMENTS_GRID, RANKINGS_GRID, PINS_GRID, VETOES_GRID, KINSHIPS_GRID,
        TIES_GRID, SUPPLY_GRID)),
    Group("schools", Text("学校", "Schools"), (
        SCHOOLS_GRID, CAMPUSES_GRID, SECTIONS_GRID, EXTRA_PERIODS_GRID)),
    Group("admission", Text("高中与名额", "Senior highs and quotas"), (
        SENIOR_HIGHS_GRID, GRADUATES_GRID, FIGURES_GRID, POOLS_GRID, PAST_GRID, LOTS_GRID,
        QUOTA_PINS_GRID)),
    Group("places", Text("区划、课程与路程", "Places, periods, travel"), (
        TOWNSHIPS_GRID, ZONES_GRID, GROUPS_GRID, SUBJECTS_GRID, ROADS_GRID, TIMES_GRID,
        REPORTED_GRID)),
)  # fmt: skip
GRIDS: tuple[Grid, ...] = tuple(grid for group in GROUPS for grid in group.grids)


def grid(name: str) -> Grid:
    """The table of a name."""
    return next(g for g in GRIDS if g.name == name)


def shown_for(scenario: Scenario) -> tuple[Group, ...]:
    """The groups a scenario has something to say of; without teachers none that is about them."""
    found = []
    for group in GROUPS:
        grids = tuple(g for g in group.grids if g.part is None or g.part in scenario.parts)
        if grids:
            found.append(Group(group.code, group.title, grids))
    return tuple(found)
