"""The words of the page for publication that no other room has."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.modelling import Text

WORDS: Mapping[str, Text] = {
    "language": Text("中文", "English"),
    "title": Text("{county}优质示范高中名额分配表", "Quota places of senior highs, {county}"),
    "as_of": Text("数据年月：{as_of}", "Data as of {as_of}"),
    "size": Text(
        "{highs} 所高中的 {places} 个分配名额，分到 {schools} 所初中（或合并计算的小规模学校）。",
        "{places} quota places of {highs} senior highs for {schools} junior highs, or pools of "
        "small ones.",
    ),
    "matrix": Text("名额分配表", "The table"),
    "school": Text("初中学校", "Junior high"),
    "total": Text("合计", "Total"),
    "share": Text("按比例应得", "Proportional share"),
    "difference": Text("差额", "Difference"),
    "floor": Text("由下限决定", "decided by a floor"),
    "cap": Text("由上限决定", "decided by a cap"),
    "tied": Text("并列，另有同样好的表", "a tie: another table is just as good"),
    "how": Text("每所初中的名额怎样算出", "How the places of each junior high came about"),
    "how_read": Text(
        "点开学校名称可看逐步计算；“依据”是该步所用规则的出处。",
        "Open a junior high to see the computation step by step; the source of each rule stands "
        "beside it.",
    ),
    "places": Text("{n} 个名额", "{n} places"),
    "number": Text("名额", "Places"),
    "clause": Text("依据：{clause}", "Source: {clause}"),
    "method": Text("方法", "Method"),
    "rules": Text("执行的规则", "Rules in force"),
    "rule": Text("规则", "Rule"),
    "sentence": Text("要求", "Asks for"),
    "firmness": Text("执行力度", "Firmness"),
    "source": Text("依据", "Source"),
    "multipliers": Text("乘数", "Multipliers"),
    "multipliers_read": Text(
        "乘数是精确的分数或小数。用它们和上面的应得名额，任何人都可以复核每一格。",
        "Multipliers are exact fractions or decimals: with them and the claims above, anyone can "
        "check every cell.",
    ),
    "high": Text("高中", "Senior high"),
    "row_multiplier": Text("行乘数", "Row multiplier"),
    "column_multiplier": Text("列乘数", "Column multiplier"),
    "claim": Text("取整前应得（精确）", "Claim before rounding, exact"),
    "total_multiplier": Text("合计乘数", "Multiplier of the total"),
    "ties": Text("并列", "Ties"),
    "or_else": Text("同样好的另一张表", "In a table just as good"),
    "proof": Text("证明了什么", "What is proven"),
    "data": Text("数据与复核", "Data, and how to check"),
    "no_persons": Text(
        "本页只有学校的合计数，没有任何个人信息。",
        "This page holds figures of schools only, and nothing about any person.",
    ),
    "hash": Text(
        "方案设定指纹（SHA-256）：{hash}。用同一方案设定重新计算，得到同一张表。",
        "Fingerprint of the scenario (SHA-256): {hash}. The same scenario gives the same table.",
    ),
}
