"""The sheets about indicators: difference coefficients, the plan's table, every school."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.county.indicators import INDICATORS, THRESHOLDS
from allocator.county.places import STAGES
from allocator.county.plan_table import SOURCE as PLAN_SOURCE
from allocator.files.workbook.sheet import Alarm, Letters, Sheet, missed, reads
from allocator.insight import tables
from allocator.insight.view import BeforeAfter
from allocator.insight.vocabulary import STAGE, YES_NO
from allocator.modelling import Language, Text
from allocator.scenario import Scenario

_READ = Text("说明", "How to read this")
_SOURCE = Text("出处", "Source")
_WITHOUT = Text("无数据的序号", "Numbers without data")
_LINE = Text(
    "“目标”为 2020 年到 2025 年直线上本年的数值；“现值”能由花名册计算的取计算值，其余为填报数；"
    "17 为有数据各项系数的均值。",
    "Target: the value of this year on the straight line from 2020 to 2025. Now: counted from the "
    "roster where it can be, else typed in. 17: the mean of the coefficients with data.",
)


def indicator_sheets(scenario: Scenario, seen: BeforeAfter, lang: Language) -> Iterator[Sheet]:
    """Three sheets, before and after the plan."""
    yield _indicators(scenario, seen, lang)
    yield _plan_indicators(scenario, seen, lang)
    yield _schools(scenario, seen, lang)


def _indicators(scenario: Scenario, seen: BeforeAfter, lang: Language) -> Sheet:
    return Sheet(
        Text("均衡指标", "Indicators"),
        Text("校际差异系数（方案前后与目标）", "Difference coefficients before, after, target"),
        tables.indicators(scenario, seen, lang),
        fixed=3,
        alarms=missed("after", lang),
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
        alarms=missed("after", lang),
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
