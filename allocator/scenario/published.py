"""A scenario beside a plan already published, from which as little as possible is changed."""

from __future__ import annotations

from allocator.county.county import County
from allocator.county.frozen import DataError, Problem
from allocator.county.plan import Move, Plan
from allocator.scenario.checks import moved_twice
from allocator.scenario.scenario import Scenario


def with_published(scenario: Scenario, plan: Plan) -> Scenario:
    """The scenario with the moves of a published plan (已公布方案), from which little is changed.

    Moves of people who left the county since, or to sections that were closed, are left out:
    :func:`outdated` lists them. Rules stay as they are: a published move that they exclude today
    is changed.

    Raises
    ------
    DataError
        If the scenario places no teachers, or the plan moves somebody twice.

    """
    if scenario.staffing is None:
        raise DataError((Problem("staffing", "the scenario holds no such part", {}),))
    if problems := moved_twice(plan.moves, "moves"):
        raise DataError(problems)
    gone = outdated(scenario.county, plan)
    kept = tuple(m for m in plan.moves if m.ground != "return" and m not in gone)
    terms = scenario.staffing.terms.model_copy(update={"published": kept})
    staffing = scenario.staffing.model_copy(update={"terms": terms})
    return scenario.model_copy(update={"staffing": staffing})


def outdated(county: County, plan: Plan) -> tuple[Move, ...]:
    """Moves of a plan whose teacher or section is not in the county any more."""
    return tuple(
        m
        for m in plan.moves
        if m.teacher not in county.teacher or m.destination not in county.places
    )
