"""Tables of the balance say what the audit says: staff of closed schools, and hires, by hand."""

from __future__ import annotations

from math import sqrt
from typing import Any

import pytest

from allocator.county.county import County
from allocator.county.plan import Plan, Supply
from allocator.insight import plan_indicators, tables
from allocator.insight.staffing_figures import staffing_figures
from allocator.samples import toy_scenario
from allocator.scenario import Scenario, with_rule
from allocator.staffing.placement import placement
from allocator.staffing.rules import BalanceCap
from tests.staffing.toy import plan_of, varied

NONE = {"pupils": 0, "classes": (0, 0, 0), "graduates": 0, "registered_graduates": 0}
MUSIC = {"kind": "hire", "stage": "primary", "subject": "music", "count": 1}
"""A music teacher hired for a primary school."""


def of(county: County, **parameters: Any) -> Scenario:
    found = toy_scenario().model_copy(update={"county": county, "admission": None})
    choice = {"rule": "balance_cap", "firmness": "watch", "parameters": parameters}
    return with_rule(found, "staffing", choice)


def after(scenario: Scenario, plan: Plan, stage: str) -> dict[str, float]:
    table = tables.indicators(scenario, plan)
    here = table[table["stage"] == stage]
    return dict(zip(here["indicator"], here["after"], strict=True))


def test_staff_of_a_closed_school_count_in_the_tables_as_in_the_audit() -> None:
    """S3 has no pupils; its only teacher T11 stays there, or goes to S2."""
    county = varied(sections={3: NONE})
    scenario = of(county, binds="each")
    # L1: 7, 0 (T11 gone: 1), 2, 2 on 150, 120, 80, 45 pupils; twelve in all, wherever T11 is.
    for moves, second, away in (({}, 0, 1), ({11: "C2"}, 1, 0)):
        square = 49 / 150 + second / 120 + 4 / 80 + 4 / 45
        by_hand = sqrt(395 / 144 * square - 1 + 2 * away / 12)
        plan = plan_of(county, moves)
        read = {r.where: r.actual for r in BalanceCap(binds="each").readings(
            county, placement(county, plan))}  # fmt: skip
        told = after(scenario, plan, "junior")
        assert told["L1"] == pytest.approx(by_hand)
        assert read["L1.junior"] == pytest.approx(by_hand)
        row = plan_indicators(scenario, plan)
        seventeen = row[row["number"] == 17]["after"].tolist()[1]
        assert seventeen == pytest.approx(sum(told[f"L{n}"] for n in range(1, 8)) / 7)


def test_an_indicator_that_only_hires_bring_has_no_figure_before() -> None:
    """No primary school has a music teacher until one is hired for S6, with 30 of 120 pupils."""
    maths = {"subject": "maths", "certificates": ({"stage": "junior", "subject": "maths"},)}
    county = varied({17: maths}, supply=(MUSIC,))
    entry = Supply(section="C6.primary", subject="music", kind="hire", count=1)
    plan = Plan(supply=(entry,))
    scenario = of(county, binds="largest", indicators=["L3"])
    assert after(scenario, plan, "primary")["L3"] == pytest.approx(sqrt(120 / 30 - 1))
    found = staffing_figures(scenario, tables.before_after(scenario, plan))["cv_capped_primary"]
    assert found.before is None
    assert found.after == pytest.approx(sqrt(3))


def test_a_stage_that_has_nothing_before_its_hires_has_figures_after() -> None:
    county = varied({17: {"campus": "C1", "stage": "junior"}}, supply=(MUSIC,))
    people = [t for t in county.teachers if t.stage == "junior"]
    bare = {n: {"pupils": p, "facilities": {}} for n, p in ((5, 90), (6, 30))}
    county = varied(sections=bare, supply=(MUSIC,), teachers=tuple(t.model_dump() for t in people))
    entry = Supply(section="C5.primary", subject="music", kind="hire", count=1)
    scenario, plan = of(county, binds="mean"), Plan(supply=(entry,))
    assert after(scenario, plan, "primary")["L3"] == pytest.approx(sqrt(120 / 90 - 1))
    figures = staffing_figures(scenario, tables.before_after(scenario, plan))
    assert figures["cv_mean_primary"].before is None
    assert figures["cv_mean_primary"].change is None


def test_hires_with_a_postgraduate_degree_raise_indicator_15() -> None:
    """Of fifteen junior teachers none has a master's degree; two of three hires have one."""
    offers = (
        {"kind": "hire", "stage": "junior", "subject": "music", "count": 2, "degree": "master"},
        {"kind": "hire", "stage": "junior", "subject": "maths", "count": 1},
        {"kind": "reserve", "stage": "junior", "subject": "maths", "count": 1, "degree": "master"},
    )
    county = varied(supply=offers)
    placed = (
        Supply(section="C2.junior", subject="music", kind="hire", count=2),
        Supply(section="C3.junior", subject="maths", kind="hire", count=1),
        Supply(section="C3.junior", subject="maths", kind="reserve", count=1),
    )
    table = plan_indicators(of(county), Plan(supply=placed))
    row = table[table["number"] == 15].iloc[0]
    assert sum(t.stage == "junior" for t in county.teachers) == 15
    assert (row["now"], row["after"]) == (0, pytest.approx(2 / 18))
    assert row["computed_from"] == "plan"
