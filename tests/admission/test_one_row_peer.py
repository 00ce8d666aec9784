"""Every one-row method agrees with the PyPI package `apportionment`."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from apportionment import methods as peer

from allocator.admission.one_row import by_divisor, largest_remainder
from allocator.admission.signposts import METHODS, Method

NAMES: dict[Method, str] = {
    "webster": "saintelague",
    "dhondt": "dhondt",
    "adams": "adams",
    "hill": "huntington",
    "dean": "dean",
}


def drawn(seed: int) -> tuple[list[int], int]:
    """Up to 70 schools, beyond the 52 letters the peer has names for by itself."""
    rng = random.Random(seed)
    votes = [rng.randint(1, 400) for _ in range(rng.choice([2, 3, 5, 12, 45, 70]))]
    return votes, rng.randint(len(votes), 12 * len(votes))


def by_peer(method: str, votes: list[int], seats: int) -> list[int]:
    names = [str(n) for n in range(len(votes))]
    return list(peer.compute(method, votes, seats, parties=names, tiesallowed=True))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", range(25))
def test_a_divisor_method_gives_what_the_peer_gives(method: Method, seed: int) -> None:
    votes, seats = drawn(seed)
    weights = {f"{n:02}": Fraction(v) for n, v in enumerate(votes)}
    found = by_divisor(weights, seats, METHODS[method])
    theirs = dict(zip(weights, by_peer(NAMES[method], votes, seats), strict=True))
    tied = {*found.tied_with, *found.tied_without}
    assert {k: n for k, n in found.places.items() if k not in tied} == {
        k: n for k, n in theirs.items() if k not in tied
    }
    assert sum(theirs.values()) == seats
    if not tied:
        assert dict(found.places) == theirs


@pytest.mark.parametrize("seed", range(60))
def test_largest_remainders_are_what_the_peer_gives(seed: int) -> None:
    votes, seats = drawn(seed)
    weights = {f"{n:02}": Fraction(v) for n, v in enumerate(votes)}
    found = largest_remainder(weights, seats)
    theirs = dict(zip(weights, by_peer("largest_remainder", votes, seats), strict=True))
    tied = {*found.tied_with, *found.tied_without}
    assert {k: n for k, n in found.places.items() if k not in tied} == {
        k: n for k, n in theirs.items() if k not in tied
    }
