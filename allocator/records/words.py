"""Words for the coded values that only tables of the county show."""

from __future__ import annotations

from allocator.county.plan_table import PARTS, PLAN_INDICATORS
from allocator.insight.vocabulary import Words
from allocator.modelling import Text

SEX: Words = {"f": Text("女", "woman"), "m": Text("男", "man")}
TITLE: Words = {
    "none": Text("未定级", "none"),
    "third": Text("三级", "third grade"),
    "second": Text("二级", "second grade"),
    "first": Text("一级", "first grade"),
    "senior": Text("高级", "senior"),
    "professor": Text("正高级", "professor"),
}
DEGREE: Words = {
    "secondary": Text("中专或高中", "secondary"),
    "college": Text("专科", "college"),
    "bachelor": Text("本科", "bachelor"),
    "master": Text("硕士研究生", "master"),
    "doctor": Text("博士研究生", "doctor"),
}
HONOUR: Words = {
    "county_rising": Text("教坛新秀", "rising teacher"),
    "county_backbone": Text("县级骨干", "county backbone"),
    "county_famous": Text("县级名师", "county famous"),
    "city_backbone": Text("市骨干", "city backbone"),
    "city_famous": Text("市名师名校长", "city famous"),
    "province_special": Text("省特级教师", "province special"),
}
ROLE: Words = {
    "teacher": Text("任课教师", "teacher"),
    "class_teacher": Text("班主任", "class teacher"),
    "middle_manager": Text("中层干部", "middle manager"),
    "principal": Text("校长", "principal"),
    "party_secretary": Text("书记", "party secretary"),
}
EMPLOYMENT: Words = {
    "establishment": Text("在编", "on establishment"),
    "reserve": Text("编外储备", "reserve"),
    "private": Text("民办聘用", "private"),
}
STATUS: Words = {
    "in_post": Text("在岗", "in post"),
    "lent_out": Text("借出", "lent out"),
    "long_sick": Text("长期病休", "long sick"),
    "out_of_county": Text("县外支教", "outside the county"),
}
TOWNSHIP: Words = {"subdistrict": Text("街道", "subdistrict"), "town": Text("镇", "town")}
PIN: Words = {"stays": Text("留任", "stays")}
PIN_KIND: Words = {
    "goes": Text("去", "goes to"),
    "stays": Text("留任", "stays"),
    "not_to": Text("不去", "not to"),
}
ROUND: Words = {
    "in_school": Text("校内竞聘", "inside schools"),
    "application": Text("跨校竞聘", "across schools"),
}
KINSHIP: Words = {
    "couple": Text("夫妻（就近）", "couple (near each other)"),
    "relatives": Text("亲属（回避）", "relatives (apart)"),
}
VETO: Words = {
    "leaving": Text("不同意调出", "against leaving"),
    "arriving": Text("不同意调入", "against arriving"),
}
SETTLED_BY: Words = {"lot": Text("抽签", "lot"), "person": Text("专人裁定", "a person")}
PLAN_PART: Words = {code: Text(*words) for code, words in PARTS.items()}
PLAN_ROW: Words = {
    str(i.number): Text(f"{i.number} {i.name[0]}", f"{i.number} {i.name[1]}")
    for i in PLAN_INDICATORS
}
"""Rows of the plan's Table 1."""
