"""Claims about the posts of the sample county."""

from __future__ import annotations

from functools import cache

import pytest

from allocator.county.county import County
from allocator.county.establishment import school_posts
from allocator.county.posts import post_lines
from allocator.samples import generate_county

SIZES = [(8500, 2020, 2020), (2000, 5, 2020), (8500, 2020, 2025)]


@cache
def county(teachers: int, seed: int, year: int) -> County:
    return generate_county(teachers=teachers, seed=seed, year=year)


@pytest.mark.parametrize("size", SIZES)
def test_most_schools_have_a_few_posts_free_some_none_and_a_few_are_overfull(size) -> None:
    found = [s for s in school_posts(county(*size)) if s.establishment is not None]
    free = sum(s.free > 0 for s in found) / len(found)
    above = sum(s.above > 0 for s in found) / len(found)
    assert free == pytest.approx(0.7, abs=0.05)
    assert above == pytest.approx(0.1, abs=0.03)
    assert all(max(s.free, s.above) <= max(1, 0.05 * s.holders) for s in found)
    assert all(1 <= s.non_teaching <= max(1, 0.05 * s.establishment) for s in found)


@pytest.mark.parametrize("size", SIZES)
def test_public_schools_with_staff_have_an_establishment_and_no_other(size) -> None:
    made = county(*size)
    for school in made.schools:
        known = school.establishment is not None
        assert known == (not school.private and not made.opens(school))
        assert known or not (school.agreed_posts or school.graded_posts)


@pytest.mark.parametrize("size", SIZES)
def test_a_few_schools_have_agreed_posts_with_a_reason_marked_as_a_sample(size) -> None:
    made = county(*size)
    agreed = [s for s in made.schools if s.agreed_posts]
    assert 0.05 <= len(agreed) / len(made.schools) <= 0.15
    assert all(p.reason.startswith("示例") for s in agreed for p in s.agreed_posts)
    lines = [x for x in post_lines(made) if x.agreed is not None]
    assert {x.agreed - x.proposed for x in lines} == {-1, 1}


@pytest.mark.parametrize("size", SIZES)
def test_graded_posts_add_up_to_the_teaching_posts(size) -> None:
    graded = [s for s in county(*size).schools if s.graded_posts]
    assert len(graded) > 5
    for school in graded:
        posts = sum(p.posts for p in school.graded_posts)
        assert posts == school.establishment - school.non_teaching_posts


def test_the_county_keeps_a_pool_and_the_notes_call_all_of_it_invented() -> None:
    made = county(8500, 2020, 2020)
    assert made.post_pool == 21
    assert "周转池" in made.notes
    assert "the pool of posts" in made.notes


def test_over_and_short_both_occur_at_both_stages() -> None:
    for stage in ("primary", "junior"):
        here = [x for x in post_lines(county(8500, 2020, 2020)) if x.stage == stage]
        assert sum(x.over for x in here) > 50
        assert sum(x.short for x in here) > 50
