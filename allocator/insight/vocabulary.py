"""Words for the coded values of tables: stages, kinds of move, firmness, status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allocator.modelling import Language, Text

Words = Mapping[Any, Text]
"""Code -> what a planner reads."""

YES_NO: Words = {True: Text("是", "yes"), False: Text("否", "no")}
KEPT: Words = {True: Text("达到", "kept"), False: Text("未达到", "missed")}

STAGE: Words = {"primary": Text("小学", "primary"), "junior": Text("初中", "junior")}
AREA: Words = {
    "urban": Text("城区", "urban"),
    "township_seat": Text("镇区", "township seat"),
    "rural": Text("乡村", "rural"),
}
KIND: Words = {
    "transfer": Text("随调", "transfer"),
    "secondment": Text("交流/支教", "secondment"),
}
GROUND: Words = {
    "exchange": Text("交流", "exchange"),
    "surplus": Text("超编分流", "surplus"),
    "application": Text("个人申请", "application"),
    "opening": Text("新校组建", "opening"),
    "return": Text("期满返回", "return"),
    "hire": Text("新聘", "hire"),
}
SIDE: Words = {
    "leaving": Text("流出", "leaving"),
    "arriving": Text("流入", "arriving"),
}
FIRMNESS: Words = {
    "must": Text("硬性", "must"),
    "should": Text("尽量", "should"),
    "watch": Text("仅监测", "watch"),
    "off": Text("停用", "off"),
}
PART: Words = {
    "staffing": Text("教师交流与名师配置", "teachers"),
    "admission": Text("名额分配", "admission quotas"),
}
STATUS: Words = {
    "optimal": Text("已证明", "proven"),
    "feasible": Text("有方案，尚有改进余地", "a plan with an open gap"),
    "infeasible": Text("已证明无可行方案", "proven: no plan exists"),
    "unknown": Text("未得到方案", "no plan found"),
}
REASON: Words = {
    "proven": Text(
        "各级目标等于理论界，或在规定的差距之内",
        "every tier is at its bound or within the declared gap",
    ),
    "gap_open": Text("部分目标与理论界之间仍有差距", "a gap is left to the bound"),
    "no_plan_exists": Text("硬性规则相互冲突", "the rules that must be kept exclude every plan"),
    "impossible_request": Text("单项要求无法满足", "a single request cannot be met"),
    "time_limit": Text("达到时限", "time limit"),
    "cancelled": Text("已取消", "cancelled"),
    "engine_failed": Text("求解引擎出错", "the engine failed"),
}
SPREAD: Words = {"mean": Text("均值", "mean"), "largest": Text("最大值", "largest")}
"""Rows of the balance table that are no indicator."""

UNIT: Words = {
    "people": Text("人", "people"),
    "share": Text("比例", "share"),
    "periods": Text("节/周", "periods a week"),
    "priced": Text("计价节数", "priced periods"),
    "cv": Text("系数", "coefficient"),
    "thousandths": Text("千分之一", "thousandths"),
    "year": Text("年", "year"),
    "indicators": Text("项", "indicators"),
    "places": Text("名额", "places"),
    "schools": Text("所", "schools"),
    "cells": Text("校·学科", "school subjects"),
    "minutes": Text("分钟", "minutes"),
    "webster": Text("缺口²/需求", "missing² / need"),
    "log": Text("对数", "logarithm"),
    "per_100": Text("每百人", "per 100"),
    "years": Text("年", "years"),
}
STEP: Words = {
    "load": Text("读取", "load"),
    "build": Text("建模", "build"),
    "relax": Text("松弛", "relax"),
    "round": Text("取整", "round"),
    "prove": Text("证明", "prove"),
    "audit": Text("核验", "audit"),
    "write": Text("写出", "write"),
}


def word(words: Words, code: Any, lang: Language) -> str:
    """The word for a code; an unknown code stands for itself."""
    return words[code].say(lang) if code in words else str(code)
