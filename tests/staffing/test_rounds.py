"""Results of rounds fix places: given a county with appointments, then readings, by hand.

T7 of S1 (music, no backbone teacher) may be moved; S4 lies in the other zone. T11 of S3 serves a
contract. S1 has six in post who are on establishment, S4 has two.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from allocator.county.county import County
from allocator.county.decisions import MoveKind
from allocator.county.plan import Move, Plan
from allocator.modelling import Reading
from allocator.solving.program import least_slack
from allocator.staffing.model import build
from allocator.staffing.placement import placement
from allocator.staffing.rule import StaffingRule
from allocator.staffing.rules import EligibilityLock, RoundLock, TravelCap, TurnoverCap
from allocator.staffing.terms import StaffingTerms
from tests.staffing.plans import ORDER, TERMS, configured
from tests.staffing.toy import TOY, T, readings, refuses


def held(results: dict[int, tuple[str, MoveKind]], county: County = TOY) -> County:
    """A county where a round of applications has these results: number -> campus, kind."""
    appointments = [
        {"teacher": T(n), "campus": campus, "kind": kind} for n, (campus, kind) in results.items()
    ]
    first = {"id": "R1", "name": "第一轮", "kind": "application", "appointments": appointments}
    return County.model_validate(county.model_dump() | {"rounds": [first]})


def moved(
    county: County, teacher: int, campus: str, kind: MoveKind, rule: StaffingRule
) -> dict[str, Reading]:
    """What a rule reads where one teacher moves as a result of a round."""
    person = county.teacher[T(teacher)]
    move = Move(
        teacher=person.id,
        origin=county.home(person).id,
        destination=f"{campus}.{person.stage}",
        kind=kind,
        ground="application",
        start="2020-09",
    )
    return {r.where: r for r in rule.readings(county, placement(county, Plan(moves=(move,))))}


def columns(county: County, *rules: StaffingRule) -> list[str]:
    return list(build(county, configured(*rules), ORDER, TERMS).names)


# 1 Whoever is appointed goes, whoever is kept stays


def test_whoever_is_appointed_to_a_campus_goes_there() -> None:
    county = held({6: ("C2", "secondment")})
    assert readings(RoundLock(), county, {})[T(6)].shortfall == 1
    assert readings(RoundLock(), county, {6: "C3"})[T(6)].shortfall == 1
    assert readings(RoundLock(), county, {6: "C2"})[T(6)].shortfall == 0
    assert refuses(RoundLock(), county, 6, "C3")
    assert not refuses(RoundLock(), county, 6, "C2")


def test_whoever_is_appointed_at_the_own_campus_stays() -> None:
    county = held({6: ("C1", "transfer")})
    assert readings(RoundLock(), county, {})[T(6)].kept
    assert refuses(RoundLock(), county, 6, "C2")
    assert not [name for name in columns(county, RoundLock()) if T(6) in name]


def test_nobody_else_is_bound_by_a_round() -> None:
    county = held({6: ("C1", "transfer")})
    assert set(readings(RoundLock(), county, {1: "C3"})) == {T(6)}
    assert not refuses(RoundLock(), county, 1, "C3")
    assert readings(RoundLock(), TOY, {}) == {}


def test_an_appointment_has_one_column_of_its_own_kind_and_a_row_that_asks_for_it() -> None:
    for kind in ("transfer", "secondment"):
        county = held({6: ("C2", kind)})
        allocation = build(county, configured(RoundLock()), ORDER, TERMS)
        mine = [n for n, name in enumerate(allocation.names) if T(6) in name]
        assert [allocation.names[n] for n in mine] == [f"{kind}[{T(6)},C2.junior]"]
        (row,) = allocation.rules[0].rows
        levels = allocation.upper * 0
        assert (row.where, least_slack(row, levels)) == (T(6), 1)
        levels[mine] = 1
        assert least_slack(row, levels) == 0
        (move,) = allocation.decode(levels).moves
        assert (move.kind, move.ground) == (kind, "application")


def test_a_plan_that_makes_another_kind_of_move_breaks_the_result() -> None:
    county = held({6: ("C2", "transfer")})
    assert not moved(county, 6, "C2", "secondment", RoundLock())[T(6)].kept
    assert moved(county, 6, "C2", "transfer", RoundLock())[T(6)].kept


def test_the_verdict_names_campus_and_kind() -> None:
    reading = readings(RoundLock(), held({6: ("C2", "transfer")}), {})[T(6)]
    assert reading.details == {"campus": "C2", "kind": "transfer"}


# 2 What other rules say of an appointment


@pytest.mark.parametrize("reach", ["zone", "minutes", "either"])
def test_the_reach_does_not_bind_a_result_of_a_round(reach: str) -> None:
    rule = TravelCap(reach=reach, within=5)
    assert refuses(rule, TOY, 7, "C4")
    county = held({7: ("C4", "secondment")})
    assert not refuses(rule, county, 7, "C4")
    assert moved(county, 7, "C4", "secondment", rule) == {}


def test_the_reach_binds_an_appointed_teacher_on_any_other_way() -> None:
    rule = TravelCap(reach="minutes", within=5)
    assert refuses(rule, held({7: ("C4", "secondment")}), 7, "C2")
    assert refuses(rule, held({7: ("C4", "secondment")}), 6, "C4")


def test_an_appointment_of_someone_not_to_move_now_is_a_broken_must_either_way() -> None:
    county = held({11: ("C2", "transfer")})
    followed = moved(county, 11, "C2", "transfer", EligibilityLock())[T(11)]
    assert not followed.kept
    assert followed.details["reason"] == "service_contract"
    assert moved(county, 11, "C2", "transfer", RoundLock())[T(11)].kept
    assert not readings(RoundLock(), county, {})[T(11)].kept
    allocation = build(county, configured(RoundLock(), EligibilityLock()), ORDER, TERMS)
    rows = next(r.rows for r in allocation.rules if isinstance(r.configured.rule, RoundLock))
    assert [(row.where, row.expression.columns.size) for row in rows] == [(T(11), 0)]


def test_results_count_in_the_turnover_and_may_break_it_by_themselves() -> None:
    county = held({1: ("C4", "transfer"), 7: ("C4", "transfer")})
    rule = TurnoverCap(leaving_at_most=Decimal("0.10"), arriving_at_most=Decimal("0.20"))
    found = moved(county, 7, "C4", "transfer", rule)
    assert (found["S4:arriving"].actual, found["S4:arriving"].limit) == (1, 1)  # .4 of 2, up
    found = readings(rule, county, {1: "C4", 7: "C4"}, "application")
    assert (found["S4:arriving"].shortfall, found["S1:leaving"].shortfall) == (1, 1)


def test_a_result_does_not_depend_on_the_terms_of_the_exchange() -> None:
    county = held({6: ("C2", "transfer")})
    terms = StaffingTerms(opening_kind="secondment", years=1)
    assert (
        build(county, configured(RoundLock()), ORDER, terms).names
        == build(county, configured(RoundLock()), ORDER, TERMS).names
    )
