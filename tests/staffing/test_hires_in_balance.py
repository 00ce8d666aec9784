"""Hires in the difference coefficients, by hand: the county's total grows by all of them."""

from __future__ import annotations

import pytest

from allocator.county.balance import difference_coefficient
from allocator.county.plan import Plan, Supply
from allocator.samples import toy_scenario
from allocator.scenario import with_rule
from allocator.solving import solve_scenario
from allocator.staffing.placement import placement
from allocator.staffing.rules import BalanceCap
from tests.staffing.toy import varied

PUPILS = (150, 120, 40, 80, 45)
HIRES = [
    {"kind": "hire", "stage": "junior", "subject": "music", "count": 2},
    {"kind": "reserve", "stage": "junior", "subject": "music", "count": 1},
    {"kind": "hire", "stage": "junior", "subject": "maths", "count": 1, "degree": "college"},
]


def test_hires_count_where_they_are_placed_and_the_reserve_does_not() -> None:
    county = varied(supply=HIRES)
    placed = (
        Supply(section="C2.junior", subject="music", kind="hire", count=1),
        Supply(section="C4.junior", subject="music", kind="hire", count=1),
        Supply(section="C3.junior", subject="music", kind="reserve", count=1),
        Supply(section="C3.junior", subject="maths", kind="hire", count=1),
    )
    plan = placement(county, Plan(supply=placed))
    read = {r.where: r.actual for r in BalanceCap(binds="each").readings(county, plan)}
    # music teachers at S1, S2, S3, S4 and the private S7; those above the required degree
    assert read["L3.junior"] == pytest.approx(difference_coefficient((2, 1, 0, 1, 0), PUPILS))
    assert read["L1.junior"] == pytest.approx(difference_coefficient((7, 1, 1, 3, 2), PUPILS))


def test_a_solve_with_hires_counts_the_balance_as_its_audit_does() -> None:
    scenario = toy_scenario().model_copy(update={"county": varied(supply=HIRES)})
    for choice in (
        {"rule": "supply_floor", "firmness": "must", "parameters": {"kinds": ["hire"]}},
        {"rule": "balance_cap", "parameters": {"binds": "each", "junior_from": 0.5}},
    ):
        scenario = with_rule(scenario, "staffing", choice)
    for engine in ("highs", "cbc", "cp-sat"):
        part = solve_scenario(scenario, parts=("staffing",), engine=engine).part("staffing")
        assert part.status == "optimal", engine
        assert part.audit.clean
        assert sum(entry.count for entry in part.plan.supply) == 3
        balance = next(t for t in part.tiers if t.name == "balance")
        assert balance.value > 0
