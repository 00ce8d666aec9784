"""The sheets about people: who may move, ties in points, proposals about heads."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.files.workbook.sheet import Sheet, reads
from allocator.insight import tables
from allocator.insight.view import BeforeAfter
from allocator.insight.vocabulary import SETTLED
from allocator.modelling import Language, Text
from allocator.scenario import Scenario

_READ = Text("说明", "How to read this")
_INTERNAL = Text("人事科内部使用", "for the personnel section only")
_MONTH = Text(
    "相关年月：任教年限届满之月、超龄之月、退休之月或任期结束之月，依原因而定；"
    "年限与年龄均为数据年月的整年数。",
    "Month: in which the years at the school are reached, the age limit was passed, the teacher "
    "retires or the term ends, by the reason. Years and age are whole, at the month of the data.",
)


def people_sheets(
    scenario: Scenario, seen: BeforeAfter, lang: Language, *, internal: bool
) -> Iterator[Sheet]:
    """Who is due, may move or not now; ties in points and proposals about heads, where any are."""
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
    if internal:
        yield from _heads(scenario, seen, lang)


def _heads(scenario: Scenario, seen: BeforeAfter, lang: Language) -> Iterator[Sheet]:
    """What is proposed about heads, where anything is: never part of a list for publication."""
    proposed = tables.head_proposals(scenario, seen, lang)
    if len(proposed):
        yield Sheet(
            Text("书记校长建议（内部）", "Heads (internal)"),
            Text("书记校长交流建议（不得公示）", "Proposals about heads, not for publication"),
            proposed,
            note=_INTERNAL.say(lang),
            fixed=2,
        )
