"""The balance rule by hand: each coefficient, the largest, the mean, and the path of the caps."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from pydantic import ValidationError

from allocator.county.county import County
from allocator.county.indicators import STAFF_INDICATORS, Indicator
from allocator.modelling import verdict
from allocator.staffing.model import build
from allocator.staffing.rules.balance_cap import BalanceCap, Binds
from allocator.staffing.rules.resource_floor import ResourceFloor
from tests.staffing.plans import ORDER, TERMS, defaults
from tests.staffing.toy import TOY, opening, readings, short, slack, two_campuses, varied

# Each coefficient


def capped(
    primary: str | int, junior: str | int, *indicators: Indicator, binds: Binds = "each"
) -> BalanceCap:
    """Caps that are the same in every year."""
    return BalanceCap(
        primary_from=Decimal(primary),
        primary_at_most=Decimal(primary),
        junior_from=Decimal(junior),
        junior_at_most=Decimal(junior),
        indicators=indicators,
        binds=binds,
    )


def even() -> County:
    """S5 and S6 with 50 pupils each, three and one teachers with a college degree."""
    pupils = {"pupils": 50}
    return varied({15: {"status": "long_sick"}}, {5: pupils, 6: pupils})


def test_three_and_one_teachers_on_equal_schools_have_a_coefficient_of_one_half() -> None:
    county = even()
    rule = capped("0.5", 3, "L1")
    reading = readings(rule, county, {})["L1.primary"]
    assert reading.actual == pytest.approx(0.5)
    assert short(rule, county, {}) == {}  # exactly on the cap


def test_the_excess_is_in_thousandths_of_the_square() -> None:
    rule = capped("0.49", 3, "L1")
    # .25 less .2401, times a thousand
    assert short(rule, even(), {}) == pytest.approx({"L1.primary": 9.9})
    assert short(rule, even(), {14: "C6"}) == {}  # two and two


def test_each_indicator_and_stage_has_its_own_reading() -> None:
    rule = capped("0.5", "1.3", *STAFF_INDICATORS)
    # L2 and L3: 1/3 - .25 in primary schools, 1.9 - 1.69 in junior ones
    missing = {"L2.primary": 1000 / 12, "L3.primary": 1000 / 12}
    missing |= {"L2.junior": 210.0, "L3.junior": 210.0}
    assert short(rule, TOY, {}) == pytest.approx(missing)
    assert short(capped("0.5", "1.3", "L1"), TOY, {}) == {}


def test_a_move_across_schools_changes_both_their_counts() -> None:
    rule = capped(3, 3, "L2")
    moved = readings(rule, TOY, {4: "C2"})["L2.junior"]
    # 2 at 150 pupils and 1 at 120: 435 / 9 * (4/150 + 1/120) - 1 = 83/120
    assert moved.actual**2 == pytest.approx(83 / 120)


def test_staff_of_a_closed_school_placed_elsewhere_add_to_no_total() -> None:
    """A school without pupils is no row of the balance, but its people can come into it."""
    none = {"pupils": 0, "classes": (0, 0, 0), "graduates": 0, "registered_graduates": 0}
    county = varied(sections={3: none})
    rule = capped(3, "0.5", "L1")
    # 7, 1, 2, 2 on 150, 120, 80, 45: twelve with T11
    square = 395 / 144 * (49 / 150 + 1 / 120 + 4 / 80 + 4 / 45) - 1
    assert readings(rule, county, {11: "C2"})["L1.junior"].actual ** 2 == pytest.approx(square)
    assert short(rule, county, {11: "C2"}) == pytest.approx({"L1.junior": 1000 * (square - 0.25)})


def test_a_new_school_without_pupils_is_no_row_of_the_balance() -> None:
    none = {"pupils": 0, "classes": (0, 0, 0), "graduates": 0, "registered_graduates": 0}
    data = opening().model_dump()
    extra = ({"subject": "chinese", "periods": 4},)
    data["schools"][7]["campuses"][0]["sections"][0].update(none, extra_periods=extra)
    county = County.model_validate(data)
    rule = capped(3, 3, "L2")
    assert short(rule, county, {1: "C8"}) == {}
    # of four backbone teachers T1, T2, T4 at S1 and one idle at S8: X = 3 in all, two at S1
    found = readings(rule, county, {1: "C8"})["L2.junior"].actual ** 2
    assert found == pytest.approx(435 / 9 * (4 / 150) - 2 * 2 / 3 + 1)


@pytest.mark.parametrize("binds", ["each", "largest", "mean"])
def test_people_at_a_campus_without_pupils_count_once_with_their_school(binds: Binds) -> None:
    data = two_campuses().model_dump()
    none = {"pupils": 0, "classes": (0, 0, 0), "graduates": 0, "registered_graduates": 0}
    data["schools"][0]["campuses"][0]["sections"][0].update(none)
    county = County.model_validate(data)
    rule = capped(3, 2, "L2", binds=binds)
    # All three backbone teachers are at S1, at the campus without pupils; the other has 60 of 345.
    square = 345 / 9 * (9 / 60) - 1
    excess = square**0.5 - 2 if binds == "mean" else square - 4
    (found,) = short(rule, county, {}).values()
    assert found == pytest.approx(1000 * excess)


# The largest


def with_floors(*floors: float) -> County:
    """Two primary schools of 50 pupils with 3 and 1 college degrees, and so much floor area."""
    sections = {
        n: {"pupils": 50, "facilities": {"floor_area": floor}}
        for n, floor in zip((5, 6), floors, strict=True)
    }
    return varied({15: {"status": "long_sick"}}, sections)


def test_the_largest_is_one_figure_a_stage_and_says_which_it_is() -> None:
    rule = capped("0.4", 3, "L1", "L4", binds="largest")
    county = with_floors(300, 100)  # .5 in L1 and in L4
    assert short(rule, with_floors(200, 200), {}) == pytest.approx({"primary": 90.0})
    assert short(rule, county, {}) == pytest.approx({"primary": 90.0})
    # L1 is even now; the floors stay as they are
    assert short(rule, county, {14: "C6"}) == pytest.approx({"primary": 90.0})
    reading = readings(rule, county, {14: "C6"})["primary"]
    assert reading.actual == pytest.approx(0.5)
    said = verdict(rule, reading, "小学", "zh")
    assert said == "小学：最大差异系数（L4）0.500，应不超过0.400，超出0.100"


def test_facilities_are_read_one_by_one_too() -> None:
    rule = capped("0.4", 3, "L1", "L4")
    found = short(rule, with_floors(300, 100), {14: "C6"})
    assert found == pytest.approx({"L4.primary": 90.0})


# The mean


def test_the_mean_is_over_the_indicators_with_data() -> None:
    rule = capped("0.2", 3, "L1", "L4", "L5", binds="mean")
    county = with_floors(200, 200)  # .5 in L1, 0 in L4, no sports area recorded
    reading = readings(rule, county, {})["primary"]
    assert reading.actual == pytest.approx(0.25)
    assert short(rule, county, {}) == pytest.approx({"primary": 50.0})
    assert short(rule, county, {14: "C6"}) == {}
    assert short(capped("0.25", 3, "L1", "L4", binds="mean"), county, {}) == {}  # on the cap
    assert "2项差异系数的均值0.250" in verdict(rule, reading, "小学", "zh")


def test_the_mean_moves_with_people() -> None:
    rule = capped(3, "0.5", "L1", "L2", binds="mean")
    # L1: 7, 0, 1, 2, 2 of twelve on 150, 120, 40, 80, 45; L2: all three at S1
    first = 435 / 144 * (49 / 150 + 1 / 40 + 4 / 80 + 4 / 45) - 1
    mean = (first**0.5 + 1.9**0.5) / 2
    assert readings(rule, TOY, {})["junior"].actual == pytest.approx(mean)
    assert short(rule, TOY, {}) == pytest.approx({"junior": 1000 * (mean - 0.5)})
    # T4 to S2: 6, 1, 1, 2, 2 and 2, 1
    first = 435 / 144 * (36 / 150 + 1 / 120 + 1 / 40 + 4 / 80 + 4 / 45) - 1
    mean = (first**0.5 + (83 / 120) ** 0.5) / 2
    assert short(rule, TOY, {4: "C2"}) == pytest.approx({"junior": 1000 * (mean - 0.5)})


def test_the_published_example_is_reproduced() -> None:
    pupils, floors = (45, 37, 89, 76, 55), (279, 137, 935, 160, 402)
    sections = {
        n: {"pupils": p, "facilities": {"floor_area": x}}
        for n, p, x in zip((1, 2, 3, 4, 7), pupils, floors, strict=True)
    }
    rule = capped(3, "0.5", "L4", binds="mean")
    assert readings(rule, varied(sections=sections), {})["junior"].actual == pytest.approx(
        0.515, abs=5e-4
    )
    assert slack(rule, varied(sections=sections), {})["junior"] == pytest.approx(15.3, abs=0.1)


def test_staff_of_a_closed_school_count_in_the_mean_as_in_each() -> None:
    none = {"pupils": 0, "classes": (0, 0, 0), "graduates": 0, "registered_graduates": 0}
    county = varied(sections={3: none})
    for moves in ({}, {11: "C2"}):
        one = readings(capped(3, 3, "L1"), county, moves)["L1.junior"].actual
        mean = short(capped(3, "0.1", "L1", binds="mean"), county, moves)
        assert mean == pytest.approx({"junior": 1000 * (one - 0.1)})


# The path


@pytest.mark.parametrize(
    ("year", "primary", "junior"),
    [
        (2015, "0.35", "0.30"),
        (2020, "0.35", "0.30"),
        (2021, "0.34", "0.29"),
        (2024, "0.31", "0.26"),
        (2025, "0.30", "0.25"),
        (2031, "0.30", "0.25"),
    ],
)
def test_caps_follow_a_straight_line_between_the_years(year, primary, junior) -> None:
    rule = BalanceCap()
    assert rule.path("primary", year) == Fraction(primary)
    assert rule.path("junior", year) == Fraction(junior)


def test_a_path_is_exact_where_decimals_end() -> None:
    rule = BalanceCap(primary_from=Decimal("0.4"), primary_at_most=Decimal("0.3"), to_year=2023)
    assert rule.path("primary", 2021) == Fraction(11, 30)


def test_the_year_is_that_of_the_data() -> None:
    assert BalanceCap().cap("primary", TOY) == 0.35
    assert BalanceCap().cap("primary", TOY.model_copy(update={"as_of": "2022-12"})) == 0.33


def test_a_path_back_in_time_is_refused() -> None:
    with pytest.raises(ValidationError, match="2025"):
        BalanceCap(from_year=2025)


# Private schools


def test_private_schools_are_rows_that_nobody_leaves_or_joins() -> None:
    rule = capped(3, 3, "L1")
    fewer = varied({19: {"status": "long_sick"}})
    assert readings(rule, TOY, {}) != readings(rule, fewer, {})
    names = build(TOY, defaults(), ORDER, TERMS).names
    assert not any("T00019" in n or "T00020" in n or "C7." in n for n in names)


# What each school has


def equipped(**amounts: float) -> County:
    """S5 with 90 pupils and the amounts given; it meets L1 to L3 as it is."""
    enough = {"floor_area": 540, "sports_area": 900, "equipment": 234000, "multimedia_rooms": 3}
    return varied(sections={5: {"facilities": enough | amounts}})


@pytest.mark.parametrize(
    ("amounts", "met", "missing"),
    [
        ({}, 7, 0),
        ({"sports_area": 0.85 * 7.5 * 90}, 6, 0),  # exactly 85 % of the seventh
        ({"sports_area": 570}, 6, 1),  # 6.33 of 7.5: 84 %
        ({"sports_area": 600, "floor_area": 400}, 5, 1),  # 89 % and 99 %: one must rise
        ({"sports_area": 0, "floor_area": 0}, 5, 2),
    ],
)
def test_six_thresholds_and_most_of_the_seventh_are_needed(amounts, met, missing) -> None:
    reading = readings(ResourceFloor(), equipped(**amounts), {})["S5:primary"]
    assert (reading.actual, reading.shortfall) == (met, missing)
    assert reading.kept == (missing == 0)


def test_a_low_indicator_is_named() -> None:
    county = equipped(sports_area=570)
    reading = readings(ResourceFloor(), county, {})["S5:primary"]
    said = verdict(ResourceFloor(), reading, "S5", "zh")
    assert said == "S5：达到要求的指标（L5 过低）6项，应不少于7项，差1项"


def test_a_school_without_all_data_is_not_judged() -> None:
    found = readings(ResourceFloor(), varied(sections={5: {"facilities": {}}}), {})
    assert set(found) == {f"S{n}:junior" for n in (1, 2, 3, 4, 7)} | {"S6:primary"}


def test_a_backbone_teacher_who_leaves_takes_an_indicator_along() -> None:
    reading = readings(ResourceFloor(), equipped(), {17: "C6"})["S5:primary"]
    # T17 was the only one of L2 and L3, and one of the four of L1 that 4.2 per 100 ask for
    assert (reading.actual, reading.shortfall) == (4, 3)
