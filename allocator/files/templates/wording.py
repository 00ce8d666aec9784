"""Words of templates and data workbooks: names of their own sheets, marks, what a column asks."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.modelling import Language, Text
from allocator.records.fields import Kind, Names

HELP = Text("填写说明", "How to fill in")
LISTS = Text("选项", "Lists")
SETTINGS = Text("方案设定", "Settings")
RULES = Text("规则", "Rules")
GOALS = Text("目标次序", "Order of goals")
PUBLISHED = Text("已公布的交流", "Moves published")
APART: tuple[Text, ...] = (HELP, LISTS, SETTINGS, RULES, GOALS, PUBLISHED)
"""Sheets of a workbook that hold no table of the county."""

EXAMPLE = Text("【示例】", "[Example] ")
"""What the first cell of an example begins with; such a row is not read."""

YES, NO = Text("是", "yes"), Text("否", "no")
REQUIRED = Text("必填。", "Required. ")
TITLES: Mapping[Names, Text] = {
    "townships": Text("镇街名称或代码", "name or code of a township"),
    "zones": Text("片区名称或代码", "name or code of a zone"),
    "groups": Text("教育集团名称或代码", "name or code of a school group"),
    "schools": Text("学校名称或代码", "name or code of a school"),
    "campuses": Text("校区名称或代码", "name or code of a campus"),
    "subjects": Text("学科名称或代码", "name or code of a subject"),
    "senior_highs": Text("高中名称或代码", "name or code of a senior high"),
    "claimants": Text("初中或合并学校的名称或代码", "name or code of a junior high or pool"),
    "teachers": Text("教职工号", "number of a teacher"),
    "rounds": Text("轮次名称或代码", "name or code of a round"),
    "certificates": Text("学段和学科，如 初中数学", "stage and subject, as junior Mathematics"),
}
KINDS: Mapping[Kind, Text] = {
    "text": Text("文字", "text"),
    "month": Text("年月，如 2020-09", "a month, as 2020-09"),
    "whole": Text("整数", "a whole number"),
    "number": Text("数", "a number"),
    "percent": Text("百分数，如 60%", "a share, as 60%"),
    "flag": Text("是或否", "yes or no"),
    "choice": Text("选一项", "one choice"),
    "choices": Text("可填几项，用顿号隔开", "several choices, with commas between"),
    "code": Text("代码：字母、数字，不重复", "a code of letters and digits, each its own"),
    "list": Text("可填几项，用顿号隔开", "several, with commas between"),
}
"""What a column asks for."""


def joint(lang: Language) -> str:
    """What stands between several choices of a cell."""
    return "、" if lang == "zh" else ", "
