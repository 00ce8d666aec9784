"""Words for the coded values of tables: stages, kinds of move, firmness, status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allocator.county.places import PostGrade
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
MOVE_REASON: Words = {
    "returning": Text("期满返回", "term ends"),
    "appointed": Text("聘任结果", "result of a round"),
    "pinned": Text("事先指定", "pinned"),
    "opening": Text("新校组建", "opening school"),
    "famous": Text("补农村初中名师", "famous teacher needed"),
    "covers": Text("补课时缺口", "covers periods"),
    "replaces": Text("接替离开教师", "takes over"),
    "surplus": Text("原校富余", "surplus at the school left"),
    "wish": Text("本人志愿", "wish of the teacher"),
    "volunteer": Text("本人申请", "volunteer"),
    "evens": Text("缩小校际差异", "evens out schools"),
    "backbone": Text("骨干比例", "backbone share"),
    "sending": Text("学校交流比例", "rate of the school"),
    "rate": Text("全县交流比例", "rate of the county"),
    "other": Text("路程与排序", "travel and order"),
}
"""What a move gives, the first that holds being the main reason."""
STANDING: Words = {
    "due": Text("应交流", "due"),
    "may": Text("可交流", "may move"),
    "not_now": Text("暂不交流", "not now"),
}
EXEMPTION: Words = {
    "maternity": Text("孕哺期", "maternity"),
    "medical": Text("医疗", "medical"),
    "near_retirement": Text("临退", "near retirement"),
    "service_contract": Text("服务期", "service contract"),
    "flagship": Text("特色项目", "flagship programme"),
}
"""Ground codes of exemption: all that is ever said of them."""
STANDING_REASON: Words = {
    "long_service": Text("任教已满规定年限", "served long enough"),
    "short_service": Text("任教未满规定年限", "not served long enough"),
    "over_age": Text("超过应交流年龄", "over the age limit"),
    "returning": Text("交流期满返回", "term ends, returns home"),
    "not_establishment": Text("非公办学校在编", "not on establishment"),
    "lent_out": Text("借出", "lent out"),
    "long_sick": Text("长期病休", "long sick leave"),
    "out_of_county": Text("县外支教", "outside the county"),
    **EXEMPTION,
    "running_term": Text("交流任期未满", "term still running"),
    "appointed": Text("书记、校长由组织任免", "appointed head"),
    "corrected": Text("学校核实更正", "corrected by the school"),
    "withheld": Text("符合暂不交流规定", "meets the rules for not moving now"),
}
"""Reasons of a standing; ``withheld`` stands for every reason not to move now outside the
personnel section."""
_EXEMPT = Text(
    "本人具有规定的暂缓交流情形（教师〔2014〕4号；县管校聘实施办法）",
    "A ground of exemption holds (Ministry of Education, Teachers [2014] No. 4)",
)
_AWAY = Text(
    "只有在岗教师参加交流（人员状态以教师信息系统为准）",
    "Only those in post take part (status of the roster)",
)
STANDING_RULE: Words = {
    "long_service": Text(
        "在同一学校任教满规定年限且未超过年龄的在编在岗教师应交流",
        "On establishment, in post, long enough at one school and young enough: due to move",
    ),
    "short_service": Text(
        "在同一学校任教未满规定年限的，可交流、不计入应交流",
        "Not long enough at the school: may move, is not due",
    ),
    "over_age": Text(
        "超过规定年龄的，可交流、不计入应交流", "Over the age limit: may move, is not due"
    ),
    "returning": Text(
        "前一轮交流期满返回原学校，返校当年不再安排",
        "An earlier term ends: the right of return goes before a new move",
    ),
    "not_establishment": Text(
        "只有公办学校在编在岗教师参加交流",
        "Only staff on establishment of public schools take part",
    ),
    **dict.fromkeys(("lent_out", "long_sick", "out_of_county"), _AWAY),
    **dict.fromkeys(EXEMPTION, _EXEMPT),
    "near_retirement": Text(
        "距退休不足规定年限的，暂不交流", "Too few years to retirement: not now"
    ),
    "running_term": Text(
        "前一轮交流任期未满或延期的，暂不交流", "An earlier term still runs or goes on: not now"
    ),
    "appointed": Text(
        "书记、校长由党组织任免，不由本程序安排",
        "Heads are appointed by the Party committee, not placed here",
    ),
    "corrected": Text(
        "名单下发核对后由学校更正并经确认", "Corrected when the school confirmed the list"
    ),
    "withheld": Text("县管校聘实施办法", "The county's rules of exchange"),
}
"""Reason of a standing -> the rule that says so."""
TERM_STATE: Words = {
    "returning": Text("期满返回", "ends, returns"),
    "running": Text("任期未满", "still runs"),
    "goes_on": Text("延期", "goes on"),
    "begins": Text("本次开始", "begins now"),
}
"""Where a secondment stands when the school year begins."""
SETTLED: Words = {
    "lot": Text("抽签", "lot"),
    "person": Text("专人裁定", "decided by a person"),
    "open": Text("尚未裁定", "not settled"),
}
"""How a tie of equal points was settled."""
SUPPLY: Words = {
    "hire": Text("招聘", "hire"),
    "reserve": Text("编外储备", "reserve"),
    "exam_intake": Text("顶岗考编", "intake by examination"),
    "reassignment": Text("转岗", "reassignment"),
    "private_secondment": Text("民办交流", "from a private school"),
}
SIDE: Words = {
    "leaving": Text("流出", "leaving"),
    "arriving": Text("流入", "arriving"),
    "experienced": Text("有经验教师", "experienced teachers"),
    "self_recruitment": Text("自主招生", "self-recruitment"),
    "specialty": Text("特长招生", "specialty"),
    "unified": Text("统一招生", "unified admission"),
}
DIRECTION: Words = {
    "urban_to_rural": Text("城到乡", "town to country"),
    "rural_to_urban": Text("乡到城", "country to town"),
    "between_townships": Text("各镇之间", "between townships"),
}
POST_GRADE: Mapping[PostGrade, Text] = {
    "professor": Text("正高级", "professor"),
    "senior": Text("高级", "senior"),
    "middle": Text("中级", "middle"),
    "junior": Text("初级", "junior"),
}
TEACHES_AS: Words = {
    "visit": Text("走教", "visit"),
    "second": Text("兼课", "second subject"),
}
AGAINST: Words = {
    "not_made": Text("公布的交流未安排", "published, not made"),
    "other": Text("改到其他学校", "goes elsewhere"),
    "added": Text("新增交流", "not published"),
}
ONLY: Words = {
    "only_first": Text("仅前者安排", "only in the first"),
    "only_second": Text("仅后者安排", "only in the second"),
    "elsewhere": Text("去向不同", "to another school"),
}
"""How a teacher's move differs between two plans."""
WHY: Words = {
    "excluded": Text("硬性规则不允许", "a must rule excludes it"),
    "breaks": Text("会违反硬性规则", "a must rule would be broken"),
    "worse": Text("目标变差", "a goal gets worse"),
    "impossible": Text("已无法这样安排", "it cannot be any more"),
    "free": Text("没有目标变差（方案尚可改进）", "no goal gets worse: the plan can be improved"),
    "not_examined": Text("未逐一检查", "not examined"),
}
ROUND_RESULT: Words = {
    "appointed": Text("聘任", "appointed"),
    "outranked": Text("所报空岗由排序在前者取得", "the posts named went to others ranked before"),
    "no_post": Text("所报学校无可聘空岗", "no post named is open to the teacher"),
    "not_now": Text("符合暂不交流规定", "not to be moved now"),
    "settled": Text("已有指定或聘任结果", "pinned or appointed before"),
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
    "by_procedure": Text(
        "按所选取整方法的规定步骤得出，不作最优之说",
        "made by the stated procedure: no optimum is claimed",
    ),
    "no_plan_exists": Text("硬性规则相互冲突", "the rules that must be kept exclude every plan"),
    "impossible_request": Text("单项要求无法满足", "a single request cannot be met"),
    "time_limit": Text("达到时限", "time limit"),
    "cancelled": Text("已取消", "cancelled"),
    "engine_failed": Text("求解引擎出错", "the engine failed"),
}
ROUNDING: Words = {
    "biproportional": Text("双向比例", "biproportional"),
    "controlled": Text("受控取整", "controlled rounding"),
    "largest_remainder": Text("逐校最大余数", "row by row, largest remainder"),
    "divisor": Text("逐校除数法", "row by row, divisor"),
    "down": Text("逐校舍去，余额退回统招", "row by row, down, rest returned"),
    "half_up": Text("逐校四舍五入", "row by row, half up"),
    "lots": Text("逐校抽签", "row by row, lots"),
}
DIVISOR: Words = {
    "webster": Text("韦伯斯特", "Webster"),
    "dhondt": Text("洪德", "D'Hondt"),
    "adams": Text("亚当斯", "Adams"),
    "hill": Text("希尔", "Hill"),
    "dean": Text("迪安", "Dean"),
}
SPREAD: Words = {
    "mean": Text("均值", "mean"),
    "largest": Text("最大值", "largest"),
    "capped": Text("受上限约束的", "under the cap:"),
}
"""Rows of the balance table that are no indicator."""

