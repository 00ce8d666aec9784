"""Pupils of a county with scores and wishes, all invented: for a simulation before real ones."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import numpy.typing as npt
from numpy.random import PCG64, Generator

from allocator.admission.claimants import admits, junior_places
from allocator.admission.pupils import Pupil
from allocator.county.county import County
from allocator.county.places import School, SeniorHigh

TOTAL = 750
"""Highest total score (invented)."""
_MIDDLE, _SPREAD = 490.0, 95.0
"""Mean and standard deviation of the scores within a school (invented)."""
_AREA = {"urban": 35.0, "township_seat": 0.0, "rural": -35.0}
"""What the mean of a school gains by its area class (invented)."""
_QUALITY, _WEAK, _PRIVATE, _SCHOOLS = 30.0, -30.0, 15.0, 12.0
"""What it gains as a quality, weak or private school; the deviation among schools (invented)."""
_PARTS = (0.48, 0.26)
"""Shares of the total made by the two further scores that decide ties (invented)."""
_TASTE = 1.3
"""How far wishes stray from the order of prestige, in ranks (invented)."""
_HOPE = 0.25
"""Share of a school's pupils who think of a quota place of a senior high to be within their reach;
the weaker ones do not ask for those of most prestige (invented)."""
QUOTA_WISHES, UNIFIED_WISHES = 3, 10
"""Wishes a pupil may state in each stage (invented)."""
_STREAM = 8
"""Stream of random numbers, apart from those of the county."""


def generate_pupils(county: County, seed: int = 2020) -> tuple[Pupil, ...]:
    """Every graduate of the county's junior highs, with scores and wishes.

    The counts of graduates and of those with three years' registration are the county's. The same
    arguments give the same pupils on every run.

    Parameters
    ----------
    seed
        Seed of the random numbers, zero or more.
    """
    rng = Generator(PCG64([seed, _STREAM]))
    highs = by_prestige(county)
    found: list[Pupil] = []
    for school in county.junior_highs:
        found += _of_school(county, school, highs, len(found), rng)
    return tuple(found)


def by_prestige(county: County) -> list[SeniorHigh]:
    """Senior highs as pupils want them: quality ones first, then by code (invented)."""
    return sorted(county.senior_highs, key=lambda h: (not h.quality, h.id))


def _of_school(
    county: County, school: School, highs: Sequence[SeniorHigh], before: int, rng: Generator
) -> list[Pupil]:
    sections = [p.section for p in junior_places(county, school)]
    number = sum(s.graduates for s in sections)
    registered = np.zeros(number, dtype=bool)
    registered[: sum(s.registered_graduates for s in sections)] = True
    registered = rng.permutation(registered)
    scores = _scores(_mean(county, school, rng), number, rng)
    parts = [_part(scores, share, rng) for share in _PARTS]
    open_to = [h for h in highs if admits(county, h, school)]
    taste = np.arange(len(open_to)) + rng.normal(0, _TASTE, (number, len(open_to)))
    divided = [h.id for h in open_to if h.quality or h.quota_places]
    too_high = _too_high(scores, len(divided), rng)
    pupils = []
    for n in range(number):
        wishes = [open_to[k].id for k in np.argsort(taste[n], kind="stable")]
        asked = set(divided[too_high[n] :])
        pupils.append(
            Pupil(
                number=f"P{before + n + 1:05d}",
                junior_high=school.id,
                registered=bool(registered[n]),
                score=_half(scores[n]),
                further=tuple(_half(part[n]) for part in parts),
                quota_wishes=tuple(h for h in wishes if h in asked)[:QUOTA_WISHES],
                unified_wishes=tuple(wishes[:UNIFIED_WISHES]),
            )
        )
    return pupils


def _mean(county: County, school: School, rng: Generator) -> float:
    area = junior_places(county, school)[0].area_class
    flags = _QUALITY * school.quality + _WEAK * school.weak + _PRIVATE * school.private
    return _MIDDLE + _AREA[area] + flags + float(rng.normal(0, _SCHOOLS))


def _scores(mean: float, number: int, rng: Generator) -> npt.NDArray[np.int64]:
    """Total scores in halves."""
    return np.clip(np.rint(2 * rng.normal(mean, _SPREAD, number)), 0, 2 * TOTAL).astype(np.int64)


def _part(scores: npt.NDArray[np.int64], share: float, rng: Generator) -> npt.NDArray[np.int64]:
    """A part of the total in halves, with some noise."""
    noisy = np.rint(share * scores + rng.normal(0, 8, scores.size))
    return np.clip(noisy, 0, scores).astype(np.int64)


def _too_high(scores: npt.NDArray[np.int64], divided: int, rng: Generator) -> npt.NDArray[np.int64]:
    """How many senior highs, from the first in prestige, a pupil does not ask for a quota place."""
    standing = np.argsort(np.argsort(-scores, kind="stable"), kind="stable") / max(1, scores.size)
    fits = standing / _HOPE * divided + rng.normal(0, 1, scores.size) - 1.5
    return np.clip(np.floor(fits), 0, max(0, divided - QUOTA_WISHES)).astype(np.int64)


def _half(halves: np.int64) -> Decimal:
    return Decimal(int(halves)) / 2
