"""The sheets that set all ways of rounding quota places side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allocator.admission.compare import MethodResult
from allocator.files.workbook.sheet import Alarm, Sheet, above_zero, reads
from allocator.insight import tables
from allocator.insight.vocabulary import YES_NO
from allocator.modelling import Language, Text
from allocator.scenario import Scenario

_READ = Text("说明", "How to read this")
_WAYS = Text(
    "同一份数据、同一应得名额，只换取整方法。“逐校”指每所高中单独取整，不看初中合计，"
    "因此初中的保底和上限可能被破坏，小规模初中可能一个名额也没有；双向比例和受控取整同时保持"
    "各高中和各初中的合计。",
    "The same data and claims, only rounded in another way. Row by row: each senior high by "
    "itself, blind to the totals of junior highs, so their floors and caps may break and small "
    "schools may be left with nothing. The biproportional table and controlled rounding keep both "
    "sums.",
)
_SCHOOLS = Text(
    "红色：有应得名额却一个也未分到。不能得出分配表的方法不列。",
    "Red: a claim and no place. Ways that make no table are left out.",
)


def method_sheets(
    scenario: Scenario, results: Sequence[MethodResult], lang: Language
) -> Iterator[Sheet]:
    """What each way of rounding keeps and breaks, and what it gives every junior high."""
    yield Sheet(
        Text("取整方法比较", "Ways of rounding"),
        Text("各种取整方法的比较", "All ways of rounding quota places, compared"),
        tables.method_comparison(scenario, results, lang),
        fixed=1,
        alarms=(
            reads("sums_kept", YES_NO[False].say(lang)),
            above_zero("rural_without"),
            above_zero("seat_without"),
            above_zero("without"),
        ),
        below=((_READ.say(lang), _WAYS.say(lang)),),
    )
    table = tables.junior_highs_by_method(scenario, results)
    names = tables.way_names(results, lang)
    ways = [c for c in map(str, table.columns) if c in names]
    yield Sheet(
        Text("各初中各法结果", "Junior highs by rounding"),
        Text("各初中在各种取整方法下的名额", "Quota places of junior highs by way of rounding"),
        table,
        names=names,
        fixed=1,
        totals=("entitlement", *ways),
        alarms=tuple(_nothing(way) for way in ways),
        below=((_READ.say(lang), _SCHOOLS.say(lang)),),
    )


def _nothing(way: str) -> Alarm:
    """Colour a junior high that has a claim and no place."""
    return Alarm(way, lambda at, row: f"=AND(N(${at['entitlement']}{row})>0,${at[way]}{row}=0)")
