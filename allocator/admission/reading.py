"""Read weights, sums and limits in the forms people have them, exactly, all mistakes at once."""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

import pandas as pd

from allocator.admission.signposts import METHODS, Divisor, named, stationary

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
    if type(value) is int:
        found = Fraction(value)
    elif isinstance(value, numbers.Integral):
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
    if type(value) is int and value >= 0:
        return value
    found = read_number(what, value, problems)
    if found.denominator != 1:
        problems.append(f"{what}: {value} is not a whole number")
        return 0
    return found.numerator


def read_divisor(value: object, problems: list[str]) -> Divisor:
    """Return a divisor method, by name or by the s of its signposts k - 1 + s."""
    if isinstance(value, Divisor):
        return value
    if isinstance(value, str):
        found = named(value)
        if found is None:
            problems.append(f"signpost: {value!r} is none of {', '.join(METHODS)}")
        return found or METHODS["webster"]
    shift = read_number("signpost", value, problems)
    if shift > 1:
        problems.append(f"signpost: {value} is not between 0 and 1")
    return stationary(shift)


def read_limits(
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