COMPUTED_FROM: Words = {
    "roster": Text("花名册", "roster"),
    "plan": Text("花名册和方案", "roster and plan"),
    "typed_in": Text("填报数", "typed in"),
}
"""Where an indicator of the plan is taken from."""

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
    "ratio": Text("比", "ratio"),
}
TABLE_SIDE: Words = {"row": Text("高中", "senior high"), "column": Text("初中", "junior high")}
HELD: Words = {"": Text("", ""), "floor": Text("下限", "floor"), "cap": Text("上限", "cap")}
"""What decides a number of places besides its multipliers."""
STEP: Words = {
    "load": Text("读取", "load"),
    "build": Text("建模", "build"),
    "relax": Text("松弛", "relax"),
    "round": Text("取整", "round"),
    "prove": Text("证明", "prove"),
    "walk": Text("走教", "walking"),
    "audit": Text("核验", "audit"),
    "write": Text("写出", "write"),
}


def word(words: Words, code: Any, lang: Language) -> str:
    """The word for a code; an unknown code stands for itself."""
    return words[code].say(lang) if code in words else str(code)


COUNTY_TABLE: Words = {
    "county": Text("县域设定", "County"),
    "zones": Text("片区", "Zones"),
    "groups": Text("教育集团", "School groups"),
    "townships": Text("镇（街道）", "Townships"),
    "schools": Text("学校", "Schools"),
    "campuses": Text("校区", "Campuses"),
    "sections": Text("学部", "Sections"),
    "senior_highs": Text("普通高中", "Senior highs"),
    "quota_pools": Text("名额合并计算组", "Quota pools"),
    "past_quotas": Text("往年名额", "Past quotas"),
    "quota_lots": Text("名额抽签记录", "Lots on record"),
    "quota_pins": Text("指定名额", "Places fixed beforehand"),
    "reported": Text("填报数", "Totals typed in"),
    "teachers": Text("教师", "Teachers"),
    "subjects": Text("课程计划", "Periods table"),
    "corrections": Text("资格更正", "Corrections of standing"),
    "tie_decisions": Text("同分裁定", "Ties settled"),
    "supply": Text("补充师资", "Further supply"),
    "rounds": Text("竞聘轮次", "Rounds held"),
    "rankings": Text("学校排序", "Rankings"),
    "kinships": Text("亲属关系", "Kinships"),
}
"""Tables of a county in words; a table not named here goes by its code."""
