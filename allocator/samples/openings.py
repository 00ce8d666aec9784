"""The new compulsory-stage schools of the plan's Table 2, with the plan's facts and no others."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.county.places import GRADES, Campus, School, Section, Stage
from allocator.samples.geography import SEAT


@dataclass(frozen=True)
class Project:
    """A project of Table 2 whose nature is 新建 and whose size is given in classes and pupils.

    Number, name, classes, pupils and end year are the plan's. Where the name does not say the
    township, or the table does not say the stages, these are assumptions and marked so.
    """

    number: int
    name: str
    classes: int
    pupils: int
    ends: int
    township: str
    stages: tuple[Stage, ...]
    township_assumed: bool = True
    stages_assumed: bool = False


_BOTH: tuple[Stage, ...] = ("primary", "junior")

PROJECTS: tuple[Project, ...] = (
    Project(6, "慈溪市第四实验小学西校区", 36, 1620, 2024, "gutang", ("primary",)),
    Project(8, "新城河区块九年一贯制学校", 54, 2430, 2024, "baishalu", _BOTH),
    Project(9, "城西九年一贯制学校", 54, 2430, 2024, "zonghan", _BOTH),
    Project(10, "新潮塘文锦书院西校区", 72, 3240, 2024, "kandun", _BOTH, stages_assumed=True),
    Project(12, "前湾创新城九年一贯制学校", 54, 2430, 2025, "andong", _BOTH),
    Project(15, "胜西九年一贯制学校", 45, 2025, 2025, "shengshan", _BOTH),
    Project(18, "周巷前湾学校", 54, 2430, 2025, "zhouxiang", _BOTH, False, stages_assumed=True),
    Project(22, "龙山镇新城小学", 36, 1620, 2024, "longshan", ("primary",), False),
)
"""Plan, Table 2, 义务段教育, 项目性质 新建. Number 7 is left out: the table gives it no classes and
no pupils. Extensions (扩建) and moves (迁建) create no school."""

TABLE_YEAR = 2025
"""From this year on the projects that have ended stand in the county."""


def due(year: int) -> tuple[Project, ...]:
    """The projects that are open by a year, none before 2025."""
    return tuple(p for p in PROJECTS if year >= TABLE_YEAR and p.ends <= year)


def sections(project: Project) -> tuple[Section, ...]:
    """Its sections: the same number of classes in every grade, pupils in proportion.

    A school that has just opened has no graduates.
    """
    grades = sum(len(GRADES[s]) for s in project.stages)
    found = []
    left = project.pupils
    for n, stage in enumerate(project.stages, start=1):
        own = len(GRADES[stage])
        last = n == len(project.stages)
        pupils = left if last else project.pupils * own // grades
        left -= pupils
        found.append(
            Section(stage=stage, classes=(project.classes // grades,) * own, pupils=pupils)
        )
    return tuple(found)


def school(project: Project) -> School:
    """The school as it opens: the plan's name, classes and pupils, at the seat, without staff."""
    seat = SEAT[project.township]
    return School(
        id=f"N{project.number:02d}",
        name=project.name,
        campuses=(
            Campus(
                id=f"CN{project.number:02d}",
                name=project.name,
                township=seat.id,
                latitude=seat.latitude,
                longitude=seat.longitude,
                sections=sections(project),
            ),
        ),
        opened=f"{project.ends}-09",
    )
