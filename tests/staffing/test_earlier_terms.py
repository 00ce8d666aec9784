"""Terms of earlier years, those that end this summer and those that run on; by hand.

A return is data that no rule judges and no rate counts. T8 teaches Chinese at S2, whose staff in
post are T8 and T10, and returns to S3, where T11 serves.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from allocator.county.people import Pin
from allocator.county.plan import Move, Plan
from allocator.staffing.model import build
from allocator.staffing.placement import placement
from allocator.staffing.rules import (
    FamousTeacherFloor,
    PinLock,
    SubjectLock,
    SurplusTransferLock,
    TurnoverCap,
)
from tests.staffing.plans import ORDER, TERMS, configured
from tests.staffing.toy import TOY, T, ends_this_year, opening, readings, short, varied

HOME = {8: "C3"}


def test_whoever_returns_cannot_be_sent_elsewhere_though_no_rule_is_in_force():
    for county, any_moves in ((TOY, True), (ends_this_year(HOME), False)):
        names = build(county, [], ORDER, TERMS).names
        assert any(T(8) in name for name in names) == any_moves


def test_turnover_is_a_share_of_the_staff_before_anybody_returns():
    whole = TurnoverCap(leaving_at_most=1, arriving_at_most=1)
    assert short(whole, ends_this_year(HOME), {1: "C3", 2: "C3"}) == {"S3:arriving": 1}


@pytest.mark.parametrize("pin", [Pin(kind="stays"), Pin(kind="not_to", campus="C3")])
def test_a_return_breaks_no_pin(pin):
    data = ends_this_year(HOME).model_dump()
    data["teachers"][7]["pins"] = (pin.model_dump(),)
    county = TOY.model_validate(data)
    assert readings(PinLock(), county, HOME, "return")[T(8)].kept
    assert not readings(PinLock(), county, {})[T(8)].kept or pin.kind == "not_to"


def test_a_return_off_the_certificate_is_not_judged():
    assert not readings(SubjectLock(), TOY, {7: "C2"})[T(7)].kept
    assert not readings(SubjectLock(), ends_this_year({7: "C2"}), {7: "C2"}, "return")


RUNS = {"started": "2018-09", "ends": "2021-08"}


def test_a_famous_teacher_whose_term_a_transfer_ends_counts_in_full_and_only_there():
    """T4 serves S2 for a term; S2 and S8, which opens, need two each, S3 and S4 one each."""
    data = opening().model_dump()
    data["teachers"][3].update(campus="C2", running_term={"home": "C1"} | RUNS)
    county, half = TOY.model_validate(data), FamousTeacherFloor(seconded=Decimal("0.5"))
    assert readings(half, county, {})["S2"].actual == 0.5
    assert short(half, county, {}) == {"S2": 2, "S3": 1, "S4": 1, "S8": 2}
    assert short(half, county, {4: "C8"}) == {"S2": 2, "S3": 1, "S4": 1, "S8": 1}


@pytest.mark.parametrize("term", [None, {"home": "C3"} | RUNS])
def test_only_those_whose_post_is_over_are_transferred_and_not_who_serves_a_term(term):
    posts = {"stage": "junior", "subject": "chinese"}
    over, lacking = ({"agreed_posts": ({**posts, "posts": n},)} for n in (0, 3))
    county = varied({1: {"running_term": term}}, schools={1: over, 2: lacking})
    move = Move(
        teacher=T(1),
        origin="C1.junior",
        destination="C2.junior",
        kind="transfer",
        ground="surplus",
        start="2020-09",
    )
    lock = SurplusTransferLock()
    read = {r.where: r for r in lock.readings(county, placement(county, Plan(moves=(move,))))}
    assert read[T(1)].kept == (term is None)
    names = build(county, configured(lock, firmness="must"), ORDER, TERMS).names
    assert (f"transfer[{T(1)},C2.junior]" in names) == (term is None)
