"""Every registered rule says the same to the solver and to the auditor."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from allocator.county.county import County
from allocator.county.plan import Move, Plan
from allocator.samples.toy import toy_county
from allocator.solving.program import shortfalls
from allocator.staffing.goals import goals
from allocator.staffing.groups import group
from allocator.staffing.model import build, tier_values
from allocator.staffing.placement import placement
from allocator.staffing.rules import RULES
from allocator.staffing.rules.backbone_rate import BackboneRateFloor
from allocator.staffing.rules.balance_cap import BalanceCap
from allocator.staffing.rules.exchange_rate import ExchangeRateFloor
from allocator.staffing.rules.famous_floor import FamousTeacherFloor
from allocator.staffing.rules.sending_school_rate import SendingSchoolRateFloor
from allocator.staffing.rules.travel_cap import TravelCap
from allocator.staffing.rules.turnover_cap import TurnoverCap
from tests.staffing.plans import ORDER, TERMS, all_levels, configured, program, some_levels

VARIANTS = {
    ExchangeRateFloor: [
        {"at_least": Decimal("0.5"), "base": "free", "rounding": "up"},
        {"at_least": Decimal("0.25"), "base": "all"},
    ],
    BackboneRateFloor: [
        {"at_least": Decimal("0.5"), "rounding": "up"},
        {"base": "all", "kinds": ("transfer",)},
    ],
    SendingSchoolRateFloor: [
        {"at_least": Decimal("0.5"), "pool_below": 0},
        {"at_least": Decimal("0.34"), "pool_below": 3, "rounding": "up", "base": "all"},
    ],
    FamousTeacherFloor: [
        {"counted": "aggregate", "per_100": Decimal("2.5")},
        {"lowest_level": "county_rising", "areas": ("urban", "rural")},
    ],
    BalanceCap: [
        {"binds": "each", "primary_from": Decimal("0.9"), "junior_from": Decimal("0.4")},
        {"binds": "each", "indicators": ("L2", "L6"), "junior_from": Decimal("1.1")},
        {"binds": "largest", "junior_from": Decimal("1.1")},
        {"binds": "largest", "indicators": ("L1", "L6"), "primary_from": Decimal("0.1")},
        {"binds": "mean", "primary_from": Decimal("0.5"), "junior_from": Decimal("0.6")},
        {"binds": "mean", "indicators": ("L1", "L3", "L5")},
    ],
    TravelCap: [{"reach": "minutes", "within": 25}, {"reach": "either", "within": 50}],
    TurnoverCap: [{"leaving_at_most": Decimal(0), "arriving_at_most": Decimal("0.5")}],
}
WATCHED = [r for r in RULES if {"must", "should"}.isdisjoint(r.firmness_allowed)]
BINDING = [r for r in RULES if r not in WATCHED]
CASES = [(rule, {}) for rule in BINDING] + [(r, v) for r, vs in VARIANTS.items() for v in vs]


@pytest.fixture(scope="module")
def county() -> County:
    return toy_county()


def pinned(county: County) -> County:
    """The toy county with one pin of each kind."""
    pins = {
        "T00001": [{"kind": "goes", "campus": "C3"}],
        "T00006": [{"kind": "not_to", "campus": "C2"}],
        "T00008": [{"kind": "stays"}],
    }
    data = county.model_dump()
    for teacher in data["teachers"]:
        teacher["pins"] = pins.get(teacher["id"], [])
    return County.model_validate(data)


@pytest.mark.parametrize(("rule", "settings"), CASES, ids=lambda v: getattr(v, "name", ""))
def test_rows_and_readings_agree_key_by_key(county, rule, settings):
    county = pinned(county)
    one = configured(rule(**settings), firmness="should")
    allocation = build(county, one, ORDER, TERMS)
    rows = allocation.rules[0].rows
    assert len({row.where for row in rows}) == len(rows)
    met = set()
    for levels in some_levels(allocation, 300, seed=7):
        plan = allocation.decode(levels)
        seen = placement(county, plan)
        read = {r.where: r.shortfall for r in one[0].rule.readings(county, seen)}
        slack = shortfalls(rows, levels)
        for where in read.keys() | slack.keys():
            assert slack.get(where, 0.0) == pytest.approx(read.get(where, 0.0), abs=1e-6), where
        met |= {value > 0 for value in read.values()}
    assert met, "the toy county says nothing of this rule"


@pytest.mark.parametrize("rule", [r for r in BINDING if not r.prunes()], ids=lambda r: r.name)
def test_toy_county_keeps_and_breaks_every_rule(county, rule):
    variants = [{}, *VARIANTS.get(rule, [])]
    kept = set()
    for settings in variants:
        one = configured(rule(**settings), firmness="should")
        allocation = build(county, one, ORDER, TERMS)
        for levels in some_levels(allocation, 200, seed=3):
            seen = placement(county, allocation.decode(levels))
            kept |= {r.kept for r in one[0].rule.readings(county, seen)}
    assert kept == {True, False}


@pytest.mark.parametrize("rule", WATCHED, ids=lambda r: r.name)
def test_a_rule_that_is_only_watched_has_no_rows_and_reads_kept_and_broken(county, rule):
    allocation = build(county, configured(rule(), firmness="should"), ORDER, TERMS)
    assert allocation.rules == ()
    seen = placement(county, allocation.decode(np.zeros(len(allocation.names))))
    assert {r.kept for r in rule().readings(county, seen)} == {True, False}
    assert not rule.prunes()


@pytest.mark.parametrize("rule", [r for r in RULES if r.prunes()], ids=lambda r: r.name)
def test_exactly_the_excluded_placements_are_read_as_broken(county, rule):
    county = pinned(county)
    one = rule()
    groups = group(county, [one])
    who = {t.id: w for w in groups.seen_by(one.name) for t in groups.members[w.number]}
    today = {r.where: r.shortfall for r in one.readings(county, placement(county, Plan()))}
    answers = set()
    for teacher in county.teacher.values():
        home = county.home(teacher)
        for place in county.places.values():
            if place.stage != home.stage or place is home:
                continue
            seen = placement(county, Plan(moves=(_move(teacher.id, home.id, place.id),)))
            broken = {r.where: r.shortfall for r in one.readings(county, seen) if not r.kept}
            wrong = any(k == teacher.id or v > today.get(k, 0.0) for k, v in broken.items())
            assert one.admits(county, who[teacher.id], place) != wrong, (teacher.id, place.id)
            answers.add(wrong)
    assert answers == {True, False}


def _move(teacher: str, origin: str, destination: str) -> Move:
    return Move(
        teacher=teacher,
        origin=origin,
        destination=destination,
        kind="secondment",
        ground="exchange",
        start="2020-09",
        years=3,
    )


def test_tier_values_of_program_and_people_agree(county):
    rules = configured(*(rule() for rule in RULES), firmness="should")
    allocation = build(county, rules, ORDER, TERMS)
    laid = program(county, rules)
    for levels in some_levels(allocation, 200, seed=11):
        counted = tier_values(county, rules, ORDER, TERMS, allocation.decode(levels))
        assert laid.tier_values(levels) == pytest.approx(counted, abs=1e-6)


def test_a_rule_on_a_new_attribute_splits_the_groups(county):
    """Teachers alike in everything asked so far are told apart once a rule asks for more."""

    class AsksForSex:
        name = "asks_for_sex"

        def traits(self, county):
            return {"sex": lambda t: t.sex}

    coarse = group(county, goals([], TERMS))
    fine = group(county, [*goals([], TERMS), AsksForSex()])
    assert len(fine.members) > len(coarse.members)
    assert all(len({t.sex for t in members}) == 1 for members in fine.members)


def test_all_levels_lists_each_plan_once(county):
    rules = configured(*(rule() for rule in RULES))
    allocation = build(county, rules, ORDER, TERMS)
    small = [levels for levels, _ in zip(all_levels(allocation), range(50), strict=False)]
    assert len({tuple(levels) for levels in small}) == len(small) == 50
