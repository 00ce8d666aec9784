"""The share of senior highs' places that is divided."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from allocator.admission.rule import AdmissionRule
from allocator.county.county import County
from allocator.county.frozen import DataError, Problem, Share
from allocator.county.places import SeniorHigh
from allocator.modelling import (
    Firmness,
    Language,
    Linear,
    Reading,
    Row,
    Text,
    fraction,
    parameter,
    required,
    share_row,
)

if TYPE_CHECKING:
    from allocator.admission.table import QuotaTable
    from allocator.admission.variables import Variables

Over = Literal["each", "all"]
OVER_CHOICES: tuple[tuple[Over, Text], ...] = (
    ("each", Text("每所优质示范高中", "each quality senior high")),
    ("all", Text("全部优质示范高中合计", "all quality senior highs together")),
)
Year = Annotated[int, Field(ge=2000, le=2100)]

_PLAIN = Text(
    "{over}的招生名额，不低于 {at_least} 分配到初中（进一取整）",
    "Of the places of {over}, at least {at_least} are divided among junior highs (rounded up)",
)
_STEPS = tuple(
    Text(
        f"；自 {{{nth}_year}} 年起不低于 {{{nth}_share}}",
        f"; from {{{nth}_year}} on at least {{{nth}_share}}",
    )
    for nth in ("first", "second", "third")
)


class QuotaShareFloor(AdmissionRule):
    """Quality senior highs divide at least a share of their places, rounded up.

    The share may rise over years (分步提高): from the year of each step on, the step's share holds
    instead of ``at_least``. The year is that of the county's data.
    """

    title: ClassVar[Text] = Text("名额分配比例", "Share of quota places")
    sentence: ClassVar[Text] = _PLAIN.then(_STEPS[0]).then(_STEPS[1]).then(_STEPS[2])
    measure: ClassVar[Text] = Text("分配名额", "places divided")
    clause: ClassVar[Text] = Text(
        "慈溪市“十四五”教育规划举措21：分配比例应在 60% 以上；国家要求不低于 50%；分步比例为示例",
        "Cixi 14th five-year education plan, measure 21: at least 60 %; national floor 50 %; the "
        "shares of later steps are examples",
    )
    formula: ClassVar[str] = "sum_j place[i, j] >= ceil(share * places_i), or summed over all i"
    default_firmness: ClassVar[Firmness] = "must"
    tier: ClassVar[str] = "protection"

    at_least: Share = parameter(Decimal("0.60"), "比例不低于", "at least", "share")
    over: Over = parameter("each", "计算范围", "counted over", "choice", choices=OVER_CHOICES)
    first_year: Year | None = parameter(
        None, "第一步起始年份（空为不分步）", "step 1 from (empty: none)", "year"
    )
    first_share: Share = parameter(Decimal("0.60"), "第一步起比例", "share of step 1", "share")
    second_year: Year | None = parameter(None, "第二步起始年份", "step 2 from", "year")
    second_share: Share = parameter(Decimal("0.65"), "第二步起比例", "share of step 2", "share")
    third_year: Year | None = parameter(None, "第三步起始年份", "step 3 from", "year")
    third_share: Share = parameter(Decimal("0.70"), "第三步起比例", "share of step 3", "share")

    @model_validator(mode="after")
    def _path(self) -> Self:
        years = (self.first_year, self.second_year, self.third_year)
        problems = []
        for name, before, year in zip(
            ("second_year", "third_year"), years, years[1:], strict=False
        ):
            if year is not None and before is None:
                text = "the step before {year} has no year: fill in the steps in order"
                problems.append(Problem(name, text, {"year": year}))
            elif year is not None and before is not None and year <= before:
                text = "the step of {year} does not come after the one of {before}: change one"
                problems.append(Problem(name, text, {"year": year, "before": before}))
        if problems:
            raise DataError(tuple(problems))
        return self

    @property
    def steps(self) -> tuple[tuple[int, Decimal], ...]:
        """Year and share of each step there is, in order."""
        listed = (
            (self.first_year, self.first_share),
            (self.second_year, self.second_share),
            (self.third_year, self.third_share),
        )
        return tuple((year, share) for year, share in listed if year is not None)

    def share(self, county: County) -> Decimal:
        """The share in force in the year of the county's data: that of the latest step reached."""
        this_year = int(county.as_of[:4])
        reached = [share for year, share in self.steps if year <= this_year]
        return reached[-1] if reached else self.at_least

    def asks(self, lang: Language) -> str:
        """The sentence with as many steps as there are."""
        said = _PLAIN
        for step in _STEPS[: len(self.steps)]:
            said = said.then(step)
        return self.filled(said, lang)

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``q sum_j place >= p places``, for each quality senior high or over all of them."""
        share, good = fraction(self.share(county)), _quality(county)
        if self.over == "each":
            for high in good:
                given, places = x.places(high=high.id).expression, Linear.number(high.places)
                yield share_row(high.id, given, places, share, up=True)
        elif good:
            given = Linear.total(x.places(high=high.id).expression for high in good)
            places = Linear.number(sum(high.places for high in good))
            yield share_row("county", given, places, share, up=True)

    def readings(self, county: County, table: QuotaTable) -> Iterator[Reading]:
        """Places divided against the number asked for."""
        given, share = table.rows, self.share(county)
        counted = [(h.id, h.places, given.get(h.id, 0)) for h in _quality(county)]
        if self.over == "all" and counted:
            counted = [("county", sum(p for _, p, _ in counted), sum(g for *_, g in counted))]
        for where, places, actual in counted:
            needed = required(share, places, up=True)
            short = max(0, needed - actual)
            yield Reading(where, actual, ">=", needed, "places", short, {"places": places})


def _quality(county: County) -> list[SeniorHigh]:
    return sorted((h for h in county.senior_highs if h.quality), key=lambda h: h.id)
