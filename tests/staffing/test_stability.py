"""Given a published plan, then how many are placed otherwise, counted by hand on the toy county."""

from __future__ import annotations

import pytest

from allocator.county.county import County
from allocator.county.plan import Move, MoveGround
from allocator.staffing.goals import goals
from allocator.staffing.goals.stability import Stability, otherwise
from allocator.staffing.groups import group
from tests.staffing.plans import TERMS
from tests.staffing.toy import TOY, T, ends_this_year, seen, two_campuses


def move(n: int, destination: str, ground: MoveGround = "exchange") -> Move:
    return Move(
        teacher=T(n),
        origin="C1.junior",
        destination=destination,
        kind="secondment",
        ground=ground,
        start="2019-09",
    )


PUBLISHED = (move(1, "C2.junior"), move(6, "C3.junior"))


def score(county: County, moves: dict[int, str], published: tuple[Move, ...] = PUBLISHED) -> float:
    return Stability(published=published).score(county, seen(county, moves))


@pytest.mark.parametrize(
    ("moves", "number"),
    [
        ({1: "C2", 6: "C3"}, 0),  # as published
        ({}, 2),  # neither made
        ({1: "C2"}, 1),
        ({1: "C3", 6: "C3"}, 1),  # one goes elsewhere
        ({1: "C2", 6: "C3", 8: "C1"}, 1),  # one was not published
        ({1: "C3", 8: "C1", 14: "C6"}, 4),
    ],
)
def test_those_placed_otherwise_are_counted_once_each(moves: dict[int, str], number: int) -> None:
    assert score(TOY, moves) == number


def test_they_are_named_in_the_order_of_their_numbers() -> None:
    found = otherwise(TOY, PUBLISHED, seen(TOY, {8: "C1", 1: "C3", 6: "C3"}))
    assert found == (T(1), T(8))


def test_whoever_already_serves_where_published_has_nothing_left_to_do() -> None:
    published = (move(8, "C2.junior"),)  # T8 is at S2
    assert score(TOY, {}, published) == 0
    assert score(TOY, {8: "C1"}, published) == 1


def test_a_move_of_another_kind_to_the_published_section_counts() -> None:
    transfer = move(1, "C2.junior").model_copy(update={"kind": "transfer"})
    assert score(TOY, {1: "C2", 6: "C3"}, (transfer, move(6, "C3.junior"))) == 1
    assert otherwise(TOY, (transfer,), seen(TOY, {1: "C2"})) == (T(1),)


def test_a_move_inside_a_school_that_was_not_published_counts() -> None:
    assert score(two_campuses(), {1: "C2", 6: "C3", 4: "C8"}) == 1


def test_returns_at_the_end_of_a_term_are_no_change() -> None:
    county = ends_this_year({8: "C1"})
    home = seen(county, {8: "C1"}, "return")
    assert Stability(published=()).score(county, home) == 0
    assert Stability(published=(move(8, "C3.junior"),)).score(county, home) == 0
    assert Stability(published=(move(8, "C1.junior", "return"),)).score(county, home) == 0


def test_who_left_and_what_closed_since_is_not_counted() -> None:
    gone = (move(99, "C2.junior"), move(1, "C99.junior"))
    assert score(TOY, {}, gone) == 0
    assert score(TOY, {1: "C2"}, gone) == 1


def test_without_a_published_plan_there_is_no_such_goal() -> None:
    assert not any(isinstance(goal, Stability) for goal in goals([], TERMS))
    terms = TERMS.model_copy(update={"published": PUBLISHED})
    assert any(isinstance(goal, Stability) for goal in goals([], terms))


def test_groups_split_by_where_they_were_to_go_and_no_further() -> None:
    def together(*published: Move) -> bool:
        groups = group(TOY, [Stability(published=published)])
        return any({T(1), T(6)} <= {t.id for t in members} for members in groups.members)

    assert together()
    assert not together(move(1, "C2.junior"))
    assert not together(move(1, "C2.junior"), move(6, "C3.junior"))
    assert together(move(1, "C2.junior"), move(6, "C2.junior"))
