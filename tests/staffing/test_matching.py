"""The proposed round is stable, and the best stable one for the teachers: brute force, by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product

import numpy as np
import pytest

from allocator.county.county import County
from allocator.modelling.matching import deferred_acceptance
from allocator.staffing.rounds import (
    Post,
    applicants,
    market,
    propose_round,
    results_as_plan,
    vacancies,
    with_round,
)
from tests.staffing.plans import TERMS
from tests.staffing.toy import TOY, T, varied

Matching = Mapping[str, str | None]


class Case:
    """A random market of people and posts with strict orders."""

    def __init__(self, seed: int, people: int, posts: int) -> None:
        rng = np.random.default_rng(seed)
        self.people = [f"t{n}" for n in range(people)]
        names = [f"p{n}" for n in range(posts)]
        self.wishes = {
            t: [names[k] for k in rng.permutation(posts)[: rng.integers(0, posts + 1)]]
            for t in self.people
        }
        self.order = {
            p: [self.people[k] for k in rng.permutation(people)[: rng.integers(1, people + 1)]]
            for p in names
        }
        self.posts = {p: int(rng.integers(0, 3)) for p in names}

    def solved(self) -> Matching:
        found = deferred_acceptance(self.wishes, self.order, self.posts)
        return {t: found.get(t) for t in self.people}

    def may(self, person: str, post: str) -> bool:
        return post in self.wishes[person] and person in self.order[post]

    def value(self, person: str, post: str | None) -> int:
        """How far down the list somebody stands; with no post, below every wish."""
        wishes = self.wishes[person]
        return len(wishes) if post is None else wishes.index(post)

    def feasible(self, matching: Matching) -> bool:
        taken = Counter(p for p in matching.values() if p is not None)
        return all(n <= self.posts[p] for p, n in taken.items()) and all(
            self.may(t, p) for t, p in matching.items() if p is not None
        )

    def blocking(self, matching: Matching) -> list[tuple[str, str]]:
        """Pairs that would rather have each other."""
        found = []
        for t, p in product(self.people, self.posts):
            if not self.may(t, p) or self.value(t, p) >= self.value(t, matching[t]):
                continue
            here = [u for u in self.people if matching[u] == p]
            order = self.order[p]
            if len(here) < self.posts[p] or any(order.index(u) > order.index(t) for u in here):
                found.append((t, p))
        return found

    def everything(self) -> Iterator[Matching]:
        choices = [[None, *self.wishes[t]] for t in self.people]
        for chosen in product(*choices):
            matching = dict(zip(self.people, chosen, strict=True))
            if self.feasible(matching):
                yield matching


@pytest.mark.parametrize("seed", range(60))
def test_the_outcome_is_stable_and_nobody_has_a_better_stable_one(seed: int) -> None:
    case = Case(seed, people=5, posts=3)
    found = case.solved()
    stable = [m for m in case.everything() if not case.blocking(m)]
    assert found in stable
    for other in stable:
        for t in case.people:
            assert case.value(t, found[t]) <= case.value(t, other[t])


@pytest.mark.parametrize("seed", range(20))
def test_no_pair_of_a_large_market_would_rather_have_each_other(seed: int) -> None:
    case = Case(seed, people=60, posts=25)
    found = case.solved()
    assert case.feasible(found)
    assert case.blocking(found) == []


@pytest.mark.parametrize("seed", range(10))
def test_the_order_in_which_people_come_changes_nothing(seed: int) -> None:
    case = Case(seed, people=30, posts=12)
    turned = dict(reversed(case.wishes.items()))
    assert deferred_acceptance(turned, case.order, case.posts) == deferred_acceptance(
        case.wishes, case.order, case.posts
    )


# On the toy county. Needed and given: S2 Chinese 15 of 10, so 5 missing; S2 maths 15 of 10 (T9 is
# long sick); S2 music 6 of 0 (load 8); S3 maths 5 of 0; S4 Chinese 10 of 10.


def test_a_full_load_missing_is_a_post_and_less_is_none_unless_asked_for() -> None:
    assert ("C2.junior", "chinese") not in vacancies(TOY)
    county = varied(sections={3: {"classes": (2, 1, 1)}})  # S3: 20 of Chinese and maths
    assert vacancies(county)[("C3.junior", "chinese")] == 1  # T11 gives 10
    assert vacancies(county)[("C3.junior", "maths")] == 2
    up = vacancies(TOY, "up")
    assert up[("C2.junior", "chinese")] == up[("C2.junior", "music")] == 1
    assert not any(section.startswith("C7") for section, _ in up)  # private


def test_agreed_posts_are_short_where_nobody_serves_on_them() -> None:
    agreed = [{"stage": "junior", "subject": "music", "posts": 3}]
    county = varied(schools={1: {"agreed_posts": agreed}, 2: {"agreed_posts": agreed}})
    found = vacancies(county)
    assert found[("C1.junior", "music")] == 1  # T6 and T7 serve on two
    assert found[("C2.junior", "music")] == 3


def test_results_of_earlier_rounds_take_their_posts() -> None:
    agreed = [{"stage": "junior", "subject": "music", "posts": 3}]
    county = varied(schools={2: {"agreed_posts": agreed}})
    county = with_round(county, propose_round(wishing(county, {6: ["C2"]}), {C2_MUSIC: 3}))
    assert county.appointed[T(6)].campus == "C2"
    assert vacancies(county)[C2_MUSIC] == 2


C2_MUSIC: Post = ("C2.junior", "music")


def wishing(
    county: County, wishes: dict[int, list[str]], ranking: list[int] | None = None
) -> County:
    """A county where some teachers name campuses and S2 ranks applicants for music."""
    data = county.model_dump()
    for n, campuses in wishes.items():
        data["teachers"][n - 1]["preferences"] = campuses
    listed = [T(n) for n in ranking or []]
    data["rankings"] = [{"campus": "C2", "subject": "music", "applicants": listed}]
    return County.model_validate(data)


def given(county: County, posts: dict[Post, int]) -> dict[str, str]:
    return {a.teacher: a.campus for a in propose_round(county, posts).appointments}


CERTIFIED = {7: {"certificates": []}}


def test_the_school_takes_whom_it_ranks_first_then_by_points() -> None:
    county = varied(CERTIFIED)
    both = {6: ["C2"], 7: ["C2"]}
    # T6 has six points, T7 none
    assert given(wishing(county, both), {C2_MUSIC: 1}) == {T(6): "C2"}
    assert given(wishing(county, both, [7]), {C2_MUSIC: 1}) == {T(7): "C2"}
    assert given(wishing(county, both, [6, 7]), {C2_MUSIC: 1}) == {T(6): "C2"}
    assert given(wishing(county, both), {C2_MUSIC: 2}) == {T(6): "C2", T(7): "C2"}


def test_a_teacher_goes_to_the_first_campus_that_has_a_post() -> None:
    county = wishing(TOY, {6: ["C4", "C2", "C3"]})
    posts = {C2_MUSIC: 1, ("C3.junior", "music"): 1}
    assert given(county, posts) == {T(6): "C2"}


def test_a_campus_named_after_the_own_one_is_wanted_less_than_staying() -> None:
    assert given(wishing(TOY, {6: ["C1", "C2"]}), {C2_MUSIC: 1}) == {}


@pytest.mark.parametrize(
    ("people", "schools"),
    [
        ({6: {"exemptions": ["maternity"]}}, {}),
        ({6: {"certificates": [{"stage": "junior", "subject": "maths"}]}}, {}),
        ({6: {"pins": [{"kind": "stays"}]}}, {}),
        ({6: {"pins": [{"kind": "not_to", "campus": "C2"}]}}, {}),
        ({}, {1: {"vetoes": [{"teacher": T(6), "against": "leaving"}]}}),
        ({}, {2: {"vetoes": [{"teacher": T(6), "against": "arriving"}]}}),
        ({}, {2: {"private": True}}),
    ],
)
def test_who_may_not_move_or_may_not_teach_there_is_not_appointed(people, schools) -> None:
    more = {
        8: {"employment": "private"},
        9: {"employment": "private"},
        10: {"employment": "private"},
    }
    changes = (people | more) if schools.get(2, {}).get("private") else people
    county = wishing(varied(changes, schools=schools), {6: ["C2"]})
    assert given(county, {C2_MUSIC: 1}) == {}
    assert given(wishing(TOY, {6: ["C2"]}), {C2_MUSIC: 1}) == {T(6): "C2"}


@pytest.mark.parametrize(("binding", "appointed"), [(None, {}), (2, {}), (1, {T(6): "C2"})])
def test_an_objection_below_those_that_bind_keeps_nobody_from_a_post(binding, appointed) -> None:
    vetoes = [{"teacher": T(n), "against": "leaving"} for n in (1, 6)]
    county = wishing(varied(schools={1: {"vetoes": vetoes}}), {6: ["C2"]})
    proposed = propose_round(county, {C2_MUSIC: 1}, objections=binding)
    assert {a.teacher: a.campus for a in proposed.appointments} == appointed


def test_whoever_was_appointed_before_takes_no_part() -> None:
    county = wishing(TOY, {6: ["C2"]})
    later = with_round(county, propose_round(county, {C2_MUSIC: 1}))
    assert applicants(later) == ()
    assert len(later.rounds) == 1


def test_the_plan_of_the_results_moves_those_appointed_on_application() -> None:
    county = wishing(TOY, {6: ["C2"]})
    county = with_round(county, propose_round(county, {C2_MUSIC: 1}, kind="secondment"))
    plan = results_as_plan(county, TERMS)
    (move,) = plan.moves
    assert (move.teacher, move.origin, move.destination) == (T(6), "C1.junior", "C2.junior")
    assert (move.kind, move.ground, move.years) == ("secondment", "application", TERMS.years)
    assert {t.section for t in plan.teaching if t.teacher == T(6)} == {"C2.junior"}


def test_reordering_teachers_and_schools_proposes_the_same_round() -> None:
    county = wishing(varied(CERTIFIED), {6: ["C2"], 7: ["C2", "C3"], 1: ["C3"]}, [7])
    data = county.model_dump()
    turned = County.model_validate(
        data | {"teachers": data["teachers"][::-1], "schools": data["schools"][::-1]}
    )
    one, two = vacancies(county, "up"), vacancies(turned, "up")
    assert list(one.items()) == list(two.items())
    assert market(county, one) == market(turned, two)
    assert propose_round(county, one) == propose_round(turned, two)
