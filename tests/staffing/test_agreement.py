"""Every registered rule says the same to the solver and to the auditor."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import numpy as np
import pytest

from allocator.county.county import County
from allocator.county.decisions import MoveKind
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
from allocator.staffing.rules.couple_distance import CoupleDistanceCap
from allocator.staffing.rules.direction_floor import DirectionFloor
from allocator.staffing.rules.establishment_cap import EstablishmentCap
from allocator.staffing.rules.exchange_rate import ExchangeRateFloor
from allocator.staffing.rules.experience_floor import ExperienceFloor
from allocator.staffing.rules.famous_floor import FamousTeacherFloor
from allocator.staffing.rules.graded_post_cap import GradedPostCap
from allocator.staffing.rules.graduating_rate import GraduatingRateFloor
from allocator.staffing.rules.group_lock import GroupLock
from allocator.staffing.rules.head_lock import HeadLock
from allocator.staffing.rules.head_term_cap import HeadTermCap
from allocator.staffing.rules.one_principal import OnePrincipalLock
from allocator.staffing.rules.opening_team import OpeningTeamFloor
from allocator.staffing.rules.sending_school_rate import SendingSchoolRateFloor
from allocator.staffing.rules.supply_floor import SupplyFloor
from allocator.staffing.rules.travel_cap import TravelCap
from allocator.staffing.rules.turnover_cap import TurnoverCap
from allocator.staffing.rules.vacancy_floor import VacancyFloor
from allocator.staffing.rules.veto_lock import VetoLock
from allocator.staffing.rules.volunteers import VolunteerFloor
from allocator.staffing.rules.walking import Walking
from tests.staffing.plans import ORDER, TERMS, all_levels, configured, program, some_levels
from tests.staffing.toy import grouped, heads, opening, posted, without_posts

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
    BalanceCap: [
        {"binds": "each", "primary_from": Decimal("0.9"), "junior_from": Decimal("0.4")},
        {"binds": "each", "indicators": ("L2", "L6"), "junior_from": Decimal("1.1")},
        {"binds": "largest", "junior_from": Decimal("1.1")},
        {"binds": "largest", "indicators": ("L1", "L6"), "primary_from": Decimal("0.1")},
        {"binds": "mean", "primary_from": Decimal("0.5"), "junior_from": Decimal("0.6")},
        {"binds": "mean", "indicators": ("L1", "L3", "L5")},
    ],
    VacancyFloor: [{"counted": "all"}],
    SupplyFloor: [{"kinds": ("hire", "reserve")}],
    FamousTeacherFloor: [
        {"counted": "aggregate", "per_100": Decimal("2.5")},
        {"lowest_level": "county_rising", "areas": ("urban", "rural")},
        {"seconded": Decimal("0.4")},
        {"seconded": Decimal("0.5"), "counted": "aggregate", "per_100": Decimal(2)},
    ],
    TravelCap: [{"reach": "minutes", "within": 25}, {"reach": "either", "within": 50}],
    TurnoverCap: [{"leaving_at_most": Decimal(0), "arriving_at_most": Decimal("0.5")}],
    GraduatingRateFloor: [{"at_least": Decimal("0.6"), "rounding": "up", "base": "all"}],
    ExperienceFloor: [{"at_least": 2, "years": 0}, {"at_least": 3, "years": 12}],
    VetoLock: [{"at_most": 1}, {"at_most": 9}],
    CoupleDistanceCap: [{"within": 0}, {"within": 29}, {"within": 51}],
    VolunteerFloor: [{"at_least": Decimal(1)}, {"at_least": Decimal("0.34")}],
    DirectionFloor: [
        {"urban_to_rural": 2, "rural_to_urban": 1, "between_townships": 1},
        {"urban_to_rural": 0, "rural": ("rural",), "urban": ("urban", "township_seat")},
        {"between_townships": 2, "rural": ("urban", "rural"), "grounds": ("exchange",)},
    ],
    GroupLock: [{"inside": "group"}, {"inside": "zone"}],
    HeadTermCap: [{"at_least": 0, "at_most": 11}, {"at_least": 1, "at_most": 6}],
    OpeningTeamFloor: [
        {"experienced_at_least": Decimal("0.34"), "years": 14, "main_subjects": ("music",)},
        {"experienced_at_least": Decimal(1), "backbone_per_subject": 2},
    ],
}
COUNTIES: dict[type, Callable[[], County]] = {
    VacancyFloor: posted,
    EstablishmentCap: without_posts,
    GradedPostCap: posted,
    SupplyFloor: posted,
    GroupLock: grouped,
    HeadLock: partial(heads, first="C4"),
    HeadTermCap: heads,
    OnePrincipalLock: heads,
    OpeningTeamFloor: opening,
}
"""The variation of the toy county that says something of a rule, where the county as it is says
nothing of it."""
WATCHED = [r for r in RULES if {"must", "should"}.isdisjoint(r.firmness_allowed)]
APART = (Walking,)
"""Rules on who teaches what, which moves alone neither keep nor break: they have tests of their
own."""
BINDING = [r for r in RULES if r not in (*WATCHED, *APART)]
CASES = [(rule, {}) for rule in BINDING] + [(r, v) for r, vs in VARIANTS.items() for v in vs]


@pytest.fixture(scope="module")
def county() -> County:
    return toy_county()


COUPLES = (("T00006", "T00012"), ("T00008", "T00014"))
RELATIVES = (("T00001", "T00008"), ("T00002", "T00004"))
VETOES: dict[str, list[tuple[str, str]]] = {
    "S1": [
        ("T00004", "leaving"), ("T00012", "arriving"), ("T00001", "leaving"), ("T00008", "arriving")
    ],
    "S2": [("T00010", "leaving"), ("T00004", "arriving")],
}  # fmt: skip
RETURNS = "T00010"
PREFERENCES = {"T00001": ("C2",), "T00006": ("C3", "C2"), "T00012": ("C1",)}


def met_by(rule: type) -> County:
    """The county on which a rule is tried."""
    return COUNTIES.get(rule, toy_county)()


def pinned(county: County) -> County:
    """The toy county with one pin of each kind, kin, objections, wishes, a return, a round."""
    pins = {
        "T00001": [{"kind": "goes", "campus": "C3"}],
        "T00006": [{"kind": "not_to", "campus": "C2"}],
        "T00008": [{"kind": "stays"}],
    }
    data = county.model_dump()
    for teacher in data["teachers"]:
        teacher["pins"] = pins.get(teacher["id"], teacher["pins"])
        teacher["preferences"] = PREFERENCES.get(teacher["id"], ())
        if teacher["id"] == RETURNS:
            teacher["running_term"] = {"home": "C1", "started": "2017-09", "ends": "2020-08"}
    for school in data["schools"]:
        school["vetoes"] = [
            {"teacher": t, "against": side} for t, side in VETOES.get(school["id"], [])
        ]
    data["kinships"] = [
        {"kind": kind, "between": both}
        for kind, found in (("couple", COUPLES), ("relatives", RELATIVES))
        for both in found
    ]
    results = (("T00007", "C4", "secondment"), ("T00002", "C4", "secondment"),
               ("T00014", "C5", "transfer"))  # fmt: skip
    data["rounds"] = [{"id": "R1", "name": "第一轮", "kind": "application", "appointments": [
        {"teacher": t, "campus": c, "kind": k} for t, c, k in results]}]  # fmt: skip
    return County.model_validate(data)


@pytest.mark.parametrize(("rule", "settings"), CASES, ids=lambda v: getattr(v, "name", ""))
def test_rows_and_readings_agree_key_by_key(rule, settings):
    county = pinned(met_by(rule))
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
def test_toy_county_keeps_and_breaks_every_rule(rule):
    county = pinned(met_by(rule))
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


@pytest.mark.parametrize(
    ("rule", "settings"), [c for c in CASES if c[0].prunes()], ids=lambda v: getattr(v, "name", "")
)
def test_exactly_the_excluded_placements_are_read_as_broken(rule, settings):
    county = pinned(met_by(rule))
    one = rule(**settings)
    groups = group(county, [one])
    who = {t.id: w for w in groups.seen_by(one.name) for t in groups.members[w.number]}
    today = {r.where: r.shortfall for r in one.readings(county, placement(county, Plan()))}
    answers = set()
    for teacher in county.teacher.values():
        home = county.home(teacher)
        for place in county.places.values():
            if place.stage != home.stage or place is home or teacher.id in county.returns:
                continue
            seen = placement(county, Plan(moves=(_move(teacher.id, home.id, place.id, one.only),)))
            broken = {r.where: r.shortfall for r in one.readings(county, seen) if not r.kept}
            wrong = any(k == teacher.id or v > today.get(k, 0.0) for k, v in broken.items())
            assert one.admits(county, who[teacher.id], place) != wrong, (teacher.id, place.id)
            answers.add(wrong)
    assert answers == {True, False}


def _move(teacher: str, origin: str, destination: str, kind: MoveKind | None) -> Move:
    return Move(
        teacher=teacher,
        origin=origin,
        destination=destination,
        kind=kind or "secondment",
        ground="surplus" if kind == "transfer" else "exchange",
        start="2020-09",
        years=3,
    )


PUBLISHED = TERMS.model_copy(
    update={
        "published": tuple(
            _move(teacher, origin, destination, None)
            for teacher, origin, destination in (
                ("T00001", "C1.junior", "C2.junior"),
                ("T00002", "C1.junior", "C3.junior"),
                ("T00006", "C1.junior", "C3.junior"),
                ("T00008", "C2.junior", "C1.junior"),
                ("T00014", "C5.primary", "C6.primary"),
            )
        )
    }
)


@pytest.mark.parametrize("terms", [TERMS, PUBLISHED], ids=["alone", "published"])
@pytest.mark.parametrize("varied", [toy_county, *COUNTIES.values()])
def test_tier_values_of_program_and_people_agree(varied, terms):
    county = varied()
    rules = configured(*(rule() for rule in RULES), firmness="should")
    allocation = build(county, rules, ORDER, terms)
    laid = program(county, rules, terms)
    for levels in some_levels(allocation, 200, seed=11):
        place_all(allocation.names, levels, county)
        counted = tier_values(county, rules, ORDER, terms, allocation.decode(levels))
        assert laid.tier_values(levels) == pytest.approx(counted, abs=1e-6)


def place_all(names: tuple[str, ...], levels: np.ndarray, county: County) -> None:
    """Place everyone of an offer on posts: the totals of the balance rest on that."""
    for offer in county.supply:
        columns = [n for n, name in enumerate(names) if name.startswith(f"supply[{offer.id},")]
        if offer.on_post and columns:
            left = offer.count - int(levels[columns].sum())
            levels[columns[left % len(columns)]] += left


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
