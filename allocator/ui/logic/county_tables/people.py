"""Teachers and their standing as the page shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from allocator.county.corrections import corrected
from allocator.county.county import County
from allocator.county.people import Teacher
from allocator.county.points import points_of
from allocator.county.posts import post_lines
from allocator.county.service import standing, years_between
from allocator.insight.headings import COLUMNS
from allocator.modelling import Language, Text
from allocator.records.fields import Field, certificate_id
from allocator.records.lists import Plain
from allocator.records.people import TEACHERS
from allocator.scenario import Scenario
from allocator.ui.logic.county_tables.grid import Form, Grid, Only, Total, Values
from allocator.ui.logic.county_tables.schools import next_code, told

TEACHERS_NUMBER = Text("教师（人）", "Teachers (people)")
_TERM = ("home", "started", "ends", "goes_on")
_LISTS = ("also_teaches", "honours", "exemptions", "preferences")
_PLAIN = (
    "id", "name", "campus", "stage", "subject", "sex", "born", "entered_work", "entered_school",
    "title", "degree", "role", "employment", "status", "rural_years", "graduating", "volunteer",
    "reduction", "home_zone",
)  # fmt: skip


def _teacher_rows(scenario: Scenario, lang: Language, only: Only) -> Mapping[str, Values]:
    del lang
    county = scenario.county
    return {t.id: _teacher(county, t) for t in _asked(county, only)}


def _asked(county: County, only: Collection[str] | None) -> list[Teacher]:
    if only is None:
        return list(county.teacher.values())
    return [county.teacher[id] for id in only if id in county.teacher]


def _teacher(county: County, teacher: Teacher) -> dict[str, Any]:
    place = county.home(teacher)
    row: dict[str, Any] = {name: getattr(teacher, name) for name in _PLAIN}
    row |= {name: list(getattr(teacher, name)) for name in _LISTS}
    fixed = next((p for p in teacher.pins if p.kind != "not_to"), None)
    term = teacher.running_term
    return row | {
        "school": place.school.name,
        "township": place.township.name,
        "points": None if teacher.points is None else float(teacher.points),
        "counted": float(points_of(county, teacher)),
        "pin": None if fixed is None else fixed.campus or "stays",
        "not_to": [p.campus for p in teacher.pins if p.kind == "not_to"],
        "certificates": [certificate_id(c.stage, c.subject) for c in teacher.certificates],
        **{f"term_{n}": None if term is None else getattr(term, n) for n in _TERM},
    }


def _teacher_totals(scenario: Scenario) -> tuple[Total, ...]:
    county = scenario.county
    teachers, lines = county.teachers, post_lines(county)
    return (
        Total(TEACHERS_NUMBER, len(teachers)),
        Total(Text("在岗（人）", "In post (people)"), sum(t.status == "in_post" for t in teachers)),
        Total(Text("超编（人）", "Over (people)"), sum(x.over for x in lines), True),
        Total(Text("缺编（人）", "Short (people)"), sum(x.short for x in lines), True),
        Total(Text("骨干（人）", "Backbone (people)"), sum(t.backbone for t in teachers)),
        Total(Text("自愿交流（人）", "Volunteers (people)"), sum(t.volunteer for t in teachers)),
        Total(Text("有指定（人）", "Pinned (people)"), sum(bool(t.pins) for t in teachers)),
    )


_ASKED = (
    "id", "name", "campus", "stage", "subject", "sex", "born", "entered_work", "entered_school",
    "title", "degree", "employment",
)  # fmt: skip


def _new_teacher(answers: Values) -> tuple[str, Plain]:
    return answers["id"], {name: answers[name] for name in _ASKED}


_TEACHERS_COLUMNS = (
    "name", "school", "subject", "points", "counted", "status", "role", "title", "honours", "pin",
    "not_to", "volunteer", "exemptions", "graduating", "rural_years", "reduction", "also_teaches",
    "employment", "degree", "campus", "stage", "township", "sex", "born", "entered_work",
    "entered_school", "home_zone", "preferences", "certificates", "term_home", "term_started",
    "term_ends", "term_goes_on", "id",
)  # fmt: skip
TEACHERS_GRID = Grid(
    "teachers",
    Text(
        "全县教师花名册。改学科、职务、状态、积分、指定去向等，数字随之更新；大批量的改动请用工作簿。",
        "The county's roster. Change subject, role, status, points, pins and more; the figures "
        "follow. Bulk changes are easier in a workbook.",
    ),
    _TEACHERS_COLUMNS,
    extra={
        "school": told("school"),
        "township": told("township"),
        "counted": Field(
            Text("计算积分（分）", "Points that count (points)"), "number", fixed=True
        ),
    },
    rows=_teacher_rows,
    filters=("township", "school", "subject", "status"),
    search=("name", "id"),
    totals=_teacher_totals,
    part="staffing",
    settings="points",
    form=Form(
        {
            **{name: TEACHERS.fields[name] for name in _ASKED},
            "id": Field(Text("教职工号", "Teacher no.")),
        },
        _new_teacher,
        lambda county: {"id": next_code((t.id for t in county.teachers), "N")},
    ),
    missing=Text(
        "还没有教师：在“添加”中录入，或导入含教师的方案文件。",
        "There are no teachers yet: add some, or bring in a scenario file that has them.",
    ),
)


def _eligibility_rows(scenario: Scenario, lang: Language, only: Only) -> Mapping[str, Values]:
    del lang
    county = scenario.county
    known = {c.teacher: c for c in county.corrections}
    rows: dict[str, Values] = {}
    for teacher in _asked(county, only):
        place = county.home(teacher)
        if place.school.private:
            continue
        found = standing(teacher, county.terms, county.as_of, private=False)
        correction = known.get(teacher.id)
        if correction is not None:
            found = corrected(found, correction)
        rows[teacher.id] = {
            "name": teacher.name,
            "teacher": teacher.id,
            "school": place.school.name,
            "township": place.township.name,
            "subject": teacher.subject,
            "standing": found.status,
            "standing_reason": found.reason,
            "standing_rule": found.reason,
            "exemption": found.ground,
            "since": found.since,
            "eligible": found.eligible,
            "years_at_school": years_between(teacher.entered_school, county.as_of),
            "age": years_between(teacher.born, county.as_of),
            "status": None if correction is None else correction.status,
            "ground": None if correction is None else correction.ground,
            "note": "" if correction is None else correction.note,
            "confirmed_by": "" if correction is None else correction.confirmed_by,
        }
    return rows


def _eligibility_totals(scenario: Scenario) -> tuple[Total, ...]:
    county = scenario.county
    private = {c.id for s in county.schools if s.private for c in s.campuses}
    listed = [s for id, s in county.standings.items() if county.teacher[id].campus not in private]
    counted = Counter(s.status for s in listed)
    return (
        Total(COLUMNS["listed"].title, len(listed)),
        Total(COLUMNS["due"].title, counted["due"]),
        Total(COLUMNS["may"].title, counted["may"]),
        Total(COLUMNS["not_now"].title, counted["not_now"]),
        Total(COLUMNS["eligible_people"].title, sum(s.eligible for s in listed)),
        Total(Text("已更正（人）", "Corrected (people)"), len(county.corrections)),
    )


_ELIGIBILITY_COLUMNS = (
    "name", "school", "subject", "standing", "standing_reason", "status", "ground", "note",
    "confirmed_by", "since", "exemption", "eligible", "years_at_school", "age", "township",
    "standing_rule", "teacher",
)  # fmt: skip
ELIGIBILITY_GRID = Grid(
    "corrections",
    Text(
        "应交流、可交流、暂不交流名单，附认定依据；学校核对后在“更正为”中更正。暂缓情形只记代码，不记医疗或家庭细节。",
        "Who is due, may move, or not now, and by which rule; what schools send back is entered "
        "under corrected. Grounds are codes only, never medical or family detail.",
    ),
    _ELIGIBILITY_COLUMNS,
    extra={
        **{
            c: told(c)
            for c in (
                "name",
                "teacher",
                "school",
                "township",
                "standing",
                "standing_reason",
                "exemption",
                "standing_rule",
                "since",
                "years_at_school",
                "age",
            )
        },
        "subject": Field(COLUMNS["subject"].title, "choice", names="subjects", fixed=True),
        "eligible": Field(COLUMNS["eligible"].title, "flag", fixed=True),
    },
    rows=_eligibility_rows,
    filters=("township", "school", "subject", "standing", "standing_reason"),
    search=("name", "teacher"),
    totals=_eligibility_totals,
    part="staffing",
    settings="service",
    missing=Text(
        "还没有教师：先在“教师”表中录入。",
        "There are no teachers yet: enter them in the table of teachers.",
    ),
)
