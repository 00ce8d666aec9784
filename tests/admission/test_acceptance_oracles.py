"""Deferred acceptance against a peer library, every matching, and picking in turn."""

from __future__ import annotations

import warnings
from collections import Counter
from typing import Any

import pytest
from matching.games import HospitalResident

from allocator.admission.stage import Stage
from allocator.modelling.matching import blocking_pairs, is_stable
from tests.admission.market import all_matchings, blocked, random_case, standing


def by_the_peer(stage: Stage[Any]) -> dict[str, Any]:
    """The resident-optimal matching of ``matching``: it wants places, and lists without holes."""
    open_posts = {post for post, n in stage.places.items() if n and stage.order[post]}
    names = {post: f"post {n}" for n, post in enumerate(sorted(open_posts))}
    known = {name: post for post, name in names.items()}
    wishes = {p: [names[w] for w in listed if w in names] for p, listed in stage.wishes.items()}
    wishes = {p: listed for p, listed in wishes.items() if listed}
    if not wishes:
        return {}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        game = HospitalResident.create_from_dictionaries(
            wishes,
            {names[post]: list(stage.order[post]) for post in open_posts},
            {names[post]: stage.places[post] for post in open_posts},
        )
        solved = game.solve(optimal="resident")
    return {pupil.name: known[post.name] for post, pupils in solved.items() for pupil in pupils}


@pytest.mark.parametrize("seed", range(40))
def test_a_peer_library_finds_the_same_matching(seed: int) -> None:
    made = random_case(seed, pupils=30 + seed, highs=4, schools=3).solved()
    for stage in (made.quota, made.unified, made.alone):
        assert by_the_peer(stage) == dict(stage.admitted)


@pytest.mark.parametrize("seed", range(60))
def test_every_other_matching_is_unstable_or_worse_for_somebody(seed: int) -> None:
    made = random_case(seed, pupils=5, highs=2, schools=2).solved()
    for stage in (made.quota, made.unified):
        stable = [m for m in all_matchings(stage) if not blocked(stage, m)]
        assert dict(stage.admitted) in stable
        for other in stable:
            assert all(
                standing(stage, stage.admitted, p) <= standing(stage, other, p)
                for p in stage.wishes
            )


@pytest.mark.parametrize("seed", range(30))
def test_the_check_of_stability_agrees_with_the_definition(seed: int) -> None:
    made = random_case(seed, pupils=5, highs=2, schools=1).solved()
    for stage in (made.quota, made.unified):
        for matched in all_matchings(stage):
            args = (stage.wishes, stage.order, stage.places, matched)
            assert is_stable(*args) != blocked(stage, matched)
            assert bool(list(blocking_pairs(*args))) == blocked(stage, matched)


def test_a_matching_nobody_asked_for_or_too_large_is_not_stable() -> None:
    wishes, order = {"P1": ("H",), "P2": ()}, {"H": ("P1",)}
    assert is_stable(wishes, order, {"H": 1}, {"P1": "H"})
    assert not is_stable(wishes, order, {"H": 0}, {"P1": "H"})
    assert not is_stable(wishes, order, {"H": 1}, {"P2": "H"})


@pytest.mark.parametrize("seed", range(40))
def test_where_all_schools_rank_alike_pupils_pick_in_turn(seed: int) -> None:
    made = random_case(seed, pupils=60, highs=5, schools=4).solved()
    for stage in (made.quota, made.unified):
        left: Counter[Any] = Counter(stage.places)
        picked = {}
        for pupil in made.pupils:
            got = next((w for w in stage.wishes.get(pupil, ()) if left[w]), None)
            if got is not None:
                picked[pupil] = got
                left[got] -= 1
        assert picked == dict(stage.admitted)


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_the_list_of_pupils_does_not_matter(seed: int) -> None:
    case = random_case(seed, pupils=40, highs=4, schools=3)
    other = type(case)(case.county, dict(reversed(case.places.items())), case.pupils[::-1])
    assert case.solved().admitted == other.solved().admitted


@pytest.mark.parametrize("seed", range(20))
def test_places_add_up_over_both_stages(seed: int) -> None:
    case = random_case(seed, pupils=60, highs=4, schools=3)
    made = case.solved()
    assert made.stable
    for cell, n in made.quota.places.items():
        assert made.filled[cell] + made.unfilled[cell] == n
    for high, planned in made.channels.items():
        filled = sum(n for (h, _), n in made.filled.items() if h == high)
        assert filled + made.returned[high] == planned.quota
        assert made.unified.places[high] == planned.unified + made.returned[high]
    assert len(made.admitted) == len(made.quota.admitted) + len(made.unified.admitted)
