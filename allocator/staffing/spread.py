"""How people and facilities are spread over the schools of a stage, as rows say it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from allocator.county.county import County, Place
from allocator.county.indicators import (
    FACILITY_FIELDS,
    Indicator,
    StaffIndicator,
    offer_counts_for,
)
from allocator.county.places import Stage
from allocator.county.supply import SupplyOffer
from allocator.modelling import Count, Linear, Norm, Piece, Row
from allocator.staffing.variables import Variables

THOUSAND = 1000
"""Shortfalls of coefficients are in thousandths."""
SPARE = 16
"""Counts kept exact beyond today's and the even share; further out one slope goes on."""


@dataclass(frozen=True)
class Spread:
    """How the people who count in an indicator are spread over the schools of a stage."""

    counts: Sequence[Count]
    pupils: Sequence[int]
    idle: Linear
    """Those at schools without pupils of the stage, which are no row of the balance."""
    hired: int = 0
    """Those of further supply who count; all of them are placed somewhere."""

    @property
    def total(self) -> int:
        """Everyone at the stage, wherever they are moved or placed."""
        people = sum(c.expression.constant for c in self.counts) + self.idle.constant
        return round(people) + self.hired

    @property
    def windows(self) -> list[tuple[int, int]]:
        """Around today's count and the even share of each school."""
        found = []
        for count, pupils in zip(self.counts, self.pupils, strict=True):
            even = round(self.total * pupils / sum(self.pupils))
            spots = (round(count.expression.constant), even)
            found.append((min(spots) - SPARE, max(spots) + SPARE))
        return found

    def square_row(self, where: str, cap: float, together: str) -> Row:
        """``1000 (P / X^2) sum x_i^2 / P_i + 2000 y / X <= 1000 (1 + cap^2)``, at whole counts.

        X counts everyone at the stage, y those who are idle.
        """
        everyone = sum(self.pupils)
        pieces = tuple(
            Piece.of(count, partial(_square, THOUSAND * everyone / self.total**2 / pupils), window)
            for count, pupils, window in zip(self.counts, self.pupils, self.windows, strict=True)
        )
        idle = self.idle * (2 * THOUSAND / self.total)
        limit = THOUSAND * (1 + cap**2)
        return Row(where, idle, "<=", limit, whole=False, pieces=pieces, together=together)

    def norm(self, part: float) -> Norm:
        """``part`` times the root of ``sum (x_i root(P / P_i) / X - root(P_i / P))^2``."""
        everyone = sum(self.pupils)
        return Norm.of(
            self.counts,
            [part * math.sqrt(everyone / p) / self.total for p in self.pupils],
            [part * math.sqrt(p / everyone) for p in self.pupils],
            self.windows,
        )


def spread(county: County, x: Variables, stage: Stage, indicator: StaffIndicator) -> Spread:
    """The counts of an indicator at the schools of a stage: the one place where people are counted.

    The total does not depend on what is decided: hires and others on posts are all placed.
    """

    def counts(offer: SupplyOffer) -> bool:
        return offer.stage == stage and offer_counts_for(indicator, offer, county)

    def people(places: list[Place]) -> Count:
        return x.serving(places, indicator) + x.supply(places, where=counts)

    schools = _units(county, stage)
    return Spread(
        counts=[people(places) for places, _ in schools],
        pupils=[pupils for _, pupils in schools],
        idle=people(_without_pupils(county, stage)).expression,
        hired=x.supply(where=counts).most,
    )


def fixed_square(county: County, stage: Stage, indicator: Indicator) -> float | None:
    """``(P / X^2) sum x_i^2 / P_i - 1`` over the schools with data, None where there are none."""
    known: list[tuple[float, int]] = []
    for places, pupils in _units(county, stage):
        amounts = [getattr(p.section.facilities, FACILITY_FIELDS[indicator]) for p in places]
        if None not in amounts:
            known.append((sum(amounts), pupils))
    total = sum(amount for amount, _ in known)
    if not total:
        return None
    everyone = sum(pupils for _, pupils in known)
    return max(0.0, everyone / total**2 * sum(a * a / p for a, p in known) - 1)


def _square(factor: float, number: int) -> float:
    return factor * number * number


def _without_pupils(county: County, stage: Stage) -> list[Place]:
    """The sections that are in no unit: a campus without pupils counts with its school's others."""
    counted = {p.id for places, _ in _units(county, stage) for p in places}
    return [p for p in county.places.values() if p.stage == stage and p.id not in counted]


def _units(county: County, stage: Stage) -> list[tuple[list[Place], int]]:
    """Sections and pupils of each school at a stage, schools without pupils left out."""
    found = []
    for places in county.places_of_school.values():
        here = [p for p in places if p.stage == stage]
        pupils = sum(p.section.pupils for p in here)
        if pupils:
            found.append((here, pupils))
    return found
