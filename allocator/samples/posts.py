"""How many teachers of each subject serve where: surplus in total, structural shortage inside."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from allocator.county.places import STAGES, Stage
from allocator.samples.layout import Kind
from allocator.samples.schools import Spot
from allocator.samples.shares import apportion

Posts = dict[tuple[int, str], int]
"""(number of the spot, subject) -> teachers."""

SCARCE: Mapping[Stage, Mapping[str, float]] = {
    "primary": {"science": 0.92, "it": 0.80, "pe": 0.93, "music": 0.86, "art": 0.88},
    "junior": {"science": 0.96, "it": 0.80, "pe": 0.93, "music": 0.88, "art": 0.90},
}
"""Teachers of a subject in all public schools, divided by the full-time posts their periods need
(invented). Below 1, no exchange can cover every period."""

_SCARCE_LEVEL: Mapping[Kind, float] = {"urban": 1.12, "seat": 0.85, "rural": 0.60, "small": 0.35}
_LEVEL: Mapping[Kind, float] = {"urban": 1.0, "seat": 0.98, "rural": 0.95, "small": 0.90}
"""Staff against need by kind of section: scarce subjects, other subjects (invented)."""
_SECONDARY = ("morality", "practice")
"""Subjects that small schools tend to give to class teachers, so that their own staff is short."""


def build_posts(spots: list[Spot], teachers: int, rng: np.random.Generator) -> Posts:
    """Divide exactly this many teachers over sections and subjects.

    Private schools have their own, rounded up. Scarce subjects get their share of the county's
    need; what remains is surplus and goes to the other subjects.
    """
    posts: Posts = {}
    drawn = {n: (_noise(rng, 0.20), _noise(rng, 0.17)) for n, _ in enumerate(spots)}
    for n, spot in enumerate(spots):
        if spot.private:
            posts.update({(n, s): math.ceil(need) for s, need in spot.need.items()})
    public = [(n, s) for n, s in enumerate(spots) if not (s.private or s.opening)]
    for stage in STAGES:
        for subject, ratio in SCARCE[stage].items():
            whole = sum(
                s.need[subject]
                for s in spots
                if s.stage == stage and not s.private and subject in s.need
            )
            here = [(n, s) for n, s in public if s.stage == stage and subject in s.need]
            weights = [
                s.need[subject] * _SCARCE_LEVEL[s.kind] * (1.12 if s.quality else 1.0) * drawn[n][0]
                for n, s in here
            ]
            parts = apportion(int(ratio * whole), weights)
            posts.update({(n, subject): p for (n, _), p in zip(here, parts, strict=True)})
    rest = [
        (n, subject, need * _plenty(s, subject) * drawn[n][1])
        for n, s in public
        for subject, need in s.need.items()
        if subject not in SCARCE[s.stage]
    ]
    parts = apportion(teachers - sum(posts.values()), [weight for *_, weight in rest])
    posts.update({(n, s): p for (n, s, _), p in zip(rest, parts, strict=True)})
    return {key: p for key, p in posts.items() if p}


def _plenty(spot: Spot, subject: str) -> float:
    """Level of a plentiful subject at a section, relative to the others."""
    level = _LEVEL[spot.kind] * (1.08 if spot.quality else 1.0)
    return level * (0.7 if spot.kind == "small" and subject in _SECONDARY else 1.0)


def _noise(rng: np.random.Generator, spread: float) -> float:
    return float(np.exp(rng.normal(0.0, spread)))
