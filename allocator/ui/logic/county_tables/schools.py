"""Schools, campuses and sections as the page shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from allocator.county.county import County
from allocator.county.places import GRADES, STAGES
from allocator.insight.headings import COLUMNS
from allocator.insight.vocabulary import STAGE
from allocator.modelling import Language, Text
from allocator.records.fields import Field
from allocator.records.lists import Plain
from allocator.records.schools import CAMPUSES, SCHOOLS, SECTIONS
from allocator.scenario import Scenario
from allocator.ui.logic.county_tables.grid import Form, Grid, Only, Total, Values

_NEW_CODE = Field(Text("代码（字母或数字）", "Code (letters or digits)"))
_CLASSES_EACH = Field(Text("每个年级班数（班）", "Classes in each grade (classes)"), "whole")
_BOTH = Text("九年一贯", "nine-year school")
NUMBER = Text("学校（所）", "Schools (schools)")


def told(column: str, kind: str = "whole") -> Field:
    """A column that is only read, under the heading all tables give it."""
    about = COLUMNS[column]
    if about.words is not None:
        return Field(about.title, "choice", words=about.words, fixed=True)
    form: Any = kind if about.form in ("whole", "decimal", "one") else "text"
    return Field(about.title, form, fixed=True, long=about.form == "long")


def next_code(known: Iterator[str], first: str) -> str:
    """The next free code of a row of codes such as ``C001``, ``C002``."""
    taken = set(known)
    n = len(taken) + 1
    while f"{first}{n:03d}" in taken:
        n += 1
    return f"{first}{n:03d}"


def _campus_codes(county: County) -> Iterator[str]:
    return (c.id for s in county.schools for c in s.campuses)


def _school_rows(scenario: Scenario, lang: Language, only: Only) -> Mapping[str, Values]:
    county, joint = scenario.county, "、" if lang == "zh" else ", "
    rows: dict[str, Values] = {}
    for id, plain in SCHOOLS.rows(county).items():
        if only is not None and id not in only:
            continue
        sections = county.places_of_school.get(id, ())
        rows[id] = {
            **plain,
            "township": sections[0].township.name if sections else "",
            "stages": joint.join(
                STAGE[g].say(lang) for g in STAGES if any(p.stage == g for p in sections)
            ),
            "pupils": sum(p.section.pupils for p in sections),
            "classes": sum(sum(p.section.classes) for p in sections),
        }
    return rows


def _school_totals(scenario: Scenario) -> tuple[Total, ...]:
    schools = scenario.county.schools
    sections = [k for s in schools for c in s.campuses for k in c.sections]
    return (
        Total(NUMBER, len(schools)),
        Total(Text("民办（所）", "Private (schools)"), sum(s.private for s in schools)),
        Total(Text("优质学校（所）", "Quality schools"), sum(s.quality for s in schools)),
        Total(Text("薄弱学校（所）", "Weak schools"), sum(s.weak for s in schools)),
        Total(Text("学生（人）", "Pupils (people)"), sum(k.pupils for k in sections)),
        Total(Text("班级（班）", "Classes (classes)"), sum(sum(k.classes) for k in sections)),
    )


def _section(stage: str, classes: Any, pupils: Any) -> dict[str, Any]:
    grades = GRADES["primary"] if stage == "primary" else GRADES["junior"]
    return {"stage": stage, "classes": [classes or 0] * len(grades), "pupils": pupils or 0}


def _new_school(answers: Values) -> tuple[str, Plain]:
    stages = STAGES if answers["stages"] == "both" else (answers["stages"],)
    campus = {
        "id": answers["campus"],
        "name": answers["name"],
        "township": answers["township"],
        "sections": [
            _section(stage, answers["classes"], (answers["pupils"] or 0) // len(stages))
            for stage in stages
        ],
    }
    record = {
        "id": answers["id"],
        "name": answers["name"],
        "private": bool(answers["private"]),
        "opened": answers["opened"],
        "campuses": [campus],
    }
    return answers["id"], record


_SCHOOLS_COLUMNS = (
    "name", "township", "stages", "pupils", "classes", "quality", "weak", "private", "group",
    "opened", "establishment", "non_teaching_posts", "posts_professor", "posts_senior",
    "posts_middle", "posts_junior", "id",
)  # fmt: skip
SCHOOLS_GRID = Grid(
    "schools",
    Text(
        "一行一所学校（法人）：性质、集团、编制和岗位等级。学校撤并先把教师改到其他校区。",
        "One row a school: what it is, its group, establishment and graded posts. Before a school "
        "is removed its teachers go to other campuses.",
    ),
    _SCHOOLS_COLUMNS,
    extra={
        "township": told("township"),
        "stages": Field(Text("学段", "Stages"), fixed=True),
        "pupils": Field(Text("学生（人）", "Pupils (people)"), "whole", fixed=True),
        "classes": Field(Text("班级（班）", "Classes (classes)"), "whole", fixed=True),
    },
    rows=_school_rows,
    filters=("township",),
    search=("name", "id"),
    totals=_school_totals,
    needs=dict.fromkeys(
        (
            "establishment",
            "non_teaching_posts",
            "posts_professor",
            "posts_senior",
            "posts_middle",
            "posts_junior",
        ),
        "staffing",
    ),
    form=Form(
        {
            "id": _NEW_CODE,
            "name": SCHOOLS.fields["name"],
            "campus": Field(Text("校区代码", "Code of its campus")),
            "township": CAMPUSES.fields["township"],
            "stages": Field(Text("学段", "Stages"), "choice", words={**STAGE, "both": _BOTH}),
            "classes": _CLASSES_EACH,
            "pupils": SECTIONS.fields["pupils"],
            "private": SCHOOLS.fields["private"],
            "opened": SCHOOLS.fields["opened"],
        },
        _new_school,
        lambda county: {
            "id": next_code((s.id for s in county.schools), "S"),
            "campus": next_code(_campus_codes(county), "C"),
        },
    ),
)


def _campus_rows(scenario: Scenario, lang: Language, only: Only) -> Mapping[str, Values]:
    del lang
    areas = {p.campus.id: p.area_class for p in scenario.county.places.values()}
    return {
        id: {**plain, "area": areas.get(id)}
        for id, plain in CAMPUSES.rows(scenario.county).items()
        if only is None or id in only
    }


def _campus_totals(scenario: Scenario) -> tuple[Total, ...]:
    areas = {p.campus.id: p.area_class for p in scenario.county.places.values()}
    counted = Counter(areas.values())
    return (
        Total(Text("校区（个）", "Campuses"), len(areas)),
        Total(Text("城区（个）", "Urban (campuses)"), counted["urban"]),
        Total(Text("镇区（个）", "Township seats (campuses)"), counted["township_seat"]),
        Total(Text("乡村（个）", "Rural (campuses)"), counted["rural"]),
    )


def _new_campus(answers: Values) -> tuple[str, Plain]:
    record = {name: answers[name] for name in ("school", "name", "township")}
    record["sections"] = [_section(answers["stage"], answers["classes"], answers["pupils"])]
    return answers["id"], {"id": answers["id"], **record}


CAMPUSES_GRID = Grid(
    "campuses",
    Text(
        "课时和路程按校区计算：所在镇街、地区类别和位置。",
        "Coverage and travel are counted by campus: its township, area class and position.",
    ),
    ("name", "school", "township", "area_class", "area", "latitude", "longitude", "id"),
    extra={
        "area": Field(
            Text("按此计算的类别", "Area that counts"),
            "choice",
            words=COLUMNS["area"].words or {},
            fixed=True,
        ),
    },
    rows=_campus_rows,
    filters=("township", "area"),
    search=("name", "id"),
    totals=_campus_totals,
    form=Form(
        {
            "school": Field(Text("学校", "School"), "choice", names="schools"),
            "id": _NEW_CODE,
            "name": CAMPUSES.fields["name"],
            "township": CAMPUSES.fields["township"],
            "stage": Field(Text("学段", "Stage"), "choice", words=STAGE),
            "classes": _CLASSES_EACH,
            "pupils": SECTIONS.fields["pupils"],
        },
        _new_campus,
        lambda county: {"id": next_code(_campus_codes(county), "C")},
    ),
)


def _section_rows(scenario: Scenario, lang: Language, only: Only) -> Mapping[str, Values]:
    del lang
    places = scenario.county.places
    return {
        id: {**plain, "township": places[id].township.name, "sum": sum(plain["classes"])}
        for id, plain in SECTIONS.rows(scenario.county).items()
        if only is None or id in only
    }


def _section_totals(scenario: Scenario) -> tuple[Total, ...]:
    sections = [k for s in scenario.county.schools for c in s.campuses for k in c.sections]
    pupils = {g: sum(k.pupils for k in sections if k.stage == g) for g in STAGES}
    classes = {g: sum(sum(k.classes) for k in sections if k.stage == g) for g in STAGES}
    return (
        Total(Text("小学学生（人）", "Primary pupils (people)"), pupils["primary"]),
        Total(Text("小学班级（班）", "Primary classes"), classes["primary"]),
        Total(Text("初中学生（人）", "Junior pupils (people)"), pupils["junior"]),
        Total(Text("初中班级（班）", "Junior classes"), classes["junior"]),
    )


def _new_section(answers: Values) -> tuple[str, Plain]:
    made = _section(answers["stage"], answers["classes"], answers["pupils"])
    record = {"school": answers["school"], "campus": answers["campus"], **made}
    return f"{answers['campus']}.{answers['stage']}", record


_SECTIONS_COLUMNS = (
    "campus", "township", "stage", "pupils", "sum", *(f"classes_{g}" for g in range(1, 10)),
    "graduates", "registered_graduates", "floor_area", "sports_area", "equipment",
    "multimedia_rooms",
)  # fmt: skip
SECTIONS_GRID = Grid(
    "sections",
    Text(
        "一行一个校区的一个学段：班级决定所需课时，学生、用房和设备进入均衡指标。",
        "One row for each stage at each campus: classes make the periods needed; pupils, rooms and "
        "equipment enter the balance indicators.",
    ),
    _SECTIONS_COLUMNS,
    extra={
        "township": told("township"),
        "sum": Field(Text("班级合计（班）", "Classes in all"), "whole", fixed=True),
    },
    rows=_section_rows,
    filters=("township", "stage"),
    search=("campus",),
    totals=_section_totals,
    needs={
        "graduates": "admission",
        "registered_graduates": "admission",
        **dict.fromkeys(("floor_area", "sports_area", "equipment", "multimedia_rooms"), "staffing"),
    },
    form=Form(
        {
            "school": Field(Text("学校", "School"), "choice", names="schools"),
            "campus": Field(Text("校区", "Campus"), "choice", names="campuses"),
            "stage": Field(Text("学段", "Stage"), "choice", words=STAGE),
            "classes": _CLASSES_EACH,
            "pupils": SECTIONS.fields["pupils"],
        },
        _new_section,
    ),
)
