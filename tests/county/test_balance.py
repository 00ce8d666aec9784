"""The difference coefficient and the seven indicators, counted by hand."""

from fractions import Fraction
from math import sqrt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.county.balance import difference_coefficient
from allocator.county.county import County
from allocator.county.indicators import THRESHOLDS, balance, school_rows
from allocator.samples.toy import toy_county

PUPILS = (45, 37, 89, 76, 55)
COUNTS = (279, 137, 935, 160, 402)

SPREADS = st.lists(
    st.tuples(st.integers(0, 2_000), st.integers(1, 5_000)), min_size=1, max_size=30
).filter(lambda spread: any(count for count, _ in spread))


def rows_by_key(county: County, *serving: Any) -> dict[str, Any]:
    return {f"{r.school}.{r.stage}": r for r in school_rows(county, *serving)}


def nine_years() -> County:
    """The toy county where S2 also teaches 60 primary pupils, with T10 as their teacher."""
    data = toy_county().model_dump()
    data["schools"][1]["campuses"][0]["sections"] += (
        {
            "stage": "primary",
            "classes": (1,) * 6,
            "pupils": 60,
            "facilities": {"floor_area": 300, "sports_area": 600},
        },
    )
    data["teachers"][9]["stage"] = "primary"
    return County.model_validate(data)


def test_the_printed_example_gives_0_515() -> None:
    assert round(difference_coefficient(COUNTS, PUPILS), 3) == 0.515


def test_the_printed_mean_and_deviation_follow_from_the_formulas_in_fractions() -> None:
    everyone = sum(PUPILS)
    mean = Fraction(sum(COUNTS), everyone)
    square = sum(
        Fraction(p, everyone) * (Fraction(x, p) - mean) ** 2
        for x, p in zip(COUNTS, PUPILS, strict=True)
    )
    assert everyone == 302  # 45 + 37 + 89 + 76 + 55
    assert sum(COUNTS) == 1913  # 279 + 137 + 935 + 160 + 402
    assert round(float(mean), 3) == 6.334
    assert round(sqrt(square), 3) == 3.264
    assert difference_coefficient(COUNTS, PUPILS) == pytest.approx(sqrt(square) / float(mean))


def test_two_equal_schools_with_three_and_one_have_a_coefficient_of_one_half() -> None:
    # per pupil .06 and .02, mean .04, both .02 away from it: .02 / .04
    assert difference_coefficient((3, 1), (50, 50)) == pytest.approx(0.5)


@given(SPREADS)
@settings(deadline=None)
def test_the_square_is_the_closed_form_that_the_rows_use(spread: list[tuple[int, int]]) -> None:
    counts, pupils = zip(*spread, strict=True)
    squares = sum(Fraction(x * x, p) for x, p in spread)
    closed = Fraction(sum(pupils), sum(counts) ** 2) * squares - 1
    assert difference_coefficient(counts, pupils) ** 2 == pytest.approx(float(closed), abs=1e-9)


@given(st.lists(st.integers(1, 5_000), min_size=1, max_size=30), st.integers(1, 50))
@settings(deadline=None)
def test_an_even_spread_is_zero(pupils: list[int], each: int) -> None:
    assert difference_coefficient([p * each for p in pupils], pupils) == pytest.approx(0, abs=1e-12)


@given(SPREADS, st.integers(1, 1_000), st.integers(1, 1_000))
@settings(deadline=None)
def test_units_of_counts_and_of_pupils_do_not_matter(
    spread: list[tuple[int, int]], some: int, others: int
) -> None:
    counts, pupils = zip(*spread, strict=True)
    scaled = difference_coefficient([x * some for x in counts], [p * others for p in pupils])
    assert scaled == pytest.approx(difference_coefficient(counts, pupils), abs=1e-9)


def test_splitting_a_school_into_two_alike_changes_nothing() -> None:
    # 40 pupils with 8 are the same as twice 20 pupils with 4
    together = difference_coefficient((8, 5), (40, 50))
    assert difference_coefficient((4, 4, 5), (20, 20, 50)) == pytest.approx(together)


