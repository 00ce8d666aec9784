"""Share a number of places among schools in proportion to a weight, without rounding error.

A divisor method gives the places one by one: the k-th place of a school with weight w has the
price d(k) / w, and the next place goes to the lowest price. The number d(k) is the k-th *signpost*
of the method. All arithmetic is in fractions, so a tie is a tie and nothing else is.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from allocator.admission.reading import (
    ApportionmentError,
    Labelled,
    Limits,
    Number,
    in_label_order,
    index_of,
    labelled,
    read_divisor,
    read_limits,
    read_number,
    read_whole,
)
from allocator.admission.signposts import Divisor


@dataclass(frozen=True)
class Apportionment:
    """Places shared among schools (名额分配), with the factor and the ties behind them.

    Attributes
    ----------
    seats
        Places of each key, in the order the weights came in.
    factor
        Weight times this number, rounded at the signposts, is the number of places wherever no
        floor or cap holds; None when no key could have had more or fewer places. For Hill's
        method it is for the squares of weights and signposts.
    tied_with_seat, tied_without_seat
        Keys whose last place and keys whose next place have the same quotient: a lot could
        exchange them. Both are empty when the result is the only one.
    """

    seats: pd.Series[Any]
    factor: Fraction | None
    tied_with_seat: tuple[Hashable, ...]
    tied_without_seat: tuple[Hashable, ...]


def apportion(
    weights: Labelled,
    seats: int,
    *,
    floors: Limits = None,
    caps: Limits = None,
    signpost: Number | str | Divisor = Fraction(1, 2),
) -> pd.Series[Any]:
    """Share `seats` places among the keys of `weights` in proportion to their weights.

    See `apportionment`, which also reports the ties.
    """
    return apportionment(weights, seats, floors=floors, caps=caps, signpost=signpost).seats


def apportionment(
    weights: Labelled,
    seats: int,
    *,
    floors: Limits = None,
    caps: Limits = None,
    signpost: Number | str | Divisor = Fraction(1, 2),
) -> Apportionment:
    """Share places in proportion to weights, and say which places a tie has decided.

    A tie goes to the larger weight, then to the key that sorts first, so the order in which keys
    are listed never matters. A key of weight zero gets its floor and nothing more. With a first
    signpost of 0 (Adams, Hill, Dean) every key of positive weight gets a first place.

    Parameters
    ----------
    weights
        Weight of each key, for instance graduates; a plain sequence is keyed 0, 1, 2, ...
    seats
        Places to share.
    floors, caps
        Least and most places: one number for all, or a number for some keys.
    signpost
        The divisor method: ``"webster"``, ``"dhondt"``, ``"adams"``, ``"hill"``, ``"dean"``, or
        the s of signposts k - 1 + s, from 0 to 1 (1/2 is Webster, 1 D'Hondt, 0 Adams).

    Raises
    ------
    ApportionmentError
        When the input cannot be read, or floors and caps leave no way to share exactly `seats`.

    References
    ----------
    Balinski, M. and Young, H. P. (2001). Fair Representation, 2nd ed., Brookings.
    Pukelsheim, F. (2017). Proportional Representation, 2nd ed., Springer.
    """
    problems: list[str] = []
    given = labelled(weights)
    keys = in_label_order(label for label, _ in given)
    if len(set(keys)) < len(keys):
        raise ApportionmentError(["weights: a key is listed twice"])
    weight = {key: read_number(f"weight of {key}", value, problems) for key, value in given}
    total = read_whole("seats", seats, problems)
    divisor = read_divisor(signpost, problems)
    least = read_limits("floors", floors, keys, 0, problems)
    # One more than there are: a cap that is only implied must not excuse the factor.
    most = read_limits("caps", caps, keys, total + 1, problems)
    if problems:
        raise ApportionmentError(problems)
    for key in keys:
        if least[key] > most[key]:
            problems.append(f"{key}: floor {least[key]} is above cap {most[key]}")
        if weight[key] == 0:
            most[key] = least[key]
        elif min(total, most[key]) > 0:
            least[key] = max(least[key], divisor.first)
    if sum(least.values()) > total:
        why = " (signpost 0 gives each weight a first place)" if divisor.first else ""
        problems.append(f"floors add up to {sum(least.values())}{why}, more than {total} places")
    if sum(most.values()) < total:
        problems.append(
            f"at most {sum(most.values())} of {total} places can be given under the caps; "
            "a weight of zero gets its floor only"
        )
    if problems:
        raise ApportionmentError(problems)

    got = _first_places(weight, least, most, total, divisor)
    rank = {key: position for position, key in enumerate(keys)}
    queue = [
        (divisor.price(got[key] + 1, weight[key]), -weight[key], rank[key], key)
        for key in keys
        if got[key] < most[key]
    ]
    heapq.heapify(queue)
    for _ in range(total - sum(got.values())):
        _, _, _, key = queue[0]
        got[key] += 1
        if got[key] < most[key]:
            again = (divisor.price(got[key] + 1, weight[key]), -weight[key], rank[key], key)
            heapq.heapreplace(queue, again)
        else:
            heapq.heappop(queue)

    last = {k: divisor.price(got[k], weight[k]) for k in keys if got[k] > least[k]}
    following = {k: divisor.price(got[k] + 1, weight[k]) for k in keys if got[k] < most[k]}
    factor, tied = between(
        max(last.values(), default=None), min(following.values(), default=None), divisor.power
    )
    return Apportionment(
        seats=pd.Series(
            [got[key] for key, _ in given], index=index_of(weights), dtype="int64", name="seats"
        ),
        factor=factor,
        tied_with_seat=tuple(k for k in keys if tied and last.get(k) == factor),
        tied_without_seat=tuple(k for k in keys if tied and following.get(k) == factor),
    )


def _first_places(
    weight: Mapping[Any, Fraction],
    least: Mapping[Any, int],
    most: Mapping[Any, int],
    total: int,
    divisor: Divisor,
) -> dict[Any, int]:
    """Give at once the places that every run of the method gives first.

    Rounding all weights with one factor is a state the queue passes through. The largest factor
    on a grid that gives no more than `total` leaves few places to be given singly.
    """
    if sum(most.values()) == total:
        return dict(most)
    whole = sum(weight.values())

    def rounded(step: int) -> dict[Any, int]:
        # Prices equal to the factor are left to the queue, which knows how to settle ties.
        return {
            key: min(most[key], max(least[key], divisor.below(w * step / whole)))
            for key, w in weight.items()
        }

    below, above = 0, 1
    while sum(rounded(above).values()) <= total:
        below, above = above, 2 * above
    while above - below > 1:
        middle = (below + above) // 2
        if sum(rounded(middle).values()) <= total:
            below = middle
        else:
            above = middle
    return rounded(below)


def between(
    low: Fraction | None, high: Fraction | None, power: int = 1
) -> tuple[Fraction | None, bool]:
    """Return a power of a short decimal strictly between two bounds, or the bound if they meet.

    The second value says that they meet, which is a tie.
    """
    if low is None and high is None:
        return None, False
    if low is None or low == 0:
        assert high is not None
        low = high / 2
    elif high is None:
        high = 2 * low
    if low == high:
        return low, True
    low, high = _root(low, power), _root(high, power)
    a, b = low.numerator * high.denominator, high.numerator * low.denominator
    unit = 8 * low.denominator * high.denominator
    return _shortest(7 * a + b, a + 7 * b, unit) ** power, False


def _root(value: Fraction, power: int) -> Fraction:
    """The number itself, or its square root to 30 digits."""
    if power == 1:
        return value
    scale = 10 ** (30 + max(0, math.ceil(-math.log10(value))))
    return Fraction(math.isqrt(value.numerator * scale**2 // value.denominator), scale)


def shortest_decimal(low: Fraction, high: Fraction) -> Fraction:
    """Return a number with as few decimal digits as possible in 0 < low <= high."""
    unit = low.denominator * high.denominator
    return _shortest(low.numerator * high.denominator, high.numerator * low.denominator, unit)


def _shortest(low: int, high: int, unit: int) -> Fraction:
    """The shortest decimal between two positive multiples of 1 / unit, in whole numbers."""
    digits = len(str(unit)) - len(str(high)) - 1
    while True:
        up, down = 10 ** max(digits, 0), 10 ** max(-digits, 0)
        middle = (low + high) * up
        nearest = (middle + unit * down) // (2 * unit * down)
        if low * up <= nearest * unit * down <= high * up:
            return Fraction(nearest * down, up)
        digits += 1
