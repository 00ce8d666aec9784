"""Staffing goals, and the tiers they and the rules' shortfalls are paid in."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from allocator.modelling import Configured, Text, Tier
from allocator.staffing.goal import StaffingGoal
from allocator.staffing.goals.coverage import Coverage
from allocator.staffing.goals.famous_share import FamousFairShare
from allocator.staffing.goals.stability import Stability
from allocator.staffing.goals.travel import TravelAndMoves
from allocator.staffing.rules.famous_floor import FamousTeacherFloor
from allocator.staffing.terms import StaffingTerms

TIERS: tuple[Tier, ...] = (
    Tier(
        "coverage",
        Text("未开足课时（按缺口递增计价）", "uncovered periods, priced"),
        "periods",
        Fraction(1, 10),
    ),
    Tier("famous", Text("农村初中名师缺口", "famous teachers missing"), "people"),
    Tier("famous_share", Text("名师缺口的公平分担", "fair share of the missing"), "share", None),
    Tier("rates", Text("比例和上限缺口", "shortfall of rates and caps"), "people"),
    Tier("balance", Text("差异系数超限（千分之一）", "CV excess, thousandths"), "cv", None),
    Tier("vacancies", Text("空缺岗位", "posts left free"), "people"),
    Tier("wishes", Text("个人意愿未满足", "wishes not met"), "people"),
    Tier(
        "stability",
        Text("与已公布方案不同的人数", "people placed otherwise than published"),
        "people",
    ),
    Tier("travel", Text("车程与交流次数（折合分钟）", "travel and moves, minutes"), "minutes"),
)
"""The tiers in their default order."""


def goals(configured: Iterable[Configured], terms: StaffingTerms) -> list[StaffingGoal]:
    """The goals of a scenario; scarce famous teachers are shared only where they are wished for."""
    found: list[StaffingGoal] = [Coverage(by=terms.coverage)]
    found += [
        FamousFairShare(rule=c.rule)
        for c in configured
        if isinstance(c.rule, FamousTeacherFloor) and c.firmness == "should"
    ]
    if terms.published:
        found.append(Stability(published=terms.published))
    found.append(TravelAndMoves(per_move=terms.minutes_per_move))
    return found