@pytest.mark.parametrize(
    ("counts", "pupils", "words"),
    [
        ((1, 2), (10,), "equally long"),
        (((1, 2),), ((10, 20),), "equally long"),
        ((1, 2), (10, 0), "pupils above zero"),
        ((1, 2), (10, -5), "pupils above zero"),
        ((), (), "pupils above zero"),
        ((0, 0), (10, 20), "none of this resource"),
    ],
)
def test_what_has_no_coefficient_is_refused_in_words(counts: Any, pupils: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        difference_coefficient(counts, pupils)


def test_teachers_of_the_toy_county_are_counted_as_by_hand() -> None:
    rows = rows_by_key(toy_county())
    found = {key: tuple(row.counts[i] for i in ("L1", "L2", "L3")) for key, row in rows.items()}
    assert found == {
        "S1.junior": (7, 3, 2),  # all seven; T1, T2, T4; T6, T7
        "S2.junior": (0, 0, 0),  # T8 and T10 college, T9 long sick
        "S3.junior": (1, 0, 0),  # T11
        "S4.junior": (2, 0, 0),  # T12, T13; a rising teacher is no backbone teacher
        "S5.primary": (4, 1, 1),  # T14 to T17; T17; T17
        "S6.primary": (1, 0, 0),  # T18
        "S7.junior": (2, 0, 0),  # T19, T20: private schools are rows too
    }


def test_facilities_of_the_toy_county_are_its_own_and_what_is_not_recorded_is_absent() -> None:
    row = rows_by_key(toy_county())["S2.junior"]
    # 6 and 10 square metres and 2,400 yuan for each of 120 pupils, 4 rooms
    assert [row.counts[i] for i in ("L4", "L5", "L6", "L7")] == [720, 1200, 288_000, 4]
    assert (row.value("L4"), row.value("L5"), row.value("L6")) == (6.0, 10.0, 2400.0)
    data = toy_county().model_dump()
    section = data["schools"][1]["campuses"][0]["sections"][0]
    section["facilities"] |= {"equipment": None, "multimedia_rooms": None}
    row = rows_by_key(County.model_validate(data))["S2.junior"]
    assert row.value("L6") is None
    assert row.value("L7") is None


def test_staff_are_given_per_hundred_pupils_and_equipment_per_pupil() -> None:
    data = toy_county().model_dump()
    section = data["schools"][0]["campuses"][0]["sections"][0]
    section["facilities"] |= {"equipment": 300_000, "multimedia_rooms": 6}
    row = rows_by_key(County.model_validate(data))["S1.junior"]
    # 150 pupils: 7, 3 and 2 teachers, 300,000 yuan, 6 rooms
    values = [row.value(i) for i in ("L1", "L2", "L3", "L6", "L7")]
    assert values == [pytest.approx(v) for v in (700 / 150, 2.0, 200 / 150, 2000.0, 4.0)]


def test_coefficients_of_the_toy_county_are_as_by_hand() -> None:
    primary, junior = balance(school_rows(toy_county()))
    assert (primary.stage, junior.stage) == ("primary", "junior")
    # 90 and 30 pupils with 4 and 1: 120 / 25 * (16/90 + 1/30) - 1 = 1/75
    assert primary.coefficients["L1"] ** 2 == pytest.approx(1 / 75)
    # with 1 and 0: 120 / 1 * 1/90 - 1 = 1/3
    assert primary.coefficients["L2"] ** 2 == pytest.approx(1 / 3)
    assert primary.coefficients["L3"] ** 2 == pytest.approx(1 / 3)
    # 435 pupils, all at S1 with its 150: 435 / 150 - 1 = 1.9
    assert junior.coefficients["L2"] ** 2 == pytest.approx(1.9)
    assert junior.coefficients["L3"] ** 2 == pytest.approx(1.9)
    # 7, 0, 1, 2, 2 on 150, 120, 40, 80, 45
    square = Fraction(435, 144) * (Fraction(49, 150) + Fraction(1, 40) + Fraction(4, 80))
    square += Fraction(435, 144) * Fraction(4, 45) - 1
    assert junior.coefficients["L1"] ** 2 == pytest.approx(float(square))


def test_mean_and_largest_are_over_the_indicators_with_data() -> None:
    primary, _ = balance(school_rows(toy_county()))
    assert set(primary.coefficients) == {"L1", "L2", "L3", "L4", "L5", "L6", "L7"}
    # L4 to L7 are even: 3 rooms for 90 pupils, 1 for 30
    assert primary.mean == pytest.approx((sqrt(1 / 75) + 2 * sqrt(1 / 3)) / 7)
    assert primary.largest == pytest.approx(sqrt(1 / 3))


def test_a_nine_year_school_counts_as_two_schools() -> None:
    rows = rows_by_key(nine_years())
    junior, primary = rows["S2.junior"], rows["S2.primary"]
    assert (junior.pupils, primary.pupils) == (120, 60)
    assert (junior.value("L4"), primary.value("L4")) == (6.0, 5.0)


def test_teachers_of_a_nine_year_school_count_at_the_stage_they_teach() -> None:
    rows = rows_by_key(nine_years())
    # college is above what primary asks for (T10), not above what junior asks for (T8)
    assert rows["S2.primary"].counts["L1"] == 1
    assert rows["S2.junior"].counts["L1"] == 0
    # primary: 1, 4, 1 on 60, 90, 30: 180 / 36 * (1/60 + 16/90 + 1/30) - 1 = 5/36
    primary, _ = balance(list(rows.values()))
    assert primary.coefficients["L1"] ** 2 == pytest.approx(5 / 36)


def test_campuses_of_one_school_are_one_row_and_need_all_their_facilities() -> None:
    data = toy_county().model_dump()
    campus = data["schools"][1]["campuses"][0]
    section = campus["sections"][0] | {"pupils": 80, "facilities": {"sports_area": 100}}
    data["schools"][1]["campuses"] += (campus | {"id": "C8", "sections": (section,)},)
    row = rows_by_key(County.model_validate(data))["S2.junior"]
    assert row.pupils == 200  # 120 + 80
    assert row.counts["L5"] == 1300  # 1200 + 100
    assert row.value("L4") is None  # not recorded at the second campus


def test_a_section_without_pupils_is_no_row() -> None:
    data = toy_county().model_dump()
    data["schools"][5]["campuses"][0]["sections"][0].update(pupils=0, classes=(0,) * 6)
    assert "S6.primary" not in rows_by_key(County.model_validate(data))


def test_a_moved_teacher_counts_where_serving() -> None:
    county = toy_county()
    serving = {t: county.home(v) for t, v in county.teacher.items()}
    rows = rows_by_key(county, serving | {"T00004": county.places["C2.junior"]})
    assert [rows[s].counts["L2"] for s in ("S1.junior", "S2.junior")] == [2, 1]
    assert [rows[s].counts["L1"] for s in ("S1.junior", "S2.junior")] == [6, 1]


def test_thresholds_are_those_of_the_measure() -> None:
    primary = {i: at["primary"] for i, at in THRESHOLDS.items()}
    junior = {i: at["junior"] for i, at in THRESHOLDS.items()}
    assert tuple(primary.values()) == (4.2, 1, 0.9, 4.5, 7.5, 2000, 2.3)
    assert tuple(junior.values()) == (5.3, 1, 0.9, 5.8, 10.2, 2500, 2.4)
