"""People: teachers with what a placement may depend on, and nothing more."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from allocator.county.frozen import Exact, Frozen, Identifier, Month, Whole
from allocator.county.places import PostGrade, Stage

Honour = Literal[
    "county_rising",
    "county_backbone",
    "county_famous",
    "city_backbone",
    "city_famous",
    "province_special",
]
"""Honours from low to high: 教坛新秀, 县级骨干, 县级名师, 市骨干, 市名师名校长, 省特级教师."""

HONOURS: tuple[Honour, ...] = (
    "county_rising",
    "county_backbone",
    "county_famous",
    "city_backbone",
    "city_famous",
    "province_special",
)

Degree = Literal["secondary", "college", "bachelor", "master", "doctor"]
"""Degrees from low to high: 中专/高中, 专科, 本科, 硕士研究生, 博士研究生."""

DEGREES: tuple[Degree, ...] = ("secondary", "college", "bachelor", "master", "doctor")

Ground = Literal["maternity", "medical", "near_retirement", "service_contract", "flagship"]
"""Ground codes of exemption: 孕哺期, 医疗, 临退, 服务期, 特色项目. Details never enter."""


class Certificate(Frozen):
    """A teaching certificate: one subject at one stage."""

    stage: Stage
    subject: Identifier


class RunningTerm(Frozen):
    """An earlier secondment that still runs; the right of return is to ``home``."""

    home: Identifier
    """The campus the teacher belongs to."""
    started: Month
    ends: Month
    goes_on: bool = False
    """Whether the term goes on after ``ends``: nobody returns then."""


class Pin(Frozen):
    """A decision made beforehand about one teacher (指定)."""

    kind: Literal["goes", "stays", "not_to"]
    campus: Identifier | None = None
    """The campus meant; None only with ``stays``."""
    reason: str = ""


class Teacher(Frozen):
    """A teacher (教师) in the county's roster."""

    id: Identifier
    name: str
    campus: Identifier
    stage: Stage
    subject: Identifier
    """The subject taught most."""
    also_teaches: tuple[Identifier, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    """Empty means: certified for the subject and stage taught."""
    sex: Literal["f", "m"]
    born: Month
    entered_school: Month
    """Since when at this school."""
    entered_work: Month
    title: Literal["none", "third", "second", "first", "senior", "professor"] = "none"
    """Professional title: 未定级, 三级, 二级, 一级, 高级, 正高级."""
    degree: Degree = "bachelor"
    honours: tuple[Honour, ...] = ()
    role: Literal["teacher", "class_teacher", "middle_manager", "principal", "party_secretary"] = (
        "teacher"
    )
    employment: Literal["establishment", "reserve", "private"] = "establishment"
    """On establishment (在编), off-establishment reserve, or employed by a private school."""
    status: Literal["in_post", "lent_out", "long_sick", "out_of_county"] = "in_post"
    """In post (在岗), lent out (借出), on long sick leave (长期病休), or supporting schools outside
    the county (县外支教)."""
    exemptions: tuple[Ground, ...] = ()
    running_term: RunningTerm | None = None
    points: Annotated[Exact, Field(ge=0)] | None = None
    """Points (积分) as the bureau counted them; None means: counted by the county's table."""
    rural_years: Whole = 0
    """Years served in rural schools."""
    graduating: bool = False
    """Whether teaching a graduating class (毕业班)."""
    volunteer: bool = False
    """Whether asking to be exchanged."""
    reduction: Whole = 0
    """Weekly periods given less than the load, for age."""
    home_zone: Identifier | None = None
    preferences: tuple[Identifier, ...] = ()
    """Campuses in order of preference."""
    pins: tuple[Pin, ...] = ()

    @property
    def rank(self) -> int:
        """Height of the highest honour, 0 for none; a person counts once, at the highest."""
        return max((HONOURS.index(h) + 1 for h in self.honours), default=0)

    @property
    def backbone(self) -> bool:
        """Whether a county-level backbone teacher (骨干) or higher."""
        return self.rank >= HONOURS.index("county_backbone") + 1

    @property
    def grade(self) -> PostGrade:
        """The grade of post the title goes with: 一级 middle, below it junior."""
        match self.title:
            case "professor" | "senior":
                return self.title
            case "first":
                return "middle"
        return "junior"

    def certified(self, stage: Stage, subject: str) -> bool:
        """Whether certified for the subject at this stage or a higher one."""
        held = self.certificates or (Certificate(stage=self.stage, subject=self.subject),)
        return any(c.subject == subject and (c.stage == stage or c.stage == "junior") for c in held)
