"""Share a number of places among schools in proportion to a weight, without rounding error.

A divisor method gives the places one by one: the k-th place of a school with weight w has the
quotient w / (k - 1 + s), and the next place goes to the largest quotient. The number k - 1 + s is
the k-th *signpost*; s = 1/2 is Webster (Sainte-Lague), s = 1 Jefferson (D'Hondt), s = 0 Adams.
All arithmetic is in fractions, so a tie is a tie and nothing else is.
"""

from __future__ import annotations

import heapq
import math
import numbers
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

import pandas as pd

Number: TypeAlias = int | float | Decimal | Fraction
Labelled: TypeAlias = "pd.Series[Any] | Mapping[Any, Any] | Sequence[Any]"
Limits: TypeAlias = "Labelled | Number | None"


class ApportionmentError(ValueError):
    """What was asked cannot be read or cannot be done; every reason found is listed.

    Attributes
    ----------
    problems
        One sentence for each reason.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class Apportionment:
    """Places shared among schools (名额分配), with the factor and the ties behind them.

    Attributes
    ----------
    seats
        Places of each key, in the order the weights came in.
    factor
        Weight times this number, rounded at the signposts, is the number of places wherever no
        floor or cap holds; None when no key could have had more or fewer places.
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
    signpost: Number = Fraction(1, 2),
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
    signpost: Number = Fraction(1, 2),
) -> Apportionment:
    """Share places in proportion to weights, and say which places a tie has decided.

    A tie goes to the larger weight, then to the key that sorts first, so the order in which keys
    are listed never matters. A key of weight zero gets its floor and nothing more. With signpost 0
    every key of positive weight gets a first place.

    Parameters
    ----------
    weights
        Weight of each key, for instance graduates; a plain sequence is keyed 0, 1, 2, ...
    seats
        Places to share.
    floors, caps
        Least and most places: one number for all, or a number for some keys.
    signpost
        The s of the k-th signpost k - 1 + s, from 0 to 1.

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
    s = read_signpost(signpost, problems)
    least = _read_limits("floors", floors, keys, 0, problems)
    # One more than there are: a cap that is only implied must not excuse the factor.
    most = _read_limits("caps", caps, keys, total + 1, problems)
    if problems:
        raise ApportionmentError(problems)
    for key in keys:
        if least[key] > most[key]:
            problems.append(f"{key}: floor {least[key]} is above cap {most[key]}")
        if weight[key] == 0:
            most[key] = least[key]
        elif s == 0 and min(total, most[key]) > 0:
            least[key] = max(least[key], 1)
    if sum(least.values()) > total:
        why = " (signpost 0 gives each weight a first place)" if s == 0 else ""
        problems.append(f"floors add up to {sum(least.values())}{why}, more than {total} places")
    if sum(most.values()) < total:
        problems.append(
            f"at most {sum(most.values())} of {total} places can be given under the caps; "
            "a weight of zero gets its floor only"
        )
    if problems:
        raise ApportionmentError(problems)

    got = _first_places(weight, least, most, total, s)
    rank = {key: position for position, key in enumerate(keys)}
    queue = [
        (-weight[key] / (got[key] + s), -weight[key], rank[key], key)
        for key in keys
        if got[key] < most[key]
    ]
    heapq.heapify(queue)
    for _ in range(total - sum(got.values())):
        _, _, _, key = queue[0]
        got[key] += 1
        if got[key] < most[key]:
            again = (-weight[key] / (got[key] + s), -weight[key], rank[key], key)
            heapq.heapreplace(queue, again)
        else:
            heapq.heappop(queue)

    last = {key: (got[key] - 1 + s) / weight[key] for key in keys if got[key] > least[key]}
    following = {key: (got[key] + s) / weight[key] for key in keys if got[key] < most[key]}
    factor, tied = between(max(last.values(), default=None), min(following.values(), default=None))
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
    s: Fraction,
) -> dict[Any, int]:
    """Give at once the places that every run of the method gives first.

    Rounding all weights with one factor is a state the queue passes through. The largest factor
    on a grid that gives no more than `total` leaves few places to be given singly.
    """
    if sum(most.values()) == total:
        return dict(most)
    whole = sum(weight.values())

    def rounded(step: int) -> dict[Any, int]:
        # Quotients equal to the factor are left to the queue, which knows how to settle ties.
        return {
            key: min(most[key], max(least[key], math.ceil(w * step / whole - s)))
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


def between(low: Fraction | None, high: Fraction | None) -> tuple[Fraction | None, bool]:
    """Return a short decimal strictly between two bounds, or the bound itself if they meet.

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
    edge = (high - low) / 8
    return shortest_decimal(low + edge, high - edge), False


