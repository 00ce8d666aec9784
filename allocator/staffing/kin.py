"""Pairs of teachers who are kin: whom the rules on couples and on relatives look at."""

from __future__ import annotations

from typing import Literal

from allocator.county.county import County
from allocator.staffing.rule import Trait


def pairs(county: County, kind: Literal["couple", "relatives"]) -> list[tuple[str, str, str]]:
    """Key of each such pair and its two teachers in the order of their numbers, sorted by key."""
    found = (k for k in county.kinships if k.kind == kind)
    return sorted((k.id, min(k.between), max(k.between)) for k in found)


def named(county: County, kind: Literal["couple", "relatives"]) -> Trait:
    """The number of a teacher who belongs to such a pair, None for everybody else.

    Whoever has a number is a group of one.
    """
    meant = {teacher for _, *both in pairs(county, kind) for teacher in both}
    return lambda t: t.id if t.id in meant else None
