"""Share one senior high's places among those it admits, without a divisor: remainders and lots.

Every share is a fraction, so a tie is a tie and nothing else is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from allocator.admission.divisor import apportionment
from allocator.admission.reading import ApportionmentError
from allocator.admission.signposts import Divisor

Shares = Mapping[str, Fraction]
Bounds = Mapping[str, int]
"""Least or most places of those that have such a bound."""
Turns = Mapping[str, Any]
"""What those who tie are sorted by: the lowest is served first."""


@dataclass(frozen=True)
class Division:
    """The places of one senior high, and what chance or an order of codes has decided.

    Attributes
    ----------
    places
        Places of each claimant, in the order of codes.
    tied_with, tied_without
        Claimants whose last place another could have as well, and those who could have it.
    not_drawn
        Claimants who took part in the lot but are not in the order drawn: they came last.
    """

    places: Mapping[str, int]
    tied_with: tuple[str, ...] = ()
    tied_without: tuple[str, ...] = ()
    not_drawn: tuple[str, ...] = ()


def fitted_shares(weights: Shares, total: int, floors: Bounds, caps: Bounds) -> dict[str, Fraction]:
    """Shares in proportion to weights, but within floors and caps, that add up to ``total``.

    One factor does it: each share is ``min(cap, max(floor, weight * factor))``. A weight of zero
    gets its floor and nothing more.

    Raises
    ------
    ApportionmentError
        If floors ask for more than there is, or caps leave places over.
    """
    low = {key: floors.get(key, 0) for key in weights}
    live = {key: w for key, w in weights.items() if w > 0}

    def share(key: str, factor: Fraction) -> Fraction:
        grown = max(Fraction(low[key]), weights[key] * factor)
        return min(grown, Fraction(caps[key])) if key in caps else grown

    def filled(factor: Fraction) -> Fraction:
        return sum((share(key, factor) for key in weights), Fraction(0))

    # Between two of these factors nobody reaches a floor or cap, so the sum grows evenly.
    turns = sorted(
        {Fraction(0)}
        | {low[key] / w for key, w in live.items()}
        | {caps[key] / w for key, w in live.items() if key in caps}
    )
    if filled(Fraction(0)) > total:
        raise ApportionmentError([f"floors add up to more than {total} places"])
    below, above = 0, len(turns)
    while above - below > 1:
        middle = (below + above) // 2
        if filled(turns[middle]) <= total:
            below = middle
        else:
            above = middle
    factor = turns[below]
    left = total - filled(factor)
    growing = [
        w
        for key, w in live.items()
        if low[key] <= w * factor and (key not in caps or w * factor < caps[key])
    ]
    if left and not growing:
        raise ApportionmentError([f"{left} of {total} places cannot be given under the caps"])
    factor += left / sum(growing) if left else 0
    return {key: share(key, factor) for key in weights}


def largest_remainder(
    weights: Shares,
    total: int,
    *,
    floors: Bounds | None = None,
    caps: Bounds | None = None,
    turns: Turns | None = None,
) -> Division:
    """The whole part of each share, then one place each to the largest remainders (最大余数法).

    Parameters
    ----------
    turns
        Who is served first where remainders are equal; None serves the larger share, then the code
        that sorts first.

    Raises
    ------
    ApportionmentError
        If floors or caps leave no way to share exactly ``total``.
    """
    shares = fitted_shares(weights, total, floors or {}, caps or {})
    places = {key: math.floor(shares[key]) for key in sorted(shares)}
    rest = {key: shares[key] - whole for key, whole in places.items() if shares[key] != whole}
    left = total - sum(places.values())
    turns = turns or {key: (-share, key) for key, share in shares.items()}
    order = sorted(rest, key=lambda k: (-rest[k], turns[k]))
    for key in order[:left]:
        places[key] += 1
    if not 0 < left < len(order) or rest[order[left - 1]] != rest[order[left]]:
        return Division(places)
    edge = rest[order[left]]
    return Division(
        places,
        tied_with=tuple(sorted(k for k in order[:left] if rest[k] == edge)),
        tied_without=tuple(sorted(k for k in order[left:] if rest[k] == edge)),
    )


def by_divisor(
    weights: Shares,
    total: int,
    divisor: Divisor,
    *,
    floors: Bounds | None = None,
    caps: Bounds | None = None,
    turns: Turns | None = None,
) -> Division:
    """A divisor method (除数法).

    Parameters
    ----------
    turns
        Who is served first where a tie decides; None serves the larger weight, then the code that
        sorts first.

    Raises
    ------
    ApportionmentError
        If floors, first places or caps leave no way to share exactly ``total``.
    """
    found = apportionment(
        dict(sorted(weights.items())), total, floors=floors, caps=caps, signpost=divisor
    )
    places = {str(key): int(n) for key, n in found.seats.items()}
    having = [str(key) for key in found.tied_with_seat]
    tied = sorted([*having, *(str(key) for key in found.tied_without_seat)])
    kept = sorted(tied, key=lambda k: turns[k])[: len(having)] if turns else having
    for key in tied:
        places[key] += (key in kept) - (key in having)
    return Division(
        places,
        tied_with=tuple(k for k in tied if k in kept),
        tied_without=tuple(k for k in tied if k not in kept),
    )


def rounded_down(shares: Shares) -> Division:
    """The whole part of each share; what is left over stays with the senior high."""
    return Division({key: math.floor(shares[key]) for key in sorted(shares)})


def rounded_half_up(shares: Shares) -> Division:
    """Each share to the nearest whole number, halves up; the sum is whatever comes out."""
    return Division({key: math.floor(shares[key] + Fraction(1, 2)) for key in sorted(shares)})


def by_lot(shares: Shares, total: int, order: Sequence[str]) -> Division:
    """The whole part of each share, then one place each in the order drawn (抽签).

    Only those with a remainder take part; those of them not in the order come after it, by code.
    """
    places = rounded_down(shares).places
    drawn = {key: rank for rank, key in enumerate(dict.fromkeys(order))}
    part = [key for key in sorted(shares) if shares[key] != places[key]]
    queue = sorted(part, key=lambda k: (drawn.get(k, len(drawn)), k))
    given = set(queue[: total - sum(places.values())])
    return Division(
        {key: whole + (key in given) for key, whole in places.items()},
        not_drawn=tuple(key for key in part if key not in drawn),
    )
