"""The sheet of walking: who teaches where beside the own school, and second subjects."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.files.workbook.sheet import Sheet
from allocator.insight import tables
from allocator.insight.view import BeforeAfter
from allocator.modelling import Language, Text
from allocator.scenario import Scenario

_READ = Text("说明", "How to read this")
_WALKING = Text(
    "课时为每周课时；走教教师的编制、岗位和各项统计仍在任教学校；“兼课”为在任教学校兼教第二学科。",
    "Periods are weekly. Whoever walks keeps post and school and counts there alone. Second "
    "subjects are given at the school served.",
)


def walking_sheets(scenario: Scenario, seen: BeforeAfter, lang: Language) -> Iterator[Sheet]:
    """Visits and second subjects, where a plan has some."""
    table = tables.walking(scenario, seen, lang)
    if len(table):
        yield Sheet(
            Text("走教安排表", "Walking list"),
            Text("走教与兼课安排表", "Walking and second subjects"),
            table,
            fixed=2,
            totals=("periods",),
            below=((_READ.say(lang), _WALKING.say(lang)),),
        )
