"""One stage of the sequence of admission: who wanted what, in whose order, and who got it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import takewhile
from typing import Generic, TypeVar

from allocator.admission.entitlement import Cell
from allocator.admission.pupils import Pupil, merit
from allocator.modelling.matching import blocking_pairs, deferred_acceptance, is_stable

Post = TypeVar("Post", str, Cell)


@dataclass(frozen=True)
class Stage(Generic[Post]):
    """A stage: deferred acceptance of pupils at senior highs, or at their quota cells."""

    wishes: Mapping[str, tuple[Post, ...]]
    """Pupil -> what could be had, the most wanted first."""
    order: Mapping[Post, tuple[str, ...]]
    """What could be had -> those who wanted it, the best first."""
    places: Mapping[Post, int]
    admitted: Mapping[str, Post]

    @property
    def stable(self) -> bool:
        """Whether no pupil would rather have a place that went to somebody after them."""
        return is_stable(self.wishes, self.order, self.places, self.admitted)

    @property
    def blocking(self) -> list[tuple[str, Post]]:
        """Pupils and posts that would rather have each other."""
        return list(blocking_pairs(self.wishes, self.order, self.places, self.admitted))

    @cached_property
    def within(self) -> dict[Post, list[str]]:
        """Post -> those admitted, the best first."""
        return {
            post: [p for p in self.order.get(post, ()) if self.admitted.get(p) == post]
            for post in self.places
        }

    def full(self, post: Post) -> bool:
        """Whether every place is taken."""
        return len(self.within[post]) == self.places[post]


def hold(wishes: Mapping[str, tuple[Post, ...]], places: Mapping[Post, int]) -> Stage[Post]:
    """Deferred acceptance; the pupils come in order of merit, which is every school's order."""
    order: dict[Post, list[str]] = {post: [] for post in places}
    for pupil, wanted in wishes.items():
        for post in wanted:
            order[post].append(pupil)
    ranked = {post: tuple(pupils) for post, pupils in order.items()}
    return Stage(wishes, ranked, places, deferred_acceptance(wishes, ranked, places))


def lowest_scores(pupils: Mapping[str, Pupil], stage: Stage[Post]) -> dict[Post, Decimal]:
    """Lowest score admitted, where anybody is."""
    return {post: pupils[within[-1]].score for post, within in stage.within.items() if within}


def tied(
    pupils: Mapping[str, Pupil], stage: Stage[Post]
) -> Iterator[tuple[Post, tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Cuts within a run of equal merits: those admitted, and those who would rather have been."""
    for post, within in stage.within.items():
        if not within:
            continue
        cut = merit(pupils[within[-1]])
        equal = [p for p in stage.order[post] if merit(pupils[p]) == cut]
        refused = tuple(p for p in equal if _rather(stage, p, post))
        if refused:
            yield post, (tuple(p for p in equal if stage.admitted.get(p) == post), refused)


def _rather(stage: Stage[Post], pupil: str, post: Post) -> bool:
    """Whether a pupil wants a post more than what was got."""
    got = stage.admitted.get(pupil)
    return post in takewhile(lambda wanted: wanted != got, stage.wishes[pupil])
