"""What is agreed or on record, as the page shows it: rounds, rankings, kinship, vetoes, pins."""

from __future__ import annotations

from dataclasses import replace

from allocator.modelling import Text
from allocator.records.agreed import (
    APPOINTMENTS,
    KINSHIPS,
    RANKINGS,
    ROUNDS,
    SUPPLY_OFFERS,
    TIES,
    VETOES,
)
from allocator.records.people import PINS
from allocator.records.rows import Table
from allocator.scenario import Scenario
from allocator.ui.logic.county_tables.grid import Grid, Total, form_of
from allocator.ui.logic.county_tables.named import NAME, NAMES, with_names
from allocator.ui.logic.county_tables.schools import next_code

ROUNDS_GRID = Grid(
    "rounds",
    Text(
        "已经进行的聘任轮次：校内竞聘、跨校竞聘；结果在“聘任结果”中录入。",
        "The rounds held so far, inside schools or across them; their results are entered under "
        "results of rounds.",
    ),
    ("name", "kind", "id"),
    totals=lambda scenario: (
        Total(Text("轮次（轮）", "Rounds"), len(scenario.county.rounds)),
        Total(Text("聘任结果（人）", "Results (people)"), len(scenario.county.appointed)),
    ),
    part="staffing",
    form=form_of(
        ROUNDS, lambda county: {"id": next_code((r.id for r in county.rounds), "R")}
    ),
    missing=Text(
        "还没有聘任轮次：竞聘结束后添加一轮，再录入结果。",
        "No round is on record: add one when it is over, then enter its results.",
    ),
)  # fmt: skip
APPOINTMENTS_GRID = Grid(
    "appointments",
    Text(
        "各轮聘任结果：这些教师的去处已定，求解不再改动。",
        "Results of the rounds: these teachers have their places, and the plan keeps them.",
    ),
    ("teacher", "name", "round", "campus", "kind"),
    extra={"name": NAME},
    rows=with_names(APPOINTMENTS, {"teacher": "name"}),
    filters=("round", "campus"),
    search=("teacher", "name"),
    totals=lambda scenario: (
        Total(Text("聘任结果（人）", "Results (people)"), len(scenario.county.appointed)),
    ),
    part="staffing",
    form=form_of(APPOINTMENTS),
    missing=Text(
        "还没有聘任结果：先在“聘任轮次”中添加一轮。",
        "No result is on record: add a round under rounds first.",
    ),
)
RANKINGS_GRID = Grid(
    "rankings",
    Text(
        "学校对报名本校某学科空岗的教师排序，最优先者在前；教职工号之间用顿号隔开。",
        "How a school ranks those who apply for its posts of a subject, best first; numbers stand "
        "between commas.",
    ),
    ("campus", "subject", "applicants", "names"),
    extra={"names": NAMES},
    rows=with_names(RANKINGS, {"applicants": "names"}),
    filters=("campus", "subject"),
    search=("applicants", "names"),
    totals=lambda scenario: (
        Total(Text("排序（份）", "Rankings"), len(scenario.county.rankings)),
        Total(
            Text("报名（人次）", "Applications"),
            sum(len(r.applicants) for r in scenario.county.rankings),
        ),
    ),
    part="staffing",
    form=form_of(RANKINGS),
    missing=Text(
        "还没有学校排序：跨校竞聘需要时添加。",
        "No ranking is on record: add some where a round across schools needs them.",
    ),
)
KINSHIPS_GRID = Grid(
    "kinships",
    Text(
        "夫妻就近和亲属回避；相应规则启用时生效。",
        "Couples to be near each other, relatives to be apart; they count where the rule is on.",
    ),
    ("kind", "first", "first_name", "second", "second_name"),
    extra={
        "first_name": NAME,
        "second_name": replace(NAME, title=Text("另一方姓名", "Name of the other")),
    },
    rows=with_names(KINSHIPS, {"first": "first_name", "second": "second_name"}),
    filters=("kind",),
    search=("first", "first_name", "second", "second_name"),
    part="staffing",
    form=form_of(KINSHIPS),
    missing=Text("没有亲属关系记录。", "No kinship is on record."),
)
VETOES_GRID = Grid(
    "vetoes",
    Text(
        "学校不同意本校教师调出或他校教师调入的意见，序号小的更重要。",
        "Objections of schools to losing a teacher or to receiving one; a lower rank weighs more.",
    ),
    ("school", "rank", "teacher", "name", "against", "reason"),
    extra={"name": NAME},
    rows=with_names(VETOES, {"teacher": "name"}),
    filters=("school", "against"),
    search=("teacher", "name", "reason"),
    part="staffing",
    form=form_of(VETOES),
    missing=Text("没有学校保留意见。", "No school objects."),
)
PINS_GRID = Grid(
    "pins",
    Text(
        "事先决定的去留：去某校区、留任、不去某校区，附理由。",
        "What is decided beforehand of a teacher: goes to a campus, stays, does not go there; with "
        "the reason.",
    ),
    ("teacher", "name", "kind", "campus", "reason"),
    extra={"name": NAME},
    rows=with_names(PINS, {"teacher": "name"}),
    filters=("kind",),
    search=("teacher", "name", "reason"),
    totals=lambda scenario: (
        Total(
            Text("有指定（人）", "Pinned (people)"),
            sum(bool(t.pins) for t in scenario.county.teachers),
        ),
    ),
    part="staffing",
    form=form_of(PINS),
    missing=Text("没有事先指定。", "Nothing is decided beforehand."),
)
TIES_GRID = Grid(
    "tie_decisions",
    Text(
        "积分相同时谁先交流：抽签或专人裁定的记录，先交流者在前。",
        "Who goes first of several with equal points, by lot or by a person on record.",
    ),
    ("order", "names", "settled_by", "name", "on", "note"),
    extra={"names": NAMES},
    rows=with_names(TIES, {"order": "names"}),
    search=("order", "names"),
    part="staffing",
    form=form_of(TIES),
    missing=Text(
        "没有同分裁定：结果中出现同分时，抽签或裁定后在此录入。",
        "No tie is settled: where a result has one, draw or decide, then enter it here.",
    ),
)


def _supply_totals(scenario: Scenario) -> tuple[Total, ...]:
    return tuple(
        Total(Text(f"{word.zh}（人）", f"{word.en} (people)"),
              sum(o.count for o in scenario.county.supply if o.kind == kind))
        for kind, word in _kinds(SUPPLY_OFFERS).items()
    )  # fmt: skip


def _kinds(held: Table) -> dict[str, Text]:
    return {str(code): word for code, word in held.fields["kind"].words.items()}


SUPPLY_GRID = Grid(
    "supply",
    Text(
        "今年可补充的人员，按来源、学段、学科计数；相应规则启用时由求解安排到校。",
        "Further people of the year by kind, stage and subject; where the rule is on the plan "
        "places them.",
    ),
    ("kind", "stage", "subject", "count", "degree"),
    filters=("kind", "stage", "subject"),
    totals=_supply_totals,
    part="staffing",
    form=form_of(SUPPLY_OFFERS),
    missing=Text("没有补充来源。", "There is no further supply."),
)
