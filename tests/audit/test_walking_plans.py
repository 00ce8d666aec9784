"""The audit of plans in which teachers walk: limits by name of rule, flaws where nobody may."""

from __future__ import annotations

import pytest

import allocator
from allocator.county.plan import Plan, Teaching
from allocator.samples import toy_scenario
from allocator.scenario import Scenario, with_rule


def walking(firmness: str = "must", **parameters) -> Scenario:
    known = {"subjects": ("music",), "within": 30, "block": 2} | parameters
    alone = toy_scenario().model_copy(update={"admission": None})
    choice = {"rule": "walking", "firmness": firmness, "parameters": known}
    return with_rule(alone, "staffing", choice)


def teach(teacher: str, section: str, periods: int, subject: str = "music") -> Teaching:
    return Teaching(teacher=teacher, section=section, subject=subject, periods=periods)


PLAN = Plan(
    teaching=(
        teach("T00006", "C1.junior", 2),
        teach("T00006", "C2.junior", 4),
        teach("T00006", "C3.junior", 2),
        teach("T00007", "C1.junior", 4),
        teach("T00007", "C2.junior", 2),
    )
)


def test_a_plan_in_which_two_walk_is_clean() -> None:
    judged = allocator.audit(walking(), PLAN)
    assert not judged.flaws
    assert next(v for v in judged.verdicts if v.rule == "walking").kept


@pytest.mark.parametrize("settings", [{"block": 3}, {"schools": 1}, {"within": 28}, {"travel": 1}])
def test_a_visit_beyond_a_limit_is_caught_by_name_of_rule(settings) -> None:
    judged = allocator.audit(walking(**settings), PLAN)
    assert not judged.clean
    assert "walking" in {v.rule for v in judged.broken()}


def test_where_walking_is_off_every_visit_is_a_flaw() -> None:
    judged = allocator.audit(walking("off"), PLAN)
    assert not judged.clean
    assert [flaw.path for flaw in judged.flaws] == ["teaching[1]", "teaching[2]", "teaching[4]"]
    assert "walking" not in {v.rule for v in judged.verdicts}


def test_periods_nobody_needs_are_a_flaw() -> None:
    more = PLAN.model_copy(update={"teaching": (*PLAN.teaching, teach("T00007", "C3.junior", 2))})
    judged = allocator.audit(walking(), more)
    assert [flaw.path for flaw in judged.flaws] == ["teaching[2]", "teaching[5]"]
    assert not judged.clean


def test_a_stranger_who_walks_is_a_flaw_and_the_rest_is_read() -> None:
    more = PLAN.model_copy(update={"teaching": (*PLAN.teaching, teach("T99999", "C2.junior", 1))})
    judged = allocator.audit(walking(), more)
    assert next(flaw.path for flaw in judged.flaws) == "teaching[5]"
    assert not judged.clean
