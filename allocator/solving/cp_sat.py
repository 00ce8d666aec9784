"""CP-SAT: a third opinion that shares no layout with the other engines.

It takes rows, costs and convex pieces from the allocation itself, never from the matrix. So an
answer that agrees with the other engines checks those as well.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from fractions import Fraction

import numpy as np
from ortools.sat.python import cp_model

from allocator.modelling import Allocation, Tier
from allocator.solving.cp_translation import Translation, Whole
from allocator.solving.found import Found
from allocator.solving.highs import EngineFailed
from allocator.solving.program import Program
from allocator.solving.progress import Clock, Stopped
from allocator.solving.sequence import Step, tier_after_tier
from allocator.solving.whole import common_scale


class CpSat:
    """CP-SAT as the sequence sees it. One worker and one seed, so that runs are alike.

    Parameters
    ----------
    check
        Called while the model is being stated; raises :class:`Stopped` when that shall end.
    """

    by_tangents = False

    def __init__(self, allocation: Allocation, check: Callable[[], None]) -> None:
        self._made = Translation(allocation, check)
        self._tiers: dict[str, tuple[Whole, int]] = {}
        for name, total in self._made.costs.items():
            scale = common_scale(total.numbers())
            self._tiers[name] = self._made.scaled(total, scale, name), scale
        self._value = 0

    def minimise(self, tier: Tier, seconds: float) -> Step:
        """Minimise one tier; what it proves is reckoned in its own numbers."""
        whole, scale = self._tiers[tier.name]
        model, solver = self._made.model, cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        # Left on, this part of presolve takes a plan for optimal that is not: google/or-tools#5293.
        solver.parameters.presolve_inclusion_work_limit = 0
        if not math.isinf(seconds):
            solver.parameters.max_time_in_seconds = max(0.0, seconds)
        model.minimize(whole.expression)
        status = solver.solve(model)
        if status == cp_model.INFEASIBLE:
            return Step("infeasible", np.zeros(0))
        if status == cp_model.UNKNOWN:
            return Step("limit", np.zeros(0))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            raise EngineFailed(f"CP-SAT ended with {solver.status_name(status)}")
        self._value = int(solver.value(whole.expression))
        levels = [solver.value(column) for column in self._made.columns]
        model.clear_hints()  # type: ignore[no-untyped-call]
        for column, level in zip(self._made.columns, levels, strict=True):
            model.add_hint(column, level)
        optimal = status == cp_model.OPTIMAL
        least = self._value if optimal else math.floor(solver.best_objective_bound)
        bound = Fraction(least, scale) - self._off(tier)
        return Step("optimal" if optimal else "limit", np.array(levels, float), float(bound))

    def hold(self, tier: Tier, value: float) -> None:
        """Keep a tier at the value it counted itself, and as far above as it may be off.

        Both ways: the plan held and a plan no worse may each be off by as much.
        """
        whole, scale = self._tiers[tier.name]
        self._made.model.add(
            whole.expression <= self._value + math.ceil(2 * self._off(tier) * scale)
        )

    def _off(self, tier: Tier) -> Fraction:
        """By how much a tier may be off: nothing where its numbers are whole in some part."""
        whole, scale = self._tiers[tier.name]
        return whole.moved / scale + self._made.blur[tier.name]


def solve_with_cp_sat(program: Program, clock: Clock) -> Found:
    """Solve every tier in turn with CP-SAT, from the allocation of a program.

    Raises
    ------
    BeyondEngine
        If a row says what CP-SAT cannot be told, or its numbers pass 64 bits.
    """
    begin = time.monotonic()
    try:
        engine = CpSat(program.allocation, clock.check)
    except Stopped as stop:
        return Found(stopped=stop.reason)
    finally:
        clock.add("build", time.monotonic() - begin)
    return tier_after_tier(program, engine, clock)
