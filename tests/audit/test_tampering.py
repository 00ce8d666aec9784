"""A tampered plan is caught by name of rule, and a plan of another county is refused."""

from __future__ import annotations

import pytest

import allocator
from allocator.county.plan import Move, Plan
from allocator.samples import toy_scenario
from allocator.solving import solve_scenario


@pytest.fixture(scope="module")
def solved():
    scenario = toy_scenario()
    return scenario, solve_scenario(scenario).plan


def move(teacher: str, origin: str, destination: str, **changes) -> Move:
    known = {"kind": "secondment", "ground": "exchange", "start": "2020-09", "years": 3}
    return Move(teacher=teacher, origin=origin, destination=destination, **(known | changes))


def broken(scenario, plan: Plan) -> set[str]:
    judged = allocator.audit(scenario, plan)
    assert not judged.clean
    return {v.rule for v in judged.broken()}


def only(*moves: Move) -> Plan:
    return Plan(moves=moves)


def staffing(scenario):
    return scenario.model_copy(update={"admission": None})


def test_the_plan_found_is_clean(solved):
    scenario, plan = solved
    assert allocator.audit(scenario, plan).clean


@pytest.mark.parametrize(
    ("moves", "rule"),
    [
        ([move("T00005", "C1.junior", "C2.junior")], "eligibility_lock"),
        ([move("T00002", "C1.junior", "C7.junior")], "eligibility_lock"),
        ([move("T00007", "C1.junior", "C2.junior")], "subject_lock"),
        ([move("T00006", "C1.junior", "C4.junior")], "travel_cap"),
        ([move("T00006", "C1.junior", "C2.junior")], "backbone_share"),
        (
            [
                move("T00001", "C1.junior", "C2.junior"),
                move("T00002", "C1.junior", "C2.junior"),
                move("T00004", "C1.junior", "C3.junior"),
            ],
            "turnover_cap",
        ),
    ],
)
def test_a_tampered_exchange_is_caught_by_name_of_rule(solved, moves, rule):
    scenario, _ = solved
    assert rule in broken(staffing(scenario), only(*moves))


def test_an_exempt_teacher_slipped_into_a_plan_is_caught_though_the_teaching_is_stale(solved):
    scenario, plan = solved
    slipped = move("T00005", "C1.junior", "C2.junior")
    judged = allocator.audit(scenario, plan.model_copy(update={"moves": (*plan.moves, slipped)}))
    assert "eligibility_lock" in {v.rule for v in judged.broken()}
    assert [flaw.path.split("[")[0] for flaw in judged.flaws] == ["teaching"]


def test_a_pin_that_is_not_followed_is_caught(solved):
    scenario, _ = solved
    data = scenario.model_dump(mode="json", exclude={"admission"})
    teacher = next(t for t in data["county"]["teachers"] if t["id"] == "T00001")
    teacher["pins"] = [{"kind": "goes", "campus": "C3"}]
    pinned = type(scenario).model_validate(data)
    assert broken(pinned, Plan()) == {"pin_lock"}
    kept = only(move("T00001", "C1.junior", "C3.junior"))
    assert allocator.audit(pinned, kept).clean


def quotas(plan: Plan, changes: dict[tuple[str, str], int]) -> Plan:
    return plan.model_copy(
        update={
            "quotas": tuple(
                q.model_copy(
                    update={"places": q.places + changes.get((q.senior_high, q.junior_high), 0)}
                )
                for q in plan.quotas
            )
        }
    )


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({("H1", "S3"): -5, ("H1", "S1"): 5}, "protected_floor"),
        (
            {("H1", "S1"): 10, ("H1", "S2"): -10, ("H2", "S1"): 10, ("H2", "S2"): -10},
            "graduates_cap",
        ),
    ],
)
def test_tampered_quotas_are_caught_by_name_of_rule(solved, changes, rule):
    scenario, plan = solved
    alone = scenario.model_copy(update={"staffing": None})
    assert rule in broken(alone, quotas(plan, changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"quotas": lambda p: (*p.quotas, p.quotas[0])},
        {"quotas": lambda p: p.quotas[1:]},
        {"quotas": lambda p: (p.quotas[0].model_copy(update={"junior_high": "S5"}),)},
        {"moves": lambda p: (*p.moves, p.moves[0])},
        {"moves": lambda p: (move("T99999", "C1.junior", "C2.junior"),)},
        {"moves": lambda p: (move("T00001", "C2.junior", "C3.junior"),)},
        {"teaching": lambda p: (*p.teaching, p.teaching[0])},
    ],
)
def test_what_no_plan_of_this_county_can_contain_is_a_flaw(solved, changes):
    scenario, plan = solved
    ((field, change),) = changes.items()
    judged = allocator.audit(scenario, plan.model_copy(update={field: change(plan)}))
    assert judged.flaws
    assert not judged.clean
    assert all(flaw.path.startswith(field) for flaw in judged.flaws)
