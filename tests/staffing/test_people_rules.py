"""Given a county, then a reading: rules about people, limits counted by hand on the toy county.

Minutes between campuses: C1 to C2 29, C1 to C3 23, C1 to C4 51, C2 to C3 6, C2 to C4 74; from C5,
a primary school, to C1 3, to C2 32, to C3 26. T6 serves at C1, T8 at C2, T12 at C4, T14 at C5. Of
the volunteers T5, T6, T12 and T14 T5 is exempt. Graduating: T4, T8, both eligible.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from allocator.county.county import County
from allocator.staffing.rules import (
    CoupleDistanceCap,
    ExperienceFloor,
    GraduatingRateFloor,
    PreferenceCap,
    RelativesApartCap,
    VetoLock,
    VolunteerFloor,
)
from tests.staffing.toy import (
    TOY,
    T,
    ends_this_year,
    readings,
    refuses,
    short,
    two_campuses,
    varied,
)


def kin(kind: str, first: int, second: int, base: County = TOY) -> County:
    """A county with one pair of kin, by number."""
    found = ({"kind": kind, "between": (T(first), T(second))},)
    return County.model_validate(base.model_dump() | {"kinships": found})


def vetoes(school: int, *entries: tuple[int, str], base: County = TOY) -> County:
    """A county where one school objects to some teachers, by number."""
    data = base.model_dump()
    listed = tuple({"teacher": T(n), "against": side} for n, side in entries)
    data["schools"][school - 1]["vetoes"] = listed
    return County.model_validate(data)


def appointed(county: County, teacher: int, campus: str) -> County:
    """A county where a round of applications gave one teacher a post."""
    result = {"teacher": T(teacher), "campus": campus, "kind": "secondment"}
    held = {"id": "R1", "name": "申请", "kind": "application", "appointments": (result,)}
    return County.model_validate(county.model_dump() | {"rounds": (held,)})


# Couples


@pytest.mark.parametrize(
    ("moves", "missing"),
    [
        ({}, {}),  # T6 and T12 are 51 minutes apart, and stay
        ({6: "C3"}, {"T00006+T00012@C3.junior": 1}),  # 68 minutes
        ({12: "C2"}, {}),  # 29 minutes
        ({12: "C1"}, {}),  # at one school
        ({6: "C2", 12: "C3"}, {}),  # 6 minutes
        ({6: "C4", 12: "C1"}, {"T00006+T00012@C4.junior": 1}),  # changed places
        ({8: "C4"}, {}),  # somebody else
    ],
)
def test_a_couple_of_whom_somebody_moves_is_within_thirty_minutes(
    moves: dict[int, str], missing: dict[str, float]
) -> None:
    assert short(CoupleDistanceCap(), kin("couple", 12, 6), moves) == missing


def test_a_couple_exactly_on_the_limit_is_near() -> None:
    county = kin("couple", 6, 12)
    assert short(CoupleDistanceCap(within=29), county, {12: "C2"}) == {}
    assert short(CoupleDistanceCap(within=28), county, {12: "C2"}) == {"T00006+T00012@C1.junior": 1}


def test_a_couple_at_two_stages_is_one_couple() -> None:
    county = kin("couple", 8, 14)
    assert short(CoupleDistanceCap(), county, {8: "C3"}) == {}  # 26 minutes from C5
    assert short(CoupleDistanceCap(), county, {8: "C4"}) == {"T00008+T00014@C4.junior": 1}
    assert short(CoupleDistanceCap(), county, {14: "C6"}) == {}  # 6 minutes from C2


def test_relatives_are_no_couple_and_a_couple_is_not_kept_apart() -> None:
    assert readings(CoupleDistanceCap(), kin("relatives", 6, 12), {6: "C3"}) == {}
    assert readings(RelativesApartCap(), kin("couple", 6, 8), {6: "C2"}) == {}


def test_a_couple_of_whom_one_only_returns_is_not_judged() -> None:
    county = kin("couple", 6, 12, ends_this_year({6: "C3"}))
    assert readings(CoupleDistanceCap(), county, {6: "C3"}, "return") == {}


# Relatives


def test_no_move_brings_relatives_to_one_school() -> None:
    county = kin("relatives", 8, 1)
    assert short(RelativesApartCap(), county, {}) == {}
    assert short(RelativesApartCap(), county, {1: "C2"}) == {"T00001+T00008@S2": 1}
    assert short(RelativesApartCap(), county, {8: "C1"}) == {"T00001+T00008@S1": 1}
    assert short(RelativesApartCap(), county, {1: "C3", 8: "C3"}) == {"T00001+T00008@S3": 1}
    assert short(RelativesApartCap(), county, {1: "C2", 8: "C1"}) == {}  # changed places


def test_relatives_at_one_school_already_may_stay_there_but_not_go_on_together() -> None:
    county = kin("relatives", 1, 2)
    assert readings(RelativesApartCap(), county, {}) == {}
    assert short(RelativesApartCap(), county, {1: "C2"}) == {}
    assert short(RelativesApartCap(), county, {1: "C2", 2: "C2"}) == {"T00001+T00002@S2": 1}


def test_relatives_are_apart_by_school_and_not_by_campus() -> None:
    east = two_campuses()
    # T12 comes to C8, a campus of the school of T1; T1 and T2 are at that school already
    assert short(RelativesApartCap(), kin("relatives", 1, 12, east), {12: "C8"}) == {
        "T00001+T00012@S1": 1
    }
    assert short(RelativesApartCap(), kin("relatives", 1, 2, east), {1: "C8"}) == {}


# Objections of schools


def test_the_first_objections_bind_and_later_ones_do_not() -> None:
    county = vetoes(1, (1, "leaving"), (8, "arriving"), (2, "leaving"), (4, "leaving"))
    bound = [refuses(VetoLock(), county, n, c) for n, c in ((1, "C2"), (8, "C1"), (2, "C4"))]
    assert bound == [True, True, True]
    assert not refuses(VetoLock(), county, 4, "C2")
    assert refuses(VetoLock(at_most=4), county, 4, "C2")
    assert not refuses(VetoLock(at_most=0), county, 1, "C2")


def test_an_objection_to_losing_binds_everywhere_and_one_to_receiving_only_there() -> None:
    losing, receiving = vetoes(1, (6, "leaving")), vetoes(2, (6, "arriving"))
    assert [refuses(VetoLock(), losing, 6, c) for c in ("C2", "C3", "C4")] == [True] * 3
    assert [refuses(VetoLock(), receiving, 6, c) for c in ("C2", "C3")] == [True, False]


def test_an_objection_does_not_bind_between_campuses_of_one_school() -> None:
    county = vetoes(1, (6, "leaving"), base=two_campuses())
    assert not refuses(VetoLock(), county, 6, "C8")
    assert short(VetoLock(), county, {6: "C8"}) == {}


def test_moves_against_objections_are_counted_at_each_school_that_objects() -> None:
    data = vetoes(1, (6, "leaving"), (4, "leaving")).model_dump()
    data["schools"][1]["vetoes"] = ({"teacher": T(6), "against": "arriving"},)
    county = County.model_validate(data)
    assert short(VetoLock(), county, {6: "C2", 4: "C2"}) == {"S1:leaving": 2, "S2:arriving": 1}
    assert short(VetoLock(at_most=1), county, {4: "C2"}) == {}


# Preferences


def test_whoever_named_campuses_is_exchanged_to_one_of_them() -> None:
    county = varied({6: {"preferences": ("C3", "C2")}})
    assert [refuses(PreferenceCap(), county, 6, c) for c in ("C2", "C3", "C4")] == [
        False,
        False,
        True,
    ]
    assert not refuses(PreferenceCap(), county, 7, "C4")  # named none
    assert short(PreferenceCap(), county, {6: "C4", 7: "C4"}) == {"S1": 1}
    assert short(PreferenceCap(), county, {}) == {}


def test_a_pin_and_the_result_of_a_round_count_more_than_a_preference() -> None:
    wishes: dict[str, Any] = {"preferences": ("C3",)}
    pin = varied({6: wishes | {"pins": ({"kind": "goes", "campus": "C4"},)}})
    assert [refuses(PreferenceCap(), pin, 6, c) for c in ("C4", "C2")] == [False, True]
    result = appointed(varied({6: wishes}), 6, "C4")
    assert [refuses(PreferenceCap(), result, 6, c) for c in ("C4", "C2")] == [False, True]


def test_a_move_inside_a_school_is_not_judged_by_preferences() -> None:
    data = two_campuses().model_dump()
    data["teachers"][5]["preferences"] = ("C3",)
    assert not refuses(PreferenceCap(), County.model_validate(data), 6, "C8")


# Volunteers


@pytest.mark.parametrize(
    ("share", "moves", "missing"),
    [
        ("0.5", {}, 2),  # 1.5 of T6, T12 and T14
        ("0.5", {6: "C2"}, 1),
        ("0.5", {6: "C2", 12: "C1"}, 0),
        ("0.5", {6: "C2", 5: "C2", 1: "C2"}, 1),  # T5 is exempt, T1 did not ask
        ("1", {6: "C2", 12: "C1"}, 1),
        ("0.01", {}, 1),
        ("0", {}, 0),
    ],
)
def test_half_of_the_volunteers_who_may_be_moved_are_rounded_up(
    share: str, moves: dict[int, str], missing: int
) -> None:
    rule = VolunteerFloor(at_least=Decimal(share))
    assert short(rule, TOY, moves) == ({"county": missing} if missing else {})


def test_a_volunteer_moved_inside_the_school_is_not_exchanged() -> None:
    assert short(VolunteerFloor(at_least=Decimal("0.3")), two_campuses(), {6: "C8"}) == {
        "county": 1
    }


def test_with_nobody_asking_the_volunteer_floor_is_kept() -> None:
    county = varied({n: {"volunteer": False} for n in (5, 6, 12, 14)})
    assert short(VolunteerFloor(), county, {}) == {}


# Graduating classes


@pytest.mark.parametrize(
    ("share", "rounding", "moves", "missing"),
    [
        ("0.3", "down", {}, 0),  # .6 of T4 and T8
        ("0.3", "up", {}, 1),
        ("0.5", "down", {}, 1),  # exactly 1
        ("0.5", "up", {8: "C1"}, 0),
        ("0.5", "up", {6: "C2"}, 1),  # T6 teaches no graduating class
    ],
)
def test_a_share_of_those_who_teach_graduating_classes_is_exchanged(
    share: str, rounding: Any, moves: dict[int, str], missing: int
) -> None:
    rule = GraduatingRateFloor(at_least=Decimal(share), rounding=rounding)
    assert short(rule, TOY, moves) == ({"county": missing} if missing else {})


# Experience left


def test_the_last_experienced_teacher_of_a_subject_stays() -> None:
    # T6 has worked since 2005, T7 since 2017: fewer than five years in June 2020
    assert short(ExperienceFloor(), TOY, {6: "C2"}) == {"S1/junior.music": 1}
    assert short(ExperienceFloor(), TOY, {7: "C2"}) == {}
    assert short(ExperienceFloor(years=2), TOY, {6: "C2"}) == {}  # T7 has two years
    assert short(ExperienceFloor(years=3), TOY, {6: "C2"}) == {"S1/junior.music": 1}


def test_experience_is_kept_by_subject_stage_and_school() -> None:
    # Chinese at S1: T1, T2, T3; maths at S1: T4, T5; Chinese at S2: T8 alone
    two = ExperienceFloor(at_least=2)
    assert short(two, TOY, {1: "C2"}) == {}
    assert short(two, TOY, {1: "C2", 2: "C3", 4: "C2"}) == {
        "S1/junior.chinese": 1,
        "S1/junior.maths": 1,
    }
    assert readings(two, TOY, {})["S1/junior.chinese"].limit == 2
    assert readings(two, TOY, {})["S2/junior.chinese"].limit == 1  # as many as it has


def test_an_experienced_teacher_who_comes_makes_up_for_one_who_goes() -> None:
    assert short(ExperienceFloor(), TOY, {8: "C1"}) == {"S2/junior.chinese": 1}
    assert short(ExperienceFloor(), TOY, {8: "C1", 1: "C2"}) == {}
    assert short(ExperienceFloor(), TOY, {8: "C1", 12: "C2"}) == {"S2/junior.chinese": 1}


def test_a_school_without_experience_in_a_subject_is_asked_for_none() -> None:
    found = readings(ExperienceFloor(), TOY, {})
    assert "S4/junior.chinese" not in found  # T12 alone, since 2017
    assert "S2/junior.maths" in found  # T10; T9 is long sick
    assert not any(key.startswith("S7") for key in found)  # private


def test_a_move_inside_a_school_and_a_return_change_no_experience_asked_for() -> None:
    assert short(ExperienceFloor(), two_campuses(), {6: "C8"}) == {}
    home = {8: "C3"}  # the only one of Chinese at S2 returns to S3
    found = readings(ExperienceFloor(), ends_this_year(home), home, "return")
    assert "S2/junior.chinese" not in found
    assert all(r.kept for r in found.values())
