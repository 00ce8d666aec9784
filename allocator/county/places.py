"""Places: townships, zones, school groups, schools, campuses, sections, senior highs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from allocator.county.decisions import Veto
from allocator.county.frozen import Frozen, Identifier, Month, Share, Whole
from allocator.county.quotas import SchoolFigure

AreaClass = Literal["urban", "township_seat", "rural"]
"""Area class of a place: 城区, 镇区, 乡村."""

Stage = Literal["primary", "junior"]
"""Stage of compulsory education: 小学, 初中."""

STAGES: tuple[Stage, ...] = ("primary", "junior")
PostGrade = Literal["professor", "senior", "middle", "junior"]
"""Grade of a post (岗位等级): 正高级, 高级, 中级, 初级."""

POST_GRADES: tuple[PostGrade, ...] = ("professor", "senior", "middle", "junior")
GRADES: dict[Stage, tuple[int, ...]] = {"primary": (1, 2, 3, 4, 5, 6), "junior": (7, 8, 9)}

Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


class Zone(Frozen):
    """A zone (片区): ordinary teachers move within one."""

    id: Identifier
    name: str


class SchoolGroup(Frozen):
    """A school group (教育集团): schools under one lead school."""

    id: Identifier
    name: str


class Township(Frozen):
    """A township (镇/街道) of the county."""

    id: Identifier
    name: str
    kind: Literal["subdistrict", "town"]
    """街道 or 镇."""
    area_class: AreaClass
    """Area class of its seat; a campus may state its own."""
    zone: Identifier
    latitude: Latitude
    longitude: Longitude


class Facilities(Frozen):
    """What indicators L4 to L7 measure at a section; None where not recorded."""

    floor_area: Annotated[float, Field(ge=0)] | None = None
    """Teaching floor area, square metres (L4)."""
    sports_area: Annotated[float, Field(ge=0)] | None = None
    """Sports area, square metres (L5)."""
    equipment: Annotated[float, Field(ge=0)] | None = None
    """Teaching equipment, yuan (L6)."""
    multimedia_rooms: Annotated[float, Field(ge=0)] | None = None
    """Multimedia classrooms (L7)."""


class ExtraPeriods(Frozen):
    """Weekly periods that jobs at the school add to the demand of a subject."""

    subject: Identifier
    periods: Whole


class Section(Frozen):
    """One stage taught at one campus (学部): where classes are and teachers serve."""

    stage: Stage
    classes: tuple[Whole, ...]
    """Classes of each grade, lowest grade first: six for primary, three for junior."""
    pupils: Whole
    graduates: Whole = 0
    """Pupils who finish grade 9 this year."""
    registered_graduates: Whole = 0
    """Of these, with three years' registration at the school (三年学籍)."""
    extra_periods: tuple[ExtraPeriods, ...] = ()
    facilities: Facilities = Facilities()


class Campus(Frozen):
    """A campus (校区) of a school: coverage and travel are counted here."""

    id: Identifier
    name: str
    township: Identifier
    area_class: AreaClass | None = None
    """None takes the township's."""
    latitude: Latitude | None = None
    """None, with the longitude, takes the seat of the township."""
    longitude: Longitude | None = None
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]


class AgreedPosts(Frozen):
    """Posts agreed with the head for one stage and subject (定编定岗)."""

    stage: Stage
    subject: Identifier
    posts: Whole
    reason: str = ""


class GradedPosts(Frozen):
    """Posts of one grade at a school (岗位等级): how many of its teachers may hold the grade."""

    grade: PostGrade
    posts: Whole


class School(Frozen):
    """A school as a legal unit (法人): posts and principal are counted here."""

    id: Identifier
    name: str
    campuses: Annotated[tuple[Campus, ...], Field(min_length=1)]
    private: bool = False
    quality: bool = False
    """A quality school (优质学校)."""
    weak: bool = False
    """A weak school (薄弱学校)."""
    group: Identifier | None = None
    opened: Month | None = None
    """Month of opening; None for a school that has always been there."""
    establishment: Whole | None = None
    """Approved establishment posts (编制), None where not recorded."""
    non_teaching_posts: Whole = 0
    """Posts of the establishment that teach nothing (非教学岗位); the roster has no holders."""
    agreed_posts: tuple[AgreedPosts, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    """Teachers it objects to losing or receiving, most important first."""
    graded_posts: tuple[GradedPosts, ...] = ()
    figures: tuple[SchoolFigure, ...] = ()
    """Figures of the bureau's own, for a base of the division that weighs them."""


class SeniorHigh(Frozen):
    """A general senior high (普通高中) and the places it offers this year."""

    id: Identifier
    name: str
    places: Whole
    quality: bool = False
    """A quality demonstration senior high (优质示范高中): its quota is divided."""
    quota_share: Share | None = None
    """Its own share of quota places; None takes the rule's."""
    quota_places: Whole | None = None
    """Quota places stated directly; None derives them from the share."""
    self_recruitment: Whole = 0
    """Places it fills by its own examination (自主招生)."""
    specialty: Whole = 0
    """Places for gifted pupils (特长招生)."""
    unified: Whole | None = None
    """Places of unified admission (统一招生) stated directly; None takes what is left."""
    tops_up: bool = True
    """Whether it gives additional places to protected junior highs where a rule adds some."""
    score_floor: Annotated[float, Field(ge=0)] | None = None
    """Least score for a quota place (名额分配最低控制线); None for none."""
    admission_area: tuple[Identifier, ...] = ()
    """Townships it admits from; empty means the whole county."""
