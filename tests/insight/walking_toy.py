"""The toy county with walking, and a plan that a person can check."""

from __future__ import annotations

from allocator.county.county import County
from allocator.county.plan import Plan, Teaching
from allocator.samples import toy_scenario
from allocator.scenario import Scenario, with_rule


def teach(teacher: str, section: str, periods: int, subject: str = "music") -> Teaching:
    return Teaching(teacher=teacher, section=section, subject=subject, periods=periods)


PLAN = Plan(
    teaching=(
        teach("T00006", "C1.junior", 2),
        teach("T00006", "C2.junior", 4),
        teach("T00006", "C3.junior", 2),
        teach("T00007", "C1.junior", 4),
        teach("T00007", "C1.junior", 3, "maths"),
    )
)


def walking_toy(**parameters: object) -> Scenario:
    """Staffing alone, music walks; teacher 7 teaches music and is certified for maths."""
    alone = toy_scenario().model_copy(update={"admission": None})
    data = alone.county.model_dump()
    data["teachers"] = list(data["teachers"])
    data["teachers"][6] |= {"also_teaches": ["maths"]}
    made = alone.model_copy(update={"county": County.model_validate(data)})
    given = {"subjects": ("music",), "within": 30, "block": 2} | parameters
    choice = {"rule": "walking", "firmness": "must", "parameters": given}
    return with_rule(made, "staffing", choice)
