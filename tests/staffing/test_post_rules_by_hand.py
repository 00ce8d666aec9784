"""Posts, transfers and further supply on the toy county, counted by hand.

As things stand: S1 holds two music teachers on one post, S2 two of maths on one, S5 two of Chinese
on one, S6 one of maths on none: one over each. Short of one: S1 maths, S2 Chinese and music, S3
maths and music, S4 music (agreed), S6 Chinese. Teaching establishment: S1 7 with 7 holders, S2 4
with 3, S3 not recorded, S4 2 with 2, S5 3 with 4, S6 1 with 1; the county's pool is 1.
"""

from __future__ import annotations

from typing import Any

import pytest

from allocator.county.county import County
from allocator.county.plan import Move, Plan, Supply
from allocator.staffing.placement import Placement, examined, missing_returns, placement
from allocator.staffing.rule import StaffingRule
from allocator.staffing.rules import (
    EstablishmentCap,
    GradedPostCap,
    SupplyFloor,
    SurplusTransferLock,
    VacancyFloor,
)
from tests.staffing.toy import TOY, T, ends_this_year, opening, posted, short, varied


def transfer(county: County, teacher: int, campus: str) -> Move:
    """A transfer off a surplus."""
    person = county.teacher[T(teacher)]
    return Move(
        teacher=person.id,
        origin=county.home(person).id,
        destination=f"{campus}.{person.stage}",
        kind="transfer",
        ground="surplus",
        start="2020-09",
    )


def under(county: County, moves: dict[int, str], **supply: Any) -> Placement:
    """Teachers by number -> campus they are transferred to; supply as the plan lists it."""
    listed = tuple(transfer(county, n, campus) for n, campus in moves.items())
    return placement(county, Plan(moves=listed, **supply))


def missed(rule: StaffingRule, plan: Placement) -> dict[str, float]:
    return {r.where: r.shortfall for r in rule.readings(plan.county, plan) if not r.kept}


# Kinds of move


def test_a_transfer_takes_the_post_along_and_a_secondment_leaves_it() -> None:
    moved = under(TOY, {6: "C4"})
    assert moved.posts[T(6)].id == moved.serving[T(6)].id == "C4.junior"
    lent = placement(
        TOY, Plan(moves=(transfer(TOY, 6, "C4").model_copy(update={"kind": "secondment"}),))
    )
    assert (lent.posts[T(6)].id, lent.serving[T(6)].id) == ("C1.junior", "C4.junior")


def test_whoever_serves_a_term_elsewhere_holds_the_post_at_home() -> None:
    term = {"home": "C2", "started": "2019-09", "ends": "2022-08"}
    county = varied({6: {"running_term": term}})
    plan = under(county, {})
    assert (plan.posts[T(6)].id, plan.serving[T(6)].id) == ("C2.junior", "C1.junior")


def test_a_return_that_is_due_must_be_in_the_plan_and_no_other_may_be() -> None:
    county = ends_this_year({6: "C2"})
    assert [p.details["id"] for p in missing_returns(county, Plan())] == [T(6)]
    home = transfer(county, 6, "C2").model_copy(update={"kind": "secondment", "ground": "return"})
    assert missing_returns(county, Plan(moves=(home,))) == ()
    assert examined(county, Plan(moves=(home,)))[1] == ()
    elsewhere = home.model_copy(update={"destination": "C4.junior"})
    exchanged = home.model_copy(update={"ground": "exchange"})
    for wrong in (elsewhere, exchanged):
        assert examined(county, Plan(moves=(wrong,)))[1] != ()
    assert examined(TOY, Plan(moves=(home,)))[1] != ()


# No post left free


def test_seven_posts_are_free_where_proposals_count_and_one_where_only_agreed_ones_do() -> None:
    free = short(VacancyFloor(counted="all"), TOY, {})
    assert free == dict.fromkeys(
        [
            "S1/junior.maths", "S2/junior.chinese", "S2/junior.music", "S3/junior.maths",
            "S3/junior.music", "S4/junior.music", "S6/primary.chinese",
        ],
        1,
    )  # fmt: skip
    assert short(VacancyFloor(counted="agreed"), TOY, {}) == {"S4/junior.music": 1}


def test_a_transfer_fills_a_post_and_a_secondment_does_not() -> None:
    rule = VacancyFloor(counted="agreed")
    assert missed(rule, under(TOY, {6: "C4"})) == {}
    assert short(rule, TOY, {6: "C4"}) == {"S4/junior.music": 1}


def test_a_hire_fills_a_post_and_a_reserve_teacher_does_not() -> None:
    county = varied(
        supply=[
            {"kind": "hire", "stage": "junior", "subject": "music", "count": 1},
            {"kind": "reserve", "stage": "junior", "subject": "music", "count": 1},
        ]
    )
    rule = VacancyFloor(counted="agreed")
    for kind, free in (("hire", {}), ("reserve", {"S4/junior.music": 1})):
        entry = Supply(section="C4.junior", subject="music", kind=kind, count=1)
        assert missed(rule, under(county, {}, supply=(entry,))) == free