def shortest_decimal(low: Fraction, high: Fraction) -> Fraction:
    """Return a number with as few decimal digits as possible in 0 < low < high."""
    middle = (low + high) / 2
    power = 1 + math.floor(math.log10(high.numerator) - math.log10(high.denominator))
    while True:
        step = Fraction(10) ** power
        candidate = round(middle / step) * step
        if low <= candidate <= high:
            return candidate
        power -= 1


def labelled(values: Labelled) -> list[tuple[Any, Any]]:
    """Return (label, value) pairs; the items of a plain sequence are labelled 0, 1, 2, ..."""
    if isinstance(values, pd.Series | Mapping):
        return list(values.items())
    return list(enumerate(values))


def in_label_order(labels: Iterable[Any]) -> list[Any]:
    """Sort labels; labels of several types are sorted by type, then by text."""
    found = list(labels)
    try:
        return sorted(found)
    except TypeError:
        return sorted(found, key=lambda label: (type(label).__name__, str(label)))


def index_of(values: Labelled) -> pd.Index[Any]:
    """Return the pandas index that `labelled` uses, with its name where it has one."""
    index: pd.Index[Any] = (
        values.index
        if isinstance(values, pd.Series)
        else pd.Index([label for label, _ in labelled(values)])
    )
    return index


def read_number(what: str, value: object, problems: list[str]) -> Fraction:
    """Return a number that is not negative, exactly; note a sentence and return 0 otherwise."""
    found: Fraction | None = None
    if isinstance(value, numbers.Integral):
        # int() first: a Fraction of a numpy integer would keep its 64 bits and overflow.
        found = Fraction(int(value))
    elif isinstance(value, Fraction):
        found = value
    elif isinstance(value, Decimal) and value.is_finite():
        found = Fraction(value)
    elif isinstance(value, numbers.Real) and math.isfinite(value):
        found = Fraction(float(value))
    if found is None:
        problems.append(f"{what}: {value!r} is not a finite number")
    elif found < 0:
        problems.append(f"{what}: {value} is negative")
    return Fraction(0) if found is None or found < 0 else found


def read_whole(what: str, value: object, problems: list[str]) -> int:
    """Return a whole number of places; note a sentence and return 0 otherwise."""
    found = read_number(what, value, problems)
    if found.denominator != 1:
        problems.append(f"{what}: {value} is not a whole number")
        return 0
    return found.numerator


def read_signpost(value: object, problems: list[str]) -> Fraction:
    """Return the s of the signposts k - 1 + s; note a sentence if it is not in [0, 1]."""
    found = read_number("signpost", value, problems)
    if found > 1:
        problems.append(f"signpost: {value} is above 1")
    return found


def _read_limits(
    what: str, values: Limits, keys: Sequence[Any], default: int, problems: list[str]
) -> dict[Any, int]:
    """Return a floor or cap for every key; keys not mentioned get the default."""
    if values is None:
        return dict.fromkeys(keys, default)
    if isinstance(values, int | float | Decimal | Fraction | numbers.Real):
        return dict.fromkeys(keys, read_whole(what, values, problems))
    limit = dict.fromkeys(keys, default)
    seen: set[Any] = set()
    for key, value in labelled(values):
        if key not in limit or key in seen:
            why = "is listed twice" if key in seen else "is no key of the weights"
            problems.append(f"{what}: {key!r} {why}")
        elif not is_missing(value):
            limit[key] = read_whole(f"{what} of {key}", value, problems)
        seen.add(key)
    return limit


def is_missing(value: Any) -> bool:
    """Say whether a cell of a table of limits is blank: None, NA or not-a-number."""
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))
