"""Posts that no establishment could hold: told at once, each with its path."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from allocator.county.county import County
from allocator.county.frozen import DataError, Problem
from allocator.samples.toy import toy_county
from allocator.words import tell


def problems(change: dict[str, Any], school: int = 0, **county: Any) -> tuple[Problem, ...]:
    data = toy_county().model_dump(mode="json") | county
    data["schools"][school] |= change
    with pytest.raises(ValidationError) as caught:
        County.model_validate(data)
    error = caught.value.errors()[0]["ctx"]["error"]
    assert isinstance(error, DataError)
    return error.problems


MUSIC = {"stage": "junior", "subject": "music", "posts": 1}
SENIOR = {"grade": "senior", "posts": 1}
BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "a stage not taught": (
        {"agreed_posts": [MUSIC, MUSIC | {"stage": "primary"}]},
        "schools[0].agreed_posts[1].stage", "primary",
    ),
    "agreed twice": (
        {"agreed_posts": [MUSIC, MUSIC | {"subject": "maths"}, MUSIC | {"posts": 0}]},
        "schools[0].agreed_posts[2]", "schools[0].agreed_posts[0]",
    ),
    "more agreed than establishment and pool": (
        {"agreed_posts": [MUSIC | {"posts": 10}]}, "schools[0].agreed_posts", "10",
    ),
    "more non-teaching posts than posts": (
        {"non_teaching_posts": 9}, "schools[0].non_teaching_posts", "9",
    ),
    "a grade twice": (
        {"graded_posts": [SENIOR, SENIOR]}, "schools[0].graded_posts[1]",
        "schools[0].graded_posts[0]",
    ),
    "more graded posts than posts": (
        {"graded_posts": [SENIOR | {"posts": 9}]}, "schools[0].graded_posts", "9",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_contradictions_are_told_where_they_stand(name: str) -> None:
    change, path, said = BAD[name]
    (problem,) = problems(change)
    assert problem.path == path
    assert said in tell(problem, "en").removeprefix(path)
    assert "{" not in tell(problem, "zh")


def test_they_are_all_told_at_once() -> None:
    everything = {key: value for change, *_ in BAD.values() for key, value in change.items()}
    everything["agreed_posts"] = [MUSIC | {"posts": 10}, MUSIC, MUSIC | {"stage": "primary"}]
    everything["graded_posts"] = [SENIOR | {"posts": 9}, SENIOR]
    assert sorted(p.path for p in problems(everything)) == [
        "schools[0].agreed_posts",
        "schools[0].agreed_posts[1]",
        "schools[0].agreed_posts[2].stage",
        "schools[0].graded_posts",
        "schools[0].graded_posts[1]",
        "schools[0].non_teaching_posts",
    ]


def test_what_the_pool_can_just_hold_is_no_error_and_what_is_not_recorded_is_not_checked() -> None:
    data = toy_county().model_dump(mode="json")
    data["schools"][0]["agreed_posts"] = [MUSIC | {"posts": 9}]  # eight, and one of the pool
    data["schools"][1] |= {"graded_posts": [SENIOR | {"posts": 4}], "non_teaching_posts": 4}
    data["schools"][2] |= {"agreed_posts": [MUSIC | {"posts": 99}], "non_teaching_posts": 9}
    County.model_validate(data)
