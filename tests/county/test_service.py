"""Ages, years at the school, retirement and standing, counted by hand at their boundaries."""

from typing import Any

import pytest

from allocator.county.people import RunningTerm, Teacher
from allocator.county.service import (
    RetirementAge,
    ServiceTerms,
    Standing,
    month_text,
    months,
    retires,
    school_year,
    standing,
    years_between,
)
from allocator.samples.toy import toy_county

TERMS = ServiceTerms()


def teacher(**changes: Any) -> Teacher:
    """A woman of 38 in June 2020, nine years at her school."""
    known: dict[str, Any] = {
        "id": "T1",
        "name": "示例",
        "campus": "C1",
        "stage": "junior",
        "subject": "maths",
        "sex": "f",
        "born": "1982-03",
        "entered_work": "2004-08",
        "entered_school": "2010-08",
    }
    return Teacher(**(known | changes))


def stands(as_of: str = "2020-06", terms: ServiceTerms = TERMS, **changes: Any) -> Standing:
    private = changes.pop("private", False)
    return standing(teacher(**changes), terms, as_of, private=private)


def outcome(**changes: Any) -> tuple[str, str, bool]:
    found = stands(**changes)
    return found.status, found.reason, found.eligible


@pytest.mark.parametrize(
    ("earlier", "later", "years"),
    [
        ("2010-08", "2020-07", 9),
        ("2010-08", "2020-08", 10),
        ("2010-12", "2011-01", 0),
        ("2010-01", "2010-12", 0),
        ("2010-01", "2011-01", 1),
        ("2020-06", "2020-06", 0),
    ],
)
def test_years_are_whole_and_full(earlier: str, later: str, years: int) -> None:
    assert years_between(earlier, later) == years


def test_months_turn_into_numbers_and_back() -> None:
    assert months("2001-01") - months("2000-12") == 1
    assert [month_text(months("2019-11") + n) for n in range(3)] == [
        "2019-11",
        "2019-12",
        "2020-01",
    ]


@pytest.mark.parametrize(
    ("sex", "born", "month"),
    [
        ("m", "1964-12", "2024-12"),  # before the reform: 60 years
        ("m", "1965-01", "2025-02"),  # 60 years 1 month
        ("m", "1965-04", "2025-05"),  # 60 years 1 month
        ("m", "1965-05", "2025-07"),  # 60 years 2 months
        ("m", "1968-12", "2029-12"),  # the twelfth four months: 61 years
        ("m", "1976-08", "2039-07"),  # the 35th: 62 years 11 months
        ("m", "1976-09", "2039-09"),  # the 36th: 63 years
        ("m", "1990-01", "2053-01"),  # no more than 63 years
        ("f", "1969-12", "2024-12"),  # before the reform: 55 years
        ("f", "1970-01", "2025-02"),  # 55 years 1 month
        ("f", "1970-04", "2025-05"),  # 55 years 1 month
        ("f", "1970-05", "2025-07"),  # 55 years 2 months
        ("f", "1973-12", "2029-12"),  # the twelfth four months: 56 years
        ("f", "1981-08", "2039-07"),  # the 35th: 57 years 11 months
        ("f", "1981-09", "2039-09"),  # the 36th: 58 years
        ("f", "1995-06", "2053-06"),  # no more than 58 years
    ],
)
def test_the_reform_moves_retirement_month_by_month(sex: str, born: str, month: str) -> None:
    assert retires(teacher(sex=sex, born=born), TERMS) == month


def test_a_county_may_bring_its_own_table_and_the_latest_entry_counts() -> None:
    table = tuple(
        RetirementAge(sex="f", born_from=born, age_months=age)
        for born, age in (("1980-01", 700), ("1900-01", 660))
    )
    terms = ServiceTerms(retirement=table)
    assert retires(teacher(born="1979-12"), terms) == "2034-12"  # 55 years
    assert retires(teacher(born="1980-01"), terms) == "2038-05"  # 58 years 4 months
    assert retires(teacher(born="1960-01", sex="m"), terms) > "2900-01"  # no entry for men


