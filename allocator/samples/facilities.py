"""Facilities L4 to L7, spread so that the mean of the seven coefficients is the plan's."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from allocator.county.balance import difference_coefficient
from allocator.county.county import County, Place
from allocator.county.indicators import STAFF_INDICATORS, SchoolRow, school_rows
from allocator.county.places import Facilities, Stage
from allocator.samples.shares import bisect

MEAN_CV: Mapping[Stage, float] = {"primary": 0.35, "junior": 0.30}
"""Mean difference coefficient: plan, indicator 17, 2020 column."""


@dataclass(frozen=True)
class _Resource:
    """A facility: what a pupil has in the middle, and how far schools differ (invented)."""

    field: str
    a_pupil: Mapping[Stage, float]
    reach: float
    step: float
    """Written in multiples of this."""


_RESOURCES: tuple[_Resource, ...] = (
    _Resource("floor_area", {"primary": 7.6, "junior": 9.8}, 0.9, 1.0),
    _Resource("sports_area", {"primary": 10.5, "junior": 13.5}, 1.1, 1.0),
    _Resource("equipment", {"primary": 3200.0, "junior": 4100.0}, 1.0, 100.0),
    _Resource("multimedia_rooms", {"primary": 0.033, "junior": 0.034}, 0.85, 1.0),
)


def build_facilities(county: County, rng: np.random.Generator) -> dict[str, Facilities]:
    """Facilities of each section that has staff, by section id.

    Schools without staff get none: a school of the plan carries only what the plan says.
    """
    here = [p for p in county.places.values() if not county.opens(p.school)]
    drawn = {p.id: np.clip(rng.normal(size=len(_RESOURCES)), -1.8, 1.8) for p in here}
    rows = [r for r in school_rows(county) if not county.opens(county.school[r.school])]
    found: dict[str, Facilities] = {}
    for stage, target in MEAN_CV.items():
        equipped = _Stage(
            stage,
            [p for p in here if p.stage == stage],
            [r for r in rows if r.stage == stage],
            drawn,
        )
        spread = bisect(equipped.mean, target, 0.0, 1.5)
        amounts = [equipped.amounts(spread, n) for n in range(len(_RESOURCES))]
        for place in equipped.places:
            found[place.id] = Facilities.model_validate(
                {r.field: amounts[n][place.id] for n, r in enumerate(_RESOURCES)}
            )
    return found


@dataclass(frozen=True)
class _Stage:
    """The sections and schools of one stage, to be equipped."""

    stage: Stage
    places: list[Place]
    rows: list[SchoolRow]
    drawn: Mapping[str, npt.NDArray[np.float64]]

    def amounts(self, spread: float, number: int) -> dict[str, float]:
        """How much of a resource each section has, at a spread."""
        resource = _RESOURCES[number]
        found = {}
        for place in self.places:
            factor = math.exp(spread * resource.reach * float(self.drawn[place.id][number]))
            exact = place.section.pupils * resource.a_pupil[self.stage] * factor
            found[place.id] = resource.step * max(1, round(exact / resource.step))
        return found

    def mean(self, spread: float) -> float:
        """The mean of the seven difference coefficients at a spread."""
        pupils = [r.pupils for r in self.rows]
        counts = [[r.counts[i] for r in self.rows] for i in STAFF_INDICATORS]
        for number in range(len(_RESOURCES)):
            held: Counter[str] = Counter()
            amounts = self.amounts(spread, number)
            for place in self.places:
                held[place.school.id] += round(amounts[place.id])
            counts.append([float(held[r.school]) for r in self.rows])
        return sum(difference_coefficient(c, pupils) for c in counts) / len(counts)
