"""Tables of people: teachers, corrections of their standing, the terms of service."""

from __future__ import annotations

from typing import Any

from allocator.county.corrections import Correction
from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.county.people import Teacher
from allocator.county.service import ServiceTerms
from allocator.insight.vocabulary import EXEMPTION, STAGE, STANDING
from allocator.modelling import Text
from allocator.records.fields import Field
from allocator.records.lists import Listed, Part, Plain, Single, Table, after
from allocator.records.words import (
    DEGREE,
    EMPLOYMENT,
    HONOUR,
    PIN,
    ROLE,
    SEX,
    STATUS,
    TITLE,
)


def _fixed(record: Plain) -> Any:
    """The pin that says where a teacher is to be: a campus, or ``stays``; None without one."""
    for pin in record["pins"]:
        if pin["kind"] != "not_to":
            return pin["campus"] if pin["kind"] == "goes" else "stays"
    return None


def _fix(record: Plain, value: Any) -> Plain:
    barred = [p for p in record["pins"] if p["kind"] == "not_to"]
    before = next((p for p in record["pins"] if p["kind"] != "not_to"), None)
    reason = "" if before is None else before.get("reason", "")
    if value is None:
        return {"pins": barred}
    stays = value == "stays"
    kind, campus = ("stays", None) if stays else ("goes", value)
    return {"pins": [{"kind": kind, "campus": campus, "reason": reason}, *barred]}


def _barred(record: Plain) -> Any:
    return [p["campus"] for p in record["pins"] if p["kind"] == "not_to"]


def _bar(record: Plain, value: Any) -> Plain:
    known = {p["campus"]: p for p in record["pins"] if p["kind"] == "not_to"}
    fixed = [p for p in record["pins"] if p["kind"] != "not_to"]
    barred = [known.get(c, {"kind": "not_to", "campus": c, "reason": ""}) for c in value or ()]
    return {"pins": [*fixed, *barred]}


def without(county: County, gone: frozenset[str]) -> County:
    """A county without what is recorded of people who leave it, such as rankings and kinship."""
    schools = tuple(
        s.model_copy(update={"vetoes": tuple(v for v in s.vetoes if v.teacher not in gone)})
        if any(v.teacher in gone for v in s.vetoes)
        else s
        for s in county.schools
    )
    rounds = tuple(
        r.model_copy(
            update={"appointments": tuple(a for a in r.appointments if a.teacher not in gone)}
        )
        for r in county.rounds
    )
    rankings = tuple(
        r.model_copy(update={"applicants": tuple(a for a in r.applicants if a not in gone)})
        for r in county.rankings
    )
    ties = (
        d.model_copy(update={"order": tuple(t for t in d.order if t not in gone)})
        for d in county.tie_decisions
    )
    return county.model_copy(
        update={
            "schools": schools,
            "rounds": rounds,
            "rankings": rankings,
            "tie_decisions": tuple(d for d in ties if len(d.order) > 1),
            "kinships": tuple(k for k in county.kinships if gone.isdisjoint(k.between)),
            "corrections": tuple(c for c in county.corrections if c.teacher not in gone),
        }
    )


def _subject(zh: str, en: str, *, several: bool = False) -> Field:
    return Field(Text(zh, en), "choices" if several else "choice", names="subjects")


