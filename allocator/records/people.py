"""Tables of people: teachers, their certificates and pins, corrections of their standing."""

from __future__ import annotations

from dataclasses import replace

from allocator.county.corrections import Correction
from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.county.people import Certificate, Pin, Teacher
from allocator.insight.vocabulary import EXEMPTION, STAGE, STANDING
from allocator.modelling import Text
from allocator.records import teacher_parts as parts
from allocator.records.fields import Field
from allocator.records.inside import Inside
from allocator.records.lists import Listed
from allocator.records.rows import Plain, Table, after
from allocator.records.words import (
    DEGREE,
    EMPLOYMENT,
    HONOUR,
    PIN,
    PIN_KIND,
    ROLE,
    SEX,
    STATUS,
    TITLE,
)


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
        "certificates": Field(
            Text("教师资格（学段学科）", "Certified for (stage and subject)"),
            "choices",
            names="certificates",
            elsewhere="certificates",
            help=Text("留空为任教学段和学科", "Empty means the stage and subject taught"),
        ),
        "term_home": Field(
            Text("交流期内原校区", "Home campus of a running term"),
            "choice",
            names="campuses",
            optional=True,
            help=Text("本人正在外校交流时填写", "Only of those who serve a term elsewhere"),
        ),
        "term_started": Field(Text("交流开始年月", "Term started"), "month", optional=True),
        "term_ends": Field(Text("交流结束年月", "Term ends"), "month", optional=True),
        "term_goes_on": Field(Text("期满续任", "Term goes on"), "flag", optional=True),
        "pin": Field(
            Text("指定去向", "Pinned to"),
            "choice",
            words=PIN,
            names="campuses",
            optional=True,
            elsewhere="pins",
            help=Text("选校区为指定到该校区", "A campus sends the teacher there"),
        ),
        "not_to": Field(
            Text("不安排到", "Not to"), "choices", names="campuses", elsewhere="pins"
        ),
    },
    "teachers",
    record=Teacher,
    parts={"pin": parts.PIN, "not_to": parts.NOT_TO, "certificates": parts.CERTIFICATES,
           **parts.TERM},
    told={"pins": Text("指定", "Pins")},
    index="teacher",
    along=without,
)  # fmt: skip
_TEACHER = Field(Text("教职工号", "Teacher no."), "choice", names="teachers", fixed=True)
CERTIFICATES = Inside(
    "certificates",
    Text("教师资格", "Certificates"),
    {
        "teacher": _TEACHER,
        "stage": Field(Text("学段", "Stage"), "choice", words=STAGE, fixed=True),
        "subject": replace(_subject("学科", "Subject"), fixed=True),
    },
    parts.certificates_of,
    parts.with_certificates,
    record=Certificate,
    keys=("teacher", "stage", "subject"),
    owner="teacher",
    listed="teachers",
)
PINS = Inside(
    "pins",
    Text("事先指定", "Pins"),
    {
        "teacher": _TEACHER,
        "kind": Field(Text("指定", "Decision"), "choice", words=PIN_KIND, fixed=True),
        "campus": Field(
            Text("校区（留任不填）", "Campus (none with stays)"),
            "choice",
            names="campuses",
            optional=True,
            fixed=True,
        ),
        "reason": Field(Text("理由", "Reason"), long=True),
    },
    parts.pins_of,
    parts.with_pins,
    record=Pin,
    keys=("teacher", "kind", "campus"),
    made_of=parts.pin_id,
    owner="teacher",
    listed="teachers",
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
        "teacher": _TEACHER,
        "status": Field(Text("更正为", "Corrected to"), "choice", words=STANDING, optional=True),
        "ground": Field(
            Text("更正的暂缓情形", "Corrected ground"), "choice", words=EXEMPTION, optional=True
        ),
        "note": Field(Text("更正说明", "Note"), long=True),
        "confirmed_by": Field(Text("确认人", "Confirmed by")),
    },
    "corrections",
    record=Correction,
    keys=("teacher",),
    needed=("status",),
    key=lambda record: str(record.teacher),
    parts={
        name: after("status", name, _STATUS_FIRST) for name in ("ground", "note", "confirmed_by")
    },
    absent=_uncorrected,
    gone=lambda record: record.get("status") is None,
)

PEOPLE: tuple[Table, ...] = (TEACHERS, CERTIFICATES, PINS, CORRECTIONS)
