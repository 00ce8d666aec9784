"""The headline figures of a plan: their words, their units, and which way is better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from allocator.modelling import Text

_FUZZ = 1e-9
"""Coefficients are real numbers: closer than this is equal."""


@dataclass(frozen=True)
class Figure:
    """One headline figure."""

    title: Text
    unit: str
    """A unit of ``vocabulary.UNIT``."""
    less_is_better: bool | None = None
    """None where neither way is better by itself."""
    judged: bool = False
    """Whether falling behind the target is a miss; a share beside rounded counts is not."""


@dataclass(frozen=True)
class Numbers:
    """One figure before and after the plan, and what a rule asks for; None where there is none."""

    before: float | None = None
    after: float | None = None
    target: float | None = None

    @property
    def change(self) -> float | None:
        """After less before."""
        return None if self.before is None or self.after is None else self.after - self.before

    def kept(self, about: Figure) -> bool | None:
        """Whether the target is reached; None where none is set or the figure is not judged."""
        if self.after is None or self.target is None or not about.judged:
            return None
        behind = self.after - self.target if about.less_is_better else self.target - self.after
        return bool(behind <= _FUZZ)


def _stage(code: str, zh: str, en: str, *, judged: bool = False) -> dict[str, Figure]:
    return {
        f"{code}_{stage}": Figure(
            Text(zh.format(zh_stage), en.format(stage)), "cv", True, judged=judged
        )
        for stage, zh_stage in (("primary", "小学"), ("junior", "初中"))
    }


FIGURES: Mapping[str, Figure] = {
    "teachers": Figure(Text("教师总数", "Teachers in the roster"), "people"),
    "moves": Figure(Text("安排交流人数", "Teachers moved"), "people"),
    "exchanged": Figure(
        Text("其中跨校交流", "Of these to another school"), "people", False, judged=True
    ),
    "exchange_base": Figure(Text("交流比例的基数", "Base of the exchange rate"), "people"),
    "exchange_rate": Figure(Text("交流比例", "Exchange rate"), "share", False),
    "backbone_moved": Figure(
        Text("交流的骨干教师", "Backbone teachers exchanged"), "people", False, judged=True
    ),
    "backbone_share": Figure(
        Text("交流教师中的骨干比例", "Backbone share of the exchange"), "share", False
    ),
    "uncovered": Figure(Text("未开足课时", "Uncovered periods"), "periods", True),
    "uncovered_priced": Figure(
        Text("未开足课时（按缺口递增计价）", "Uncovered periods, priced"), "priced", True
    ),
    "cells_short": Figure(
        Text("未开足的学校学科数", "Subjects at schools not fully covered"), "cells", True
    ),
    "worst_uncovered": Figure(
        Text("最大单项缺口占比", "Worst uncovered share of a subject"), "share", True
    ),
    "walking_people": Figure(Text("走教教师", "Teachers who walk"), "people"),
    "walking_periods": Figure(Text("走教课时", "Periods given walking"), "periods"),
    "second_periods": Figure(Text("兼课课时", "Periods of second subjects"), "periods"),
    "famous_need": Figure(Text("农村初中应配名师", "Famous teachers needed"), "people"),
    "famous_have": Figure(Text("农村初中在校名师", "Famous teachers there"), "people", False),
    "famous_missing": Figure(
        Text("名师缺口（各校合计）", "Famous teachers missing, all schools"),
        "people",
        True,
        judged=True,
    ),
    "famous_worst": Figure(
        Text("名师缺口最大占比", "Worst missing share of one school"), "share", True
    ),
    **_stage("cv_mean", "{}差异系数均值", "Mean difference coefficient, {}"),
    **_stage("cv_largest", "{}差异系数最大值", "Largest difference coefficient, {}"),
    **_stage("cv_capped", "{}受上限约束的差异系数", "Coefficient under the cap, {}", judged=True),
    "minutes_mean": Figure(
        Text("交流平均单程时间", "Mean one-way travel of a move"), "minutes", True
    ),
    "offered": Figure(
        Text("参与分配高中的招生名额", "Places of senior highs that divide a quota"), "places"
    ),
    "quota_places": Figure(
        Text("分配到校名额", "Quota places divided"), "places", False, judged=True
    ),
    "quota_share": Figure(Text("名额分配比例", "Share of quota places"), "share", False),
    "without_place": Figure(
        Text("没有名额的初中", "Junior highs left without a place"), "schools", True, judged=True
    ),
    "farthest_below": Figure(
        Text("低于应得名额最多", "Farthest below the entitlement"), "places", True
    ),
    "farthest_above": Figure(
        Text("高于应得名额最多", "Farthest above the entitlement"), "places", True
    ),
}
"""In the order of the summary."""
