"""Every column and every code of the data has words in both languages."""

from __future__ import annotations

from typing import get_args

import pytest

from allocator.admission.signposts import METHODS
from allocator.admission.terms import ROUNDINGS
from allocator.county.places import AreaClass, Stage
from allocator.county.plan import Move
from allocator.county.quotas import QuotaPool
from allocator.insight import tables
from allocator.insight import vocabulary as words
from allocator.insight.headings import COLUMNS
from allocator.insight.names import place_name
from allocator.insight.round_tables import round_results
from allocator.modelling import Firmness
from allocator.samples import toy_scenario
from allocator.scenario import PARTS, with_published
from allocator.solving.outcome import PartOutcome
from allocator.staffing.decode import today
from allocator.staffing.rounds import propose_round
from tests.insight import small_county as small


@pytest.mark.parametrize(
    ("codes", "known"),
    [
        (get_args(Stage), words.STAGE),
        (get_args(AreaClass), words.AREA),
        (get_args(Move.model_fields["kind"].annotation), words.KIND),
        (get_args(Move.model_fields["ground"].annotation), words.GROUND),
        (get_args(Firmness), words.FIRMNESS),
        (get_args(PartOutcome.model_fields["status"].annotation), words.STATUS),
        (get_args(PartOutcome.model_fields["reason"].annotation), words.REASON),
        (PARTS, words.PART),
        (ROUNDINGS, words.ROUNDING),
        (METHODS, words.DIVISOR),
    ],
)
def test_every_code_has_words(codes, known) -> None:
    assert codes
    assert set(codes) <= set(known)


def test_every_column_has_a_heading_and_every_unit_a_word() -> None:
    scenario = small.scenario()
    outcome = small.outcome(scenario, {"build": 1.0})
    plan, judged = small.STAFFING_PLAN, outcome.parts[0].audit
    assert judged is not None
    made = [
        tables.summary(scenario, outcome),
        tables.method_comparison(scenario, tables.method_results(scenario)),
        tables.exchange_list(scenario, plan),
        tables.moves_by_township(scenario, plan),
        tables.coverage(scenario, plan),
        tables.famous(scenario, plan),
        tables.indicators(scenario, plan),
        tables.school_indicators(scenario, plan),
        tables.plan_indicators(scenario, plan),
        tables.posts(scenario, plan),
        tables.school_posts(scenario, plan),
        tables.vacancies(scenario, plan),
        tables.recruitment(scenario, plan),
        tables.changes(with_published(scenario, plan), today(scenario.county)),
        round_results(scenario, propose_round(scenario.county, {}), {}),
        tables.quota_matrix(scenario, small.QUOTA_PLAN),
        *(tables.rules(scenario, p.audit) for p in outcome.parts if p.audit),
        *(tables.readings(scenario, p.audit) for p in outcome.parts if p.audit),
        tables.proof(scenario, outcome),
        tables.proof_head(scenario, outcome),
        tables.timings(outcome),
    ]
    known = {*COLUMNS, *tables.senior_high_names(scenario)}
    assert {str(c) for table in made for c in table.columns} <= known
    units = {u for table in made if "unit" in table for u in table["unit"]}
    assert units - {""} <= set(words.UNIT)


def test_headings_differ_within_a_table_in_both_languages() -> None:
    scenario = small.scenario()
    for table in (
        tables.exchange_list(scenario, small.STAFFING_PLAN),
        tables.coverage(scenario, small.STAFFING_PLAN),
        tables.school_indicators(scenario, small.STAFFING_PLAN),
        tables.plan_indicators(scenario, small.STAFFING_PLAN),
        tables.posts(scenario, small.STAFFING_PLAN),
        tables.school_posts(scenario, small.STAFFING_PLAN),
    ):
        for lang in ("zh", "en"):
            shown = tables.headed(table, lang, keys=True)
            assert len(shown.columns) == len(table.columns)


@pytest.mark.parametrize(
    ("where", "zh", "en"),
    [
        ("S1/junior.music:leaving", "示例城区初中（初中音乐）（流出）", "leaving"),
        ("S4/junior.music", "示例东部初中（初中音乐）", "junior Music"),
        ("S1/grade.senior", "示例城区初中（高级）", "senior"),
    ],
)
def test_posts_are_named_by_school_stage_subject_and_grade(where, zh, en) -> None:
    assert tables.place_name(toy_scenario(), where) == zh
    assert en in tables.place_name(toy_scenario(), where, "en")


def test_channels_of_a_senior_high_and_pools_are_named() -> None:
    made = toy_scenario()
    first = made.county.junior_highs[0].id, made.county.junior_highs[1].id
    pool = QuotaPool(id="P1", name="示例合并组", schools=first)
    made = made.model_copy(
        update={"county": made.county.model_copy(update={"quota_pools": (pool,)})}
    )
    assert place_name(made, "H1:self_recruitment") == "示例第一高中（自主招生）"
    assert place_name(made, "H1:unified", "en") == "示例第一高中 (unified admission)"
    assert place_name(made, "H1:P1") == "示例第一高中（示例合并组）"
