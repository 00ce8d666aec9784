"""Moves first, walking after: who walks once it is settled where everyone serves.

The periods' flow is a small linear program: it bounds what can be left uncovered, and tells which
ways matter. Person by person the program is laid out over these ways alone, with more of the
shortest ways while the plan is above the bound: patterns of visits are made as they are needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from allocator.county.county import County
from allocator.county.plan import Plan
from allocator.modelling import Allocation, Configured, Floats, Tier
from allocator.solving.apart import least_apart
from allocator.solving.highs import Relaxation, dense
from allocator.solving.program import lay_out
from allocator.solving.progress import Clock
from allocator.solving.tiers import agree, rounded_up
from allocator.staffing.goals.coverage import Coverage
from allocator.staffing.placement import Placement, placement
from allocator.staffing.terms import StaffingTerms
from allocator.staffing.walking.able import walking_by
from allocator.staffing.walking.greedy import walk_greedily
from allocator.staffing.walking.levels import levels_of
from allocator.staffing.walking.second_stage import Way, laid_second_stage

NEAREST = (0, 2, 4, 1_000)
"""How many of the shortest ways out of each section and subject are laid out beside those that the
flow takes; each is tried in turn."""
SHORT = 1e-4
"""What a minute costs a period while the flow is asked which ways it takes."""
MOST = 30_000
"""Columns of a program by persons beyond which no further ways are laid out."""
NODES = 200
"""Nodes of one MILP: a limit on work, so that the machine's speed does not change the answer."""
SHARE = 0.01
"""Open share of what stays uncovered that no further ways are sought for."""


@dataclass(frozen=True)
class Settled:
    """A plan whose walking is settled, moves and supply as they were."""

    plan: Plan
    value: float
    """Uncovered periods, priced."""
    bound: float
    """No walking leaves less uncovered with these moves."""


def settle(
    county: County,
    configured: tuple[Configured, ...],
    terms: StaffingTerms,
    plan: Plan,
    threads: int,
    clock: Clock,
) -> Settled:
    """Settle who walks, everyone serving where a plan says.

    The walking found is the best there is where value and bound agree, or where all ways could be
    laid out and the MILP ended with an optimum.
    """
    flow, columns = laid_second_stage(
        county, configured, terms, plan, chains=True, by_persons=False
    )
    program = lay_out(flow, squares=False)
    (tier,) = flow.tiers
    cost = program.costs[tier.name]
    if not program.decisions:
        done = flow.decode(np.zeros(0))
        return Settled(done, cost.constant, cost.constant)
    costs = dense(cost, program.matrix.lower.size)
    relaxation = Relaxation(program.matrix, threads, clock)
    answer = relaxation.cold(costs)
    answer.must_be_optimal()
    bound = rounded_up(relaxation.bound(costs, answer.duals) + cost.constant, tier)
    lengths = {
        way: county.minutes(county.places[way[0]], county.places[way[1]]) for way in columns.walks
    }
    for way, column in columns.walks.items():
        costs[column] += SHORT * lengths[way]
    guide = relaxation.primal(costs)
    guide.must_be_optimal()
    taken = {way for way, column in columns.walks.items() if guide.levels[column] > 1e-6}
    best = _greedy(county, configured, terms, plan, bound)
    known: set[Way] | None = None
    walking = walking_by(configured, terms)
    for nearest in NEAREST:
        seen = placement(county, best.plan, walking)
        ways = taken | _walked(seen) | _shortest(lengths, nearest)
        if ways == known:
            break
        known = ways
        persons = laid_second_stage(county, configured, terms, plan, chains=True, only=ways)
        if nearest and len(persons[0].names) > MOST:
            break
        start = levels_of(persons[1], seen, len(persons[0].names))
        best = _better(best, _least(persons[0], start, bound, threads, clock), tier)
        if agree(best.value, bound, tier) or best.value - bound <= SHARE * best.value:
            break
    return best


def _walked(seen: Placement) -> set[Way]:
    """The ways that the visits of a plan take."""
    return {
        (seen.serving[person].id, entry.section, entry.subject)
        for person, entries in seen.beside.items()
        for entry in entries
        if entry.section != seen.serving[person].id
    }


def _shortest(lengths: Mapping[Way, int], number: int) -> set[Way]:
    """The shortest ways out of each section and subject."""
    out: dict[tuple[str, str], list[Way]] = defaultdict(list)
    for way in sorted(lengths, key=lambda way: (lengths[way], way)):
        out[way[0], way[2]].append(way)
    return {way for ways in out.values() for way in ways[:number]}


def _greedy(
    county: County,
    configured: tuple[Configured, ...],
    terms: StaffingTerms,
    plan: Plan,
    bound: float,
) -> Settled:
    done = walk_greedily(county, configured, terms, plan)
    seen = placement(county, done, walking_by(configured, terms))
    return Settled(done, Coverage(by=terms.coverage).score(county, seen), bound)


def _better(best: Settled, found: Settled, tier: Tier) -> Settled:
    return found if found.value < best.value - float(tier.step or 0) / 2 else best


def _least(stage: Allocation, start: Floats, bound: float, threads: int, clock: Clock) -> Settled:
    """The least that persons leave uncovered over the ways laid out."""
    program = lay_out(stage, squares=False)
    (tier,) = stage.tiers
    cost, step = program.costs[tier.name], float(tier.step or 0)
    levels = np.zeros(0)
    if program.decisions:
        found, _ = least_apart(
            program.matrix,
            dense(cost, program.matrix.lower.size),
            start,
            threads=threads,
            clock=clock,
            absolute_gap=step / 2,
            nodes=NODES,
        )
        levels = np.round(found[: program.decisions])
    done = stage.decode(levels)
    return Settled(done, stage.values(done)[tier.name], bound)
