"""The sheets of the workbook, in their order: which table, what is summed, what is coloured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from allocator.audit import Flaw
from allocator.county.indicators import INDICATORS, THRESHOLDS
from allocator.county.places import STAGES
from allocator.county.plan_table import SOURCE as PLAN_SOURCE
from allocator.files.workbook.change_sheets import change_sheets
from allocator.files.workbook.post_sheets import post_sheets
from allocator.files.workbook.sheet import Alarm, Formula, Letters, Sheet, above_zero, reads
from allocator.insight import tables
from allocator.insight.view import BeforeAfter, before_after
from allocator.insight.vocabulary import KEPT, SETTLED, STAGE, YES_NO
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
_SAMPLE = Text(
    "姓名为编号示例，不对应任何真实个人", "names are numbered samples and stand for nobody"
)
_INTERNAL = Text("人事科内部使用", "for the personnel section only")
_MONTH = Text(
    "相关年月：任教年限届满之月、超龄之月、退休之月或任期结束之月，依原因而定；"
    "年限与年龄均为数据年月的整年数。",
    "Month: in which the years at the school are reached, the age limit was passed, the teacher "
    "retires or the term ends, by the reason. Years and age are whole, at the month of the data.",
)
_PROOF = Text(
    "理论界：在前面各级目标均不差于本方案的所有方案中，该级目标不可能优于此值；"
    "“已证明”指方案值与理论界在容差内一致，“完全相等”指毫无差距。",
    "Bound: no plan that is as good as this one in all earlier tiers can be below it. Proven: "
    "value and bound agree within the tolerance. Exact: they are the same.",
)
_SOURCE = Text("出处", "Source")
_WITHOUT = Text("无数据的序号", "Numbers without data")
_LINE = Text(
    "“目标”为 2020 年到 2025 年直线上本年的数值；“现值”能由花名册计算的取计算值，其余为填报数；"
    "17 为有数据各项系数的均值。",
    "Target: the value of this year on the straight line from 2020 to 2025. Now: counted from the "
    "roster where it can be, else typed in. 17: the mean of the coefficients with data.",
)
_RULES = Text(
    "硬性规则必须达到；尽量达到的规则按目标次序计价；仅监测的规则只核验；停用的规则不核验。",
    "Must: kept by every plan. Should: paid for in the order of goals. Watch: only audited. Off: "
    "not audited.",
)
_PROBLEM = Text("无法满足的要求", "Impossible request")
_FLAW = Text("方案错误", "Flaw in the plan")


def sheets(
    scenario: Scenario, outcome: Outcome, lang: Language, *, internal: bool = False
) -> Iterator[Sheet]:
    """Every sheet of an outcome; parts without a plan have only rules and proof."""
    staffing, admission = outcome.part("staffing"), outcome.part("admission")
    seen = before_after(scenario, staffing.plan) if staffing and staffing.plan else None
    yield _summary(scenario, outcome, seen, lang)
    if seen is not None:
        yield from _staffing(scenario, seen, lang)
        yield from post_sheets(scenario, seen, lang)
        yield from _people(scenario, seen, lang, internal=internal)
    if admission is not None and admission.plan is not None:
        yield _quotas(scenario, outcome, lang)
    if seen is not None:
        yield _indicators(scenario, seen, lang)
        yield _plan_indicators(scenario, seen, lang)
        yield _schools(scenario, seen, lang)
    yield from _audited(scenario, outcome, lang)
    yield _proof(scenario, outcome, lang)


def _summary(
    scenario: Scenario, outcome: Outcome, seen: BeforeAfter | None, lang: Language
) -> Sheet:
    table = tables.summary(scenario, outcome, seen)
    below = [(_READ.say(lang), _SUMMARY.say(lang))]
    below += [(_NOTES.say(lang), text) for text in (scenario.county.notes, scenario.notes) if text]
    name = Text("摘要", "Summary")
    return Sheet(name, name, table, fixed=2, alarms=_missed("after", lang), below=tuple(below))


def _missed(figure: str, lang: Language) -> tuple[Alarm, Alarm]:
    """Colour a missed verdict and the figure it is about."""
    missed = KEPT[False].say(lang)
    return (
        Alarm(figure, lambda at, row: f'=${at["kept"]}{row}="{missed}"'),
        reads("kept", missed),
    )


def _sampled(scenario: Scenario) -> bool:
    """Whether the notes of the county call its people samples."""
    return "示例" in scenario.county.notes or "sample" in scenario.county.notes.lower()


def _staffing(scenario: Scenario, seen: BeforeAfter, lang: Language) -> Iterator[Sheet]:
    yield Sheet(
        Text("交流名单", "Exchange list"),
        Text("教师交流名单", "Exchange list"),
        tables.exchange_list(scenario, seen, lang, publication=True),
        note=_SAMPLE.say(lang) if _sampled(scenario) else "",
        fixed=2,
    )
    yield from change_sheets(scenario, seen, lang)
    proposals = tables.head_proposals(scenario, seen, lang)
    if not proposals.empty:
        yield Sheet(
            Text("书记校长建议（内部）", "Heads (internal)"),
            Text("书记校长交流建议（内部，不得公示）", "Proposals about heads (internal)"),
            proposals,
            note=_SAMPLE.say(lang) if _sampled(scenario) else "",
            fixed=2,
        )
    periods = ("needed", "covered_before", "covered_after", "uncovered_before", "uncovered_after")
    yield Sheet(
        Text("学科课时覆盖", "Coverage"),
        Text("各校各学科课时覆盖（方案前后）", "Periods covered by school and subject"),
        tables.coverage(scenario, seen, lang),
        fixed=2,
        totals=("teachers_before", "teachers_after", *periods),
        alarms=(above_zero("uncovered_before"), above_zero("uncovered_after")),
    )
    people = ("need", "have_before", "have_after", "missing_before", "missing_after")
    yield Sheet(
        Text("名师配置", "Famous teachers"),
        Text("农村初中名师配置", "Famous teachers in rural junior highs"),
        tables.famous(scenario, seen),
        fixed=1,
        totals=("pupils", *people),
        alarms=(above_zero("missing_before"), above_zero("missing_after")),
    )


def _people(
    scenario: Scenario, seen: BeforeAfter, lang: Language, *, internal: bool
) -> Iterator[Sheet]:
    """Who is due, may move or not now; and ties in points, where there are some."""
    yield Sheet(
        Text("交流资格名单", "Eligibility list"),
        Text("教师交流资格名单", "Who is due to move, may move, does not move now"),
        tables.eligibility(scenario, lang, internal=internal),
        note=_INTERNAL.say(lang) if internal else "",
        fixed=1,
        below=((_READ.say(lang), _MONTH.say(lang)),),
    )
    yield Sheet(
        Text("交流资格汇总", "Eligibility by school"),
        Text("各校交流资格汇总", "Eligibility by school"),
        tables.eligibility_by_school(scenario),
        fixed=1,
        totals=("listed", "due", "may", "not_now", "eligible_people"),
    )
    tied = tables.ties(scenario, seen, lang)
    if len(tied):
        yield Sheet(
            Text("同分裁定", "Ties"),
            Text("积分相同、须裁定去留的教师", "Equal points that leave open who goes"),
            tied,
            fixed=2,
            alarms=(reads("settled_by", SETTLED["open"].say(lang)),),
        )


def _quotas(scenario: Scenario, outcome: Outcome, lang: Language) -> Sheet:
    names = tables.senior_high_names(scenario)
    table = tables.quota_matrix(scenario, outcome.plan)
    places = [c for c in table.columns if c in names]
    formulas: dict[str, Formula] = {
        "difference": lambda at, row: f"={at['total']}{row}-{at['entitlement']}{row}"
    }
    if places:
        first, last = places[0], places[-1]
        formulas["total"] = lambda at, row: f"=SUM({at[first]}{row}:{at[last]}{row})"
    return Sheet(
        Text("名额分配表", "Quota matrix"),
        Text("优质示范高中名额分配表", "Quota places of senior highs for junior highs"),
        table,
        names=names,
        fixed=1,
        totals=(*places, "total", "graduates", "registered", "entitlement", "difference"),
        formulas=formulas,
        alarms=(
            Alarm(
                "total",
                lambda at, row: f"=AND(${at['registered']}{row}>0,${at['total']}{row}=0)",
            ),
        ),
    )


def _indicators(scenario: Scenario, seen: BeforeAfter, lang: Language) -> Sheet:
    return Sheet(
        Text("均衡指标", "Indicators"),
        Text("校际差异系数（方案前后与目标）", "Difference coefficients before, after, target"),
        tables.indicators(scenario, seen, lang),
        fixed=3,
        alarms=_missed("after", lang),
    )


def _plan_indicators(scenario: Scenario, seen: BeforeAfter, lang: Language) -> Sheet:
    missing = tables.plan_indicators_missing(scenario, seen, lang)
    below = [(_SOURCE.say(lang), Text(*PLAN_SOURCE).say(lang)), (_READ.say(lang), _LINE.say(lang))]
    if missing:
        below.append((_WITHOUT.say(lang), ("、" if lang == "zh" else ", ").join(missing)))
    return Sheet(
        Text("规划指标对照", "Plan indicators"),
        Text("规划表1主要指标对照", "Indicators of the plan's Table 1"),
        tables.plan_indicators(scenario, seen, lang),
        fixed=2,
        alarms=_missed("after", lang),
        below=tuple(below),
    )


def _schools(scenario: Scenario, seen: BeforeAfter, lang: Language) -> Sheet:
    def below(indicator: str, column: str) -> Alarm:
        def when(at: Letters, row: int) -> str:
            cell = f"${at[column]}{row}"
            cases = ",".join(
                f'AND(${at["stage"]}{row}="{STAGE[stage].say(lang)}",'
                f"{cell}<{THRESHOLDS[known][stage]})"
                for known in INDICATORS
                if known == indicator
                for stage in STAGES
            )
            return f"=AND(ISNUMBER({cell}),OR({cases}))"

        return Alarm(column, when)

    table = tables.school_indicators(scenario, seen)
    return Sheet(
        Text("各校指标", "School indicators"),
        Text("各校资源配置指标", "Indicators of each school"),
        table,
        fixed=2,
        alarms=(
            *(below(i, f"{i}_before") for i in INDICATORS if f"{i}_before" in table),
            *(below(i, i) for i in INDICATORS),
            reads("reached", YES_NO[False].say(lang)),
        ),
    )


def _audited(scenario: Scenario, outcome: Outcome, lang: Language) -> Iterator[Sheet]:
    """Rules with verdicts, and the readings behind them."""
    audits = [p.audit for p in outcome.parts if p.audit is not None]
    if not audits:
        return
    flaws = [(_FLAW.say(lang), _said(f, lang)) for audit in audits for f in audit.flaws]
    missed = KEPT[False].say(lang)
    yield Sheet(
        Text("规则核验", "Rules"),
        Text("规则核验（由方案数据独立计算）", "Rules, judged from the plan's data alone"),
        pd.concat([tables.rules(scenario, a, lang) for a in audits], ignore_index=True),
        fixed=2,
        alarms=(reads("kept", missed),),
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
        alarms=(reads("kept", missed),),
    )


def _said(flaw: Flaw, lang: Language) -> str:
    text = say(flaw.text, lang, **flaw.details)
    return say("{path}: {text}", lang, path=flaw.path, text=text) if flaw.path else text


def _proof(scenario: Scenario, outcome: Outcome, lang: Language) -> Sheet:
    head = tables.proof_head(scenario, outcome, lang)
    items = list(zip(head["item"], head["content"], strict=True))
    problems = [(_PROBLEM.say(lang), _said(f, lang)) for p in outcome.parts for f in p.problems]
    return Sheet(
        Text("证明", "Proof"),
        Text("求解证明", "Proof of the solve"),
        tables.proof(scenario, outcome, lang),
        fixed=0,
        below=((_READ.say(lang), _PROOF.say(lang)), *items, *problems),
    )