# Transfers off a surplus


def test_transfers_go_from_over_to_short_and_no_more_than_are_over() -> None:
    rule = SurplusTransferLock()
    assert missed(rule, under(TOY, {6: "C4"})) == {}
    assert missed(rule, under(TOY, {6: "C4", 7: "C3"})) == {"S1/junior.music:leaving": 1}
    assert missed(rule, under(TOY, {6: "C2", 7: "C2"})) == {
        "S1/junior.music:leaving": 1,
        "S2/junior.music:arriving": 1,
    }
    # Chinese is not over at S1, and nobody is short of Chinese at S4
    assert missed(rule, under(TOY, {1: "C4"})) == {T(1): 1}


def test_opening_teams_and_appointments_are_no_transfers_off_a_surplus() -> None:
    county = opening()
    assert missed(SurplusTransferLock(), under(county, {1: "C8"})) == {}
    results = [{"teacher": T(1), "campus": "C4", "kind": "transfer"}]
    held = [{"id": "R1", "name": "一轮", "kind": "application", "appointments": results}]
    assert missed(SurplusTransferLock(), under(varied(rounds=held), {1: "C4"})) == {}


# Establishment and pool


def test_the_pool_gives_one_post_and_no_more() -> None:
    rule = EstablishmentCap()
    assert missed(rule, under(TOY, {})) == {}
    # S2 has one post free, S4 none: one from the pool
    assert missed(rule, under(TOY, {6: "C2", 7: "C4"})) == {}
    assert missed(rule, under(TOY, {6: "C4", 7: "C4"})) == {"county": 1}


def test_a_school_without_a_recorded_establishment_is_not_limited() -> None:
    assert missed(EstablishmentCap(), under(TOY, {6: "C3", 7: "C3", 1: "C3"})) == {}


def test_a_school_above_its_establishment_need_not_shrink_but_may_not_grow() -> None:
    county = varied(post_pool=0, schools={4: {"agreed_posts": ()}})
    rule = EstablishmentCap()
    assert missed(rule, under(county, {})) == {}  # S5 holds four on three posts
    assert missed(rule, under(county, {18: "C5"})) == {"county": 1}
    assert missed(rule, under(county, {18: "C5", 14: "C6"})) == {}  # one in, one out


def test_a_secondment_needs_no_post() -> None:
    assert short(EstablishmentCap(), TOY, {6: "C4", 7: "C4", 1: "C4", 2: "C4"}) == {}


def test_hires_count_against_the_establishment() -> None:
    county = posted()
    hired = Supply(section="C8.junior", subject="music", kind="hire", count=2)
    assert missed(EstablishmentCap(), under(county, {}, supply=(hired,))) == {}  # one of the pool
    assert missed(EstablishmentCap(), under(county, {1: "C8"}, supply=(hired,))) == {"county": 1}


# Graded posts


def test_a_grade_without_a_free_post_takes_nobody_in() -> None:
    # S1 has posts for two of the senior, three of the middle, two of the lowest grade and none of
    # the highest; all seven there are of the lowest
    rule = GradedPostCap()
    assert missed(rule, under(TOY, {})) == {}
    assert missed(rule, under(TOY, {8: "C1"})) == {"S1/grade.junior": 1}
    first = varied({8: {"title": "first"}})
    assert missed(rule, under(first, {8: "C1"})) == {}
    professor = varied({8: {"title": "professor"}})
    assert missed(rule, under(professor, {8: "C1"})) == {"S1/grade.professor": 1}


# Further supply


def test_hires_are_all_placed_and_the_reserve_need_not_be() -> None:
    rule = SupplyFloor(kinds=("hire", "reserve"))
    county = posted()
    assert missed(rule, under(county, {})) == {"hire.junior.music": 2, "hire.primary.maths": 1}
    placed = (
        Supply(section="C2.junior", subject="music", kind="hire", count=1),
        Supply(section="C8.junior", subject="music", kind="hire", count=1),
        Supply(section="C5.primary", subject="maths", kind="hire", count=1),
    )
    assert missed(rule, under(county, {}, supply=placed)) == {}


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"section": "C9.junior", "count": 1}, "section {place} is not in this county"),
        ({"section": "C7.junior", "count": 1}, "needs nobody"),
        ({"section": "C2.junior", "count": 3}, "people of {id} are placed"),
        ({"section": "C5.primary", "count": 1}, "people of {id} are placed"),
    ],
)
def test_supply_that_nobody_could_place_is_a_flaw(entry: dict[str, Any], words: str) -> None:
    listed = Supply.model_validate({"subject": "music", "kind": "hire", **entry})
    problems = examined(posted(), Plan(supply=(listed,)))[1]
    assert len(problems) == 1
    assert words in problems[0].text
