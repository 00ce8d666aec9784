"""Headings of all tables: the words over a column, its unit, and how its values read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from allocator.insight.column import Column, Form
from allocator.insight.column import column as _column
from allocator.insight.edit_columns import EDIT_COLUMNS
from allocator.insight.figures import FIGURES
from allocator.insight.form_columns import FORM_COLUMNS
from allocator.insight.living_columns import LIVING_COLUMNS
from allocator.insight.quota_columns import QUOTA_COLUMNS
from allocator.insight.use_columns import USE_COLUMNS
from allocator.insight.vocabulary import (
    AGAINST,
    AREA,
    COMPUTED_FROM,
    COUNTY_TABLE,
    EXEMPTION,
    FIRMNESS,
    GROUND,
    KEPT,
    KIND,
    MOVE_REASON,
    ONLY,
    PART,
    POST_GRADE,
    REASON,
    ROUND_RESULT,
    SETTLED,
    SPREAD,
    STAGE,
    STANDING,
    STANDING_REASON,
    STANDING_RULE,
    STATUS,
    STEP,
    SUPPLY,
    UNIT,
    WHY,
    YES_NO,
    Words,
)
from allocator.insight.walking_columns import WALKING_COLUMNS
from allocator.modelling import Language

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "Column", "Form", "headed", "worded"]


def _before_after(code: str, zh: str, en: str, unit: str, unit_en: str) -> dict[str, Column]:
    """The two columns of a whole number before and after the plan."""
    return {
        f"{code}_before": _column(f"{zh}·前（{unit}）", f"{en} before ({unit_en})", "whole"),
        f"{code}_after": _column(f"{zh}·后（{unit}）", f"{en} after ({unit_en})", "whole"),
    }


COLUMNS: Mapping[str, Column] = {
    # keys, for joining tables; not shown
    "section": _column("学部代码", "Section code", "code"),
    "from_section": _column("原学部代码", "From section code", "code"),
    "to_section": _column("交流学部代码", "To section code", "code"),
    "school_id": _column("学校代码", "School code", "code"),
    "subject_id": _column("学科代码", "Subject code", "code"),
    "from_township_id": _column("原镇街代码", "From township code", "code"),
    "to_township_id": _column("交流镇街代码", "To township code", "code"),
    "rule": _column("规则代码", "Rule code", "code"),
    "where": _column("位置代码", "Place code", "code"),
    "tier": _column("目标代码", "Tier code", "code"),
    # people and moves
    "teacher": _column("教职工号", "Teacher no."),
    "name": _column("姓名", "Name"),
    "subject": _column("学科", "Subject"),
    "stage": _column("学段", "Stage", words=STAGE),
    "from_school": _column("原学校", "From school"),
    "from_campus": _column("原校区", "From campus"),
    "from_township": _column("原镇（街道）", "From township"),
    "to_school": _column("交流学校", "To school"),
    "to_campus": _column("交流校区", "To campus"),
    "to_township": _column("交流镇（街道）", "To township"),
    "kind": _column("交流类型", "Kind", words=KIND),
    "ground": _column("事由", "Ground", words=GROUND),
    "start": _column("开始年月", "Start"),
    "years": _column("年限（年）", "Years", "whole"),
    "minutes": _column("单程（分钟）", "One way (minutes)", "whole"),
    "mean_minutes": _column("平均单程（分钟）", "Mean one way (minutes)", "one"),
    "points_rank": _column("积分名次", "Points rank", "whole"),
    "backbone": _column("骨干教师", "Backbone", words=YES_NO),
    "honours": _column("荣誉称号", "Honours"),
    "exchanged": _column("计入交流", "Counts as exchange", words=YES_NO),
    "moves": _column("交流人数", "Moves (people)", "whole"),
    "backbone_moves": _column("其中骨干（人）", "Of these backbone (people)", "whole"),
    "main_reason": _column("主要理由", "Main reason", words=MOVE_REASON),
    "reasons": _column("各项理由", "All reasons", "long"),
    "decided": _column("指定", "Pinned"),
    "cycle": _column("序号", "No.", "whole"),
    "cycle_length": _column("环长（人）", "People in the cycle", "whole"),
    "cycle_schools": _column("学校", "Schools", "long"),
    "cycle_people": _column("教师", "Teachers", "long"),
    # eligibility, points
    "standing": _column("交流资格", "Standing", words=STANDING),
    "standing_reason": _column("资格认定原因", "Reason of standing", words=STANDING_REASON),
    "standing_rule": _column("认定依据", "Rule of standing", "long", STANDING_RULE),
    "exemption": _column("暂缓情形", "Ground of exemption", words=EXEMPTION),
    "since": _column("相关年月", "Month"),
    "eligible": _column("符合交流条件", "Eligible", words=YES_NO),
    "years_at_school": _column("本校任教年限（年）", "Years at the school", "whole"),
    "age": _column("年龄（岁）", "Age (years)", "whole"),
    "points": _column("积分", "Points", "decimal"),
    "listed": _column("教师（人）", "Teachers (people)", "whole"),
    "due": _column("应交流（人）", "Due (people)", "whole"),
    "may": _column("可交流（人）", "May move (people)", "whole"),
    "not_now": _column("暂不交流（人）", "Not now (people)", "whole"),
    "eligible_people": _column("符合交流条件（人）", "Eligible (people)", "whole"),
    "tied": _column("同分教师", "Teachers tied", "long"),
    "going": _column("其中交流（暂定）", "Of these going (provisional)", "long"),
    "settled_by": _column("裁定方式", "Settled by", words=SETTLED),
    "settled_name": _column("裁定人", "Name"),
    "settled_on": _column("裁定年月", "Settled in"),
    # against a published plan
    "published_school": _column("公布的学校", "School published"),
    "published_campus": _column("公布的校区", "Campus published"),
    "published_kind": _column("公布的方式", "Kind published", words=KIND),
    "now_kind": _column("现安排方式", "Kind now", words=KIND),
    "now_school": _column("现安排学校", "School now"),
    "now_campus": _column("现安排校区", "Campus now"),
    "against": _column("变化", "Change", words=AGAINST),
    "why": _column("改回公布安排的后果", "If put back as published", words=WHY),
    "because": _column("规则或目标", "Rule or tier"),
    "worse_by": _column("变差", "Worse by", "decimal"),
    # two scenarios or plans compared
    "table": _column("数据表", "Table", words=COUNTY_TABLE),
    "row": _column("行", "Row"),
    "column": _column("列", "Column"),
    "rows_added": _column("新增（行）", "Added (rows)", "whole"),
    "rows_removed": _column("删除（行）", "Removed (rows)", "whole"),
    "rows_changed": _column("改动（行）", "Changed (rows)", "whole"),
    "only": _column("差别", "How it differs", words=ONLY),
    "high_name": _column("高中", "Senior high"),
    "places_change": _column("名额变化", "Change (places)", "whole"),
    # rounds
    "result": _column("结果", "Result", words=ROUND_RESULT),
    "choice": _column("第几志愿", "Choice", "whole"),
    "choices": _column("志愿数", "Choices named", "whole"),
    "order": _column("学校排序", "Order at the school", "whole"),
    # places and coverage
    "school": _column("学校", "School"),
    "campus": _column("校区", "Campus"),
    "township": _column("镇（街道）", "Township"),
    "area": _column("地区类别", "Area", words=AREA),
    "load": _column("每人周课时（节）", "Load (periods a week)", "whole"),
    "needed": _column("所需课时（节/周）", "Needed (periods a week)", "whole"),
    "teachers_before": _column("教师·前（人）", "Teachers before (people)", "whole"),
    "teachers_after": _column("教师·后（人）", "Teachers after (people)", "whole"),
    "supply_after": _column("补充师资（人）", "Further supply (people)", "whole"),
    "covered_before": _column("已开课时·前（节）", "Covered before (periods)", "whole"),
    "covered_after": _column("已开课时·后（节）", "Covered after (periods)", "whole"),
    "uncovered_before": _column("缺口·前（节）", "Uncovered before (periods)", "whole"),
    "uncovered_after": _column("缺口·后（节）", "Uncovered after (periods)", "whole"),
    # posts
    "full_loads": _column("折合工作量（人）", "Full loads (people)", "decimal"),
    "posts_by_periods": _column("按课时需岗位", "Posts by periods", "whole"),
    "proposed": _column("建议岗位", "Posts proposed", "whole"),
    "agreed": _column("商定岗位", "Posts agreed", "whole"),
    "agreed_reason": _column("商定说明", "Reason agreed"),
    "posts": _column("岗位数", "Posts", "whole"),
    "lent_out": _column("其中借出（人）", "Of these lent out (people)", "whole"),
    "long_sick": _column("其中长期病休（人）", "Of these long sick (people)", "whole"),
    **_before_after("in_post", "在岗", "In post", "人", "people"),
    **_before_after("over", "超编", "Over", "人", "people"),
    **_before_after("short", "缺编", "Short", "人", "people"),
    "establishment": _column("核定编制", "Approved establishment", "whole"),
    "non_teaching": _column("非教学岗位", "Non-teaching posts", "whole"),
    "beyond": _column("岗位超出编制", "Posts beyond the establishment", "whole"),
    **_before_after("on_establishment", "在编", "On establishment", "人", "people"),
    **_before_after("seconded_out", "派出交流", "Seconded out", "人", "people"),
    **_before_after("seconded_in", "接收交流", "Seconded in", "人", "people"),
    **_before_after("free", "空编", "Free posts", "个", "posts"),
    **_before_after("above", "超出编制", "Above establishment", "人", "people"),
    **{
        f"{grade}_{what}": _column(f"{word.zh}{zh}", f"{word.en.capitalize()} {en}", "whole")
        for grade, word in POST_GRADE.items()
        for what, zh, en in (("posts", "岗位数", "posts"), ("after", "人数·后", "holders after"))
    },
    "loads_after": _column("缺口折合工作量（人）", "Full loads uncovered (people)", "whole"),
    "recruits": _column("建议招聘（人）", "Recruits proposed (people)", "whole"),
    # famous teachers
    "pupils": _column("学生数（人）", "Pupils", "whole"),
    "need": _column("应配名师（人）", "Need (people)", "whole"),
    "have_before": _column("名师·前（人）", "Famous teachers before (people)", "whole"),
    "have_after": _column("名师·后（人）", "Famous teachers after (people)", "whole"),
    "missing_before": _column("缺口·前（人）", "Missing before (people)", "whole"),
    "missing_after": _column("缺口·后（人）", "Missing after (people)", "whole"),
    "famous_need": _column("按学科应配（人）", "Need by subject (people)", "whole"),
    "famous_have": _column("现有名师（人）", "Famous teachers there (people)", "whole"),
    "to_train": _column("需培养（人）", "To be trained (people)", "whole"),
    # further supply
    "supply_kind": _column("种类", "Kind", words=SUPPLY),
    "offered": _column("可用（人）", "Offered (people)", "whole"),
    "placed": _column("已安排（人）", "Placed (people)", "whole"),
    "left": _column("未安排（人）", "Left (people)", "whole"),
    **QUOTA_COLUMNS,
    # indicators
    "indicator": _column("代码", "Code", words=SPREAD),
    "indicator_name": _column("指标", "Indicator"),
    "before": _column("方案前", "Before", "figure"),
    "after": _column("方案后", "After", "figure"),
    "change": _column("变化", "Change", "figure"),
    "target": _column("目标", "Target", "figure"),
    **{f"L{n}": _column(f"L{n}", f"L{n}", "decimal") for n in range(1, 8)},
    **{f"L{n}_before": _column(f"L{n}·前", f"L{n} before", "decimal") for n in range(1, 4)},
    "met": _column("达标项数", "Thresholds met", "whole"),
    "with_data": _column("有数据项数", "Indicators with data", "whole"),
    "reached": _column(
        "达标（至少6项且余项不低于85%）", "Reached (6 of 7, the last to 85 %)", words=YES_NO
    ),
    # indicators of the plan
    "number": _column("规划序号", "No. in the plan", "whole"),
    "in_2020": _column("2020年", "2020", "figure"),
    "now": _column("现值", "Now", "figure"),
    "by_2025": _column("2025年目标", "Target 2025", "figure"),
    "computed_from": _column("数据来源", "Taken from", words=COMPUTED_FROM),
    "typed_as_of": _column("填报时点", "Typed in, as of"),
    "typed_source": _column("填报依据", "Typed in, source", "long"),
    # rules and readings
    "part": _column("部分", "Part", words=PART),
    "title": _column("规则", "Rule"),
    "sentence": _column("要求", "Asks for", "long"),
    "clause": _column("依据", "Source", "long"),
    "firmness": _column("执行力度", "Firmness", words=FIRMNESS),
    "kept": _column("核验结论", "Verdict", words=KEPT),
    "checked": _column("核验处数", "Places checked", "whole"),
    "missed": _column("未达处数", "Places missed", "whole"),
    "shortfall": _column("缺口量", "Shortfall", "decimal"),
    "unit": _column("单位", "Unit", words=UNIT),
    "tier_title": _column("目标层级", "Tier"),
    "verdict": _column("说明", "In words", "long"),
    "place": _column("位置", "Place"),
    "actual": _column("实际", "Actual", "figure"),
    "limit": _column("限值", "Limit", "figure"),
    # proof
    "rank": _column("次序", "Order", "whole"),
    "value": _column("方案值", "Value", "figure"),
    "bound": _column("理论界", "Bound", "figure"),
    "gap": _column("还可改进", "Gap", "share"),
    "proven": _column("已证明", "Proven", words=YES_NO),
    "exact": _column("完全相等", "Exact", words=YES_NO),
    "status": _column("状态", "Status", words=STATUS),
    "reason": _column("原因", "Reason", words=REASON),
    "item": _column("项目", "Item"),
    "content": _column("内容", "Content", "long"),
    "step": _column("步骤", "Step", words=STEP),
    "seconds": _column("用时（秒）", "Seconds", "decimal"),
    # summary
    "figure": _column("指标", "Figure", words={f: about.title for f, about in FIGURES.items()}),
    **USE_COLUMNS,
    **WALKING_COLUMNS,
    **EDIT_COLUMNS,
    **LIVING_COLUMNS,
    **FORM_COLUMNS,
}
"""Every column of every table. Columns that a table names after data (one for each senior high)
are worded by the caller."""


def headed(
    frame: pd.DataFrame,
    lang: Language,
    *,
    names: Mapping[str, str] | None = None,
    keys: bool = False,
) -> pd.DataFrame:
    """A table as a planner reads it: headings with units, words for codes.

    Parameters
    ----------
    names
        Words for columns named after data, as of :func:`senior_high_names`.
    keys
        Whether to keep the columns that only join tables.
    """
    shown: dict[str, Any] = {}
    for code in frame.columns:
        about = COLUMNS.get(str(code))
        if about is None:
            name = (names or {}).get(str(code), str(code))
            shown[name if name not in shown else f"{name} {code}"] = frame[code].array
        elif keys or about.form != "code":
            shown[about.title.say(lang)] = (
                worded(frame[code], about.words, lang) if about.words else frame[code].array
            )
    return type(frame)(shown, index=frame.index)


def worded(values: pd.Series[Any], words: Words, lang: Language) -> list[str]:
    """Coded values in words; nothing where there is no value."""
    known = {code: text.say(lang) for code, text in words.items()}
    return [
        "" if empty else known.get(value, str(value))
        for value, empty in zip(values, values.isna(), strict=True)
    ]
