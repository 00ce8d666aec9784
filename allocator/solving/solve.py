"""Solve a scenario in this process: build, search, prove, audit."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from allocator.admission import model as admission_model
from allocator.admission.direct import solve_exactly
from allocator.admission.impossible import impossible_requests
from allocator.admission.per_high import PER_HIGH
from allocator.admission.record import division_record
from allocator.audit import Flaw, audit
from allocator.county.frozen import DataError, Problem
from allocator.modelling import Tier
from allocator.scenario import PartName, Scenario
from allocator.scenario.hashing import scenario_hash
from allocator.solving.again import WIDE, search, touched
from allocator.solving.building import build
from allocator.solving.by_procedure import divide_by_procedure, flaws
from allocator.solving.engines import engine_problem
from allocator.solving.found import Found
from allocator.solving.highs import BeyondEngine, EngineFailed
from allocator.solving.left import Left
from allocator.solving.outcome import Outcome, PartOutcome, Reason, Status, TierResult
from allocator.solving.program import Program, lay_out
from allocator.solving.progress import Clock
from allocator.solving.sequence import solve_in_sequence
from allocator.solving.tiers import agree, allowed_gap, close
from allocator.solving.walking import Walked, search_with_walking
from allocator.staffing.walking.able import walking_rule


def solve_scenario(
    scenario: Scenario,
    *,
    parts: tuple[PartName, ...] | None = None,
    engine: str = "highs",
    clock: Clock | None = None,
    earlier: Left | None = None,
    keep: Callable[[Left], None] | None = None,
) -> Outcome:
    """Solve the parts of a scenario one after the other, in this process.

    Parameters
    ----------
    parts
        Which parts; None takes all the scenario holds.
    engine
        ``highs`` for the guided search with proof chain, ``cp-sat`` for whole numbers in sequence,
        any other name PuLP can call on this machine for whole MILPs in sequence.
    clock
        Limits and progress; None for neither.
    earlier
        What the search before a change left: a search with walking over flows starts from it.
    keep
        Given what the search leaves for the next one, where it leaves something.

    Raises
    ------
    DataError
        If a part is asked for that the scenario does not hold, or the engine is not there.

    """
    clock = clock or Clock()
    chosen = scenario.parts if parts is None else parts
    problems = [
        Problem(part, "the scenario holds no such part", {})
        for part in chosen
        if scenario.part(part) is None
    ]
    problems += engine_problem(engine)
    if problems:
        raise DataError(tuple(problems))
    return Outcome(
        scenario_hash=scenario_hash(scenario),
        engine=engine,
        parts=tuple(_solve_part(scenario, part, engine, clock, earlier, keep) for part in chosen),
        timings={"total": clock.seconds},
    )


def _solve_part(
    scenario: Scenario,
    part: PartName,
    engine: str,
    clock: Clock,
    earlier: Left | None,
    keep: Callable[[Left], None] | None,
) -> PartOutcome:
    clock.timings.clear()
    clock.tell(part, "build")
    if part == "admission":
        done = _without_milp(scenario, engine, clock)
        if done is not None:
            return done
    walked: Walked | None = None
    try:
        if part == "staffing" and engine == "highs" and _walks(scenario):
            walked = search_with_walking(scenario, clock, earlier)
            if keep is not None and walked.left is not None:
                keep(walked.left)
            program, found = walked.program, walked.found
            if found.ending == "infeasible":
                _confirm(program, clock, found)
                # Bounds of the program without walking do not hold for plans with it.
                found.bounds = {}
        else:
            program, found = _search(scenario, part, engine, clock)
    except BeyondEngine as refusal:
        said = refusal.problem
        flaw = Flaw(path=said.path, text=said.text, details=dict(said.details))
        return _without_plan(part, None, "engine_failed", clock, (flaw,))
    except EngineFailed:
        return _without_plan(part, None, "engine_failed", clock)
    return _outcome(scenario, program, found, clock, walked)


def _without_milp(scenario: Scenario, engine: str, clock: Clock) -> PartOutcome | None:
    """Named impossible, made by a procedure, or proven by flows; None where the MILP answers."""
    assert scenario.admission is not None
    terms = scenario.admission.terms
    if terms.rounding in PER_HIGH:
        return divide_by_procedure(scenario, clock)
    named = impossible_requests(scenario.county, scenario.configured("admission"), terms)
    if named:
        return PartOutcome(
            part="admission",
            status="infeasible",
            reason="impossible_request",
            problems=flaws(named),
        )
    if terms.rounding == "controlled":
        return divide_by_procedure(scenario, clock)
    return _exact_admission(scenario, clock) if engine == "highs" else None


def _search(scenario: Scenario, part: PartName, engine: str, clock: Clock) -> tuple[Program, Found]:
    threads = scenario.settings.threads
    # Other engines are given the exact meaning at once, where somebody may walk.
    with clock.timing("build"):
        allocation = build(scenario, part, "persons")
    if engine == "highs":
        run = search(allocation, threads, clock)
        program, found = run.program, run.found
        if found.ending == "infeasible":
            _confirm(program, clock, found)
        return program, found
    if engine == "cp-sat":
        # Here, so that nobody else waits for OR-Tools to load.
        from allocator.solving.cp_sat import solve_with_cp_sat

        program = lay_out(allocation)
        return program, solve_with_cp_sat(program, clock)
    return touched(allocation, WIDE, lambda p: solve_in_sequence(p, engine, clock))


def _confirm(program: Program, clock: Clock, found: Found) -> None:
    """Believe one "infeasible" only when the other engine says so too."""
    _, second = touched(program.allocation, 0, lambda p: solve_in_sequence(p, "cbc", clock))
    if second.ending != "infeasible":
        found.ending, found.stopped = second.ending, second.stopped
        found.levels, found.values, found.bounds = second.levels, second.values, second.bounds


def _walks(scenario: Scenario) -> bool:
    return walking_rule(scenario.configured("staffing")) is not None


def _outcome(
    scenario: Scenario, program: Program, found: Found, clock: Clock, walked: Walked | None
) -> PartOutcome:
    allocation = program.allocation
    part: PartName = "staffing" if allocation.part == "staffing" else "admission"
    if found.levels is None:
        reason: Reason = (
            "no_plan_exists" if found.ending == "infeasible" else (found.stopped or "engine_failed")
        )
        return _without_plan(part, program, reason, clock)
    plan = walked.plan if walked is not None else None
    plan = allocation.decode(found.levels) if plan is None else plan
    clock.tell(part, "audit")
    with clock.timing("audit"):
        judged = audit(scenario, plan, (part,))
    tiers = tier_results(allocation.tiers, judged.tiers[part], found.bounds)
    proven = all(t.proven for t in tiers)
    return PartOutcome(
        part=part,
        status="optimal" if proven else "feasible",
        reason="proven" if proven else (found.stopped or "gap_open"),
        plan=plan,
        tiers=tiers,
        two_steps=walked.two_steps if walked is not None else {},
        audit=judged,
        columns=program.matrix.lower.size,
        rows=program.matrix.row_lower.size,
        timings=dict(clock.timings),
    )


def _without_plan(
    part: PartName,
    program: Program | None,
    reason: Reason,
    clock: Clock,
    problems: tuple[Flaw, ...] = (),
) -> PartOutcome:
    status: Status = "infeasible" if reason == "no_plan_exists" else "unknown"
    return PartOutcome(
        part=part,
        status=status,
        reason=reason,
        problems=problems,
        columns=0 if program is None else program.matrix.lower.size,
        rows=0 if program is None else program.matrix.row_lower.size,
        timings=dict(clock.timings),
    )


def _exact_admission(scenario: Scenario, clock: Clock) -> PartOutcome | None:
    """Solve admission by flows with an exact proof; None where only the MILP can say it."""
    part = scenario.admission
    assert part is not None
    begin = time.monotonic()
    answer = solve_exactly(
        scenario.county, scenario.configured("admission"), part.goals, part.terms
    )
    clock.add("round", time.monotonic() - begin)
    if answer is None:
        return None
    clock.tell("admission", "audit")
    with clock.timing("audit"):
        judged = audit(scenario, answer.plan, ("admission",))
    values = judged.tiers["admission"]
    tiers = tuple(
        TierResult(
            name=tier.name,
            unit=tier.unit,
            value=values[tier.name],
            bound=values[tier.name] if answer.proven else None,
            proven=answer.proven,
            exact=answer.proven,
        )
        for tier in admission_model.ordered_tiers(part.goals)
    )
    return PartOutcome(
        part="admission",
        status="optimal" if answer.proven else "feasible",
        reason="proven" if answer.proven else "gap_open",
        plan=answer.plan,
        tiers=tiers,
        audit=judged,
        division=division_record(answer, scenario.county, part.terms),
        columns=len(answer.plan.quotas),
        timings=dict(clock.timings),
    )


def tier_results(
    tiers: tuple[Tier, ...], values: Mapping[str, float], bounds: Mapping[str, float]
) -> tuple[TierResult, ...]:
    """Each tier with the audit's value, the bound found, and whether the two agree."""
    results = []
    for k, tier in enumerate(tiers):
        value, bound = values[tier.name], bounds.get(tier.name)
        gap = allowed_gap(tiers, k, values)
        results.append(
            TierResult(
                name=tier.name,
                unit=tier.unit,
                value=value,
                bound=None if bound is None else min(bound, value),
                proven=bound is not None and close(value, bound, tier, gap),
                exact=bound is not None and agree(value, bound, tier),
            )
        )
    return tuple(results)
