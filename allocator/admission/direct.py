"""The exact way: column totals by the greedy, then the matrix by flow, proven in fractions.

It serves every scenario whose MUST rules only bound column totals and which has no SHOULD rule;
any other goes to the general solver.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
import pandas as pd

from allocator.admission.entitlement import Entitlement, entitle
from allocator.admission.goals import TIERS
from allocator.admission.matrix import BiproportionalTable, biproportional_table
from allocator.admission.model import build, decode, variables
from allocator.admission.seating import column_totals
from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.county.plan import Plan
from allocator.modelling import Allocation, Configured


@dataclass(frozen=True)
class ExactAnswer:
    """An admission plan with its exact proof."""

    plan: Plan
    proven: bool
    entitlement: Entitlement
    table: BiproportionalTable
    """The matrix with its rational multipliers and ties."""
    floors: dict[str, int]
    caps: dict[str, int]


def column_limits(
    allocation: Allocation, due: Entitlement
) -> tuple[dict[str, int], dict[str, int]] | None:
    """Floors and caps of column totals that the rules' rows state.

    Returns
    -------
    tuple or None
        Floors and caps by junior high; None if some row says anything else.
    """
    x = variables(due)
    column = {
        tuple(x.places(school=school).expression.columns.tolist()): school for school in due.weights
    }
    floors = dict.fromkeys(due.weights, 0)
    caps = dict.fromkeys(due.weights, sum(due.quotas.values()))
    for listed in allocation.rules:
        for row in listed.rows:
            touched = tuple(row.expression.columns.tolist())
            scale = set(row.expression.coefficients.tolist())
            limit = row.limit - row.expression.constant
            if touched in column and len(scale) == 1 and row.sense != "==" and touched:
                school, factor = column[touched], scale.pop()
                if row.sense == ">=":
                    floors[school] = max(floors[school], ceil(limit / factor - 1e-9))
                else:
                    caps[school] = min(caps[school], floor(limit / factor + 1e-9))
            elif not _always(allocation, touched, row.sense, limit, scale):
                return None
    return floors, caps


def _always(
    allocation: Allocation, touched: tuple[int, ...], sense: str, limit: float, scale: set[float]
) -> bool:
    """Whether the structure alone keeps a row: it bounds a fixed row sum, or nothing."""
    if not touched:
        return limit <= 0 if sense == ">=" else limit >= 0
    for row in allocation.structure:
        if tuple(row.expression.columns.tolist()) == touched and len(scale) == 1:
            total = row.limit * next(iter(scale))
            return total >= limit - 1e-9 if sense == ">=" else total <= limit + 1e-9
    return False


def solve_exactly(
    county: County, configured: Sequence[Configured], order: Sequence[str], terms: AdmissionTerms
) -> ExactAnswer | None:
    """Divide the quotas exactly, or return None where the general solver is needed."""
    if tuple(order) != tuple(t.name for t in TIERS):
        return None
    if any(c.firmness == "should" for c in configured):
        return None
    due = entitle(county, configured, terms)
    limits = column_limits(build(county, configured, order, terms), due)
    if limits is None or not due.cells:
        return None
    floors, caps = limits
    totals = column_totals(due.quotas, list(due.cells), due.columns, terms.signpost, floors, caps)
    if totals is None:
        return None
    columns = [school for school, total in totals.items() if any(s == school for _, s in due.cells)]
    weights = pd.DataFrame(
        [[due.cells.get((high, school), 0) for school in columns] for high in due.quotas],
        index=list(due.quotas),
        columns=columns,
        dtype=object,
    )
    table = biproportional_table(
        weights,
        dict(due.quotas),
        {school: totals[school] for school in columns},
        signpost=terms.signpost,
    )
    pairs = sorted(due.cells)
    found = table.table.to_dict("index")
    levels = np.array([found[high][school] for high, school in pairs], dtype=np.float64)
    return ExactAnswer(
        plan=decode(pairs, levels),
        proven=table.proven,
        entitlement=due,
        table=table,
        floors=floors,
        caps=caps,
    )