@pytest.mark.parametrize(
    ("entered", "expected"),
    [
        ("2014-06", ("due", "long_service", True)),  # six years to the month
        ("2014-07", ("may", "short_service", False)),  # one month less
    ],
)
def test_six_full_years_at_a_school_make_a_teacher_due(entered: str, expected: Any) -> None:
    assert outcome(entered_school=entered) == expected


@pytest.mark.parametrize(
    ("sex", "born", "expected"),
    [
        ("f", "1974-07", ("due", "long_service", True)),  # 45, and 46 next month
        ("f", "1974-06", ("may", "over_age", False)),  # 46 this month
        ("m", "1969-07", ("due", "long_service", True)),  # 50, and 51 next month
        ("m", "1969-06", ("may", "over_age", False)),  # 51 this month
    ],
)
def test_women_are_due_up_to_45_and_men_up_to_50(sex: str, born: str, expected: Any) -> None:
    assert outcome(sex=sex, born=born, entered_work="1995-08") == expected


def test_age_is_told_before_short_service() -> None:
    young = outcome(born="1974-06", entered_work="1995-08", entered_school="2018-08")
    assert young == ("may", "over_age", False)


REASONS: dict[str, dict[str, Any]] = {
    "lent_out": {"status": "lent_out"},
    "long_sick": {"status": "long_sick"},
    "out_of_county": {"status": "out_of_county"},
    "maternity": {"exemptions": ("maternity",)},
    "medical": {"exemptions": ("medical",)},
    "service_contract": {"exemptions": ("service_contract",)},
    "flagship": {"exemptions": ("flagship", "medical")},
    "running_term": {"running_term": RunningTerm(home="C1", started="2018-08", ends="2021-07")},
}


@pytest.mark.parametrize("reason", REASONS)
def test_whoever_is_exempt_is_not_to_move_now_and_stays_in_the_base_if_in_post(reason: str) -> None:
    in_post = "status" not in REASONS[reason]  # 在编在岗: only who is in post
    assert outcome(**REASONS[reason]) == ("not_now", reason, in_post)


@pytest.mark.parametrize("reason", REASONS)
def test_whoever_is_exempt_and_new_at_the_school_is_not_in_the_base(reason: str) -> None:
    new = outcome(**REASONS[reason], entered_school="2018-08")
    assert new == ("not_now", reason, False)


@pytest.mark.parametrize(
    "changes",
    [{"private": True}, {"employment": "reserve"}, {"private": True, "employment": "private"}],
)
def test_only_staff_on_establishment_of_public_schools_take_part(changes: Any) -> None:
    assert outcome(**changes) == ("not_now", "not_establishment", False)


@pytest.mark.parametrize(
    ("ends", "reason"),
    [
        ("2021-07", "running_term"),
        ("2020-09", "running_term"),  # runs into the school year of September 2020
        ("2020-08", "returning"),
        ("2020-06", "returning"),
        ("2020-05", "returning"),  # over, yet still serving away by the roster
    ],
)
def test_a_term_that_ends_before_the_school_year_brings_its_holder_home(
    ends: str, reason: str
) -> None:
    term = RunningTerm(home="C2", started="2017-08", ends=ends)
    assert stands(running_term=term) == Standing("not_now", reason, eligible=True, since=ends)


def test_a_term_that_goes_on_binds_with_no_end_known() -> None:
    term = RunningTerm(home="C2", started="2017-08", ends="2020-07", goes_on=True)
    assert stands(running_term=term) == Standing("not_now", "running_term", eligible=True)


@pytest.mark.parametrize(
    ("as_of", "first"),
    [
        ("2020-01", "2020-09"),
        ("2020-09", "2020-09"),
        ("2020-10", "2021-09"),
        ("2020-12", "2021-09"),
    ],
)
def test_the_school_year_begins_in_september(as_of: str, first: str) -> None:
    assert school_year(as_of) == first


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        # born 1966-03, 55 years in 2021-03: three years before is 2018-03
        ("2018-03", ("may", "over_age", False)),
        ("2018-04", ("not_now", "near_retirement", False)),
        ("2022-01", ("not_now", "near_retirement", False)),
    ],
)
def test_fewer_than_three_years_to_retirement_is_not_now(as_of: str, expected: Any) -> None:
    assert outcome(as_of=as_of, born="1966-03", entered_work="1990-08") == expected


