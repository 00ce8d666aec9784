"""The same rows through PuLP: names, MPS and LP files, and any engine PuLP can call.

PuLP rewrites names and rewritten names can collide, so columns and rows get short keys here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pulp

from allocator.modelling import Floats, Linear
from allocator.solving.highs import Ending
from allocator.solving.program import Matrix, Program

SHORT = {"cbc": "PULP_CBC_CMD", "highs-pulp": "HiGHS", "scip": "SCIP_CMD", "glpk": "GLPK_CMD"}
"""Short names of engines; any other name is PuLP's own."""


def available(name: str) -> bool:
    """Whether an engine of this name can be called on this machine."""
    full = SHORT.get(name, name)
    return full in pulp.listSolvers() and full in pulp.listSolvers(onlyAvailable=True)


def on_this_machine() -> tuple[str, ...]:
    """All names of engines PuLP can call here: short ones, then PuLP's own, each sorted."""
    found = set(pulp.listSolvers(onlyAvailable=True))
    return (*sorted(s for s, full in SHORT.items() if full in found), *sorted(found))


@dataclass(frozen=True)
class Problem:
    """A PuLP problem and its variables in the order of the matrix."""

    pulp: pulp.LpProblem
    variables: list[pulp.LpVariable]


def to_pulp(program: Program, cost: Linear, *, relaxed: bool = False) -> Problem:
    """State a program in PuLP, to be minimised."""
    matrix = program.matrix
    problem = pulp.LpProblem("allocator", pulp.LpMinimize)
    variables = [
        problem.add_variable(
            f"x{j}",
            lowBound=float(matrix.lower[j]),
            upBound=None if math.isinf(matrix.upper[j]) else float(matrix.upper[j]),
            cat="Integer" if matrix.whole[j] and not relaxed else "Continuous",
        )
        for j in range(matrix.lower.size)
    ]
    problem.setObjective(_expression(variables, cost.columns.tolist(), cost.coefficients.tolist()))
    for r in range(matrix.row_lower.size):
        span = slice(int(matrix.starts[r]), int(matrix.starts[r + 1]))
        index, value = matrix.index[span].tolist(), matrix.value[span].tolist()
        low, high = float(matrix.row_lower[r]), float(matrix.row_upper[r])
        for key in row_keys(matrix, r):
            row = _expression(variables, index, value)
            if key.endswith("l"):
                problem.addConstraint(row >= low, key)
            elif key.endswith("u"):
                problem.addConstraint(row <= high, key)
            else:
                problem.addConstraint(row == low, key)
    return Problem(problem, variables)


def row_keys(matrix: Matrix, r: int) -> list[str]:
    """The keys of a row: one, or one for each of its two ends; none where it has no end."""
    low, high = float(matrix.row_lower[r]), float(matrix.row_upper[r])
    if low == high:
        return [f"r{r}"]
    ends = (("l", low), ("u", high))
    return [f"r{r}{end}" for end, limit in ends if not math.isinf(limit)]


def _expression(
    variables: list[pulp.LpVariable], index: list[int], value: list[float]
) -> pulp.LpAffineExpression:
    return pulp.LpAffineExpression([(variables[j], v) for j, v in zip(index, value, strict=True)])


def add_limit(problem: Problem, expression: Linear, most: float, name: str) -> None:
    """Keep an expression at or under a number."""
    index, value = expression.columns.tolist(), expression.coefficients.tolist()
    problem.pulp.addConstraint(
        _expression(problem.variables, index, value) <= most - expression.constant, name
    )


def write_model(program: Program, cost: Linear, path: Path) -> None:
    """Write a program as MPS or LP, by the ending of the path."""
    problem = to_pulp(program, cost).pulp
    if path.suffix.lower() == ".lp":
        problem.writeLP(str(path))
    else:
        problem.writeMPS(str(path))


def run(problem: Problem, engine: str, seconds: float) -> tuple[Ending, Floats]:
    """Solve with one thread; PuLP's word for a time-limited answer is not taken for optimal."""
    limit = None if math.isinf(seconds) else max(1.0, seconds)
    solver = pulp.getSolver(SHORT.get(engine, engine), msg=False, timeLimit=limit, gapRel=0.0)
    problem.pulp.solve(solver)
    if problem.pulp.sol_status == pulp.LpSolutionOptimal:
        values = [v.varValue or 0.0 for v in problem.variables]
        return "optimal", np.array(values, dtype=np.float64)
    if problem.pulp.status == pulp.LpStatusInfeasible:
        return "infeasible", np.zeros(0)
    if problem.pulp.sol_status == pulp.LpSolutionIntegerFeasible:
        values = [v.varValue or 0.0 for v in problem.variables]
        return "limit", np.array(values, dtype=np.float64)
    return "failed", np.zeros(0)
