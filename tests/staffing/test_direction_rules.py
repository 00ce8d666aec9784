"""Directions, groups and opening teams on the toy county, counted by hand.

Urban: S1, S5, S7 in T1. Township seat: S2 in T2, S4 in T3. Rural: S3, S6 in T2. Zone Z1 is T1 and
T2, zone Z2 is T3.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

import numpy as np
import pytest

from allocator.county.county import County
from allocator.county.plan import Plan, Supply
from allocator.county.supply import SupplyOffer
from allocator.insight import place_name
from allocator.modelling import Firmness, Text
from allocator.samples import toy_scenario
from allocator.solving import solve_scenario
from allocator.solving.program import least_slack
from allocator.staffing.model import build
from allocator.staffing.placement import Placement, placement
from allocator.staffing.rule import StaffingRule
from allocator.staffing.rules import (
    DirectionFloor,
    GroupLock,
    OpeningTeamFloor,
    TurnoverCap,
)
from tests.staffing.plans import ORDER, TERMS, configured
from tests.staffing.toy import (
    TOY,
    T,
    grouped,
    opening,
    readings,
    refuses,
    short,
    two_campuses,
    varied,
)

# 1 Directions


@pytest.mark.parametrize(
    ("moves", "counted"),
    [
        ({}, (0, 0, 0)),
        ({1: "C2", 2: "C3", 14: "C6"}, (3, 0, 0)),  # to a seat, to a village, in primary
        ({8: "C1", 12: "C1", 18: "C5"}, (0, 3, 0)),
        ({8: "C4", 12: "C2"}, (0, 0, 2)),  # T2 and T3, there and back
        ({8: "C3", 11: "C2"}, (0, 0, 0)),  # inside T2
    ],
)
def test_people_are_counted_by_direction(moves: Any, counted: tuple[int, ...]) -> None:
    found = readings(DirectionFloor(), TOY, moves)
    assert list(found) == ["urban_to_rural", "rural_to_urban", "between_townships"]
    assert tuple(r.actual for r in found.values()) == counted


def test_a_number_is_kept_on_the_limit_and_missed_by_one_below() -> None:
    rule = DirectionFloor(urban_to_rural=2, rural_to_urban=1, between_townships=1)
    assert short(rule, TOY, {1: "C2"}) == {
        "urban_to_rural": 1,
        "rural_to_urban": 1,
        "between_townships": 1,
    }
    assert short(rule, TOY, {1: "C2", 2: "C3", 8: "C4", 12: "C1"}) == {}


def test_zero_asks_for_nothing() -> None:
    rule = DirectionFloor(urban_to_rural=0, rural_to_urban=1, between_townships=0)
    assert set(readings(rule, TOY, {})) == {"rural_to_urban"}
    assert short(rule, TOY, {}) == {"rural_to_urban": 1}


def test_the_areas_meant_are_the_planners() -> None:
    villages = DirectionFloor(urban_to_rural=1, rural=("rural",))
    assert "urban_to_rural" in short(villages, TOY, {1: "C2"})
    assert "urban_to_rural" not in short(villages, TOY, {1: "C3"})
    seats = DirectionFloor(urban_to_rural=1, urban=("township_seat",), rural=("rural",))
    assert "urban_to_rural" in short(seats, TOY, {1: "C3"})
    assert "urban_to_rural" not in short(seats, TOY, {8: "C3"})


def test_moves_inside_a_school_or_on_other_grounds_do_not_count() -> None:
    rule = DirectionFloor(urban_to_rural=1)
    assert readings(rule, two_campuses(), {6: "C8"})["urban_to_rural"].actual == 0
    surplus = DirectionFloor(urban_to_rural=1, grounds=("surplus",))
    assert readings(surplus, TOY, {1: "C2"})["urban_to_rural"].actual == 0
    assert readings(surplus, TOY, {1: "C2"}, "surplus")["urban_to_rural"].actual == 1


def test_every_parameter_stands_in_the_sentence() -> None:
    for rule in (DirectionFloor, GroupLock, OpeningTeamFloor):
        for parameter in rule.parameters():
            for text in rule.sentence:
                assert f"{{{parameter.name}}}" in text


# 2 Groups and zones


@pytest.mark.parametrize(
    ("inside", "teacher", "campus", "refused"),
    [
        ("group", 1, "C4", False),  # G1, in the other zone
        ("group", 1, "C2", True),  # to G2
        ("group", 1, "C3", True),  # to no group
        ("group", 11, "C2", True),  # from no group into one
        ("group", 14, "C6", False),  # both in no group
        ("zone", 1, "C4", True),
        ("zone", 1, "C2", False),
        ("either", 1, "C4", False),
        ("either", 1, "C2", False),
        ("either", 8, "C4", True),  # G2 in the west, G1 in the east
        ("either", 11, "C4", True),  # no group is no common group
    ],
)
def test_moves_stay_inside_the_group_or_the_zone(
    inside: Any, teacher: int, campus: str, refused: bool
) -> None:
    assert refuses(GroupLock(inside=inside), grouped(), teacher, campus) is refused


def test_two_schools_in_no_group_and_no_common_zone_are_apart() -> None:
    assert refuses(GroupLock(), TOY, 11, "C4")
    assert not refuses(GroupLock(inside="group"), TOY, 11, "C4")


def test_moves_out_of_a_group_are_counted_at_the_school_they_leave() -> None:
    moves = {1: "C4", 6: "C2", 7: "C3", 8: "C3"}
    assert short(GroupLock(inside="group"), grouped(), moves) == {"S1": 2, "S2": 1}


def test_an_appointment_and_an_opening_school_are_not_judged() -> None:
    result = {"teacher": T(8), "campus": "C4"}
    held = ({"id": "R1", "name": "示例", "kind": "application", "appointments": (result,)},)
    assert not refuses(GroupLock(), varied(rounds=held), 8, "C4")
    assert refuses(GroupLock(), varied(rounds=held), 1, "C4")
    assert refuses(GroupLock(), opening(), 12, "C2")
    assert not refuses(GroupLock(), opening(), 12, "C8")
    assert short(GroupLock(), opening(), {12: "C8"}) == {}


# 3 Opening teams: S8 teaches Chinese, maths and music


def test_nothing_is_read_where_no_school_opens() -> None:
    assert readings(OpeningTeamFloor(), TOY, {}) == {}


def test_a_team_of_nobody_lacks_its_backbone_teachers_only() -> None:
    # no English is taught in the toy county
    assert short(OpeningTeamFloor(), opening(), {}) == {"S8:chinese": 1, "S8:maths": 1}


@pytest.mark.parametrize(
    ("moves", "missing"),
    [
        ({1: "C8", 4: "C8"}, {}),
        ({1: "C8", 4: "C8", 7: "C8", 12: "C8"}, {}),  # two of four are new: exactly half
        ({1: "C8", 4: "C8", 7: "C8", 12: "C8", 11: "C8"}, {"S8:experienced": 1}),  # 2.5 of 5
        ({2: "C8", 8: "C8"}, {"S8:maths": 1}),  # T2 is a backbone teacher of Chinese
    ],
)
def test_half_the_team_is_experienced_and_each_main_subject_has_a_backbone_teacher(
    moves: Any, missing: Any
) -> None:
    assert short(OpeningTeamFloor(), opening(), moves) == missing


def test_experience_is_whole_years_of_work() -> None:
    # T1 has worked since August 2005: 14 years, 15 only in August 2020
    for years, missing in ((14, {}), (15, {"S8:experienced": 1})):
        rule = OpeningTeamFloor(years=years, main_subjects=())
        assert short(rule, opening(), {1: "C8"}) == missing


def test_the_main_subjects_and_the_numbers_are_the_planners() -> None:
    music = OpeningTeamFloor(main_subjects=("music",), backbone_per_subject=2)
    assert short(music, opening(), {1: "C8"}) == {"S8:music": 2}
    assert short(OpeningTeamFloor(backbone_per_subject=0), opening(), {}) == {}


class Offered(StaffingRule):
    """Opens all the county's further supply, and asks for nothing."""

    title: ClassVar[Text] = Text("", "")
    sentence: ClassVar[Text] = Text("", "")
    measure: ClassVar[Text] = Text("", "")
    clause: ClassVar[Text] = Text("", "")
    formula: ClassVar[str] = ""
    default_firmness: ClassVar[Firmness] = "must"
    tier: ClassVar[str] = "rates"

    def offers(self, county: County) -> tuple[SupplyOffer, ...]:
        """Everything."""
        return county.supply

    def readings(self, county: County, plan: Placement) -> Any:
        """Nothing."""
        return iter(())