def test_near_retirement_and_young_enough_stays_in_the_base() -> None:
    terms = ServiceTerms(women_until=60)
    found = stands(terms=terms, born="1966-03", entered_work="1990-08")
    assert found == Standing(
        "not_now", "near_retirement", eligible=True, since="2021-03", ground="near_retirement"
    )


@pytest.mark.parametrize(
    ("changes", "since"),
    [
        ({}, "2016-08"),  # came in 2010-08: six years
        ({"entered_school": "2018-09"}, "2024-09"),  # will be there six years
        ({"born": "1972-04", "entered_work": "1995-08"}, "2018-04"),  # 46: past 45
        ({"sex": "m", "born": "1968-11", "entered_work": "1990-08"}, "2019-11"),  # 51: past 50
        ({"exemptions": ("near_retirement",)}, "2040-06"),  # born 1982-03: 58 years 3 months
        ({"exemptions": ("maternity",)}, None),
        ({"status": "out_of_county"}, None),
        ({"role": "principal"}, None),
        ({"private": True}, None),
    ],
)
def test_the_month_of_a_reason_is_as_by_hand(changes: Any, since: str | None) -> None:
    own = ServiceTerms(retirement=(RetirementAge(sex="f", born_from="1900-01", age_months=699),))
    terms = own if "near_retirement" in changes.get("exemptions", ()) else TERMS
    assert stands(terms=terms, **changes).since == since


def test_a_head_is_due_by_years_of_their_own() -> None:
    found = stands(role="principal", entered_school="2015-08")
    assert (found.reason, found.eligible) == ("appointed", False)


def test_the_ground_is_told_where_it_is_the_reason() -> None:
    assert stands(exemptions=("flagship", "medical")).ground == "flagship"
    assert stands(status="long_sick", exemptions=("medical",)).ground is None
    assert stands().ground is None


@pytest.mark.parametrize("role", ["principal", "party_secretary"])
@pytest.mark.parametrize(
    ("entered", "born", "eligible"),
    [
        ("2010-06", "1982-03", True),  # ten years to the month
        ("2010-07", "1982-03", False),
        ("2010-06", "1969-07", True),  # a woman of 50: five years more than others
        ("2010-06", "1969-06", False),
    ],
)
def test_heads_are_appointed_and_counted_by_their_own_terms(
    role: str, entered: str, born: str, eligible: bool
) -> None:
    found = outcome(role=role, entered_school=entered, born=born, entered_work="1992-08")
    assert found == ("not_now", "appointed", eligible)


@pytest.mark.parametrize("role", ["class_teacher", "middle_manager"])
def test_other_posts_at_the_school_make_no_difference(role: str) -> None:
    assert outcome(role=role) == ("due", "long_service", True)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": "long_sick", "exemptions": ("medical",)}, "long_sick"),
        ({"exemptions": ("medical",)}, "medical"),
        ({"born": "1963-09", "entered_work": "1985-08"}, "near_retirement"),
        ({}, "appointed"),
    ],
)
def test_that_a_head_is_appointed_is_told_last(changes: Any, reason: str) -> None:
    assert stands(role="party_secretary", **changes).reason == reason


def test_only_not_now_forbids_a_move() -> None:
    assert stands().movable
    assert stands(entered_school="2019-08").movable
    assert not stands(exemptions=("medical",)).movable


def test_standings_of_the_toy_county_are_as_by_hand() -> None:
    found = {int(t[1:]): s for t, s in toy_county().standings.items()}
    reasons = {
        "long_service": {1, 2, 4, 6, 8, 14, 17},
        "short_service": {7, 12, 15},
        "appointed": {3},
        "maternity": {5},
        "long_sick": {9},
        "medical": {10},
        "service_contract": {11, 18},
        "near_retirement": {13},  # a man of 58: retires in 2021-09
        "flagship": {16},
        "not_establishment": {19, 20},
    }
    assert {r: {n for n, s in found.items() if s.reason == r} for r in reasons} == reasons
    eligible = {n for n, s in found.items() if s.eligible}
    # the principal came in 2010-08, nine years ago, and heads serve ten
    assert eligible == {1, 2, 4, 6, 8, 14, 17} | {5, 10, 16}
