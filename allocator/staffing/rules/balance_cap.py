"""The difference coefficients of the indicators that teachers move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Annotated, ClassVar

from pydantic import Field

from allocator.county.balance import difference_coefficient
from allocator.county.county import County, Place
from allocator.county.frozen import Exact
from allocator.county.indicators import NAMES as INDICATOR_NAMES
from allocator.county.indicators import STAFF_INDICATORS, StaffIndicator, counts_for, school_rows
from allocator.county.places import STAGES, Stage
from allocator.modelling import Firmness, Piece, Reading, Row, Text, parameter
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables

_INDICATORS: tuple[tuple[StaffIndicator, Text], ...] = tuple(
    (i, Text(i, i)) for i in STAFF_INDICATORS
)
_SPARE = 16
"""Counts kept exact beyond today's and the even share; further out one slope goes on."""


class BalanceCap(StaffingRule):
    """The difference coefficient of each of L1 to L3 stays under a cap at both stages.

    Rows and tier are in thousandths of CV squared, which is convex in the counts; readings show
    the CV itself.
    """

    title: ClassVar[Text] = Text("校际差异系数", "Inter-school difference coefficients")
    sentence: ClassVar[Text] = Text(
        "{indicators} 各项校际差异系数：小学不超过 {primary_at_most}，初中不超过 {junior_at_most}",
        "The difference coefficient of each of {indicators} is at most {primary_at_most} in "
        "primary and {junior_at_most} in junior schools",
    )
    measure: ClassVar[Text] = Text("差异系数", "difference coefficient")
    clause: ClassVar[Text] = Text(
        "规划表1第17项：小学 0.30、初中 0.25（2025年）；县域义务教育优质均衡评估办法",
        "Plan, Table 1, indicator 17: 0.30 primary, 0.25 junior by 2025",
    )
    formula: ClassVar[str] = "(P / X^2) sum_i x_i^2 / P_i - 1 <= at_most^2"
    default_firmness: ClassVar[Firmness] = "should"
    tier: ClassVar[str] = "balance"

    primary_at_most: Annotated[Exact, Field(gt=0, le=3)] = parameter(
        Decimal("0.35"), "小学不超过", "primary at most", "cv"
    )
    junior_at_most: Annotated[Exact, Field(gt=0, le=3)] = parameter(
        Decimal("0.30"), "初中不超过", "junior at most", "cv"
    )
    indicators: tuple[StaffIndicator, ...] = parameter(
        STAFF_INDICATORS, "指标", "indicators", "choice", choices=_INDICATORS, min_length=1
    )

    def cap(self, stage: Stage) -> float:
        """The cap of a stage."""
        return float(self.primary_at_most if stage == "primary" else self.junior_at_most)

    def traits(self, county: County) -> Mapping[str, Trait]:
        """Whether a teacher in post counts in each indicator."""

        def trait(indicator: StaffIndicator) -> Trait:
            return lambda t: t.status == "in_post" and counts_for(indicator, t, county)

        return {indicator: trait(indicator) for indicator in self.indicators}

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``1000 (P / X^2) sum x_i^2 / P_i + 2000 y / X <= 1000 (1 + cap^2)``, at whole counts.

        X counts everyone at the stage, y those at sections without pupils, which are no row of
        the balance.
        """
        for stage in STAGES:
            units = _units(county, stage)
            everyone = sum(pupils for _, pupils in units)
            for indicator in self.indicators:
                counts = [x.serving(places, indicator) for places, _ in units]
                idle = x.serving(_without_pupils(county, stage), indicator).expression
                total = round(sum(c.expression.constant for c in counts) + idle.constant)
                if not total:
                    continue
                pieces = []
                for count, (_, pupils) in zip(counts, units, strict=True):
                    factor = 1000 * everyone / total**2 / pupils
                    spots = (round(count.expression.constant), round(total * pupils / everyone))
                    window = (min(spots) - _SPARE, max(spots) + _SPARE)
                    pieces.append(Piece.of(count, partial(_square, factor), window))
                limit = 1000 * (1 + self.cap(stage) ** 2)
                yield Row(
                    f"{indicator}.{stage}",
                    idle * (2000 / total),
                    "<=",
                    limit,
                    whole=False,
                    pieces=tuple(pieces),
                )

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """The coefficient of each indicator at each stage."""
        rows = school_rows(county, plan.serving)
        for stage in STAGES:
            here = [r for r in rows if r.stage == stage]
            for indicator in self.indicators:
                counts = [r.counts[indicator] for r in here]
                total = sum(
                    t.status == "in_post" and counts_for(indicator, t, county)
                    for t in county.teacher.values()
                    if plan.serving[t.id].stage == stage
                )
                if not total:
                    continue
                cv = difference_coefficient(counts, [r.pupils for r in here], total=total)
                excess = 1000 * (cv**2 - self.cap(stage) ** 2)
                yield Reading(
                    f"{indicator}.{stage}",
                    cv,
                    "<=",
                    self.cap(stage),
                    "cv",
                    excess if excess > 1e-6 else 0.0,
                    {"indicator": INDICATOR_NAMES[indicator]},
                )


def _square(factor: float, number: int) -> float:
    return factor * number * number


def _without_pupils(county: County, stage: Stage) -> list[Place]:
    return [p for p in county.places.values() if p.stage == stage and not p.section.pupils]


def _units(county: County, stage: Stage) -> list[tuple[list[Place], int]]:
    """Sections and pupils of each school at a stage, schools without pupils left out."""
    found = []
    for places in county.places_of_school.values():
        here = [p for p in places if p.stage == stage]
        pupils = sum(p.section.pupils for p in here)
        if pupils:
            found.append((here, pupils))
    return found
