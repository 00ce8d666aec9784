"""The sheet about changes against a published plan, where there is one."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.files.workbook.sheet import Sheet
from allocator.insight import tables
from allocator.insight.changes import MOST
from allocator.insight.view import BeforeAfter
from allocator.modelling import Language, Text
from allocator.scenario import Scenario

_READ = Text("说明", "How to read this")
_CHANGES = Text(
    "逐人把安排改回已公布方案、其余不动，重新核验：先看硬性规则，再按目标次序看第一个变化的目标；"
    "几个人的改动互相牵连时，仍只单独改回一人。最多检查 {most} 人，其余只列出。",
    "Each placement is put back as published, all others left as they are, and the plan is judged "
    "anew: MUST rules first, then the first tier that changes. Where several changes depend on "
    "each other, still only one is put back. At most {most} people are examined, the others only "
    "listed.",
)


def change_sheets(scenario: Scenario, seen: BeforeAfter, lang: Language) -> Iterator[Sheet]:
    """Who is placed otherwise than published, and what stands against putting it back."""
    if scenario.staffing is None or not scenario.staffing.terms.published:
        return
    yield Sheet(
        Text("与已公布方案的变化", "Changes to published"),
        Text("与已公布方案的变化及原因（内部）", "Changes to the published plan (internal)"),
        tables.changes(scenario, seen, lang),
        fixed=2,
        below=((_READ.say(lang), _CHANGES.say(lang).format(most=MOST)),),
    )