@pytest.mark.parametrize(("hires", "missing"), [(0, 0), (1, 0), (2, 1), (3, 1), (4, 2)])
def test_hires_are_in_the_team_and_not_experienced(hires: int, missing: int) -> None:
    # T1 alone is experienced: half of 1 + hires, rounded up, less one
    offer = {"kind": "hire", "stage": "junior", "subject": "maths", "count": 4}
    county = County.model_validate(opening().model_dump() | {"supply": (offer,)})
    rules = configured(OpeningTeamFloor(main_subjects=()), Offered())
    allocation = build(county, rules, ORDER, TERMS)
    levels = np.zeros(len(allocation.names))
    levels[_column(allocation.names, "transfer[T00001,C8")] = 1
    levels[_column(allocation.names, "supply[hire.junior.maths,C8")] = hires
    plan = allocation.decode(levels)
    assert plan.supply == (_hired(hires) if hires else ())
    row = next(r for r in allocation.rules[0].rows if r.where == "S8:experienced")
    read = list(rules[0].rule.readings(county, placement(county, Plan(**dict(plan)))))
    assert [r.shortfall for r in read] == [missing] == [least_slack(row, levels)]


def _column(names: tuple[str, ...], start: str) -> int:
    return next(n for n, name in enumerate(names) if name.startswith(start))


