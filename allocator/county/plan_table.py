"""Table 1 of the plan: twenty-five indicators with their values of 2020 and 2025."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

PlanPart = Literal["preschool", "compulsory", "primary", "junior", "senior"]
"""A part of an indicator that the plan splits: 学前段, 义务段, 小学, 初中, 高中."""
PlanUnit = Literal["share", "ratio", "per_100", "cv", "schools", "people", "years"]

FIRST_YEAR, LAST_YEAR = 2020, 2025
SOURCE: tuple[str, str] = (
    "慈溪市教育改革与发展“十四五”规划，表1",
    "Cixi, 14th five-year education plan, Table 1",
)

PARTS: Mapping[PlanPart, tuple[str, str]] = {
    "preschool": ("学前段", "preschool"),
    "compulsory": ("义务段", "compulsory stage"),
    "primary": ("小学", "primary"),
    "junior": ("初中", "junior"),
    "senior": ("高中", "senior"),
}

PER: Mapping[PlanUnit, int] = {"share": 1, "ratio": 1, "per_100": 100}
"""Units that are a numerator over a denominator, and by what that is multiplied."""


@dataclass(frozen=True)
class PlanIndicator:
    """A row of the plan's Table 1 (规划指标), or one part of a row that the plan splits."""

    number: int
    part: PlanPart | None
    name: tuple[str, str]
    """Chinese and English."""
    unit: PlanUnit
    in_2020: Decimal | None
    """None where the plan gives no value."""
    by_2025: Decimal
    less_is_better: bool = False

    def target(self, year: int) -> Decimal | None:
        """The value on the straight line from 2020 to 2025; outside these years the nearer end.

        None before 2025 where the plan gives no value for 2020.
        """
        if year >= LAST_YEAR:
            return self.by_2025
        if self.in_2020 is None:
            return None
        passed = Decimal(max(0, year - FIRST_YEAR)) / (LAST_YEAR - FIRST_YEAR)
        return self.in_2020 + (self.by_2025 - self.in_2020) * passed


def _row(
    number: int,
    zh: str,
    en: str,
    unit: PlanUnit,
    in_2020: str | None,
    by_2025: str,
    *,
    part: PlanPart | None = None,
    less_is_better: bool = False,
) -> PlanIndicator:
    known = None if in_2020 is None else Decimal(in_2020)
    return PlanIndicator(number, part, (zh, en), unit, known, Decimal(by_2025), less_is_better)


_DISABLED = ("适龄持证残疾儿童少年入学率", "enrolment of children with a disability certificate")
_POSTGRADUATE = ("专任教师中研究生学历学位比例", "teachers with a postgraduate degree")
_SPREAD = ("市域义务教育优质均衡校际差异系数", "inter-school difference coefficient")

PLAN_INDICATORS: tuple[PlanIndicator, ...] = (
    _row(1, "普惠性幼儿园比例", "affordable kindergartens", "share", "0.864", "0.90"),
    _row(2, "公办幼儿园在园人数比例", "children in public kindergartens", "share", None, "0.55"),
    _row(3, "初中毕业生升入高中段比例", "junior graduates who go on", "share", "0.999", "1"),
    _row(4, "老年人终身学习参与率", "older people who take part in learning", "share", "0.455",
         "0.55"),
    _row(5, "外来务工人员子女公办学校就读比例", "migrant workers' children in public schools",
         "share", "0.895", "0.91"),
    _row(6, *_DISABLED, "share", None, "0.95", part="preschool"),
    _row(6, *_DISABLED, "share", None, "0.995", part="compulsory"),
    _row(6, *_DISABLED, "share", None, "0.86", part="senior"),
    _row(7, "优质幼儿园招生覆盖率", "intake of quality kindergartens", "share", "0.536", "0.80"),
    _row(8, "小学生体质健康达标率", "primary pupils who reach the fitness standard", "share",
         "0.994", "0.995"),
    _row(9, "初中生体质健康达标率", "junior pupils who reach the fitness standard", "share",
         "0.934", "0.96"),
    _row(10, "普通高中学业水平考试累计合格率", "senior-high examination passed", "share", "0.98",
         "0.99"),
    _row(11, "劳动教育示范校（实践基地）比例", "model schools of labour education", "share", None,
         "0.15"),
    _row(12, "省义务教育标准化学校比例", "provincial standard schools", "share", "0.99", "1"),
    _row(13, "省现代化学校达标数", "provincial modern schools", "schools", "6", "35"),
    _row(14, "学前教育教师接受专业教育比例", "kindergarten teachers trained for it", "share",
         "0.94", "0.96"),
    _row(15, *_POSTGRADUATE, "share", "0.027", "0.10", part="junior"),
    _row(15, *_POSTGRADUATE, "share", "0.042", "0.22", part="senior"),
    _row(16, "职业教育专业课教师“双师型”教师比例", "double-qualified vocational teachers", "share",
         "0.84", "0.90"),
    _row(17, *_SPREAD, "cv", "0.35", "0.30", part="primary", less_is_better=True),
    _row(17, *_SPREAD, "cv", "0.30", "0.25", part="junior", less_is_better=True),
    _row(18, "区域信息化综合发展指数", "index of digital development", "share", None, "1"),
    _row(19, "省特级教师数", "provincial special-grade teachers", "people", "18", "26"),
    _row(20, "宁波市名师名校长数", "city famous teachers and principals", "people", "65", "80"),
    _row(21, "农村初中学校每百名学生拥有名师数",
         "famous teachers per 100 pupils of rural junior highs", "per_100", None, "1"),
    _row(22, "主要劳动年龄人口平均受教育年限", "years of schooling of the working-age population",
         "years", "12.3", "13.5"),
    _row(23, "主要劳动年龄人口受过高等教育比例", "working-age population with higher education",
         "share", "0.22", "0.30"),
    _row(24, "中职毕业生中级技术证书拥有率", "vocational graduates with a technical certificate",
         "share", "0.80", "0.90"),
    _row(25, "职业学校年培训人数与在校学生比例", "people trained a year per vocational student",
         "ratio", None, "1.2"),
)  # fmt: skip
"""In the order of the plan."""


def parts_of(number: int) -> tuple[PlanIndicator, ...]:
    """The rows of a number: one, or one for each part; none where the plan has no such number."""
    return tuple(i for i in PLAN_INDICATORS if i.number == number)
