"""Other engines, given the whole program: minimise one tier, hold it, minimise the next.

All have one thread, as SCIP can use no more, and the same seconds; stating the program is not
counted. Values are counted from the levels an engine gives, by the arithmetic our own search uses.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from ortools.linear_solver import pywraplp

from allocator.modelling import Floats, Linear, Tier
from allocator.solving import Clock
from allocator.solving.certificate import with_rows
from allocator.solving.cp_sat import CpSat
from allocator.solving.highs import (
    BeyondEngine,
    EngineFailed,
    answer_of,
    dense,
    empty_engine,
    pass_matrix,
)
from allocator.solving.program import Program
from allocator.solving.sequence import Step, TierEngine
from allocator.solving.tangents import broken
from allocator.solving.tiers import rounded_up, whole_room

NAMES = ("HiGHS", "CBC", "SCIP", "CP-SAT")


@dataclass
class Stand:
    """Where an engine stands when its time is up."""

    engine: str
    stated: float = 0.0
    """Seconds of stating the program to it."""
    seconds: float = 0.0
    values: dict[str, float] = field(default_factory=dict)
    """Of the plan in hand; empty where there is none."""
    bounds: dict[str, float] = field(default_factory=dict)
    said: str = ""
    """What is to be known beside."""


class Highs:
    """HiGHS with default options: a fresh engine a tier, started from the last one's plan."""

    by_tangents = True

    def __init__(self, program: Program) -> None:
        self.program = program
        self.rows: list[tuple[Linear, float]] = []
        self.levels: Floats = np.zeros(0)

    def minimise(self, tier: Tier, seconds: float) -> Step:
        """Minimise one tier."""
        cost, matrix = self.program.costs[tier.name], with_rows(self.program.matrix, self.rows)
        columns = matrix.lower.size
        engine = empty_engine(1)
        engine.setOptionValue("mip_rel_gap", 0.0)
        engine.setOptionValue("time_limit", seconds)
        pass_matrix(engine, matrix, dense(cost, columns), whole=matrix.whole)
        if self.levels.size:
            engine.setSolution(columns, np.arange(columns, dtype=np.int32), self.levels)
        engine.run()
        answer = answer_of(engine, mip=True)
        self.levels = answer.levels
        done = answer.ending == "optimal"
        return Step("optimal" if done else "limit", answer.levels, answer.bound + cost.constant)

    def hold(self, tier: Tier, value: float) -> None:
        """Keep a tier at a value."""
        cost = self.program.costs[tier.name]
        self.rows.append((cost, value + whole_room(value, tier) - cost.constant))


class Wrapped:
    """CBC or SCIP as OR-Tools brings them."""

    by_tangents = True

    def __init__(self, program: Program, name: str) -> None:
        self.program, matrix = program, program.matrix
        engine: Any = pywraplp.Solver.CreateSolver(name)
        if engine is None:
            raise EngineFailed(f"{name} is not in this OR-Tools")
        self.engine = engine
        self.columns = [
            engine.Var(low, high, whole, "")
            for low, high, whole in zip(
                matrix.lower.tolist(), matrix.upper.tolist(), matrix.whole.tolist(), strict=True
            )
        ]
        index, value, starts = matrix.index.tolist(), matrix.value.tolist(), matrix.starts.tolist()
        ends = zip(matrix.row_lower.tolist(), matrix.row_upper.tolist(), strict=True)
        for r, (low, high) in enumerate(ends):
            row = engine.Constraint(low, high)
            for at in range(starts[r], starts[r + 1]):
                row.SetCoefficient(self.columns[index[at]], value[at])

    def minimise(self, tier: Tier, seconds: float) -> Step:
        """Minimise one tier."""
        cost, goal = self.program.costs[tier.name], self.engine.Objective()
        goal.Clear()
        for column, factor in zip(cost.columns.tolist(), cost.coefficients.tolist(), strict=True):
            goal.SetCoefficient(self.columns[column], factor)
        goal.SetMinimization()
        self.engine.SetTimeLimit(max(1, int(1000 * seconds)))
        exactly = pywraplp.MPSolverParameters()
        exactly.SetDoubleParam(exactly.RELATIVE_MIP_GAP, 0.0)
        status = self.engine.Solve(exactly)
        found = status in (self.engine.OPTIMAL, self.engine.FEASIBLE)
        levels = np.array([c.solution_value() for c in self.columns]) if found else np.zeros(0)
        done = status == self.engine.OPTIMAL
        bound = float(goal.BestBound()) + cost.constant
        return Step("optimal" if done else "limit", levels, bound if abs(bound) < 1e15 else None)

    def hold(self, tier: Tier, value: float) -> None:
        """Keep a tier at a value."""
        cost = self.program.costs[tier.name]
        most = value + whole_room(value, tier) - cost.constant
        row = self.engine.Constraint(-self.engine.infinity(), most)
        for column, factor in zip(cost.columns.tolist(), cost.coefficients.tolist(), strict=True):
            row.SetCoefficient(self.columns[column], factor)


def opponent(name: str, program: Program) -> TierEngine:
    """An engine by its name, with the program stated to it."""
    if name == "HiGHS":
        return Highs(program)
    if name == "CP-SAT":
        return CpSat(program.allocation, lambda: None)
    return Wrapped(program, name)


def stand(name: str, program: Program, seconds: float) -> Stand:
    """Give an engine the program and so many seconds, tier after tier."""
    result = Stand(name)
    begin = time.perf_counter()
    try:
        engine = opponent(name, program)
    except (BeyondEngine, EngineFailed) as refusal:
        result.said = str(refusal)
        return result
    finally:
        result.stated = time.perf_counter() - begin
    clock = Clock(limit=seconds)
    try:
        _in_turn(program, engine, clock, result)
    except EngineFailed as failure:
        result.said = str(failure)
    result.seconds = clock.seconds
    return result


def _in_turn(program: Program, engine: TierEngine, clock: Clock, result: Stand) -> None:
    for tier in program.allocation.tiers:
        if clock.left <= 0:
            return
        step = engine.minimise(tier, clock.left)
        if step.bound is not None and np.isfinite(step.bound):
            result.bounds[tier.name] = rounded_up(step.bound, tier)
        if not step.levels.size:
            result.said = "no plan" if not result.values else result.said
            return
        levels = _whole(program, step.levels[: program.decisions])
        if broken(program, levels):
            result.said = "its last plan breaks a row once levels are whole"
            return
        result.values = program.tier_values(levels)
        if step.ending != "optimal":
            return
        engine.hold(tier, result.values[tier.name])


def _whole(program: Program, levels: Floats) -> Floats:
    return np.where(program.entire, np.round(levels), levels)
