"""Headings of the walking list."""

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
}
