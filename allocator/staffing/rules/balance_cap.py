"""The difference coefficients of the seven indicators, one by one, the largest, or their mean."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from allocator.county.county import County
from allocator.county.frozen import DataError, Exact, Problem
from allocator.county.indicators import (
    FACILITY_FIELDS,
    INDICATORS,
    STAFF_INDICATORS,
    Indicator,
    StaffIndicator,
    balance,
    counts_for,
    school_rows,
    staff_totals,
)
from allocator.county.places import STAGES, Stage
from allocator.modelling import Firmness, Linear, Reading, Row, Text, parameter
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.spread import THOUSAND, fixed_square, spread
from allocator.staffing.variables import Variables

Binds = Literal["each", "largest", "mean"]
BINDS_CHOICES: tuple[tuple[Binds, Text], ...] = (
    ("each", Text("逐项", "each")),
    ("largest", Text("最大值", "largest")),
    ("mean", Text("均值", "mean")),
)
_INDICATORS: tuple[tuple[Indicator, Text], ...] = tuple((i, Text(i, i)) for i in INDICATORS)

Cap = Annotated[Exact, Field(gt=0, le=3)]
Year = Annotated[int, Field(ge=2000, le=2100)]


class BalanceCap(StaffingRule):
    """The difference coefficients (校际差异系数) of a stage stay under a cap that falls by year.

    The plan's single number is not defined: the cap binds each coefficient, the largest of a stage,
    or the mean of those with data. Teachers move L1 to L3; L4 to L7 are data.

    Rows and shortfalls of ``each`` and ``largest`` are in thousandths of CV squared, which is a sum
    of convex functions of whole counts. The mean has no such form: its rows are sums of Euclidean
    norms, and its shortfall is in thousandths of the coefficient itself. A scenario has one of the
    three, so the two units never meet in one tier. Readings show the coefficient.
    """

    title: ClassVar[Text] = Text("校际差异系数", "Inter-school difference coefficients")
    sentence: ClassVar[Text] = Text(
        "{indicators} 校际差异系数（{binds}）：小学由 {from_year} 年的 {primary_from} 降至 "
        "{to_year} 年的 {primary_at_most} 以下，初中由 {junior_from} 降至 {junior_at_most} 以下，"
        "其间各年按直线推算",
        "The difference coefficients of {indicators} ({binds}): at most {primary_from} in primary "
        "and {junior_from} in junior schools in {from_year}, at most {primary_at_most} and "
        "{junior_at_most} in {to_year}, on a straight line in between",
    )
    measure: ClassVar[Text] = Text("差异系数", "difference coefficient")
    clause: ClassVar[Text] = Text(
        "规划表1第17项：小学 0.35→0.30、初中 0.30→0.25（2020→2025年）；"
        "县域义务教育优质均衡评估办法；逐年直线推算和取均值为本工具假设",
        "Plan, Table 1, indicator 17: 0.35 to 0.30 primary, 0.30 to 0.25 junior, 2020 to 2025; the "
        "straight line and the mean are assumptions of this tool",
    )
    formula: ClassVar[str] = (
        "CV = sqrt(sum_i (P_i / P) (X_i / X - 1)^2); each, max or mean of CV <= cap(year)"
    )
    default_firmness: ClassVar[Firmness] = "should"
    tier: ClassVar[str] = "balance"

    primary_from: Cap = parameter(Decimal("0.35"), "小学起始值", "primary at first", "cv")
    junior_from: Cap = parameter(Decimal("0.30"), "初中起始值", "junior at first", "cv")
    from_year: Year = parameter(2020, "起始年份", "first year", "year")
    primary_at_most: Cap = parameter(Decimal("0.30"), "小学不超过", "primary at most", "cv")
    junior_at_most: Cap = parameter(Decimal("0.25"), "初中不超过", "junior at most", "cv")
    to_year: Year = parameter(2025, "目标年份", "target year", "year")
    binds: Binds = parameter("mean", "上限约束", "the cap binds", "choice", choices=BINDS_CHOICES)
    indicators: tuple[Indicator, ...] = parameter(
        INDICATORS, "指标", "indicators", "choice", choices=_INDICATORS, min_length=1
    )

    @model_validator(mode="after")
    def _path(self) -> Self:
        if self.from_year >= self.to_year:
            text = "the first year {first} must lie before the target year {last}: change one"
            details = {"first": self.from_year, "last": self.to_year}
            raise DataError((Problem("from_year", text, details),))
        return self

    def path(self, stage: Stage, year: int) -> Fraction:
        """The cap of a stage in a year: on the line between the two years, constant outside."""
        first, last = (
            (self.primary_from, self.primary_at_most)
            if stage == "primary"
            else (self.junior_from, self.junior_at_most)
        )
        gone = Fraction(year - self.from_year, self.to_year - self.from_year)
        done = min(max(gone, Fraction(0)), Fraction(1))
        return Fraction(first) + done * (Fraction(last) - Fraction(first))

    def cap(self, stage: Stage, county: County) -> float:
        """The cap of a stage in the year of the county's data."""
        return float(self.path(stage, int(county.as_of[:4])))

    @property
    def asked(self) -> tuple[Indicator, ...]:
        """The indicators in their own order, however they are listed, so that sums are alike."""
        return tuple(i for i in INDICATORS if i in self.indicators)

    @property
    def moved(self) -> tuple[StaffIndicator, ...]:
        """Those of the indicators that teachers move."""
        return tuple(i for i in STAFF_INDICATORS if i in self.indicators)

    def traits(self, county: County) -> Mapping[str, Trait]:
        """Whether a teacher in post counts in each indicator."""

        def trait(indicator: StaffIndicator) -> Trait:
            return lambda t: t.status == "in_post" and counts_for(indicator, t, county)

        return {indicator: trait(indicator) for indicator in self.moved}

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """Squares for each and for the largest, norms for the mean; facilities are constants."""
        for stage in STAGES:
            cap = self.cap(stage, county)
            people = {i: s for i in self.moved if (s := spread(county, x, stage, i)).total}
            fixed = {
                i: square
                for i in self.asked
                if i in FACILITY_FIELDS and (square := fixed_square(county, stage, i)) is not None
            }
            if self.binds == "mean" and (people or fixed):
                part = THOUSAND / (len(people) + len(fixed))
                yield Row(
                    stage,
                    Linear.number(part * sum(math.sqrt(v) for v in fixed.values())),
                    "<=",
                    THOUSAND * cap,
                    whole=False,
                    norms=tuple(s.norm(part) for s in people.values()),
                )
            if self.binds == "mean":
                continue
            together = stage if self.binds == "largest" else ""
            for indicator, s in people.items():
                yield s.square_row(f"{indicator}.{stage}", cap, together)
            for known, square in fixed.items():
                yield Row(
                    f"{known}.{stage}",
                    Linear.number(THOUSAND * square),
                    "<=",
                    THOUSAND * cap**2,
                    whole=False,
                    together=together,
                )

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """The coefficient of each indicator at each stage, the largest, or the mean."""
        people = staff_totals(county, plan.serving, plan.plan.supply)
        for here in balance(school_rows(county, plan.serving, plan.plan.supply), people):
            stage, cap = here.stage, self.cap(here.stage, county)
            known = here.coefficients
            found = {i: known[i] for i in self.asked if i in known}
            if not found:
                continue
            if self.binds == "mean":
                mean = sum(found.values()) / len(found)
                measure = Text(
                    f"{len(found)}项差异系数的均值", f"mean of {len(found)} difference coefficients"
                )
                yield _reading(stage, mean, cap, mean - cap, measure)
            elif self.binds == "largest":
                worst = max(found, key=lambda i: found[i])
                measure = Text(
                    f"最大差异系数（{worst}）", f"largest difference coefficient ({worst})"
                )
                yield _reading(stage, found[worst], cap, found[worst] ** 2 - cap**2, measure)
            else:
                for i, cv in found.items():
                    yield _reading(f"{i}.{stage}", cv, cap, cv**2 - cap**2, self.measure)


def _reading(where: str, actual: float, cap: float, excess: float, measure: Text) -> Reading:
    short = THOUSAND * excess
    return Reading(where, actual, "<=", cap, "cv", short if short > 1e-6 else 0.0, measure=measure)
