"""Headings of the tables about plans changed by hand."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.insight.column import Column, column
from allocator.insight.vocabulary import Words
from allocator.modelling import Text

EDIT: Words = {
    "elsewhere": Text("改派", "sent elsewhere"),
    "otherwise": Text("改类型或年限", "other kind or term"),
    "withdrawn": Text("撤销", "withdrawn"),
    "added": Text("增派", "added"),
    "places": Text("改名额", "quota places"),
    "supply": Text("改补充师资", "further supply"),
}
"""What an edit changes."""
EFFECT: Words = {
    "impossible": Text("不成立", "no plan of this county"),
    "breaks": Text("违反硬性规则", "breaks a must rule"),
    "worse": Text("目标变差", "a goal gets worse"),
    "better": Text("目标变好", "a goal gets better"),
    "same": Text("无影响", "changes nothing"),
    "not_judged": Text("未逐项核验", "not judged by itself"),
}
"""What an edit does, the first that holds."""
STEP_BY: Words = {
    "broken": Text("变为未达到", "newly missed"),
    "worse": Text("差得更多", "missed by more"),
    "better": Text("差得更少", "missed by less"),
    "mended": Text("变为达到", "newly kept"),
}
"""What became of a rule at a place."""

EDIT_COLUMNS: Mapping[str, Column] = {
    "edit_key": column("改动代码", "Edit code", "code"),
    "edit": column("改动", "Edit", words=EDIT),
    "edit_about": column("对象", "Concerns"),
    "edit_home": column("现任教学校", "Serves at"),
    "edit_was": column("原安排", "Before"),
    "edit_now": column("改为", "Changed to"),
    "edit_at": column("单元格", "Cell"),
    "edit_together": column("合并核验（项）", "Judged together (edits)", "whole"),
    "edit_alone": column("单独改动的影响", "By itself", words=EFFECT),
    "edit_alone_broken": column("单独改动违反", "By itself, broken", "long"),
    "edit_alone_cost": column("单独改动的代价", "By itself, cost", "long"),
    "edit_among": column("在全部改动中的影响", "Among all edits", words=EFFECT),
    "edit_among_broken": column("在全部改动中违反", "Among all, broken", "long"),
    "edit_among_cost": column("在全部改动中的代价", "Among all, cost", "long"),
    "value_before": column("改动前", "Before the edits", "figure"),
    "value_after": column("改动后", "After the edits", "figure"),
    "step_by": column("变化", "Change", words=STEP_BY),
    "said_before": column("改动前", "Before the edits", "long"),
    "said_after": column("改动后", "After the edits", "long"),
    "why_unpinned": column("不能指定的原因", "Why it is not pinned", "long"),
}
