"""Posts of the toy county, counted by hand.

Periods make 1.5, 1.5 and .75 full loads of Chinese, maths and music at S1 and S2, a third of that
at S3, two thirds at S4 and S5, a third at S6. On establishment are seven teachers at S1 (3, 2, 2),
three at S2 (1, 2, 0), one at S3 (Chinese), two at S4 (1, 1, 0), four at S5 (2, 1, 1), one at S6
(maths).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from allocator.county.county import County
from allocator.county.establishment import SchoolPosts, school_posts
from allocator.county.people import RunningTerm, Teacher
from allocator.county.places import AgreedPosts, Section
from allocator.county.plan import Move
from allocator.county.posts import (
    PostLine,
    demand_in_posts,
    post_lines,
    post_places,
    proposed_posts,
)
from allocator.samples.toy import toy_county

SUBJECTS = ("chinese", "maths", "music")


@pytest.fixture(scope="module")
def toy() -> County:
    return toy_county()


def varied(county: County, **changes: Any) -> County:
    held = {name: getattr(county, name) for name in County.model_fields}
    return County(**{**held, **changes})


def with_school(county: County, id: str, **changes: Any) -> County:
    schools = tuple(s.model_copy(update=changes) if s.id == id else s for s in county.schools)
    return varied(county, schools=schools)


def with_teacher(county: County, number: int, **changes: Any) -> County:
    wanted = f"T{number:05d}"
    people = tuple(
        Teacher(**{**dict(t), **changes}) if t.id == wanted else t for t in county.teachers
    )
    return varied(county, teachers=people)


def lines(county: County, school: str) -> dict[str, PostLine]:
    return {line.subject: line for line in post_lines(county) if line.school == school}


def of(county: County, school: str) -> SchoolPosts:
    return next(s for s in school_posts(county) if s.school == school)


def move(number: int, origin: str, destination: str, kind: str) -> Move:
    return Move(
        teacher=f"T{number:05d}", origin=origin, destination=destination, kind=kind,
        ground="exchange", start="2020-09",
    )  # fmt: skip


def test_posts_of_the_toy_are_as_counted_by_hand(toy: County) -> None:
    # S1: eight posts less one non-teaching. From 1, 1, 0 music first (.75), then Chinese and
    # maths (.5 each), then both again (.3 each, music would have .25): 3, 3, 1.
    # S2: four posts. From 1, 1, 0 music first, then a tie, which goes to Chinese: 2, 1, 1.
    # S3: nothing recorded, rounded up. S4: both posts are the floor; music is agreed.
    # S6: one post, a tie of Chinese and maths (.5), music has .25: Chinese.
    counted = {
        "S1": ((3, 3, 1), (3, 2, 2)),
        "S2": ((2, 1, 1), (1, 2, 0)),
        "S3": ((1, 1, 1), (1, 0, 0)),
        "S4": ((1, 1, 1), (1, 1, 0)),
        "S5": ((1, 1, 1), (2, 1, 1)),
        "S6": ((1, 0, 0), (0, 1, 0)),
    }
    for school, (posts, holders) in counted.items():
        here = lines(toy, school)
        assert tuple(here[s].posts for s in SUBJECTS) == posts, school
        assert tuple(here[s].in_post for s in SUBJECTS) == holders, school
    assert (sum(x.over for x in post_lines(toy)), sum(x.short for x in post_lines(toy))) == (4, 7)
    assert "S7" not in {line.school for line in post_lines(toy)}


def test_full_loads_are_exact(toy: County) -> None:
    music = lines(toy, "S1")["music"]
    assert (music.needed, music.load, music.posts_by_periods) == (6, 8, Fraction(3, 4))
    assert music.posts_by_periods_up == 1


def test_agreed_posts_stand_before_proposed_ones_with_their_reason(toy: County) -> None:
    music = lines(toy, "S4")["music"]
    assert (music.proposed, music.agreed, music.posts) == (0, 1, 1)
    assert "周转池" in music.reason
    none = AgreedPosts(stage="junior", subject="chinese", posts=0)
    chinese = lines(with_school(toy, "S3", agreed_posts=(none,)), "S3")["chinese"]
    assert (chinese.posts, chinese.over, chinese.short) == (0, 1, 0)


def test_a_proposal_exceeds_the_periods_where_the_establishment_does() -> None:
    school = toy_county().school["S1"].model_copy(update={"establishment": 21})
    needs = {("junior", s): Fraction(n, 4) for s, n in zip(SUBJECTS, (6, 6, 3), strict=True)}
    # twenty posts for 3.75 full loads, five and a third times as many
    assert tuple(proposed_posts(school, needs).values()) == (8, 8, 4)


def test_the_order_of_subjects_does_not_change_a_proposal(toy: County) -> None:
    turned = varied(toy, subjects=toy.subjects[::-1])
    assert set(post_lines(turned)) == set(post_lines(toy))


def test_full_loads_rounded_down_are_proposed_even_without_posts_for_them(toy: County) -> None:
    here = lines(with_school(toy, "S1", establishment=1, graded_posts=()), "S1")
    assert [here[s].proposed for s in SUBJECTS] == [1, 1, 0]


def test_campuses_of_a_school_share_its_posts(toy: County) -> None:
    second = toy.school["S2"].campuses[0].model_copy(update={"id": "C9", "name": "分校区"})
    campuses = (*toy.school["S3"].campuses, second)
    here = lines(with_school(toy, "S3", campuses=campuses), "S3")
    # music: two and six periods make one full load, not one a campus
    assert (here["music"].needed, here["music"].proposed) == (8, 1)
    assert (here["chinese"].needed, here["chinese"].proposed) == (20, 2)


def test_lent_out_and_long_sick_hold_their_posts_and_reserve_holds_none(toy: County) -> None:
    assert (lines(toy, "S2")["maths"].in_post, lines(toy, "S2")["maths"].long_sick) == (2, 1)
    lent = lines(with_teacher(toy, 8, status="lent_out"), "S2")["chinese"]
    assert (lent.in_post, lent.lent_out) == (1, 1)
    reserve = with_teacher(toy, 8, employment="reserve")
    assert lines(reserve, "S2")["chinese"].in_post == 0
    assert "T00008" not in post_places(reserve)


def test_a_post_stays_at_home_during_a_term(toy: County) -> None:
    term = RunningTerm(home="C2", started="2019-08", ends="2022-07")
    away = with_teacher(toy, 11, running_term=term)
    assert away.post_place(away.teacher["T00011"]) == away.places["C2.junior"]
    assert (lines(away, "S2")["chinese"].in_post, lines(away, "S3")["chinese"].in_post) == (2, 0)
    home, there = of(away, "S2"), of(away, "S3")
    assert (home.holders, home.seconded_out, home.seconded_in, home.free) == (4, 1, 0, 0)
    assert (there.holders, there.seconded_out, there.seconded_in) == (0, 0, 1)


def test_a_transfer_takes_the_post_along_and_a_secondment_does_not(toy: County) -> None:
    moves = (
        move(6, "C1.junior", "C2.junior", "transfer"),
        move(10, "C2.junior", "C3.junior", "secondment"),
    )
    held = post_places(toy, moves)
    assert held["T00006"].id == "C2.junior"
    assert held["T00010"].id == "C2.junior"
    after = {(x.school, x.subject): x for x in post_lines(toy, held)}
    assert (after["S1", "music"].over, after["S2", "music"].short) == (0, 0)
    assert (after["S2", "maths"].over, after["S3", "maths"].short) == (1, 1)


def test_a_subject_only_taught_or_only_agreed_has_a_line(toy: County) -> None:
    section: Section = toy.school["S6"].campuses[0].sections[0]
    empty = section.model_copy(update={"classes": (0,) * 6, "pupils": 0})
    campus = toy.school["S6"].campuses[0].model_copy(update={"sections": (empty,)})
    music = AgreedPosts(stage="primary", subject="music", posts=1)
    here = lines(with_school(toy, "S6", campuses=(campus,), agreed_posts=(music,)), "S6")
    assert set(here) == {"maths", "music"}
    assert (here["maths"].needed, here["maths"].posts, here["maths"].over) == (0, 0, 1)


def test_schools_are_full_overfull_or_have_posts_free(toy: County) -> None:
    told = {s.school: (s.teaching, s.holders, s.free, s.above, s.beyond) for s in school_posts(toy)}
    assert told == {
        "S1": (7, 7, 0, 0, 0),
        "S2": (4, 3, 1, 0, 0),
        "S3": (None, 1, None, None, None),
        "S4": (2, 2, 0, 0, 1),  # the post agreed for music is the pool's
        "S5": (3, 4, 0, 1, 0),
        "S6": (1, 1, 0, 0, 0),
    }


def test_grades_follow_titles() -> None:
    titles = {"none": "junior", "third": "junior", "second": "junior", "first": "middle",
              "senior": "senior", "professor": "professor"}  # fmt: skip
    teacher = toy_county().teachers[0]
    for title, grade in titles.items():
        assert teacher.model_copy(update={"title": title}).grade == grade


def test_graded_posts_stand_against_holders_of_the_grade(toy: County) -> None:
    made = with_teacher(with_teacher(toy, 1, title="senior"), 2, title="first")
    grades = {g.grade: (g.posts, g.holders) for g in of(made, "S1").grades}
    assert grades == {"professor": (0, 0), "senior": (2, 1), "middle": (3, 1), "junior": (2, 5)}
    assert {g.posts for g in of(made, "S2").grades} == {None}


def test_agreed_posts_count_as_full_loads_of_periods(toy: County) -> None:
    demand = demand_in_posts(toy)
    assert demand["C4.junior"] == {"chinese": 10, "maths": 10, "music": 8}  # one post, not 4
    assert {p: d for p, d in demand.items() if p != "C4.junior"} == {
        p.id: p.demand for p in toy.places.values() if p.id != "C4.junior"
    }
    none = AgreedPosts(stage="junior", subject="music", posts=0)
    assert "music" not in demand_in_posts(with_school(toy, "S1", agreed_posts=(none,)))["C1.junior"]


def test_agreed_posts_are_divided_over_campuses_by_their_periods(toy: County) -> None:
    second = toy.school["S2"].campuses[0].model_copy(update={"id": "C9", "name": "分校区"})
    campuses = (*toy.school["S3"].campuses, second)
    three = AgreedPosts(stage="junior", subject="chinese", posts=3)
    made = with_school(toy, "S3", campuses=campuses, agreed_posts=(three,))
    demand = demand_in_posts(made)
    # thirty periods for campuses that need 5 and 15: 7.5 and 22.5, the tie to the larger
    assert (demand["C3.junior"]["chinese"], demand["C9.junior"]["chinese"]) == (7, 23)


def test_agreed_and_non_teaching_posts_beyond_the_establishment_are_shown_not_refused() -> None:
    toy = toy_county()
    six = AgreedPosts(stage="junior", subject="music", posts=6)
    made = with_school(toy, "S1", agreed_posts=(six,))
    assert of(made, "S1").beyond == 5  # 3 + 3 + 6 less 7
