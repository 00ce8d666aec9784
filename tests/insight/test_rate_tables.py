"""Compliance with the exchange rates, counted by hand.

Of the nine teachers all are long enough at their schools and young enough: 5 at A, 1 at B, 3 at C.
The plan sends T1, the only backbone teacher, and T5 from A, the only urban school, to B.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from allocator.county.people import RunningTerm
from allocator.insight.rate_tables import county_rates, school_rates
from allocator.scenario import Scenario, with_rule
from tests.insight import small_county as small


def rates(scenario: Scenario) -> dict[str, dict[Any, Any]]:
    table = county_rates(scenario, small.STAFFING_PLAN)
    return {row["rule"]: row for row in table.to_dict("records")}


def schools(scenario: Scenario) -> dict[str, dict[Any, Any]]:
    table = school_rates(scenario, small.STAFFING_PLAN)
    return {row["school_id"]: row for row in table.to_dict("records")}


def asking(rule: str, firmness: str = "must", **parameters: Any) -> Scenario:
    return with_rule(
        small.scenario(),
        "staffing",
        {"rule": rule, "firmness": firmness, "parameters": parameters},
    )


def test_two_of_nine_are_exchanged_and_seventeen_per_cent_asks_for_one() -> None:
    row = rates(small.scenario())["exchange_rate_floor"]
    assert (row["counted"], row["base_people"], row["asked_people"]) == (2, 9, 1)
    assert row["rate"] == pytest.approx(2 / 9)
    assert (row["asked_share"], row["short_people"], row["kept"]) == (0.17, 0, True)


def test_one_of_two_exchanged_is_backbone_and_one_of_one_backbone_is_exchanged() -> None:
    found = rates(small.scenario())
    among = found["backbone_share"]
    assert (among["counted"], among["base_people"], among["asked_people"]) == (1, 2, 1)
    of_them = found["backbone_rate_floor"]
    assert (of_them["counted"], of_them["base_people"], of_them["rate"]) == (1, 1, 1.0)


def test_a_rule_that_is_off_has_numbers_and_no_verdict() -> None:
    row = rates(small.scenario())["backbone_rate_floor"]
    assert row["firmness"] == "off"
    assert pd.isna(row["kept"])
    on = rates(asking("backbone_rate_floor", at_least="0.15"))["backbone_rate_floor"]
    assert (on["firmness"], on["kept"]) == ("must", True)


def test_a_rate_that_is_missed_says_by_how_many() -> None:
    row = rates(asking("exchange_rate_floor", at_least="0.5", rounding="up"))["exchange_rate_floor"]
    assert (row["asked_people"], row["short_people"], row["kept"]) == (5, 3, False)


def test_nobody_in_the_base_makes_no_rate() -> None:
    row = rates(small.scenario())["graduating_rate_floor"]
    assert row["base_people"] == 0
    assert pd.isna(row["rate"])


def test_each_school_has_its_own_count() -> None:
    found = schools(small.scenario())
    a, b, c = found["A"], found["B"], found["C"]
    assert [s["listed"] for s in (a, b, c)] == [5, 1, 3]
    assert [s["base_people"] for s in (a, b, c)] == [5, 1, 3]
    assert [(s["sent"], s["received"]) for s in (a, b, c)] == [(2, 0), (0, 2), (0, 0)]
    assert (a["rate"], a["sent_backbone"], a["backbone_share"]) == (0.4, 1, 0.5)
    assert pd.isna(b["backbone_share"])


def test_only_urban_and_quality_schools_have_to_send() -> None:
    found = schools(small.scenario())
    assert [found[s]["sender"] for s in "ABC"] == [True, False, False]
    assert pd.isna(found["B"]["asked_people"])
    assert pd.isna(found["B"]["kept"])


def test_small_senders_of_a_zone_are_judged_together() -> None:
    schools_ = [s.model_copy(update={"quality": s.id == "B"}) for s in small.county().schools]
    made = with_rule(
        small.scenario(schools=tuple(schools_)),
        "staffing",
        {
            "rule": "sending_school_rate_floor",
            "firmness": "must",
            "parameters": {"at_least": "0.5"},
        },
    )
    found = schools(made)
    # Half of the six at A and B is three; two are sent.
    for school in "AB":
        row = found[school]
        assert (row["pooled_with"], row["asked_people"], row["kept"]) == ("一片区", 3, False)
    county = rates(made)["sending_school_rate_floor"]
    assert (county["counted"], county["base_people"], county["short_people"]) == (2, 6, 1)
    assert (county["schools_missed"], county["kept"]) == (1, False)


def test_a_large_sender_is_judged_by_itself() -> None:
    found = schools(asking("sending_school_rate_floor", at_least="0.5", pool_below=5))
    assert pd.isna(found["A"]["pooled_with"])
    assert found["A"]["asked_people"] == 2
    assert found["A"]["kept"]


def test_those_away_already_count_only_where_the_rule_says_so() -> None:
    away = RunningTerm(home="A1", started="2019-09", ends="2022-08")
    people = [
        t.model_copy(update={"running_term": away}) if t.id == "T6" else t
        for t in small.county().teachers
    ]
    made = small.scenario(teachers=tuple(people))
    assert rates(made)["exchange_rate_floor"]["counted"] == 2
    beside = with_rule(
        made,
        "staffing",
        {"rule": "exchange_rate_floor", "parameters": {"also": ["running_terms"]}},
    )
    assert rates(beside)["exchange_rate_floor"]["counted"] == 3
