"""Quota places of the two years before, with how many were taken up: all of it invented."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from numpy.random import Generator

from allocator.admission.claimants import admits, eligible_graduates, junior_places
from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.county.places import School, SeniorHigh
from allocator.county.quotas import PastQuota
from allocator.samples.shares import apportion

_YEARS = ((2, Decimal("0.96"), Decimal("0.56")), (1, Decimal("0.98"), Decimal("0.58")))
"""Years ago, places against today's, share of them that were quota places (invented: the share
rises to the plan's 60 %)."""
_COHORT = 0.06
"""Deviation of a junior high's graduates of those years from today's (invented)."""
_FILLED = {"urban": (0.985, 1.0), "township_seat": (0.95, 1.0), "rural": (0.92, 0.99)}
"""Range of the share of places taken up, by area class (invented)."""
_TOP, _RURAL_AT_TOP = 3, (0.74, 0.92)
"""The first senior highs, where fewer rural pupils reach the score, and their range (invented)."""


def build_past_quotas(county: County, rng: Generator) -> tuple[PastQuota, ...]:
    """Places of every pair that had any, year by year."""
    year = int(county.as_of[:4])
    highs = [h for h in sorted(county.senior_highs, key=lambda h: h.id) if h.quality]
    found: list[PastQuota] = []
    for ago, size, share in _YEARS:
        graduates = {s.id: _graduates(county, s, rng) for s in county.junior_highs}
        for rank, high in enumerate(highs):
            schools = [s for s in county.junior_highs if admits(county, high, s)]
            places = _divided(high, schools, graduates, size * share)
            for school, number in zip(schools, places, strict=True):
                taken = rng.binomial(number, _rate(county, school, rank, rng))
                if number:
                    found.append(
                        PastQuota(
                            year=year - ago,
                            senior_high=high.id,
                            junior_high=school.id,
                            places=number,
                            filled=int(taken),
                        )
                    )
    return tuple(found)


def _graduates(county: County, school: School, rng: Generator) -> float:
    """Graduates with three years' registration of an earlier year."""
    now = eligible_graduates(county, school, AdmissionTerms())
    return max(0.0, now * (1 + float(rng.normal(0, _COHORT))))


def _divided(
    high: SeniorHigh, schools: Sequence[School], graduates: dict[str, float], part: Decimal
) -> list[int]:
    """The quota places of a senior high, by graduates, as most bureaus divide them."""
    return apportion(int(high.places * part), [graduates[s.id] for s in schools])


def _rate(county: County, school: School, rank: int, rng: Generator) -> float:
    area = junior_places(county, school)[0].area_class
    low, high = _RURAL_AT_TOP if area == "rural" and rank < _TOP else _FILLED[area]
    return float(rng.uniform(low, high))
