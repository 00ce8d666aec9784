"""Tables of places: schools, campuses, sections, posts, townships, zones, groups, travel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from allocator.county.curriculum import Subject
from allocator.county.frozen import Problem
from allocator.county.places import (
    POST_GRADES,
    AgreedPosts,
    Campus,
    ExtraPeriods,
    School,
    SchoolGroup,
    Section,
    Township,
    Zone,
)
from allocator.insight.vocabulary import AREA, POST_GRADE, STAGE
from allocator.modelling import Text
from allocator.records.fields import Field
from allocator.records.inside import Inside
from allocator.records.lists import Facts, Listed, Single
from allocator.records.nested import (
    campuses_of,
    classes_in,
    extra_periods_of,
    no_classes,
    no_posts,
    posts_of,
    school_of,
    sections_of,
    with_campuses,
    with_extra_periods,
    with_posts,
    with_sections,
)
from allocator.records.rows import Part, Plain, Table, after, inside, nth
from allocator.records.words import TOWNSHIP

ID = Field(Text("代码", "Code"), "code", fixed=True)
NAME = Field(Text("名称", "Name"))
_SCHOOL = Field(Text("学校", "School"), "choice", names="schools", fixed=True)
_STAGE = Field(Text("学段", "Stage"), "choice", words=STAGE, fixed=True)
_CAMPUS = Field(Text("校区", "Campus"), "choice", names="campuses", fixed=True)
_SUBJECT = Field(Text("学科", "Subject"), "choice", names="subjects", fixed=True)
_TOWNSHIP = Field(Text("镇（街道）", "Township"), "choice", names="townships")
_LATITUDE = Field(Text("纬度（度）", "Latitude (degrees)"), "number", optional=True)
_LONGITUDE = Field(Text("经度（度）", "Longitude (degrees)"), "number", optional=True)


def _graded(grade: str) -> Part:
    """The posts of one grade; nothing while no grade is recorded."""

    def read(record: Plain) -> Any:
        return next((p["posts"] for p in record["graded_posts"] if p["grade"] == grade), None)

    def written(record: Plain, value: Any) -> Plain:
        posts = {p["grade"]: p["posts"] for p in record["graded_posts"]}
        posts[grade] = value
        kept = [{"grade": g, "posts": posts[g]} for g in POST_GRADES if posts.get(g) is not None]
        return {"graded_posts": kept}

    return Part(read, written)


_GRADED: Mapping[str, Field] = {
    f"posts_{grade}": Field(
        Text(f"{word.zh}岗位数", f"{word.en.capitalize()} posts"), "whole", optional=True
    )
    for grade, word in POST_GRADE.items()
}

_CLASSES: Mapping[str, Field] = {
    f"classes_{grade}": Field(
        Text(f"{grade}年级（班）", f"G{grade} (classes)"),
        "whole",
        optional=True,
    )
    for grade in range(1, 10)
}
_PERIODS: Mapping[str, Field] = {
    f"periods_{grade}": Field(
        Text(f"{grade}年级（节/周）", f"G{grade} (periods)"),
        "whole",
    )
    for grade in range(1, 10)
}
_FACILITIES: Mapping[str, Field] = {
    "floor_area": Field(
        Text("教学用房（平方米）", "Floor area (square metres)"), "number", optional=True
    ),
    "sports_area": Field(
        Text("体育场馆（平方米）", "Sports area (square metres)"), "number", optional=True
    ),
    "equipment": Field(Text("教学设备（元）", "Equipment (yuan)"), "number", optional=True),
    "multimedia_rooms": Field(
        Text("多媒体教室（间）", "Multimedia rooms"), "number", optional=True
    ),
}

SCHOOLS = Listed(
    "schools",
    Text("学校", "Schools"),
    {
        "id": ID,
        "name": NAME,
        "private": Field(Text("民办", "Private"), "flag"),
        "quality": Field(Text("优质学校", "Quality school"), "flag"),
        "weak": Field(Text("薄弱学校", "Weak school"), "flag"),
        "group": Field(Text("教育集团", "School group"), "choice", names="groups", optional=True),
        "opened": Field(Text("开办年月", "Opened"), "month", optional=True),
        "establishment": Field(
            Text("核定编制（个）", "Approved establishment (posts)"), "whole", optional=True
        ),
        "non_teaching_posts": Field(
            Text("非教学岗位（个）", "Non-teaching posts (posts)"), "whole"
        ),
        **_GRADED,
    },
    "schools",
    record=School,
    parts={f"posts_{grade}": _graded(grade) for grade in POST_GRADES},
    index="school",
)

CAMPUSES = Inside(
    "campuses",
    Text("校区", "Campuses"),
    {
        "id": ID,
        "name": NAME,
        "school": _SCHOOL,
        "township": _TOWNSHIP,
        "area_class": Field(
            Text("地区类别", "Area"),
            "choice",
            words=AREA,
            optional=True,
            help=Text("留空按所在镇街的类别", "Empty takes the township's"),
        ),
        "latitude": _LATITUDE,
        "longitude": _LONGITUDE,
    },
    campuses_of,
    with_campuses,
    record=Campus,
    needed=("school",),
)

SECTIONS = Inside(
    "sections",
    Text("班级与学生", "Classes and pupils"),
    {
        "school": replace(_SCHOOL, optional=True),
        "campus": _CAMPUS,
        "stage": _STAGE,
        "pupils": Field(Text("学生（人）", "Pupils (people)"), "whole"),
        **_CLASSES,
        "graduates": Field(Text("毕业生（人）", "Graduates (people)"), "whole"),
        "registered_graduates": Field(
            Text("三年学籍毕业生（人）", "Registered three years (people)"), "whole"
        ),
        **_FACILITIES,
    },
    sections_of,
    with_sections,
    record=Section,
    keys=("campus", "stage"),
    found=school_of,
    start=no_classes,
    parts={
        **{f"classes_{grade}": classes_in(grade) for grade in range(1, 10)},
        **{name: inside("facilities", name) for name in _FACILITIES},
    },
)

EXTRA_PERIODS = Inside(
    "extra_periods",
    Text("校内任务课时", "Periods for jobs"),
    {
        "school": replace(_SCHOOL, optional=True),
        "campus": _CAMPUS,
        "stage": _STAGE,
        "subject": _SUBJECT,
        "periods": Field(Text("另计课时（节/周）", "Further periods (a week)"), "whole"),
    },
    extra_periods_of,
    with_extra_periods,
    record=ExtraPeriods,
    keys=("campus", "stage", "subject"),
    found=school_of,
)

_POSTS_FIRST = Problem("reason", "a reason is given but no posts are agreed: enter the posts")
POSTS = Inside(
    "posts",
    Text("岗位", "Posts"),
    {
        "school": _SCHOOL,
        "stage": _STAGE,
        "subject": _SUBJECT,
        "posts": Field(Text("商定岗位（个）", "Posts agreed (posts)"), "whole", optional=True),
        "reason": Field(Text("商定说明", "Reason agreed"), long=True),
    },
    posts_of,
    with_posts,
    record=AgreedPosts,
    keys=("school", "stage", "subject"),
    parts={"reason": after("posts", "reason", _POSTS_FIRST)},
    absent=no_posts,
    gone=lambda record: record.get("posts") is None,
)

TOWNSHIPS = Listed(
    "townships",
    Text("镇和街道", "Townships"),
    {
        "id": ID,
        "name": NAME,
        "kind": Field(Text("类型", "Kind"), "choice", words=TOWNSHIP),
        "area_class": Field(Text("地区类别", "Area"), "choice", words=AREA),
        "zone": Field(Text("片区", "Zone"), "choice", names="zones"),
        "latitude": Field(Text("纬度（度）", "Latitude (degrees)"), "number"),
        "longitude": Field(Text("经度（度）", "Longitude (degrees)"), "number"),
    },
    "townships",
    record=Township,
)
_NAMED = {"id": ID, "name": NAME}
ZONES = Listed("zones", Text("片区", "Zones"), _NAMED, "zones", record=Zone)
GROUPS = Listed("groups", Text("教育集团", "School groups"), _NAMED, "groups", record=SchoolGroup)
SUBJECTS = Listed(
    "subjects",
    Text("课程计划", "Periods table"),
    {
        "id": ID,
        "name": Field(Text("学科", "Subject")),
        "name_en": Field(Text("英文名", "English name")),
        **_PERIODS,
        "primary_load": Field(
            Text("小学每人周课时（节）", "Load in primary (periods a week)"), "whole"
        ),
        "junior_load": Field(
            Text("初中每人周课时（节）", "Load in junior high (periods a week)"), "whole"
        ),
        "arts_or_pe": Field(Text("计入体艺教师（L3）", "Counts in L3 (PE and arts)"), "flag"),
    },
    "subjects",
    record=Subject,
    start=lambda values: {"periods": [0] * 9},
    parts={f"periods_{grade}": nth("periods", grade - 1) for grade in range(1, 10)},
)


FACTS = Single(
    "county",
    Text("全县", "County"),
    {
        "name": NAME,
        "as_of": Field(Text("数据年月", "Month of the data"), "month"),
        "post_pool": Field(Text("编制周转池（个）", "Pool of posts (posts)"), "whole"),
        "notes": Field(Text("数据说明", "Notes on the data"), long=True),
    },
    record=Facts,
)

PLACES: tuple[Table, ...] = (
    FACTS, ZONES, GROUPS, TOWNSHIPS, SUBJECTS, SCHOOLS, CAMPUSES, SECTIONS, EXTRA_PERIODS, POSTS,
)  # fmt: skip
"""In the order in which changes are made: a school is there before its campuses are changed."""
