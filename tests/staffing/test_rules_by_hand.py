"""Given a county, then a reading: each staffing rule on the toy county, limits counted by hand.

As things stand, June 2020. Eligible: T1, T2, T4, T5, T6 at S1; T8, T10 at S2; T14, T16, T17 at S5:
ten. Of these T5, T10 and T16 are exempt: seven are due. On establishment and in post: seventeen
(of twenty, T19 and T20 are private, T9 is long sick). May be moved: the seven due and the short-
serving T7, T12, T15. Backbone and higher: T1, T2, T4, T17. Zone Z1 holds S1 to S3 and S5 to S7,
zone Z2 holds S4. Pupils: S1 150, S2 120, S3 40, S4 80; S5 90, S6 30.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from allocator.county.county import County
from allocator.county.frozen import DataError
from allocator.county.plan import Move, Plan, Teaching
from allocator.modelling import required
from allocator.staffing.decode import order_of_going, today
from allocator.staffing.goals.coverage import Coverage, price
from allocator.staffing.goals.famous_share import FamousFairShare
from allocator.staffing.goals.travel import TravelAndMoves
from allocator.staffing.model import build
from allocator.staffing.placement import placement
from allocator.staffing.rule import StaffingRule
from allocator.staffing.rules import (
    BackboneShare,
    BalanceCap,
    EligibilityLock,
    ExchangeRateFloor,
    FamousTeacherFloor,
    PinLock,
    SendingSchoolRateFloor,
    SubjectLock,
    TravelCap,
    TurnoverCap,
)
from tests.staffing.plans import ORDER, TERMS, configured, some_levels
from tests.staffing.toy import (
    TOY,
    T,
    crowd,
    ends_this_year,
    opening,
    readings,
    refuses,
    seen,
    short,
    two_campuses,
    varied,
)

# 1 The county's exchange rate


@pytest.mark.parametrize(
    ("share", "base", "down", "up"),
    [
        ("0.17", "eligible", 1, 2),  # 1.7 of 10
        ("0.20", "eligible", 2, 2),  # exactly 2 of 10
        ("0.50", "free", 3, 4),  # 3.5 of 7
        ("0.17", "all", 2, 3),  # 2.89 of 17
        ("1", "all", 17, 17),
        ("0", "all", 0, 0),
    ],
)
def test_the_exchange_rate_asks_for_a_share_of_its_base(
    share: str, base: Any, down: int, up: int
) -> None:
    for rounding, needed in (("down", down), ("up", up)):
        rule = ExchangeRateFloor(at_least=share, base=base, rounding=rounding)
        reading = readings(rule, TOY, {})["county"]
        assert (reading.actual, reading.limit, reading.shortfall) == (0, needed, needed)
        assert short(rule, TOY, {}) == ({"county": needed} if needed else {})


def test_the_exchange_rate_is_kept_on_the_limit_and_missed_by_one_below() -> None:
    rule = ExchangeRateFloor(at_least=Decimal("0.20"), rounding="up")
    assert short(rule, TOY, {1: "C2"}) == {"county": 1}
    assert short(rule, TOY, {1: "C2", 6: "C3"}) == {}


def test_seventeen_percent_of_three_hundred_is_fifty_one() -> None:
    assert required(Decimal("0.17"), 300, up=True) == 51
    county = crowd(300)
    rule = ExchangeRateFloor(rounding="up")
    assert short(rule, county, dict.fromkeys(range(1, 51), "C2")) == {"county": 1}
    assert short(rule, county, dict.fromkeys(range(1, 52), "C2")) == {}


def test_whoever_moves_counts_in_the_rate_in_the_base_or_not() -> None:
    rule = ExchangeRateFloor(at_least=Decimal("0.10"))
    assert short(rule, TOY, {}) == {"county": 1}
    assert short(rule, TOY, {7: "C2"}) == {}  # T7 serves too short to be eligible


# 2 The rate of urban and quality schools


def test_schools_below_the_limit_are_pooled_by_zone() -> None:
    # S1 has 5 eligible, S5 has 3, both in Z1: 10 % of 8 is .8
    found = readings(SendingSchoolRateFloor(), TOY, {})
    assert {w: (r.limit, r.details["base"]) for w, r in found.items()} == {"Z1": (0, 8)}
    up = SendingSchoolRateFloor(rounding="up")
    assert short(up, TOY, {}) == {"Z1": 1}
    assert short(up, TOY, {14: "C6"}) == {}


@pytest.mark.parametrize(
    ("below", "keys"),
    [(0, {"S1", "S5"}), (3, {"S1", "S5"}), (4, {"S1", "Z1"}), (5, {"S1", "Z1"}), (6, {"Z1"})],
)
def test_a_school_is_pooled_only_with_fewer_than_the_limit(below: int, keys: set[str]) -> None:
    assert set(readings(SendingSchoolRateFloor(pool_below=below), TOY, {})) == keys


@pytest.mark.parametrize(
    ("share", "rounding", "missing"),
    [
        ("0.20", "down", {"S1": 1}),  # exactly 1 of 5; .6 of 3
        ("0.20", "up", {"S1": 1, "S5": 1}),
        ("0.40", "up", {"S1": 2, "S5": 2}),  # exactly 2 of 5; 1.2 of 3
        ("0.40", "down", {"S1": 2, "S5": 1}),
    ],
)
def test_each_sending_school_sends_its_share(share: str, rounding: Any, missing: Any) -> None:
    rule = SendingSchoolRateFloor(at_least=share, rounding=rounding, pool_below=0)
    assert short(rule, TOY, {}) == missing


def test_a_sending_school_keeps_its_rate_on_the_limit() -> None:
    rule = SendingSchoolRateFloor(at_least=Decimal("0.40"), pool_below=0, rounding="up")
    assert short(rule, TOY, {1: "C2", 14: "C6"}) == {"S1": 1, "S5": 1}
    assert short(rule, TOY, {1: "C2", 6: "C3", 14: "C6", 15: "C6"}) == {}


def test_only_urban_and_quality_schools_send() -> None:
    county = varied(schools={3: {"quality": True}, 1: {"quality": False}})
    found = readings(SendingSchoolRateFloor(pool_below=0), county, {})
    assert set(found) == {"S1", "S3", "S5"}  # S7 is urban and private


# 3 The backbone share


@pytest.mark.parametrize(
    ("moves", "missing"),
    [
        ({}, {}),  # 20 % of nobody
        ({1: "C2", 6: "C2", 7: "C3", 8: "C3", 14: "C6"}, {}),  # exactly 1 of 5
        ({1: "C2", 6: "C2", 7: "C3", 8: "C3", 14: "C6", 15: "C6"}, {"county": 1}),  # 1.2 of 6
        ({6: "C2", 12: "C1"}, {"county": 1}),  # a rising teacher is no backbone teacher
        ({2: "C3"}, {}),
    ],
)
def test_one_in_five_exchanged_is_a_backbone_teacher(
    moves: dict[int, str], missing: dict[str, float]
) -> None:
    assert short(BackboneShare(), TOY, moves) == missing


def test_missing_backbone_teachers_are_counted_if_replaced_not_added() -> None:
    moves = {6: "C2", 7: "C3", 8: "C3", 14: "C6"}
    # half of four are two: two of the four replaced, though four added would also do
    assert short(BackboneShare(at_least=Decimal("0.5")), TOY, moves) == {"county": 2}


# 4 Eligibility


@pytest.mark.parametrize(
    ("teacher", "campus", "reason"),
    [
        (5, "C2", "maternity"),
        (9, "C1", "long_sick"),
        (11, "C1", "service_contract"),
        (13, "C1", "near_retirement"),
        (16, "C6", "flagship"),
        (19, "C1", "not_establishment"),
    ],
)
def test_nobody_is_moved_who_is_not_to_move_now(teacher: int, campus: str, reason: str) -> None:
    assert refuses(EligibilityLock(), TOY, teacher, campus)
    reading = readings(EligibilityLock(), TOY, {teacher: campus})[T(teacher)]
    assert reading.details["reason"] == reason


@pytest.mark.parametrize("teacher", [1, 2, 4, 6, 7, 8])
def test_whoever_is_due_or_may_move_is_moved(teacher: int) -> None:
    assert not refuses(EligibilityLock(), TOY, teacher, "C3")


def test_nobody_moves_to_a_private_school() -> None:
    assert refuses(EligibilityLock(), TOY, 1, "C7")


def test_a_running_term_binds() -> None:
    term = {"home": "C2", "started": "2018-09", "ends": "2021-07"}
    assert refuses(EligibilityLock(), varied({2: {"running_term": term}}), 2, "C3")


# 5 Subject and stage


def test_a_subject_taught_without_its_certificate_is_not_taken_elsewhere() -> None:
    assert refuses(SubjectLock(), TOY, 7, "C2")  # music with a certificate of maths
    assert not refuses(SubjectLock(), TOY, 6, "C2")


def test_nobody_moves_where_the_subject_is_not_taught() -> None:
    music = TOY.subject["music"]
    county = varied(
        subjects=(
            *(s.model_dump() for s in TOY.subjects if s is not music),
            music.model_dump() | {"periods": (2,) * 7 + (0, 0)},  # nothing in grades 8 and 9
        ),
        sections={3: {"classes": (0, 0, 1)}},
    )
    assert refuses(SubjectLock(), county, 6, "C3")
    assert not refuses(SubjectLock(), county, 6, "C2")  # a class in grade 7


@pytest.mark.parametrize(("certificate", "refused"), [("junior", False), ("primary", True)])
def test_a_certificate_reaches_its_stage_and_below(certificate: str, refused: bool) -> None:
    held = ({"stage": certificate, "subject": "chinese"},)
    junior = varied({1: {"certificates": held}})
    assert refuses(SubjectLock(), junior, 1, "C2") is refused
    primary = varied({14: {"certificates": held}})
    assert not refuses(SubjectLock(), primary, 14, "C6")


# 6 Reach


def test_ordinary_teachers_keep_to_their_zone_and_backbone_teachers_do_not() -> None:
    assert refuses(TravelCap(), TOY, 6, "C4")
    assert not refuses(TravelCap(), TOY, 6, "C2")
    assert not refuses(TravelCap(), TOY, 1, "C4")  # a famous teacher
    assert not refuses(TravelCap(), TOY, 2, "C4")  # a backbone teacher
    assert refuses(TravelCap(), TOY, 12, "C1")  # a rising teacher


@pytest.mark.parametrize(
    ("reach", "within", "campus", "refused"),
    [
        ("zone", 0, "C2", False),  # in the zone, however far
        ("zone", 240, "C4", True),
        ("minutes", 29, "C2", False),  # 2.891 + 20 + 5.782, exactly on the limit
        ("minutes", 28, "C2", True),  # in the zone, yet too far
        ("minutes", 51, "C4", False),  # 2.891 + 45 + 2.891, in another zone
        ("minutes", 50, "C4", True),
        ("either", 0, "C2", False),
        ("either", 51, "C4", False),
        ("either", 50, "C4", True),
    ],
)
def test_reach_is_the_zone_the_minutes_or_either(
    reach: Any, within: int, campus: str, refused: bool
) -> None:
    assert refuses(TravelCap(reach=reach, within=within), TOY, 6, campus) is refused


def test_those_sent_out_of_reach_are_counted_at_the_school_they_leave() -> None:
    moves = {1: "C4", 6: "C4", 7: "C4", 8: "C4", 12: "C2"}
    assert short(TravelCap(), TOY, moves) == {"S1": 2, "S2": 1, "S4": 1}


# 7 Turnover


@pytest.mark.parametrize(
    ("moves", "missing"),
    [
        ({1: "C2", 6: "C3"}, {}),  # S1: 20 % of 7 is 1.4, so 2
        ({1: "C2", 6: "C3", 7: "C4"}, {"S1:leaving": 1}),
        ({14: "C6"}, {}),  # S5: .8 of 4, so 1; S6: .2 of 1, so 1
        ({14: "C6", 15: "C6"}, {"S5:leaving": 1, "S6:arriving": 1}),
    ],
)
def test_a_fifth_of_a_school_leaves_or_arrives_rounded_up(
    moves: dict[int, str], missing: dict[str, float]
) -> None:
    assert short(TurnoverCap(), TOY, moves) == missing


def test_turnover_exactly_on_the_limit_is_kept() -> None:
    rule = TurnoverCap(leaving_at_most=Decimal("0.25"), arriving_at_most=Decimal(1))
    assert short(rule, TOY, {14: "C6"}) == {}  # exactly 1 of 4
    assert short(rule, TOY, {14: "C6", 15: "C6"}) == {"S5:leaving": 1, "S6:arriving": 1}


def test_the_long_sick_are_no_staff_of_the_turnover() -> None:
    found = readings(TurnoverCap(arriving_at_most=Decimal("0.5")), TOY, {})
    assert found["S2:arriving"].limit == 1  # half of T8 and T10; with T9 it would be 1.5, so 2


def test_with_no_turnover_allowed_nobody_moves() -> None:
    none = TurnoverCap(leaving_at_most=Decimal(0), arriving_at_most=Decimal(0))
    assert short(none, TOY, {1: "C2"}) == {"S1:leaving": 1, "S2:arriving": 1}


def test_an_opening_team_is_excepted_on_both_sides() -> None:
    county = opening()
    team = {1: "C8", 4: "C8", 6: "C8", 8: "C8"}
    assert short(TurnoverCap(), county, team) == {}
    # beside the team of three S1 still sends its two, and no third
    both = team | {2: "C2", 7: "C3"}
    assert short(TurnoverCap(), county, both) == {}
    assert short(TurnoverCap(), county, both | {5: "C4"}) == {"S1:leaving": 1}


def test_a_new_school_with_staff_opens_no_more() -> None:
    county = varied(schools={3: {"opened": "2019-09"}})
    assert short(TurnoverCap(), county, {1: "C3", 6: "C3"}) == {"S3:arriving": 1}


# 8 Pins


def pinned(teacher: int, *pins: dict[str, Any]) -> County:
    return varied({teacher: {"pins": pins}})


def test_whoever_is_pinned_to_stay_stays() -> None:
    county = pinned(8, {"kind": "stays"})
    assert short(PinLock(), county, {}) == {}
    assert refuses(PinLock(), county, 8, "C1")


def test_whoever_is_pinned_to_go_goes_there_and_nowhere_else() -> None:
    county = pinned(1, {"kind": "goes", "campus": "C3"})
    assert short(PinLock(), county, {}) == {T(1): 1}
    assert short(PinLock(), county, {1: "C3"}) == {}
    assert refuses(PinLock(), county, 1, "C2")


def test_whoever_is_pinned_to_go_where_they_are_stays() -> None:
    county = pinned(1, {"kind": "goes", "campus": "C1"})
    assert short(PinLock(), county, {}) == {}
    assert refuses(PinLock(), county, 1, "C3")


def test_whoever_is_pinned_not_to_go_somewhere_goes_elsewhere_or_stays() -> None:
    county = pinned(6, {"kind": "not_to", "campus": "C2"}, {"kind": "not_to", "campus": "C4"})
    assert [refuses(PinLock(), county, 6, c) for c in ("C2", "C3", "C4")] == [True, False, True]
    assert short(PinLock(), county, {}) == {}


def test_a_pin_binds_its_own_teacher_alone() -> None:
    county = pinned(8, {"kind": "stays"})
    assert not refuses(PinLock(), county, 1, "C3")
    assert set(readings(PinLock(), county, {1: "C3"})) == {T(8)}


# 9 Famous teachers


def test_each_rural_junior_high_needs_one_for_each_hundred_pupils_begun() -> None:
    # S2 120: 2, S3 40: 1, S4 80: 1; S1 is urban
    assert short(FamousTeacherFloor(), TOY, {}) == {"S2": 2, "S3": 1, "S4": 1}
    assert short(FamousTeacherFloor(), TOY, {1: "C2"}) == {"S2": 1, "S3": 1, "S4": 1}
    assert short(FamousTeacherFloor(), TOY, {1: "C2", 4: "C2"}) == {"S3": 1, "S4": 1}


@pytest.mark.parametrize(("pupils", "need"), [(100, 1), (101, 2), (200, 2), (201, 3)])
def test_a_hundred_pupils_need_one_and_one_more_pupil_a_second(pupils: int, need: int) -> None:
    county = varied(sections={2: {"pupils": pupils}})
    assert readings(FamousTeacherFloor(), county, {})["S2"].limit == need


def test_a_share_of_a_teacher_per_hundred_is_exact() -> None:
    # 2.5 for 120 pupils are exactly 3; .7 for 40 are .28
    many = readings(FamousTeacherFloor(per_100=Decimal("2.5")), TOY, {})
    assert (many["S2"].limit, many["S3"].limit, many["S4"].limit) == (3, 1, 2)
    few = readings(FamousTeacherFloor(per_100=Decimal("0.7")), TOY, {})
    assert (few["S2"].limit, few["S3"].limit) == (1, 1)


def test_together_a_surplus_at_one_school_makes_up_for_another() -> None:
    moves = {1: "C3", 4: "C3"}
    assert short(FamousTeacherFloor(), TOY, moves) == {"S2": 2, "S4": 1}
    together = FamousTeacherFloor(counted="aggregate")
    assert short(together, TOY, moves) == {"county": 2}  # two of 2 + 1 + 1
    assert short(together, TOY, {}) == {"county": 4}


def test_the_lowest_level_decides_who_counts() -> None:
    backbone = FamousTeacherFloor(lowest_level="county_backbone")
    assert short(FamousTeacherFloor(), TOY, {2: "C3"})["S3"] == 1
    assert "S3" not in short(backbone, TOY, {2: "C3"})
    rising = FamousTeacherFloor(lowest_level="county_rising")
    assert short(rising, TOY, {}) == {"S2": 2, "S3": 1}  # T12 serves at S4
    special = FamousTeacherFloor(lowest_level="province_special")
    assert short(special, TOY, {4: "C3"})["S3"] == 1


def test_a_famous_teacher_who_is_long_sick_or_at_a_primary_school_does_not_count() -> None:
    famous = {"honours": ("city_famous",)}
    county = varied({9: famous, 18: famous})
    assert short(FamousTeacherFloor(), county, {}) == {"S2": 2, "S3": 1, "S4": 1}


def test_the_areas_decide_which_schools_count() -> None:
    urban = FamousTeacherFloor(areas=("urban",))
    assert short(urban, TOY, {1: "C2"}) == {"S1": 1}  # 2 of 150 pupils, T4 is left
    assert set(readings(FamousTeacherFloor(areas=("rural",)), TOY, {})) == {"S3"}


# What all rates share


def test_a_move_inside_one_legal_unit_is_no_exchange() -> None:
    county = two_campuses()
    inside = {6: "C8", 7: "C8", 14: "C6"}
    assert short(ExchangeRateFloor(at_least=Decimal("0.2")), county, inside) == {"county": 1}
    sending = SendingSchoolRateFloor(at_least=Decimal("0.2"), pool_below=0)
    assert short(sending, county, inside) == {"S1": 1}
    assert readings(BackboneShare(), county, inside)["county"].details["moved"] == 1
    assert short(TurnoverCap(), county, {2: "C8", 6: "C8", 7: "C8"}) == {}
    assert not refuses(TravelCap(), county, 6, "C8")  # in another zone, yet the same school


def test_a_move_inside_one_legal_unit_counts_where_it_serves() -> None:
    county = two_campuses()
    # C8 lies in a town: its 60 pupils need one
    assert short(FamousTeacherFloor(), county, {})["S1"] == 1
    assert "S1" not in short(FamousTeacherFloor(), county, {1: "C8"})
    before, after = (readings(BalanceCap(), county, m) for m in ({}, {1: "C8"}))
    assert before == after  # one school, one count


@pytest.mark.parametrize(
    "rule",
    [
        ExchangeRateFloor(at_least=Decimal("0.5")),
        SendingSchoolRateFloor(at_least=Decimal("0.5"), pool_below=0),
        BackboneShare(),
        TurnoverCap(leaving_at_most=Decimal(0), arriving_at_most=Decimal(0)),
    ],
    ids=lambda r: r.name,
)
def test_a_return_counts_in_no_rate_and_no_turnover(rule: StaffingRule) -> None:
    home = {1: "C2", 6: "C3", 14: "C6"}
    away = ends_this_year(home)
    assert readings(rule, away, home, "return") == readings(rule, away, {})
    assert readings(rule, TOY, home, "exchange") != readings(rule, TOY, {})


def test_a_return_is_not_bound_by_the_reach_of_the_exchange() -> None:
    """Returns count in coverage, posts and balance, never in rates or caps."""
    found = readings(TravelCap(), ends_this_year({6: "C4"}), {6: "C4"}, "return").values()
    assert [r for r in found if not r.kept] == []


def test_whoever_returns_when_the_term_ends_breaks_no_eligibility() -> None:
    found = readings(EligibilityLock(), ends_this_year({6: "C2"}), {6: "C2"}, "return").values()
    assert [r for r in found if not r.kept] == []


def test_a_return_counts_where_it_serves() -> None:
    found = readings(FamousTeacherFloor(), ends_this_year({1: "C3"}), {1: "C3"}, "return")
    assert found["S3"].kept


# Who of several goes


def test_points_come_first_then_the_due_then_a_decision_then_the_number() -> None:
    points = {
        1: {"points": 3},
        2: {"points": 5, "entered_school": "2019-08"},  # most points, though not due
        4: {"points": 3, "entered_school": "2008-08"},  # due like T1: there for longer is no reason
        # a man of 52 is not due
        6: {"points": 3, "entered_school": "2005-08", "born": "1968-01"},
        7: {"points": 0},
        8: {"points": None, "entered_school": "2018-06"},  # by the table: two years, two points
    }
    county = varied(points)
    chosen = [county.teacher[T(n)] for n in (8, 7, 6, 4, 2, 1)]
    assert [t.id for t in order_of_going(county, chosen)] == [T(n) for n in (2, 1, 4, 6, 8, 7)]
    lot = {"order": (T(4), T(1)), "settled_by": "lot", "name": "示例", "on": "2020-06"}
    drawn = varied(points, tie_decisions=(lot,))
    assert [t.id for t in order_of_going(drawn, chosen)] == [T(n) for n in (2, 4, 1, 6, 8, 7)]


def one_goes(county: County, number: int) -> list[str]:
    """Who goes where the program sends so many from the group of T1 to C2."""
    allocation = build(county, configured(BackboneShare()), ORDER, TERMS)
    levels = np.zeros(len(allocation.names))
    levels[allocation.names.index(f"secondment[{T(1)},C2.junior]")] = number
    return [m.teacher for m in allocation.decode(levels).moves]


def test_of_a_group_the_first_by_points_go() -> None:
    # T1 and T2 teach Chinese at C1 and are backbone teachers or higher; points 1 and 2
    assert one_goes(TOY, 1) == [T(2)]
    assert one_goes(TOY, 2) == [T(1), T(2)]
    assert one_goes(varied({1: {"points": 2}}), 1) == [T(1)]  # equal in all: by number


# Uncovered periods


@pytest.mark.parametrize(
    ("missing", "needed", "expected"),
    [
        (0, 30, 0),
        (1, 30, 1),
        (10, 30, 10),  # the first third at 1
        (11, 30, 11.2),
        (20, 30, 22),  # 10 + 10 * 1.2
        (21, 30, 23.5),
        (30, 30, 37),  # 10 + 12 + 10 * 1.5
        (7, 10, 7.6),  # thirds of 4, 4 and 2: 4 + 3 * 1.2
        (10, 10, 11.8),  # 4 + 4.8 + 2 * 1.5
        (5, 5, 5.9),  # thirds of 2, 2 and 1: 2 + 2.4 + 1.5
        (4, 4, 4.4),  # thirds of 2 and 2: 2 + 2.4
        (1, 1, 1),
    ],
)
def test_a_missing_period_costs_more_by_thirds(missing: int, needed: int, expected: float) -> None:
    assert price(missing, needed) == pytest.approx(expected)


def uncovered(county: County, plan: Plan) -> float:
    return Coverage().score(county, placement(county, plan))


def test_uncovered_periods_of_the_toy_county_are_as_by_hand() -> None:
    # S2: Chinese 15 with one of 10: 5 missing, 5; maths the same, as T9 is long sick; music 6 of
    # 6: 2 + 2.4 + 3. S3: maths 5 of 5: 5.9; music 2 of 2: 2.2. S4: music 4 of 4: 4.4. S6: Chinese
    # 5 of 5: 5.9; music 2 of 2: 2.2. S7 is private.
    assert uncovered(TOY, today(TOY)) == pytest.approx(5 + 5 + 7.4 + 5.9 + 2.2 + 4.4 + 5.9 + 2.2)


def test_a_plan_without_teaching_covers_nothing() -> None:
    # S1 and S2, three classes each: Chinese and maths 15 of 15 (5 + 6 + 7.5), music 6 of 6 (7.4)
    three = 2 * 18.5 + 7.4
    # S4 and S5, two classes each: 10 of 10 (4 + 4.8 + 3), 4 of 4 (2 + 2.4)
    two = 2 * 11.8 + 4.4
    # S3 and S6, one class each: 5 of 5 (2 + 2.4 + 1.5), 2 of 2 (1 + 1.2)
    one = 2 * 5.9 + 2.2
    assert uncovered(TOY, Plan()) == pytest.approx(2 * (three + two + one))


def test_one_music_teacher_more_covers_all_six_periods() -> None:
    allocation = build(TOY, configured(ExchangeRateFloor()), ORDER, TERMS)
    levels = np.zeros(len(allocation.names))
    assert f"secondment[{T(6)},C2.junior]" in allocation.names
    levels[allocation.names.index(f"secondment[{T(6)},C2.junior]")] = 1
    plan = allocation.decode(levels)
    # T7 has a load of 8 for the 6 periods left at C1
    assert uncovered(TOY, plan) == pytest.approx(uncovered(TOY, today(TOY)) - 7.4)
    given = {(e.teacher, e.section): e.periods for e in plan.teaching if e.subject == "music"}
    assert given[T(6), "C2.junior"] == given[T(7), "C1.junior"] == 6


def test_what_a_plan_teaches_adds_to_what_its_people_can_cover() -> None:
    allocation = build(TOY, configured(EligibilityLock(), BalanceCap()), ORDER, TERMS)
    for levels in some_levels(allocation, 100, seed=5):
        plan = allocation.decode(levels)
        at = placement(TOY, plan)
        taught: Counter[tuple[str, str]] = Counter()
        for entry in plan.teaching:
            taught[entry.section, entry.subject] += entry.periods
        for place in TOY.places.values():
            staff = Counter(t.subject for t in at.staff[place.id])
            for subject, needed in place.demand.items():
                most = staff[subject] * TOY.subject[subject].load(place.stage)
                assert taught[place.id, subject] == min(needed, most)


# The other goals


def test_the_missing_famous_teachers_cost_their_square_over_the_need() -> None:
    goal = FamousFairShare(rule=FamousTeacherFloor())
    # S2 misses 2 of 2, S3 and S4 one of one
    assert goal.score(TOY, seen(TOY, {})) == pytest.approx(4 / 2 + 1 + 1)
    assert goal.score(TOY, seen(TOY, {1: "C2", 4: "C3"})) == pytest.approx(1 / 2 + 0 + 1)


def test_a_move_costs_its_minutes_and_the_price_of_a_move() -> None:
    goal = TravelAndMoves(per_move=30)
    assert goal.score(TOY, seen(TOY, {})) == 0
    assert goal.score(TOY, seen(TOY, {6: "C2", 1: "C4"})) == 29 + 30 + 51 + 30


# What can be no plan of the county


def move(teacher: str, origin: str, destination: str) -> Move:
    return Move(
        teacher=teacher,
        origin=origin,
        destination=destination,
        kind="secondment",
        ground="exchange",
        start="2020-09",
    )


def teach(teacher: int, campus: str, periods: int, subject: str = "chinese") -> Teaching:
    return Teaching(teacher=T(teacher), section=campus, subject=subject, periods=periods)


AWAY = move(T(1), "C1.junior", "C2.junior")
FLAWED: dict[str, tuple[Plan, str, str]] = {
    "an unknown teacher": (
        Plan(moves=(move("T99", "C1.junior", "C2.junior"),)),
        "moves[0]",
        "T99 is not in this county",
    ),
    "an unknown section": (
        Plan(moves=(move(T(1), "C1.junior", "C2.primary"),)),
        "moves[0]",
        "C2.primary is not in this county",
    ),
    "a teacher moved twice": (
        Plan(moves=(AWAY, move(T(1), "C1.junior", "C3.junior"))),
        "moves[1]",
        "moved twice",
    ),
    "a wrong origin": (
        Plan(moves=(move(T(1), "C3.junior", "C2.junior"),)),
        "moves[0]",
        "serves at C1.junior",
    ),
    "a move to where they are": (
        Plan(moves=(move(T(1), "C1.junior", "C1.junior"),)),
        "moves[0]",
        "moves to where they are",
    ),
    "one period over the load": (
        Plan(teaching=(teach(1, "C1.junior", 11),)),
        "teaching",
        "T00001 is given more than a full load",
    ),
    "two entries over the load": (
        Plan(teaching=(teach(1, "C1.junior", 6), teach(1, "C1.junior", 5))),
        "teaching",
        "T00001 is given more than a full load",
    ),
    "teaching elsewhere": (
        Plan(teaching=(teach(1, "C2.junior", 5),)),
        "teaching[0]",
        "does not serve at C2.junior",
    ),
    "teaching at the school left": (
        Plan(moves=(AWAY,), teaching=(teach(1, "C1.junior", 5),)),
        "teaching[0]",
        "does not serve at C1.junior",
    ),
    "teaching while long sick": (
        Plan(teaching=(teach(9, "C2.junior", 5, "maths"),)),
        "teaching[0]",
        "T00009 is not in post",
    ),
    "another subject": (
        Plan(teaching=(teach(1, "C1.junior", 5, "maths"),)),
        "teaching[0]",
        "does not teach maths",
    ),
    "teaching by a stranger": (
        Plan(teaching=(teach(99, "C1.junior", 5),)),
        "teaching[0]",
        "T00099 or subject chinese unknown",
    ),
    "a subject nobody knows": (
        Plan(teaching=(teach(1, "C1.junior", 5, "latin"),)),
        "teaching[0]",
        "subject latin unknown",
    ),
}


@pytest.mark.parametrize("flaw", FLAWED)
def test_what_cannot_be_is_refused_with_its_path(flaw: str) -> None:
    plan, path, words = FLAWED[flaw]
    with pytest.raises(DataError) as caught:
        placement(TOY, plan)
    assert [p.path for p in caught.value.problems] == [path]
    assert words in str(caught.value)


def test_a_move_to_another_stage_is_refused() -> None:
    """A teacher stays within the stage taught: true of any plan and no policy (model.py)."""
    with pytest.raises(DataError):
        placement(TOY, Plan(moves=(move(T(1), "C1.junior", "C5.primary"),)))


def test_several_flaws_are_told_at_once() -> None:
    moves = (AWAY, move("T98", "C1.junior", "C2.junior"), move(T(2), "C3.junior", "C2.junior"))
    with pytest.raises(DataError) as caught:
        placement(TOY, Plan(moves=moves))
    assert [p.path for p in caught.value.problems] == ["moves[1]", "moves[2]"]


def test_a_full_load_and_teaching_at_the_new_school_are_taken() -> None:
    plan = Plan(moves=(AWAY,), teaching=(teach(1, "C2.junior", 10), teach(8, "C2.junior", 5)))
    assert placement(TOY, plan).taught["C2.junior", "chinese"] == 15
