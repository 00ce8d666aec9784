"""Why each move is made, counted by hand on the small county.

A needs 30 periods of Chinese and has 40, needs 6 of music and has 10; B needs 15 and 3 and has 10
and none. B, in the country, needs 2 famous teachers for its 150 pupils and has none.
"""

from __future__ import annotations

from typing import Any

import pytest

from allocator.county.decisions import Appointment, Round
from allocator.county.plan import Move, Plan
from allocator.insight.move_reasons import move_reasons
from allocator.insight.vocabulary import MOVE_REASON
from allocator.scenario import Scenario, with_rule
from tests.insight import small_county as small

RATES = ("exchange_rate_floor", "sending_school_rate_floor", "backbone_share", "balance_cap")


def asking(scenario: Scenario, *rules: str) -> Scenario:
    """The scenario with some of the rules that count moves, the others off."""
    for rule in RATES:
        firmness = "should" if rule in rules else "off"
        scenario = with_rule(scenario, "staffing", {"rule": rule, "firmness": firmness})
    return scenario


def sent(*numbers: int, back: tuple[int, ...] = ()) -> Plan:
    """Teachers of A who go to B, and teachers of B who go to A."""
    there = [small.move(n) for n in numbers]
    here = [
        small.move(n).model_copy(update={"origin": "B1.junior", "destination": "A1.junior"})
        for n in back
    ]
    return Plan(moves=(*there, *here))


def told(scenario: Scenario, plan: Plan, lang: Any = "en") -> dict[str, list[str]]:
    """Teacher -> the sentences."""
    table = move_reasons(scenario, plan, lang)
    mark = "；" if lang == "zh" else "; "
    return {t: r.split(mark) for t, r in zip(table["teacher"], table["reasons"], strict=True)}


def main(scenario: Scenario, plan: Plan) -> dict[str, str]:
    """Teacher -> the main reason."""
    table = move_reasons(scenario, plan)
    return dict(zip(table["teacher"], table["main_reason"], strict=True))


def people(**of: dict[str, Any]) -> Scenario:
    """The small county with some of its teachers changed."""
    listed = list(small.county().model_dump()["teachers"])
    for name, more in of.items():
        listed[int(name[1:]) - 1] |= more
    return asking(small.scenario(teachers=listed))


def test_a_famous_teacher_comes_to_a_rural_junior_high_that_lacks_one() -> None:
    scenario = asking(small.scenario())
    assert main(scenario, sent(1))["T1"] == "famous"
    assert told(scenario, sent(1))["T1"] == [
        "famous teacher: B校 needs 2, had 0",
        "covers 5 periods a week of Chinese (the school lacked 5)",
        "the school left had a Chinese teacher to spare and lacks no period of it",
    ]


def test_periods_are_covered_and_the_school_left_is_not_said_to_have_had_too_many() -> None:
    # A has one teacher of music: after the move it lacks all 6 periods.
    scenario = asking(small.scenario())
    assert told(scenario, sent(5), "zh")["T5"] == ["补音乐 3 节/周（该校原缺 3 节/周）"]


def test_of_two_who_come_where_one_would_do_neither_covers_alone() -> None:
    scenario = asking(small.scenario())
    assert main(scenario, sent(2))["T2"] == "covers"
    # A has 20 of 30 periods left, so nobody was spare either.
    assert main(scenario, sent(2, 3)) == {"T2": "other", "T3": "other"}


def test_who_comes_where_others_leave_takes_over() -> None:
    # A keeps T4 alone and gets T6: 20 of 30 periods. Without T6 it would have 10.
    scenario = asking(small.scenario())
    assert told(scenario, sent(1, 2, 3, back=(6,)))["T6"] == [
        "takes over from others: without this teacher 10 periods a week of Chinese lack"
    ]


def test_rates_and_shares_are_named_only_where_a_rule_asks_for_them() -> None:
    every = asking(small.scenario(), "exchange_rate_floor", "backbone_share")
    found = told(every, sent(1, 5))
    assert "counts in the backbone share" in found["T1"]
    assert "counts in the backbone share" not in found["T5"]
    assert "counts in “Exchange rate”" in found["T5"]
    watched = with_rule(every, "staffing", {"rule": "exchange_rate_floor", "firmness": "watch"})
    assert "counts in “Exchange rate”" not in told(watched, sent(5))["T5"]


def test_a_sending_school_is_named_with_what_is_asked_of_it() -> None:
    scenario = asking(small.scenario(), "sending_school_rate_floor")
    scenario = with_rule(
        scenario,
        "staffing",
        {"rule": "sending_school_rate_floor", "parameters": {"pool_below": 0, "at_least": 0.4}},
    )
    # All five of A are eligible: two are asked for. B, in the country, is no sending school.
    found = told(scenario, sent(1, 5, back=(6,)))
    assert "counts in the rate of A校 (at least 2 people, 2 go)" in found["T5"]
    assert not any("counts in the rate" in text for text in found["T6"])


def test_indicators_are_evened_out_from_above_the_mean_to_below() -> None:
    # L1, all with a bachelor's degree: A 5 of 200 pupils, B 1 of 150. L2: T1 alone. L3: T5 alone.
    scenario = asking(small.scenario(), "balance_cap")
    found = told(scenario, sent(1, 5, back=(6,)))
    assert "evens out L1, L2: from a school above the county's mean to one below" in found["T1"]
    assert "evens out L1, L3: from a school above the county's mean to one below" in found["T5"]
    assert not any("evens out" in text for text in found["T6"])


def test_what_was_decided_or_wished_is_told_first_and_by_name() -> None:
    scenario = people(
        T2={"pins": [{"kind": "goes", "campus": "B1"}]},
        T5={"preferences": ["C1", "B1"], "volunteer": True},
    )
    assert main(scenario, sent(2, 5)) == {"T2": "pinned", "T5": "covers"}
    assert told(scenario, sent(5))["T5"][-2:] == [
        "choice no. 2 of the teacher",
        "asked to be exchanged",
    ]


def test_the_result_of_a_round_is_told_with_its_name() -> None:
    held = Round(
        id="R1",
        name="第一轮",
        kind="application",
        appointments=(Appointment(teacher="T2", campus="B1", kind="secondment"),),
    )
    scenario = asking(small.scenario(rounds=(held,)))
    assert told(scenario, sent(2), "zh")["T2"][0] == "聘任结果（第一轮）"
    assert main(scenario, sent(3))["T3"] == "covers"


def test_a_return_is_no_decision_of_the_plan() -> None:
    term = {"home": "B1", "started": "2017-09", "ends": "2020-08"}
    scenario = people(T5={"running_term": term})
    back = Move(
        teacher="T5", origin="A1.junior", destination="B1.junior", kind="secondment",
        ground="return", start="2020-09",
    )  # fmt: skip
    assert told(scenario, Plan(moves=(back,)))["T5"] == [
        "an earlier term ends: returns home",
        "covers 3 periods a week of Music (the school lacked 3)",
    ]


def test_no_moves_have_no_reasons_but_the_columns() -> None:
    assert list(move_reasons(small.scenario(), Plan())) == ["teacher", "main_reason", "reasons"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_reason_has_words(lang: Any) -> None:
    from allocator.insight.move_reasons import _SAID

    assert list(_SAID) == list(MOVE_REASON)
    assert all(text.say(lang) for text in _SAID.values())
