"""Headings of the living checks, and of what a workbook counts by formula."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.insight.column import Column, column
from allocator.insight.vocabulary import KEPT, Words
from allocator.modelling import Text

JUDGED_BY: Words = {
    "formula": Text("公式（随改动更新）", "formulas (follow every edit)"),
    "export": Text("导出时核验", "the audit at export"),
}
"""What a verdict in a workbook rests on."""

LIVING_COLUMNS: Mapping[str, Column] = {
    "judged_by": column("核验方式", "Judged by", words=JUDGED_BY),
    "measured": column("计数内容", "What is counted"),
    "sense": column("关系", "Sense"),
    "kept_at_export": column("导出时", "At export", words=KEPT),
    "seen_on": column("所在工作表", "Seen on"),
    "quota_due": column("应分名额", "Quota (places)", "whole"),
    "quota_part": column("名额比例", "Share of quota places", "share"),
    "part_asked": column("比例下限", "Share at least", "share"),
    "least_given": column("名额不少于", "Places at least", "whole"),
}
