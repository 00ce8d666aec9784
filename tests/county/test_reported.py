"""The plan's Table 1 as data, and the totals typed in for it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from allocator.county.county import County
from allocator.county.frozen import DataError
from allocator.county.plan_table import PARTS, PLAN_INDICATORS, parts_of
from allocator.county.reported import Reported
from allocator.samples.toy import toy_county
from allocator.words import tell


def _wrong(*totals: dict[str, Any]) -> dict[str, str]:
    """Path -> what a planner reads."""
    data = toy_county().model_dump(mode="json")
    data["reported"] = [{"as_of": "2020-06", **t} for t in totals]
    with pytest.raises(ValidationError) as caught:
        County.model_validate(data)
    (fault,) = caught.value.errors()
    error = fault["ctx"]["error"]
    assert isinstance(error, DataError)
    return {p.path: tell(p, "en") for p in error.problems}


def test_the_table_has_all_25_numbers_and_splits_three_of_them() -> None:
    assert [i.number for i in PLAN_INDICATORS] == sorted(
        [*range(1, 26), 6, 6, 15, 17]  # three parts, two and two
    )
    split = {i.number: [p.part for p in parts_of(i.number)] for i in PLAN_INDICATORS if i.part}
    assert split == {
        6: ["preschool", "compulsory", "senior"],
        15: ["junior", "senior"],
        17: ["primary", "junior"],
    }
    assert {i.part for i in PLAN_INDICATORS if i.part} == set(PARTS)


def test_only_the_difference_coefficient_shall_fall() -> None:
    for about in PLAN_INDICATORS:
        if about.in_2020 is not None:
            assert (about.by_2025 < about.in_2020) == about.less_is_better == (about.number == 17)


@pytest.mark.parametrize(
    ("year", "target"),
    [(2018, "6"), (2020, "6"), (2021, "11.8"), (2023, "23.4"), (2025, "35"), (2030, "35")],
)
def test_the_target_of_a_year_lies_on_the_straight_line(year: int, target: str) -> None:
    (modern_schools,) = parts_of(13)
    assert modern_schools.target(year) == Decimal(target)


def test_without_a_value_of_2020_only_2025_has_a_target() -> None:
    (famous,) = parts_of(21)
    assert [famous.target(year) for year in (2020, 2024, 2025)] == [None, None, 1]


def test_a_part_of_a_whole_is_exact_and_a_value_stands_as_it_is() -> None:
    part = Reported(indicator=3, numerator=Decimal(1), denominator=Decimal(3), as_of="2020-06")
    assert part.figure("share") == Fraction(1, 3)
    assert part.figure("per_100") == Fraction(100, 3)
    given = Reported(indicator=22, value=Decimal("12.3"), as_of="2020-06")
    assert given.figure("years") == Fraction(123, 10)


def test_every_wrong_total_is_told_with_its_path() -> None:
    found = _wrong(
        {"indicator": 26, "value": 1},
        {"indicator": 15, "value": 0.1},
        {"indicator": 15, "part": "primary", "value": 0.1},
        {"indicator": 3, "part": "junior", "value": 0.9},
        {"indicator": 3, "value": 1.01},
        {"indicator": 9, "numerator": 121, "denominator": 120},
        {"indicator": 12},
        {"indicator": 14, "numerator": 5},
        {"indicator": 16, "value": 0.5, "numerator": 1, "denominator": 2},
        {"indicator": 19, "numerator": 18, "denominator": 1},
        {"indicator": 3, "value": 0.9},
    )
    said = {
        "reported[0].indicator": "1 to 25",
        "reported[1].part": "junior, senior",
        "reported[2].part": "junior, senior",
        "reported[3].part": "not split",
        "reported[4]": "1.01",
        "reported[5]": "1.00833",
        "reported[6]": "either a value",
        "reported[7]": "either a value",
        "reported[8]": "either a value",
        "reported[9]": "give a value",
        "reported[10]": "first at reported[4]",
    }
    assert found.keys() == said.keys()
    for path, words in said.items():
        assert words in found[path]


def test_a_ratio_may_be_above_1_and_a_whole_of_zero_is_refused() -> None:
    trained = {"indicator": 25, "numerator": 30, "denominator": 20, "as_of": "2020-06"}
    data = toy_county().model_dump(mode="json")
    assert County.model_validate(data | {"reported": [trained]}).reported
    with pytest.raises(ValidationError):
        County.model_validate(data | {"reported": [trained | {"denominator": 0}]})