def _hired(count: int) -> tuple[Supply, ...]:
    return (Supply(section="C8.junior", subject="maths", kind="hire", count=count),)


def test_an_opening_team_breaks_no_cap_on_turnover() -> None:
    team = {1: "C8", 2: "C8", 4: "C8", 6: "C8", 8: "C8"}
    assert short(TurnoverCap(), opening(), team) == {}
    assert not [w for w in readings(TurnoverCap(), opening(), team) if w.startswith("S8")]


def test_a_solved_plan_staffs_the_opening_school_as_asked() -> None:
    county = opening()
    scenario = toy_scenario().model_copy(update={"county": county, "admission": None})
    part = solve_scenario(scenario).part("staffing")
    assert part is not None
    assert part.audit is not None
    assert part.audit.clean
    kept = {v.rule: v.kept for v in part.audit.verdicts}
    assert kept["opening_team_floor"]


def test_places_are_called_by_name() -> None:
    scenario = toy_scenario().model_copy(update={"county": opening()})
    assert place_name(scenario, "urban_to_rural") == "城到乡"
    assert place_name(scenario, "between_townships", "en") == "between townships"
    assert place_name(scenario, "S8:experienced") == "示例镇初中（有经验教师）"
    assert place_name(scenario, "S8:maths", "en") == "示例镇初中 (Mathematics)"


def test_a_share_of_all_is_everybody() -> None:
    rule = OpeningTeamFloor(experienced_at_least=Decimal(1), main_subjects=())
    assert short(rule, opening(), {1: "C8", 7: "C8", 12: "C8"}) == {"S8:experienced": 2}
