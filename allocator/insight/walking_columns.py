"""Headings of the walking list, and of who gives what at each section."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.insight.column import Column, column
from allocator.insight.vocabulary import TEACHES_AS

WALKING_COLUMNS: Mapping[str, Column] = {
    "served_section": column("任教学部代码", "Section served, code", "code"),
    "served_school": column("任教学校", "School served"),
    "served_campus": column("任教校区", "Campus served"),
    "teaches_as": column("方式", "As", words=TEACHES_AS),
    "periods": column("每周课时（节）", "Weekly periods", "whole"),
    "by_own": column("本校教师上（节）", "Own people (periods)", "whole"),
    "by_second": column("兼课（节）", "Second subjects (periods)", "whole"),
    "by_visit": column("走教来（节）", "Visits (periods)", "whole"),
    "by_supply": column("补充师资上（节）", "Supply (periods)", "whole"),
    "uncovered_alone": column("无走教时缺口（节）", "Without walking (periods)", "whole"),
}
