"""Quota tables made by a stated procedure: no optimum is claimed beyond what the totals prove."""

from __future__ import annotations

import time
from collections.abc import Iterable

from allocator.admission import model as admission_model
from allocator.admission.procedure import made
from allocator.audit import Flaw, audit
from allocator.county.frozen import DataError, Problem
from allocator.scenario import Scenario
from allocator.solving.outcome import PartOutcome, TierResult
from allocator.solving.progress import Clock


def divide_by_procedure(scenario: Scenario, clock: Clock) -> PartOutcome:
    """The outcome of the admission part under any rounding but the biproportional one.

    A controlled rounding has proven totals, so every tier before the matrix is at its bound. Other
    tiers have the value the audit counts and no bound.
    """
    part = scenario.admission
    assert part is not None
    begin = time.monotonic()
    try:
        found = made(scenario.county, scenario.configured("admission"), part.goals, part.terms)
    except DataError as error:
        return PartOutcome(
            part="admission",
            status="unknown",
            reason="impossible_request",
            problems=flaws(error.problems),
        )
    finally:
        clock.add("round", time.monotonic() - begin)
    clock.tell("admission", "audit")
    begin = time.monotonic()
    judged = audit(scenario, found.plan, ("admission",))
    clock.add("audit", time.monotonic() - begin)
    values = judged.tiers["admission"]
    proven = set()
    if found.totals is not None and found.totals.proven:
        proven = {tier for tier in part.goals if tier != "matrix"}
    return PartOutcome(
        part="admission",
        status="feasible",
        reason="by_procedure",
        notes=flaws(found.notes),
        plan=found.plan,
        tiers=tuple(
            TierResult(
                name=tier.name,
                unit=tier.unit,
                value=values[tier.name],
                bound=values[tier.name] if tier.name in proven else None,
                proven=tier.name in proven,
                exact=tier.name in proven,
            )
            for tier in admission_model.ordered_tiers(part.goals)
        ),
        audit=judged,
        columns=len(found.cells),
        timings=dict(clock.timings),
    )


def flaws(problems: Iterable[Problem]) -> tuple[Flaw, ...]:
    """Problems as an outcome keeps them."""
    return tuple(Flaw(path=p.path, text=p.text, details=dict(p.details)) for p in problems)
