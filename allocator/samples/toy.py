"""A toy county that a person can check by eye: seven schools, three subjects, twenty teachers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from allocator.county.county import County
from allocator.county.curriculum import Subject
from allocator.county.people import Certificate, Teacher
from allocator.county.places import (
    AgreedPosts,
    AreaClass,
    Campus,
    Facilities,
    GradedPosts,
    School,
    Section,
    SeniorHigh,
    Stage,
    Township,
    Zone,
)
from allocator.county.reported import Reported
from allocator.county.service import RetirementAge, ServiceTerms
from allocator.county.travel import Road, Travel

_SUBJECTS = tuple(
    Subject(
        id=id,
        name=name,
        name_en=name_en,
        periods=(periods,) * 9,
        primary_load=load,
        junior_load=load,
        arts_or_pe=arts,
    )
    for id, name, name_en, periods, load, arts in (
        ("chinese", "语文", "Chinese", 5, 10, False),
        ("maths", "数学", "Mathematics", 5, 10, False),
        ("music", "音乐", "Music", 2, 8, True),
    )
)


def _school(
    number: int,
    name: str,
    township: str,
    stage: Stage,
    classes: int,
    pupils: int,
    *,
    area: AreaClass | None = None,
    **flags: Any,
) -> School:
    grades = 6 if stage == "primary" else 3
    spread = tuple(classes // grades + (g < classes % grades) for g in range(grades))
    graduates = pupils // 3 if stage == "junior" else 0
    seat = next(t for t in _TOWNSHIPS if t.id == township)
    section = Section(
        stage=stage,
        classes=spread,
        pupils=pupils,
        graduates=graduates,
        registered_graduates=graduates,
        facilities=Facilities(
            floor_area=6.0 * pupils,
            sports_area=10.0 * pupils,
            equipment=(2400.0 if number == 2 else 2600.0) * pupils,
            multimedia_rooms=float(round(0.03 * pupils)),
        ),
    )
    campus = Campus(
        id=f"C{number}",
        name=name,
        township=township,
        area_class=area,
        latitude=seat.latitude + 0.01 * (number % 3),
        longitude=seat.longitude,
        sections=(section,),
    )
    return School(id=f"S{number}", name=name, campuses=(campus,), **flags)


_TOWNSHIPS = (
    Township(
        id="T1",
        name="示例街道",
        kind="subdistrict",
        area_class="urban",
        zone="Z1",
        latitude=30.17,
        longitude=121.24,
    ),
    Township(
        id="T2",
        name="示例西镇",
        kind="town",
        area_class="township_seat",
        zone="Z1",
        latitude=30.27,
        longitude=121.19,
    ),
    Township(
        id="T3",
        name="示例东镇",
        kind="town",
        area_class="township_seat",
        zone="Z2",
        latitude=30.07,
        longitude=121.57,
    ),
)

_FROM_POOL = AgreedPosts(stage="junior", subject="music", posts=1, reason="示例：从周转池调剂")
_GRADED = (
    GradedPosts(grade="senior", posts=2),
    GradedPosts(grade="middle", posts=3),
    GradedPosts(grade="junior", posts=2),
)
_SCHOOLS = (
    _school(
        1,
        "示例城区初中",
        "T1",
        "junior",
        3,
        150,
        quality=True,
        establishment=8,
        non_teaching_posts=1,
        graded_posts=_GRADED,
    ),
    _school(2, "示例镇初中", "T2", "junior", 3, 120, establishment=4),
    _school(3, "示例村初中", "T2", "junior", 1, 40, area="rural", weak=True),
    _school(4, "示例东部初中", "T3", "junior", 2, 80, establishment=2, agreed_posts=(_FROM_POOL,)),
    _school(5, "示例城区小学", "T1", "primary", 2, 90, establishment=3),
    _school(6, "示例村小", "T2", "primary", 1, 30, area="rural", establishment=1),
    _school(7, "示例民办初中", "T1", "junior", 1, 45, private=True),
)


def _teacher(number: int, school: int, subject: str, **more: Any) -> Teacher:
    known: dict[str, Any] = {
        "id": f"T{number:05d}",
        "name": f"教师{number:05d}",
        "campus": f"C{school}",
        "stage": "primary" if school in (5, 6) else "junior",
        "subject": subject,
        "sex": "f" if number % 3 else "m",
        "born": "1982-03",
        "entered_work": "2005-08",
        "entered_school": "2010-08",
        "points": number % 7,
    }
    return Teacher(**(known | more))


_MATHS_ONLY = Certificate(stage="junior", subject="maths")
_NEW: dict[str, Any] = {"born": "1994-05", "entered_work": "2017-08", "entered_school": "2017-08"}
_TEACHERS = (
    _teacher(1, 1, "chinese", honours=("county_famous",)),
    _teacher(2, 1, "chinese", honours=("county_backbone",)),
    _teacher(3, 1, "chinese", role="principal"),
    _teacher(4, 1, "maths", honours=("city_famous",), graduating=True),
    _teacher(5, 1, "maths", exemptions=("maternity",), volunteer=True),
    _teacher(6, 1, "music", volunteer=True),
    _teacher(7, 1, "music", **_NEW, certificates=(_MATHS_ONLY,)),
    _teacher(8, 2, "chinese", degree="college", graduating=True),
    _teacher(9, 2, "maths", **_NEW, status="long_sick"),
    _teacher(10, 2, "maths", degree="college", exemptions=("medical",)),
    _teacher(11, 3, "chinese", **_NEW, exemptions=("service_contract",)),
    _teacher(12, 4, "chinese", **_NEW, honours=("county_rising",), volunteer=True),
    _teacher(13, 4, "maths", born="1961-09", entered_work="1983-08", sex="m"),
    _teacher(14, 5, "chinese", volunteer=True),
    _teacher(15, 5, "chinese", **_NEW),
    _teacher(16, 5, "maths", role="class_teacher", exemptions=("flagship",)),
    _teacher(17, 5, "music", honours=("county_backbone",)),
    _teacher(18, 6, "maths", exemptions=("service_contract",), **_NEW),
    _teacher(19, 7, "chinese", employment="private"),
    _teacher(20, 7, "maths", employment="private"),
)
_REPORTED = (
    Reported(
        indicator=8,
        numerator=Decimal(117),
        denominator=Decimal(120),
        as_of="2019-12",
        source="示例填报",
    ),
    Reported(
        indicator=15,
        part="senior",
        numerator=Decimal(3),
        denominator=Decimal(60),
        as_of="2020-03",
        source="示例填报",
    ),
)


def toy_county() -> County:
    """The toy county, all of it invented."""
    return County(
        name="示例县",
        as_of="2020-06",
        notes="全部为示例数据。 / All of this is invented.",
        zones=(Zone(id="Z1", name="西片"), Zone(id="Z2", name="东片")),
        townships=_TOWNSHIPS,
        schools=_SCHOOLS,
        post_pool=1,
        senior_highs=(
            SeniorHigh(id="H1", name="示例第一高中", places=90, quality=True),
            SeniorHigh(id="H2", name="示例第二高中", places=60, quality=True),
            SeniorHigh(id="H3", name="示例第三高中", places=60),
        ),
        reported=_REPORTED,
        teachers=_TEACHERS,
        subjects=_SUBJECTS,
        terms=ServiceTerms(
            retirement=(
                RetirementAge(sex="m", born_from="1900-01", age_months=720),
                RetirementAge(sex="f", born_from="1900-01", age_months=660),
            )
        ),
        travel=Travel(
            roads=(
                Road(between=("T1", "T2"), minutes=20),
                Road(between=("T1", "T3"), minutes=45),
            )
        ),
    )