TEACHERS = Listed(
    "teachers",
    Text("教师", "Teachers"),
    {
        "id": Field(Text("教职工号", "Teacher no."), "code", fixed=True),
        "name": Field(Text("姓名", "Name")),
        "campus": Field(Text("任教校区", "Campus"), "choice", names="campuses"),
        "stage": Field(Text("学段", "Stage"), "choice", words=STAGE),
        "subject": _subject("学科", "Subject"),
        "also_teaches": _subject("兼教学科", "Also teaches", several=True),
        "sex": Field(Text("性别", "Sex"), "choice", words=SEX),
        "born": Field(Text("出生年月", "Born"), "month"),
        "entered_work": Field(Text("参加工作年月", "Entered work"), "month"),
        "entered_school": Field(Text("进本校年月", "Entered the school"), "month"),
        "title": Field(Text("职称", "Professional title"), "choice", words=TITLE),
        "degree": Field(Text("学历", "Degree"), "choice", words=DEGREE),
        "honours": Field(Text("荣誉称号", "Honours"), "choices", words=HONOUR),
        "role": Field(Text("职务", "Role"), "choice", words=ROLE),
        "employment": Field(Text("用工性质", "Employment"), "choice", words=EMPLOYMENT),
        "status": Field(Text("人员状态", "Status"), "choice", words=STATUS),
        "exemptions": Field(Text("暂缓情形", "Grounds of exemption"), "choices", words=EXEMPTION),
        "points": Field(
            Text("核定积分（分）", "Points counted (points)"),
            "number",
            optional=True,
            help=Text("留空按积分表计算", "Empty counts them by the points table"),
        ),
        "rural_years": Field(Text("农村任教（年）", "In rural schools (years)"), "whole"),
        "graduating": Field(Text("毕业班", "Graduating class"), "flag"),
        "volunteer": Field(Text("自愿交流", "Volunteers"), "flag"),
        "reduction": Field(Text("减课（节/周）", "Reduction (periods a week)"), "whole"),
        "home_zone": Field(Text("居住片区", "Home zone"), "choice", names="zones", optional=True),
        "preferences": Field(Text("志愿校区", "Campuses preferred"), "choices", names="campuses"),
        "pin": Field(
            Text("指定去向", "Pinned to"),
            "choice",
            words=PIN,
            names="campuses",
            optional=True,
            help=Text("选校区为指定到该校区", "A campus sends the teacher there"),
        ),
        "not_to": Field(Text("不安排到", "Not to"), "choices", names="campuses"),
        "pins": Field(Text("指定", "Pins")),
    },
    "teachers",
    Teacher,
    parts={"pin": Part(_fixed, _fix), "not_to": Part(_barred, _bar)},
    index="teacher",
    along=without,
)


def _uncorrected(county: County, teacher: str) -> Plain | None:
    if teacher not in county.teacher:
        return None
    return {"teacher": teacher, "status": None, "ground": None, "note": "", "confirmed_by": ""}


_STATUS_FIRST = Problem("status", "no corrected standing is chosen yet: choose it first")
CORRECTIONS = Listed(
    "corrections",
    Text("交流资格", "Eligibility"),
    {
        "status": Field(Text("更正为", "Corrected to"), "choice", words=STANDING, optional=True),
        "ground": Field(
            Text("更正的暂缓情形", "Corrected ground"), "choice", words=EXEMPTION, optional=True
        ),
        "note": Field(Text("更正说明", "Note"), long=True),
        "confirmed_by": Field(Text("确认人", "Confirmed by")),
    },
    "corrections",
    Correction,
    key=lambda record: str(record.teacher),
    parts={
        name: after("status", name, _STATUS_FIRST) for name in ("ground", "note", "confirmed_by")
    },
    absent=_uncorrected,
    gone=lambda record: record["status"] is None,
)

_YEARS = ("years_at_school", "years_principal")
SERVICE = Single(
    "service",
    Text("交流年限与年龄", "Terms of service"),
    {
        "years_at_school": Field(Text("同校任教（年）", "At one school (years)"), "whole"),
        "years_principal": Field(
            Text("校长同校任职（年）", "Heads at one school (years)"), "whole"
        ),
        "men_until": Field(Text("男教师至（岁）", "Men up to (years)"), "whole"),
        "women_until": Field(Text("女教师至（岁）", "Women up to (years)"), "whole"),
        "principals_extra": Field(Text("校长加（岁）", "Heads add (years)"), "whole"),
        "near_retirement": Field(
            Text("距退休不足（年）不交流", "Not within (years) of retirement"), "whole"
        ),
    },
    ServiceTerms,
    "terms",
)

PEOPLE: tuple[Table, ...] = (TEACHERS, CORRECTIONS, SERVICE)
