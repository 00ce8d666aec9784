"""The sheets that are signed and filed: approval, rates, over and short, terms, changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from allocator.files.workbook.sheet import Alarm, Sheet, above_zero, reads
from allocator.insight import tables
from allocator.insight.last_year import past_year
from allocator.insight.view import BeforeAfter
from allocator.insight.vocabulary import KEPT, TERM_STATE
from allocator.modelling import Language, Text
from allocator.scenario import Scenario

if TYPE_CHECKING:
    from allocator.solving.outcome import Outcome

_READ = Text("说明", "How to read this")
_SIGNED: tuple[Text, ...] = (
    Text("经办人", "Prepared by"),
    Text("人事科意见", "Personnel section"),
    Text("分管领导意见", "Deputy director"),
    Text("局主要领导意见", "Director"),
    Text("局长办公会意见", "Board of the bureau"),
)
_ADMISSION: tuple[Text, ...] = (
    Text("经办人", "Prepared by"),
    Text("中招办意见", "Admissions office"),
    *_SIGNED[2:],
)
_SIGN = Text(
    "\n\n　　　　　　　　签字（盖章）：　　　　　　　　　　年　　月　　日",
    "\n\n                Signed (seal):                          Date:",
)
_COUNTY = Text(
    "“计入人数”与“基数”的口径见各条要求；“城区、优质学校”一行为各派出学校之和，"
    "是否达到逐校（不足规定人数的学校按片区合并）判断。停用的规则只列数，不作结论。",
    "Who counts, and of whom, is said in each demand. The row of urban and quality schools adds "
    "them up; each (small ones pooled by zone) is judged by itself. A rule that is off is listed "
    "with its numbers and no verdict.",
)
_SCHOOLS = Text(
    "“须派出学校”为城区学校和优质学校；合并计算的学校，“应达人数”和结论为同片区合并后的数。"
    "其余学校只列数。",
    "Urban and quality schools have to send. Small schools are judged with the others of their "
    "zone: what is asked for and the verdict are then those of all together. The rest is listed "
    "with numbers alone.",
)
_OVER = Text(
    "正数为超编，负数为缺编（人），按岗位数计；空白为该校无此学科岗位和在岗教师。“前”为现状，“后”为方案后。",
    "Above zero: people over the posts; below: short of them. Empty: neither posts nor holders. "
    "Before: as it is; after: under the plan.",
)
_TERMS = Text(
    "“期满年月”为任期最后一月；期满返回者本学年起回编制所在学校任教，返回权优先于新的安排。",
    "Ends: the last month of the term. Whoever returns teaches at the school of the post from this "
    "school year on; the right of return goes before a new placement.",
)
_CHANGED = Text(
    "与已公布（上年）方案相比；期满返回不计；“净增变化”为接收减派出的变化。",
    "Against the plan published (last year's); returns are left out. The change of the balance is "
    "that of people arriving less people leaving.",
)
_QUOTAS = Text(
    "与 {year} 年名额相比，只比较本年参与分配的高中；上年无记录的学校不列增减。",
    "Against {year}, of senior highs that divide places now; a junior high without a record has "
    "no change.",
)


def approval_sheets(
    scenario: Scenario, outcome: Outcome, seen: BeforeAfter | None, lang: Language
) -> Iterator[Sheet]:
    """The form to be signed, on one page, where there is a plan."""
    if not any(p.plan is not None for p in outcome.parts):
        return
    name = Text("审批表", "Approval form")
    signed = _SIGNED if seen is not None else _ADMISSION
    title = (
        Text("教师交流轮岗方案审批表", "Approval of the exchange plan")
        if seen is not None
        else Text("名额分配方案审批表", "Approval of the quota places")
    )
    yield Sheet(
        name,
        title,
        tables.approval(scenario, outcome, seen, lang),
        fixed=1,
        alarms=(reads("kept", KEPT[False].say(lang)),),
        below=tuple((who.say(lang), _SIGN.say(lang)) for who in signed),
    )


def rate_sheets(scenario: Scenario, seen: BeforeAfter, lang: Language) -> Iterator[Sheet]:
    """Compliance with the exchange rates: the county, then every school."""
    broken = KEPT[False].say(lang)
    yield Sheet(
        Text("交流比例达标", "Exchange rates"),
        Text("交流比例达标情况（全县）", "Compliance with the exchange rates"),
        tables.county_rates(scenario, seen, lang),
        fixed=1,
        alarms=(above_zero("short_people"), above_zero("schools_missed"), reads("kept", broken)),
        below=((_READ.say(lang), _COUNTY.say(lang)),),
    )
    yield Sheet(
        Text("各校交流比例", "School rates"),
        Text("各校交流比例达标情况", "Exchange rates by school"),
        tables.school_rates(scenario, seen),
        fixed=1,
        totals=("listed", "eligible_people", "base_people", "sent", "sent_backbone", "received"),
        alarms=(reads("kept", broken),),
        below=((_READ.say(lang), _SCHOOLS.say(lang)),),
    )


def over_short_sheets(scenario: Scenario, seen: BeforeAfter, lang: Language) -> Iterator[Sheet]:
    """Over and short by school and subject, before and after, on one sheet."""
    table = tables.over_short(scenario, seen, lang)
    numbers = tuple(c for c in map(str, table.columns) if ":" in c)
    yield Sheet(
        Text("超缺编一览", "Over and short"),
        Text("各校各学科超缺编一览（方案前后）", "Over and short by school and subject"),
        table,
        names=tables.over_short_names(scenario, lang),
        fixed=3,
        totals=numbers,
        alarms=tuple(_below_zero(c) for c in numbers),
        below=((_READ.say(lang), _OVER.say(lang)),),
    )


def _below_zero(column: str) -> Alarm:
    """Colour what is short."""
    return Alarm(column, lambda at, row: f"=N(${at[column]}{row})<0")


def term_sheets(scenario: Scenario, seen: BeforeAfter, lang: Language) -> Iterator[Sheet]:
    """Secondments with their terms, those that end this year first, where there are some."""
    table = tables.secondment_terms(scenario, seen, lang)
    if len(table):
        yield Sheet(
            Text("交流任期", "Terms"),
            Text("交流任期与期满名单", "Secondments and when they end"),
            table,
            fixed=2,
            alarms=(reads("term_state", TERM_STATE["returning"].say(lang)),),
            below=((_READ.say(lang), _TERMS.say(lang)),),
        )


def last_year_sheets(
    scenario: Scenario, outcome: Outcome, seen: BeforeAfter | None, lang: Language
) -> Iterator[Sheet]:
    """Changes by school against the plan published and last year's quota places, where known."""
    if seen is not None:
        table = tables.exchange_changes(scenario, seen)
        if len(table):
            yield Sheet(
                Text("各校变化", "Changes by school"),
                Text("各校交流人数与已公布方案的变化", "Exchange by school against the published"),
                table,
                fixed=1,
                totals=("published_out", "now_out", "published_in", "now_in"),
                below=((_READ.say(lang), _CHANGED.say(lang)),),
            )
    year = past_year(scenario)
    if outcome.plan.quotas and year is not None:
        table = tables.quota_changes(scenario, outcome.plan)
        yield Sheet(
            Text("名额较上年", "Quota changes"),
            Text("各校名额较上年变化", "Quota places against last year"),
            table,
            fixed=1,
            totals=("past_total", "total", "places_change"),
            below=((_READ.say(lang), _QUOTAS.say(lang).format(year=year)),),
        )
