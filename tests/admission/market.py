"""Small markets of pupils and senior highs, and every matching of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Any

import numpy as np

from allocator.admission.acceptance import Simulation, simulate
from allocator.admission.pupils import Pupil
from allocator.admission.stage import Stage
from allocator.admission.terms import AdmissionTerms
from allocator.admission.use_terms import SequenceTerms
from allocator.county.county import County
from tests.admission.division import county, junior, senior

NO_FLOOR = AdmissionTerms(sequence=SequenceTerms(points_below=None))


def pupil(number: int, school: str, score: float, wishes: str = "", **more: Any) -> Pupil:
    """A pupil who wants the same senior highs in both stages, ``"H1 H2"``, unless said."""
    listed = tuple(wishes.split())
    known: dict[str, Any] = {"quota_wishes": listed, "unified_wishes": listed, "registered": True}
    return Pupil(
        number=f"P{number:02d}",
        junior_high=school,
        score=Decimal(str(score)),
        **(known | more),
    )


@dataclass(frozen=True)
class Case:
    """A random county with pupils and quota places."""

    county: County
    places: Mapping[tuple[str, str], int]
    pupils: Sequence[Pupil]

    def solved(self, terms: AdmissionTerms = NO_FLOOR) -> Simulation:
        return simulate(self.county, terms, self.places, self.pupils)


def random_case(seed: int, *, pupils: int, highs: int, schools: int) -> Case:
    rng = np.random.default_rng(seed)
    names = [f"H{n}" for n in range(1, highs + 1)]
    homes = [f"S{n}" for n in range(1, schools + 1)]
    places = {(h, s): int(rng.integers(0, 3)) for h in names for s in homes}
    seats = {h: sum(n for (i, _), n in places.items() if i == h) for h in names}
    made = county(
        [senior(h, seats[h] + int(rng.integers(0, 3))) for h in names],
        [junior(s, 40, township=f"T{1 + k % 3}") for k, s in enumerate(homes)],
    )

    def wishes() -> tuple[str, ...]:
        length = int(rng.integers(0, highs + 1))
        return tuple(names[k] for k in rng.permutation(highs)[:length])

    applying = [
        Pupil(
            number=f"P{n:02d}",
            junior_high=homes[int(rng.integers(schools))],
            registered=bool(rng.random() < 0.8),
            score=Decimal(int(rng.integers(0, max(2, pupils // 2)))),
            further=(Decimal(int(rng.integers(3))),),
            lot=int(rng.integers(9)) if rng.random() < 0.3 else None,
            quota_wishes=wishes(),
            unified_wishes=wishes(),
        )
        for n in range(pupils)
    ]
    return Case(made, places, applying)


def all_matchings(stage: Stage[Any]) -> Iterator[dict[str, Any]]:
    """Every way to give pupils something they wanted within the places."""
    pupils = list(stage.wishes)
    for chosen in product(*((None, *stage.wishes[p]) for p in pupils)):
        taken = Counter(post for post in chosen if post is not None)
        if all(n <= stage.places[post] for post, n in taken.items()):
            yield {p: post for p, post in zip(pupils, chosen, strict=True) if post is not None}


def standing(stage: Stage[Any], matched: Mapping[str, Any], pupil: str) -> int:
    """How far down the list of wishes a pupil ends; with nothing, below all."""
    wishes = stage.wishes[pupil]
    return wishes.index(matched[pupil]) if pupil in matched else len(wishes)


def blocked(stage: Stage[Any], matched: Mapping[str, Any]) -> bool:
    """Whether a pupil and a place would rather have each other, by the definition."""
    for pupil, wishes in stage.wishes.items():
        for post in wishes[: standing(stage, matched, pupil)]:
            here = [p for p, got in matched.items() if got == post]
            if len(here) < stage.places[post]:
                return True
            order = stage.order[post].index
            if any(order(pupil) < order(other) for other in here):
                return True
    return False
