"""The program as a file for any other solver, so that a value can be checked elsewhere.

The file minimises one tier, with every tier before it limited to the value of a plan already
found: its optimum is the value of the next tier, or a bound on it where a cap on a mean is stated
by tangents. Columns and rows have short keys, as formats
forbid or shorten long names; a table beside the file gives what each key means.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from allocator.modelling import Linear, Tier
from allocator.scenario import PartName, Scenario
from allocator.solving import pulp_adapter
from allocator.solving.again import WIDE
from allocator.solving.building import build
from allocator.solving.certificate import with_rows
from allocator.solving.program import Program, lay_out
from allocator.solving.tiers import room


@dataclass(frozen=True)
class ModelFile:
    """What a file says: the tier it minimises, and the tiers it holds with their limits."""

    tier: Tier
    held: tuple[tuple[Tier, float], ...]
    tangents: bool = False
    """Whether it states norms by tangents only: its optimum is then a bound."""


def names_beside(path: Path) -> Path:
    """Where the table of names of a model file stands: ``m.names.csv`` beside ``m.mps``."""
    return path.with_suffix(".names.csv")


def write_model_file(
    scenario: Scenario,
    part: PartName,
    path: Path,
    *,
    values: Mapping[str, float] | None = None,
    tier: str | None = None,
) -> ModelFile:
    """Write the program of a part as MPS or LP, and the table of its names beside it.

    Parameters
    ----------
    path
        Ends in ``.mps`` or ``.lp``.
    values
        Value of each tier in a plan; earlier tiers are limited to it. None limits nothing.
    tier
        Tier to minimise; None takes the last one, or the first where no plan is given.
    """
    program = lay_out(build(scenario, part), WIDE)
    tiers = program.allocation.tiers
    names = [t.name for t in tiers]
    at = (0 if values is None else len(tiers) - 1) if tier is None else names.index(tier)
    known = values or {}
    held = tuple((t, known[t.name] + room(known[t.name], t)) for t in tiers[:at] if known)
    stated, cost = _stated(program, tiers[at], held)
    pulp_adapter.write_model(stated, cost, path)
    with names_beside(path).open("w", encoding="utf-8-sig", newline="") as table:
        writer = csv.writer(table)
        writer.writerow(("key", "kind", "name"))
        writer.writerows(_keys(stated, tiers[at]))
    return ModelFile(tiers[at], held, any(c.norms for c in program.conditions))


def _stated(
    program: Program, tier: Tier, held: tuple[tuple[Tier, float], ...]
) -> tuple[Program, Linear]:
    """The program with the limits as rows, and the constant of the cost as a column fixed at 1.

    Formats disagree about constants in an objective; a column is read alike by all. They also
    disagree about columns that stand in no row and no cost, so such columns share a row that is
    always kept.
    """
    cost, matrix = program.costs[tier.name], program.matrix
    one = matrix.lower.size
    fixed = Linear.of(np.array([one]), np.array([cost.constant]))
    cost = replace(cost, constant=0.0) + fixed
    matrix = replace(
        matrix,
        lower=np.append(matrix.lower, 1.0),
        upper=np.append(matrix.upper, 1.0),
        whole=np.append(matrix.whole, False),
    )
    rows = [(program.costs[t.name], most - program.costs[t.name].constant) for t, most in held]
    names = [f"held.{t.name}" for t, _ in held]
    used = np.concatenate([matrix.index, cost.columns, *(e.columns for e, _ in rows)])
    idle = np.setdiff1d(np.arange(one + 1), used)
    if idle.size:
        rows.append((Linear(idle, np.ones(idle.size)), float(matrix.upper[idle].sum())))
        names.append("columns in no other row")
    stated = replace(
        program,
        matrix=with_rows(matrix, rows),
        names=(*program.names, "constant"),
        row_names=(*program.row_names, *names),
    )
    return stated, cost


def _keys(program: Program, tier: Tier) -> Iterator[tuple[str, str, str]]:
    """Key, kind and readable name of the objective, the columns and the rows."""
    yield "OBJ", "objective", tier.name
    for n, name in enumerate(program.names):
        yield f"x{n}", "column", name
    for n, name in enumerate(program.row_names):
        for key in pulp_adapter.row_keys(program.matrix, n):
            yield key, "row", name
