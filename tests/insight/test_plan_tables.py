"""The plan's Table 1 on the toy county, counted by hand."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pytest

from allocator.county.plan import Move, Plan
from allocator.county.reported import Reported
from allocator.insight import plan_indicators, plan_indicators_missing
from allocator.samples import sample_scenario, toy_scenario
from allocator.scenario import Scenario, with_rule

TOY = toy_scenario()
NOBODY = Plan()


def _move(teacher: str, origin: str, destination: str) -> Move:
    return Move(
        teacher=teacher, origin=origin, destination=destination, kind="secondment",
        ground="exchange", start="2020-09", years=3,
    )  # fmt: skip


TWO_FAMOUS = Plan(
    moves=(
        _move("T00001", "C1.junior", "C2.junior"),
        _move("T00004", "C1.junior", "C4.junior"),
    )
)
"""A county famous teacher and a city famous teacher leave S1 for S2 and S4."""


def _county(**update: Any) -> Scenario:
    return TOY.model_copy(update={"county": TOY.county.model_copy(update=update)})


def _rows(scenario: Scenario, plan: Plan = NOBODY) -> dict[str, dict[str, Any]]:
    table = plan_indicators(scenario, plan, "en").to_dict("records")
    return {f"{row['number']} {row['indicator_name']}": dict(row) for row in table}


def _row(scenario: Scenario, start: str, plan: Plan = NOBODY) -> dict[str, Any]:
    (found,) = [row for name, row in _rows(scenario, plan).items() if name.startswith(start)]
    return found


def _cv(counts: tuple[int, ...], pupils: tuple[int, ...]) -> float:
    """With a fixed total CV^2 = (P / x^2) sum x_i^2 / P_i - 1."""
    terms = sum(x * x / p for x, p in zip(counts, pupils, strict=True))
    return math.sqrt(sum(pupils) / sum(counts) ** 2 * terms - 1)


def test_only_rows_with_data_are_listed_in_the_order_of_the_plan() -> None:
    numbers = plan_indicators(TOY, NOBODY)["number"].tolist()
    assert numbers == [8, 15, 15, 17, 17, 19, 20, 21, 21]
    assert plan_indicators_missing(TOY, NOBODY, "en")[:7] == (
        "1", "2", "3", "4", "5", "6 (preschool)", "6 (compulsory stage)",
    )  # fmt: skip
    assert len(plan_indicators_missing(TOY, NOBODY)) == 29 - 8


def test_a_total_typed_in_is_not_moved_by_a_plan() -> None:
    row = _row(TOY, "8 ", TWO_FAMOUS)
    assert (row["in_2020"], row["by_2025"]) == (0.994, 0.995)
    assert row["now"] == row["after"] == pytest.approx(117 / 120)
    assert (row["computed_from"], row["typed_as_of"]) == ("typed_in", "2019-12")
    assert row["target"] == 0.994
    assert not row["kept"]
    assert _row(TOY, "15 teachers with a postgraduate degree (senior)")["now"] == 0.05


def test_postgraduates_are_counted_among_all_junior_teachers() -> None:
    # fifteen teach in junior highs, one of them long sick, two in the private school
    masters = {"T00009", "T00019", "T00014"}  # the last in a primary school
    teachers = tuple(
        t.model_copy(update={"degree": "master"}) if t.id in masters else t
        for t in TOY.county.teachers
    )
    row = _row(_county(teachers=teachers), "15 teachers with a postgraduate degree (junior)")
    assert row["now"] == row["after"] == pytest.approx(2 / 15)
    assert row["computed_from"] == "roster"
    assert row["kept"]


def test_17_is_the_mean_of_the_coefficients_with_data_before_and_after() -> None:
    # S1, S2, S3, S4 and the private S7; floor and sports area are even; 2,600 yuan a pupil, 2,400
    # at S2; 4, 4, 1, 2, 1 rooms
    pupils = (150, 120, 40, 80, 45)
    equipment = (390_000, 288_000, 104_000, 208_000, 117_000)
    fixed = _cv(equipment, pupils) + _cv((4, 4, 1, 2, 1), pupils)
    before = [_cv(c, pupils) for c in ((7, 0, 1, 2, 2), (3, 0, 0, 0, 0), (2, 0, 0, 0, 0))]
    after = [_cv(c, pupils) for c in ((5, 1, 1, 3, 2), (1, 1, 0, 1, 0), (2, 0, 0, 0, 0))]
    row = _row(TOY, "17 inter-school difference coefficient (junior)", TWO_FAMOUS)
    assert row["now"] == pytest.approx((sum(before) + fixed) / 7)
    assert row["after"] == pytest.approx((sum(after) + fixed) / 7)
    assert (row["computed_from"], row["target"], row["by_2025"]) == ("plan", 0.3, 0.25)
    assert not row["kept"]
    assert _row(TOY, "17 inter-school difference coefficient (primary)")["kept"]


def test_people_are_counted_at_their_highest_honour() -> None:
    assert _row(TOY, "19 ")["now"] == 0
    assert _row(TOY, "20 ")["now"] == 1
    both = tuple(
        t.model_copy(update={"honours": ("city_famous", "province_special")})
        if t.id == "T00004"
        else t
        for t in TOY.county.teachers
    )
    assert _row(_county(teachers=both), "19 ")["now"] == 1
    assert _row(_county(teachers=both), "20 ")["now"] == 0


def test_typed_in_beats_the_roster_only_where_the_plan_counts_more_than_it() -> None:
    typed = (
        Reported(indicator=19, value=Decimal(18), as_of="2020-06"),
        Reported(indicator=15, part="junior", value=Decimal("0.5"), as_of="2020-06"),
        Reported(indicator=17, part="junior", value=Decimal("0.1"), as_of="2020-06"),
        Reported(indicator=21, value=Decimal(3), as_of="2020-06"),
    )
    scenario = _county(reported=typed)
    assert (_row(scenario, "19 ")["now"], _row(scenario, "19 ")["kept"]) == (18, True)
    for start in (
        "15 teachers with a postgraduate degree (junior)",
        "17 inter-school difference coefficient (junior)",
        "21 famous",
    ):
        assert _row(scenario, start)["now"] == _row(TOY, start)["now"]


def test_21_goes_by_the_pupils_of_rural_junior_highs_and_says_how_many_reach_it() -> None:
    # S2, S3 and S4 have 120, 40 and 80 pupils and need 2, 1 and 1
    row = _row(TOY, "21 famous", TWO_FAMOUS)
    assert (row["now"], row["after"]) == (0, pytest.approx(100 * 2 / 240))
    assert row["by_2025"] == 1
    assert math.isnan(row["target"])
    schools = _row(TOY, "21 rural", TWO_FAMOUS)
    assert (schools["now"], schools["after"], schools["by_2025"]) == (0, 1, 3)


def test_21_counts_who_the_scenario_calls_famous() -> None:
    only_city = {"rule": "famous_teacher_floor", "parameters": {"lowest_level": "city_famous"}}
    row = _row(with_rule(TOY, "staffing", only_city), "21 famous", TWO_FAMOUS)
    assert row["after"] == pytest.approx(100 / 240)


def test_21_counts_a_secondment_by_the_weight_of_the_rule() -> None:
    half = {"rule": "famous_teacher_floor", "parameters": {"seconded": 0.5}}
    scenario = with_rule(TOY, "staffing", half)
    assert _row(scenario, "21 famous", TWO_FAMOUS)["after"] == pytest.approx(
        100 * (0.5 + 0.5) / 240
    )
    assert _row(scenario, "21 rural", TWO_FAMOUS)["after"] == 0


@pytest.mark.parametrize(
    ("as_of", "senior", "famous"),
    [("2023-06", 0.1488, None), ("2025-06", 0.22, 1.0), ("2027-06", 0.22, 1.0)],
)
def test_the_target_is_that_of_the_countys_year(
    as_of: str, senior: float, famous: float | None
) -> None:
    scenario = _county(as_of=as_of)
    row = _row(scenario, "15 teachers with a postgraduate degree (senior)")
    assert row["target"] == pytest.approx(senior)
    row = _row(scenario, "21 famous")
    assert row["target"] == famous if famous is not None else math.isnan(row["target"])
    schools = _row(scenario, "21 rural", TWO_FAMOUS)
    assert (schools["target"] == 3) == (famous is not None)


def test_a_county_without_a_roster_lists_what_is_typed_in() -> None:
    scenario = _county(teachers=())
    assert plan_indicators(scenario, NOBODY)["number"].tolist() == [8, 15, 17, 17]
    assert {"15 (junior)", "19", "20", "21"} <= set(plan_indicators_missing(scenario, NOBODY, "en"))


def test_the_sample_county_has_every_figure_the_plan_gives_for_2020() -> None:
    sample = sample_scenario(teachers=1500)
    table = plan_indicators(sample, NOBODY)
    typed = table[table["computed_from"] == "typed_in"]
    assert len(typed) == 16
    assert typed["now"].tolist() == typed["in_2020"].tolist()
    assert plan_indicators_missing(sample, NOBODY, "en") == (
        "2", "6 (preschool)", "6 (compulsory stage)", "6 (senior)", "11", "18", "25",
    )  # fmt: skip
