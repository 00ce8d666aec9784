"""The sheets of the workbook, in their order: which table, what is summed, what is coloured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from allocator.audit import Flaw
from allocator.files.workbook.admission_sheets import method_sheets
from allocator.files.workbook.form_sheets import (
    approval_sheets,
    last_year_sheets,
    over_short_sheets,
    rate_sheets,
    term_sheets,
)
from allocator.files.workbook.indicator_sheets import indicator_sheets
from allocator.files.workbook.living import made_alive
from allocator.files.workbook.people_sheets import people_sheets
from allocator.files.workbook.post_sheets import post_sheets
from allocator.files.workbook.quota_sheets import quota_sheets
from allocator.files.workbook.sheet import Sheet, missed, reads
from allocator.files.workbook.staffing_sheets import staffing_sheets
from allocator.files.workbook.usable_sheets import usable_sheets
from allocator.files.workbook.walking_sheets import walking_sheets
from allocator.insight import tables
from allocator.insight.view import BeforeAfter, before_after
from allocator.insight.vocabulary import KEPT
from allocator.modelling import Language, Text
from allocator.scenario import Scenario
from allocator.words import say

if TYPE_CHECKING:
    from allocator.solving.outcome import Outcome

_NOTES = Text("数据说明", "About the data")
_READ = Text("说明", "How to read this")
_SUMMARY = Text(
    "“方案前”为现状（无人交流）；“目标”为所启用规则的要求，空白表示未设要求；红色为未达到。",
    "Before: the county as it is, nobody moved. Target: what a rule in force asks for, empty "
    "where none does. Red: missed.",
)
_PROOF = Text(
    "理论界：在前面各级目标均不差于本方案的所有方案中，该级目标不可能优于此值；"
    "“已证明”指方案值与理论界在容差内一致，“完全相等”指毫无差距。",
    "Bound: no plan that is as good as this one in all earlier tiers can be below it. Proven: "
    "value and bound agree within the tolerance. Exact: they are the same.",
)
_RULES = Text(
    "硬性规则必须达到；尽量达到的规则按目标次序计价；仅监测的规则只核验；停用的规则不核验。",
    "Must: kept by every plan. Should: paid for in the order of goals. Watch: only audited. Off: "
    "not audited.",
)
_PROBLEM = Text("无法满足的要求", "Impossible request")
_FLAW = Text("方案错误", "Flaw in the plan")
_NOTE = Text("取整说明", "Note on the rounding")


def sheets(
    scenario: Scenario, outcome: Outcome, lang: Language, *, internal: bool = False
) -> Iterator[Sheet]:
    """Every sheet of an outcome, living where formulas can count what it shows."""
    staffing = outcome.part("staffing")
    seen = before_after(scenario, staffing.plan) if staffing and staffing.plan else None
    told = tuple(_told(scenario, outcome, seen, lang, internal=internal))
    return made_alive(scenario, outcome, seen, told, lang)


def _told(
    scenario: Scenario,
    outcome: Outcome,
    seen: BeforeAfter | None,
    lang: Language,
    *,
    internal: bool,
) -> Iterator[Sheet]:
    """Every sheet with the figures of today; parts without a plan have only rules and proof."""
    yield _summary(scenario, outcome, seen, lang)
    yield from approval_sheets(scenario, outcome, seen, lang)
    if seen is not None:
        yield from staffing_sheets(scenario, seen, lang)
        yield from walking_sheets(scenario, seen, lang)
        yield from rate_sheets(scenario, seen, lang)
        yield from term_sheets(scenario, seen, lang)
        yield from post_sheets(scenario, seen, lang)
        yield from over_short_sheets(scenario, seen, lang)
        yield from people_sheets(scenario, seen, lang, internal=internal)
    yield from quota_sheets(scenario, outcome, lang)
    yield from last_year_sheets(scenario, outcome, seen, lang)
    if outcome.plan.quotas:
        yield from method_sheets(scenario, tables.method_results(scenario), lang)
    if seen is not None:
        yield from indicator_sheets(scenario, seen, lang)
    yield from usable_sheets(scenario, outcome.plan, lang)
    yield from _audited(scenario, outcome, lang)
    yield _proof(scenario, outcome, lang)


def _summary(
    scenario: Scenario, outcome: Outcome, seen: BeforeAfter | None, lang: Language
) -> Sheet:
    table = tables.summary(scenario, outcome, seen)
    below = [(_READ.say(lang), _SUMMARY.say(lang))]
    below += [(_NOTES.say(lang), text) for text in (scenario.county.notes, scenario.notes) if text]
    name = Text("摘要", "Summary")
    return Sheet(name, name, table, fixed=2, alarms=missed("after", lang), below=tuple(below))


def _audited(scenario: Scenario, outcome: Outcome, lang: Language) -> Iterator[Sheet]:
    """Rules with verdicts, and the readings behind them."""
    audits = [p.audit for p in outcome.parts if p.audit is not None]
    if not audits:
        return
    flaws = [(_FLAW.say(lang), _said(f, lang)) for audit in audits for f in audit.flaws]
    broken = KEPT[False].say(lang)
    yield Sheet(
        Text("规则核验", "Rules"),
        Text("规则核验（由方案数据独立计算）", "Rules, judged from the plan's data alone"),
        pd.concat([tables.rules(scenario, a, lang) for a in audits], ignore_index=True),
        fixed=2,
        alarms=(reads("kept", broken),),
        below=((_READ.say(lang), _RULES.say(lang)), *flaws),
    )
    table = pd.concat([tables.readings(scenario, a, lang) for a in audits], ignore_index=True)
    # "Nothing wrong here", said of every single move, would bury what is worth reading.
    table = table[~table["kept"].astype(bool) | (table["limit"] != 0) | (table["actual"] != 0)]
    yield Sheet(
        Text("核验明细", "Readings"),
        Text("规则核验明细（各处读数）", "Readings behind the verdicts"),
        table.drop(columns="shortfall"),
        fixed=2,
        alarms=(reads("kept", broken),),
    )


def _said(flaw: Flaw, lang: Language) -> str:
    text = say(flaw.text, lang, **flaw.details)
    return say("{path}: {text}", lang, path=flaw.path, text=text) if flaw.path else text


def _proof(scenario: Scenario, outcome: Outcome, lang: Language) -> Sheet:
    head = tables.proof_head(scenario, outcome, lang)
    items = list(zip(head["item"], head["content"], strict=True))
    problems = [(_PROBLEM.say(lang), _said(f, lang)) for p in outcome.parts for f in p.problems]
    problems += [(_NOTE.say(lang), _said(f, lang)) for p in outcome.parts for f in p.notes]
    return Sheet(
        Text("证明", "Proof"),
        Text("求解证明", "Proof of the solve"),
        tables.proof(scenario, outcome, lang),
        fixed=0,
        below=((_READ.say(lang), _PROOF.say(lang)), *items, *problems),
    )
