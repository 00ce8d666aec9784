"""The order of goals: what each tier means, which rules pay in it, and one step up or down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from allocator.insight.registry import REGISTRY
from allocator.modelling import Language, Text
from allocator.scenario import PartName, Scenario, preset
from allocator.ui.logic.draft import chosen

MEANING: Mapping[str, Text] = {
    "coverage": Text(
        "各校各学科每周开不足的课时；缺得越多，每节计价越高，免得一门课整个落空。",
        "Weekly periods of a subject that a school cannot teach. The more a subject lacks, the "
        "dearer each period, so that no class loses a subject altogether.",
    ),
    "famous": Text(
        "农村初中名师人数与要求相差之和。",
        "Famous teachers that rural junior highs lack, summed over the schools.",
    ),
    "famous_share": Text(
        "名师不够时，缺口按各校需要分担，不集中在少数学校。",
        "Where there are too few famous teachers, every school bears its share of the lack.",
    ),
    "rates": Text(
        "“尽量”执行的比例和上限没有达到的人数。",
        "People missing to the rates and caps that are wished for.",
    ),
    "balance": Text(
        "校际差异系数超过上限的部分，以千分之一计。",
        "How far coefficients of difference between schools are above their caps, in thousandths.",
    ),
    "vacancies": Text(
        "有编有岗而没有人的岗位。", "Posts that exist and stay free although somebody could come."
    ),
    "wishes": Text("本人志愿没有得到满足的人数。", "People whose wishes are not met."),
    "stability": Text(
        "与已公布方案安排不同的人数；没有已公布的方案时不起作用。",
        "People placed otherwise than in the plan published before; without one this says nothing.",
    ),
    "travel": Text(
        "交流教师的车程，加上每次交流折算的分钟数。",
        "Minutes of travel of those who move, and for each move the minutes it counts for.",
    ),
    "protection": Text(
        "“尽量”执行的保底和上限没有达到的名额数。",
        "Places missing to the floors and caps that are wished for.",
    ),
    "columns": Text(
        "每所初中得到的名额总数与应得数的偏离。",
        "How far the places of each junior high are from what it is entitled to.",
    ),
    "matrix": Text(
        "每所高中分给每所初中的名额与应得比例的偏离。",
        "How far the places of each pair of schools are off proportion.",
    ),
}
"""Tier -> what it counts. Less is better in all of them."""


def meaning(tier: str, lang: Language) -> str:
    """What a tier counts; empty where nothing is said of it."""
    return MEANING[tier].say(lang) if tier in MEANING else ""


def moved(order: Sequence[str], tier: str, by: int) -> list[str]:
    """An order with one tier moved up (-1) or down (+1), as far as it goes."""
    left = [t for t in order if t != tier]
    at = min(max(0, list(order).index(tier) + by), len(left))
    return [*left[:at], tier, *left[at:]]


def paid_by(scenario: Scenario, part: PartName, tier: str, lang: Language) -> list[str]:
    """Titles of the rules wished for whose shortfall counts in a tier."""
    return [
        rule.title.say(lang)
        for rule in REGISTRY[part]
        if rule.tier == tier and chosen(scenario, part, rule).firmness == "should"
    ]


def suggested(scenario: Scenario, part: PartName) -> list[str]:
    """The order of the scenario's preset where it has one, else the default order."""
    held = scenario.part(part)
    if held is None:
        return []
    name = scenario.staffing.preset if part == "staffing" and scenario.staffing else None
    named = preset(name).goals if name else ()
    made = type(held).model_validate({"rules": [], "goals": list(named)} if named else {})
    return list(made.goals)
