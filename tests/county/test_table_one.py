"""Table 1 of the plan, row by row as it is printed: names, values of 2020 and of 2025."""

from __future__ import annotations

from decimal import Decimal

import pytest

from allocator.county.county import County
from allocator.county.plan import Plan
from allocator.county.plan_table import PLAN_INDICATORS, PlanIndicator
from allocator.county.reported import Reported
from allocator.insight import plan_indicators, plan_indicators_missing
from allocator.samples import toy_scenario

PRINTED = """
1．普惠性幼儿园比例 86.4% 90%
2．公办幼儿园在园人数比例 / 55%
3．初中毕业生升入高中段比例 99.9% 100%
4．老年人终身学习参与率 45.5% 55%
5．外来务工人员子女公办学校就读比例 89.5% 91%
6．适龄持证残疾儿童少年入学率 / 95% 学前段
6．适龄持证残疾儿童少年入学率 / 99.5% 义务段
6．适龄持证残疾儿童少年入学率 / 86% 高中段
7．优质幼儿园招生覆盖率 53.6% 80%
8．小学生体质健康达标率 99.4% 99.5%
9．初中生体质健康达标率 93.4% 96%
10．普通高中学业水平考试累计合格率 98% 99%
11．劳动教育示范校（实践基地）比例 / 15%
12．省义务教育标准化学校比例 99% 100%
13．省现代化学校达标数 6 35
14．学前教育教师接受专业教育比例 94% 96%
15．专任教师中研究生学历学位比例 2.7% 10% 初中
15．专任教师中研究生学历学位比例 4.2% 22% 高中
16．职业教育专业课教师“双师型”教师比例 84% 90%
17．市域义务教育优质均衡校际差异系数 0.35 0.3 小学
17．市域义务教育优质均衡校际差异系数 0.3 0.25 初中
18．区域信息化综合发展指数 / 100%
19．省特级教师数 18 26
20．宁波市名师名校长数 65 80
21．农村初中学校每百名学生拥有名师数 / 1
22．主要劳动年龄人口平均受教育年限 12.3 13.5
23．主要劳动年龄人口受过高等教育比例 22% 30%
24．中职毕业生中级技术证书拥有率 80% 90%
25．职业学校年培训人数与在校学生比例 / 1.2
"""
PARTS = {
    "学前段": "preschool", "义务段": "compulsory", "高中段": "senior", "初中": "junior",
    "高中": "senior", "小学": "primary",
}  # fmt: skip


def number(text: str) -> Decimal | None:
    if text == "/":
        return None
    return Decimal(text[:-1]) / 100 if text.endswith("%") else Decimal(text)


LINES = PRINTED.split("\n")[1:-1]


@pytest.mark.parametrize(("line", "row"), list(zip(LINES, PLAN_INDICATORS, strict=True)))
def test_a_row_stands_as_it_is_printed(line: str, row: PlanIndicator) -> None:
    head, first, last, *part = line.split(" ")
    no, name = head.split("．")
    assert (row.number, row.name[0]) == (int(no), name)
    assert (row.in_2020, row.by_2025) == (number(first), number(last))
    assert row.part == (PARTS[part[0]] if part else None)


def test_totals_typed_in_give_every_row_where_there_is_no_roster() -> None:
    typed = tuple(
        Reported(indicator=row.number, part=row.part, value=row.by_2025, as_of="2020-05")
        for row in PLAN_INDICATORS
    )
    toy = toy_scenario()
    county = toy.county.model_copy(update={"teachers": (), "reported": typed})
    scenario = toy.model_copy(
        update={"county": County.model_validate(county.model_dump()), "admission": None}
    )
    table = plan_indicators(scenario, Plan())
    assert table["number"].tolist() == [row.number for row in PLAN_INDICATORS]
    assert table["now"].tolist() == [float(row.by_2025) for row in PLAN_INDICATORS]
    assert table["after"].tolist() == table["now"].tolist()
    assert set(table["computed_from"]) == {"typed_in"}
    assert plan_indicators_missing(scenario, Plan()) == ()
