"""The order of goals: old files miss newer tiers, and a slip is told with its place."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from allocator.county.frozen import DataError
from allocator.scenario import Admission, Staffing
from allocator.scenario.filling import with_tiers

KNOWN = ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("listed", "order"),
    [
        ("", "abcd"),
        ("abcd", "abcd"),
        ("dcba", "dcba"),
        ("acd", "abcd"),
        ("dca", "dcab"),
        ("ad", "abcd"),
        ("da", "dabc"),
        ("bcd", "abcd"),
        ("dcb", "adcb"),
        ("c", "abcd"),
    ],
)
def test_a_missing_tier_follows_its_nearest_listed_neighbour(listed: str, order: str) -> None:
    assert with_tiers({"goals": list(listed)}, KNOWN) == {"goals": list(order)}


def test_an_old_file_gets_the_newer_tiers() -> None:
    default = Staffing().goals
    old = tuple(g for g in default if g not in ("famous", "famous_share"))
    assert Staffing(goals=old).goals == default
    assert Admission(goals=()).goals == Admission().goals


def test_tiers_unknown_or_doubled_are_told_with_their_place() -> None:
    with pytest.raises(ValidationError) as caught:
        Staffing(goals=("coverage", "fame", "travel", "coverage"))
    (fault,) = caught.value.errors()
    error = fault["ctx"]["error"]
    assert isinstance(error, DataError)
    assert [(p.path, p.details["goal"]) for p in error.problems] == [
        ("goals[1]", "fame"),
        ("goals[3]", "coverage"),
    ]
