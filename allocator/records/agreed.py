"""Tables of what is agreed or on record: supply, rounds, rankings, kinship, vetoes, ties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from allocator.county.decisions import Appointment, Kinship, Ranking, Round, Veto
from allocator.county.reported import Reported
from allocator.county.supply import SupplyOffer
from allocator.county.ties import TieDecision
from allocator.insight.vocabulary import KIND, STAGE, SUPPLY
from allocator.modelling import Text
from allocator.records.fields import Field
from allocator.records.inside import Inside, without
from allocator.records.lists import Listed
from allocator.records.nested import RANK, vetoes_of, with_vetoes
from allocator.records.rows import Part, Plain, Table
from allocator.records.schools import ID, NAME
from allocator.records.ways import ENDS, NO_ENDS
from allocator.records.words import (
    DEGREE,
    KINSHIP,
    PLAN_PART,
    PLAN_ROW,
    ROUND,
    SETTLED_BY,
    VETO,
)


def _teacher(zh: str = "教职工号", en: str = "Teacher no.") -> Field:
    return Field(Text(zh, en), "choice", names="teachers", fixed=True)


_CAMPUS = Text("校区", "Campus")
_SUBJECT = Field(Text("学科", "Subject"), "choice", names="subjects", fixed=True)
_SCHOOL = Field(Text("学校", "School"), "choice", names="schools", fixed=True)

SUPPLY_OFFERS = Listed(
    "supply",
    Text("补充来源", "Further supply"),
    {
        "kind": Field(Text("来源", "Kind"), "choice", words=SUPPLY, fixed=True),
        "stage": Field(Text("学段", "Stage"), "choice", words=STAGE, fixed=True),
        "subject": _SUBJECT,
        "count": Field(Text("人数（人）", "People (people)"), "whole"),
        "degree": Field(Text("学历要求", "Degree asked for"), "choice", words=DEGREE),
    },
    "supply",
    record=SupplyOffer,
    keys=("kind", "stage", "subject"),
)

ROUNDS = Listed(
    "rounds",
    Text("聘任轮次", "Rounds"),
    {
        "id": ID,
        "name": NAME,
        "kind": Field(Text("形式", "Kind"), "choice", words=ROUND),
    },
    "rounds",
    record=Round,
)


def _appointments_of(held: Round) -> Iterator[tuple[str, Plain]]:
    for result in held.appointments:
        yield f"{held.id}.{result.teacher}", {"round": held.id, **result.model_dump(mode="json")}


def _with_appointments(held: Round, records: Mapping[str, Plain]) -> Round:
    made = tuple(Appointment.model_validate(without(r, "round")) for r in records.values())
    return held.model_copy(update={"appointments": made})


APPOINTMENTS = Inside(
    "appointments",
    Text("聘任结果", "Results of rounds"),
    {
        "round": Field(Text("轮次", "Round"), "choice", names="rounds", fixed=True),
        "teacher": _teacher(),
        "campus": Field(Text("聘任校区", "Campus taken"), "choice", names="campuses"),
        "kind": Field(
            Text("方式", "Kind of move"),
            "choice",
            words=KIND,
            help=Text("到其他学校时有效", "Counts where the campus belongs to another school"),
        ),
    },
    _appointments_of,
    _with_appointments,
    record=Appointment,
    keys=("round", "teacher"),
    owner="round",
    listed="rounds",
)

RANKINGS = Listed(
    "rankings",
    Text("报名排序", "Rankings of applicants"),
    {
        "campus": Field(_CAMPUS, "choice", names="campuses", fixed=True),
        "subject": _SUBJECT,
        "applicants": Field(
            Text("报名者教职工号（最优先在前）", "Applicants by number (best first)"),
            "choices",
            names="teachers",
            long=True,
        ),
    },
    "rankings",
    record=Ranking,
    key=lambda ranking: f"{ranking.campus}.{ranking.subject}",
    keys=("campus", "subject"),
    start=lambda values: {"applicants": []},
)

KINSHIPS = Listed(
    "kinships",
    Text("亲属关系", "Kinship"),
    {
        "kind": Field(Text("关系", "Kinship"), "choice", words=KINSHIP),
        "first": _teacher("一方教职工号", "No. of one teacher"),
        "second": _teacher("另一方教职工号", "No. of the other teacher"),
    },
    "kinships",
    record=Kinship,
    keys=("first", "second"),
    made_of=lambda values: "+".join(sorted((str(values["first"]), str(values["second"])))),
    parts={"first": ENDS["from"], "second": ENDS["to"]},
    start=lambda values: NO_ENDS,
)

VETOES = Inside(
    "vetoes",
    Text("学校保留意见", "Objections of schools"),
    {
        "school": _SCHOOL,
        "rank": Field(Text("序（1 最重要）", "Rank (1 first)"), "whole", optional=True),
        "teacher": _teacher(),
        "against": Field(Text("意见", "Objection"), "choice", words=VETO),
        "reason": Field(Text("理由", "Reason"), long=True),
    },
    vetoes_of,
    with_vetoes,
    record=Veto,
    keys=("school", "teacher"),
    parts={"rank": RANK},
)

TIES = Listed(
    "tie_decisions",
    Text("同分裁定", "Tie decisions"),
    {
        "order": Field(
            Text("教职工号（先交流者在前）", "Teachers by number (first goes first)"),
            "choices",
            names="teachers",
            long=True,
        ),
        "settled_by": Field(Text("方式", "Settled by"), "choice", words=SETTLED_BY),
        "name": Field(Text("抽签人或裁定人", "Who drew or decided")),
        "on": Field(Text("裁定年月", "Settled in"), "month"),
        "note": Field(Text("说明", "Note"), long=True),
    },
    "tie_decisions",
    record=TieDecision,
    key=lambda decision: min(decision.order),
    keys=("order",),
    made_of=lambda values: min(map(str, values["order"])),
)

REPORTED = Listed(
    "reported",
    Text("规划指标填报", "Reported totals"),
    {
        "indicator": Field(
            Text("规划指标", "Indicator of the plan"), "choice", words=PLAN_ROW, fixed=True
        ),
        "part": Field(Text("分段", "Part"), "choice", words=PLAN_PART, optional=True, fixed=True),
        "numerator": Field(Text("分子", "Numerator"), "number", optional=True),
        "denominator": Field(Text("分母", "Denominator"), "number", optional=True),
        "value": Field(
            Text("数值", "Value"),
            "number",
            optional=True,
            help=Text(
                "不填分子分母时填写；比例填 0 至 1",
                "In place of numerator and denominator; a share from 0 to 1",
            ),
        ),
        "as_of": Field(Text("统计年月", "As of"), "month"),
        "source": Field(Text("来源", "Source"), long=True),
    },
    "reported",
    record=Reported,
    key=lambda total: f"{total.indicator}.{total.part}" if total.part else str(total.indicator),
    keys=("indicator", "part"),
    parts={
        "indicator": Part(
            lambda record: str(record["indicator"]),
            lambda record, value: {"indicator": int(value) if str(value).isdigit() else value},
        )
    },
)

AGREED: tuple[Table, ...] = (
    SUPPLY_OFFERS, ROUNDS, APPOINTMENTS, RANKINGS, KINSHIPS, VETOES, TIES, REPORTED,
)  # fmt: skip
"""After the people they name."""
