"""Headings of quota places: the table, ways of rounding it, and how it came about."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.insight.column import Column, column
from allocator.insight.vocabulary import HELD, TABLE_SIDE, YES_NO

QUOTA_COLUMNS: Mapping[str, Column] = {
    # the table
    "junior_high": column("初中学校", "Junior high"),
    "graduates": column("毕业生（人）", "Graduates (people)", "whole"),
    "registered": column("三年学籍毕业生（人）", "Registered three years (people)", "whole"),
    "total": column("名额合计", "Quota places", "whole"),
    "entitlement": column("应得名额", "Entitlement (places)", "decimal"),
    "difference": column("差额（名额）", "Difference (places)", "decimal"),
    # ways of rounding
    "way_code": column("取整方法代码", "Code of the rounding", "code"),
    "way": column("取整方法", "Rounding"),
    "sums_kept": column("合计不变", "Sums kept", words=YES_NO),
    "given": column("分出名额", "Places given", "whole"),
    "given_less_quota": column("比应分多（少）", "Above (below) the quotas", "whole"),
    "rural_without": column("无名额乡村初中（所）", "Rural junior highs with none", "whole"),
    "seat_without": column("无名额镇区初中（所）", "Township seats with none", "whole"),
    "without": column("无名额初中（所）", "Junior highs with none", "whole"),
    "farthest_below": column("最多少于应得", "Farthest below (places)", "decimal"),
    "farthest_above": column("最多多于应得", "Farthest above (places)", "decimal"),
    "off_by_one": column("偏离满一个名额（所）", "Off by a place or more", "whole"),
    "rules_broken": column("未达到的硬性规则", "Must rules broken", "long"),
    "no_table": column("不能采用的原因", "Why it makes no table", "long"),
    # how quotas came about
    "quota_base": column("基数", "Base", "long"),
    "quota_entitlement": column("按比例应得（算式）", "Proportional share, worked", "long"),
    "share": column("按比例应得（名额）", "Proportional share (places)", "decimal"),
    "quota_bounds": column("保底与上限", "Floors and caps", "long"),
    "quota_factor": column("系数", "Factor", "long"),
    "quota_top_up": column("另加名额", "Top-up", "long"),
    "claim": column("取整前应得（名额）", "Claim before rounding (places)", "decimal"),
    "total_multiplier": column("合计乘数", "Multiplier of the total", "factor"),
    "product": column("乘积", "Product", "factor"),
    "held_by": column("由上下限决定", "Held by", words=HELD),
    "held_at": column("上下限值", "Held at", "whole"),
    "over_share": column("比按比例应得多（名额）", "Above its share (places)", "decimal"),
    "quota_cells": column("分到各高中（算式）", "Split among senior highs, worked", "long"),
    "quota_ties": column("并列", "Ties", "long"),
    "side": column("类别", "Kind of school", words=TABLE_SIDE),
    "multiplier_exact": column("乘数（精确）", "Multiplier, exact"),
    "multiplier": column("乘数", "Multiplier", "factor"),
    "total_exact": column("合计乘数（精确）", "Multiplier of the total, exact"),
    "senior_high": column("高中学校", "Senior high"),
    "row_multiplier": column("行乘数（高中）", "Row multiplier (senior high)", "factor"),
    "column_multiplier": column("列乘数（初中）", "Column multiplier (junior high)", "factor"),
    "low": column("界点 d(k)", "Signpost d(k)", "factor"),
    "cell_places": column("名额 k", "Places k", "whole"),
    "high": column("界点 d(k+1)", "Signpost d(k+1)", "factor"),
    "agrees": column("相符", "Agrees", words=YES_NO),
    "or_else": column("同样好的另一张表", "In a table just as good", "whole"),
}
