"""Solve the division exactly, by flows and fractions instead of a MILP.

First the totals of the junior highs (`columns`), then the biproportional table with these totals
(`matrix`). Where totals tie, the tie is handed to the table as a further row that holds the places
the tied junior highs do without, so the matrix goal settles what the column goal leaves open and
the two stages together are the optimum of the one lexicographic program.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
import pandas as pd

from allocator.admission.columns import Totals, best_totals
from allocator.admission.entitlement import Entitlement
from allocator.admission.flow import Ints
from allocator.admission.form import FlowForm, flow_form
from allocator.admission.matrix import BiproportionalTable, TiedCell, biproportional_table
from allocator.admission.model import decode, tier_values
from allocator.admission.signposts import Divisor
from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.county.plan import Plan
from allocator.modelling import Configured, Floats

Held = Literal["", "floor", "cap"]
_TIE_ROW = "~"
"""No senior high is called so: codes are letters, digits, _ and -."""


@dataclass(frozen=True)
class SchoolTotal:
    """The total of a junior high, and how anyone can check it.

    ``places = min(cap, max(floor, claim * factor rounded at the signposts))``; ``held`` says
    whether a floor or a cap decides, and ``rule`` which one set it, if a MUST rule did.
    """

    junior_high: str
    claim: Fraction
    factor: Fraction
    places: int
    held: Held
    rule: str | None


@dataclass(frozen=True)
class HeldCell:
    """A cell whose places a floor or cap of its own decides, not its factors."""

    senior_high: str
    junior_high: str
    places: int
    held: Held


@dataclass(frozen=True)
class ExactAnswer:
    """The best table, with everything that proves it.

    Attributes
    ----------
    tiers
        Value of each tier, in the planner's order.
    proven
        Whether totals and table were both confirmed in exact fractions: then every tier is at
        its bound.
    senior_high_factors, junior_high_factors
        ``claim * both factors``, rounded at the signposts, is each cell no floor or cap holds.
    totals
        One entry for each junior high with a claim.
    tied_totals
        Junior highs whose total could be another in a table just as good: id -> other total.
    ties
        Cells that could be another in a table just as good.
    """

    plan: Plan
    tiers: Mapping[str, float]
    proven: bool
    entitlement: Entitlement
    senior_high_factors: Mapping[str, Fraction]
    junior_high_factors: Mapping[str, Fraction]
    totals: tuple[SchoolTotal, ...]
    tied_totals: Mapping[str, int]
    ties: tuple[TiedCell, ...]
    held_cells: tuple[HeldCell, ...]


def solve_exactly(
    county: County,
    configured: Sequence[Configured],
    order: Sequence[str],
    terms: AdmissionTerms,
) -> ExactAnswer | None:
    """The optimum of the admission program, proven in fractions.

    Returns
    -------
    ExactAnswer or None
        None if a rule or the order of the goals does not fit a flow, if no table keeps all MUST
        rules, or if nothing is divided: then the MILP answers.
    """
    form = flow_form(county, configured, terms)
    if form is None or form.unmet or not form.schools or not _fits(order, form):
        return None
    wishes_first = order.index("protection") < order.index("columns")
    totals = best_totals(form, wishes_first=wishes_first)
    if totals is None:
        return None
    matrix = _table(form, totals)
    plan = decode(form.pairs, _levels(form, matrix.seats))
    ties = matrix.found.ties
    received = matrix.seats.sum(axis=0).tolist()
    return ExactAnswer(
        plan=plan,
        tiers=tier_values(county, configured, order, terms, plan),
        proven=totals.proven and matrix.found.proven,
        entitlement=form.entitlement,
        senior_high_factors={h: matrix.found.row_factors[h] for h in form.highs},
        junior_high_factors={s: matrix.found.column_factors[s] for s in form.schools},
        totals=tuple(_total(form, totals, j, received[j]) for j in range(len(received))),
        tied_totals={
            str(t.column): received[form.column_of[str(t.column)]] + t.seats - t.or_else
            for t in ties
            if str(t.row).startswith(_TIE_ROW)
        },
        ties=tuple(
            TiedCell(t.row, t.column, t.seats + matrix.first, t.or_else + matrix.first)
            for t in ties
            if not str(t.row).startswith(_TIE_ROW)
        ),
        held_cells=_held_cells(form, matrix),
    )


def _levels(form: FlowForm, seats: Ints) -> Floats:
    """The table as levels of the decision columns; a quota of zero gives none."""
    return np.array(
        [
            seats[form.row_of[high], form.column_of[school]]
            if high in form.row_of and school in form.column_of
            else 0
            for high, school in form.pairs
        ],
        dtype=np.float64,
    )


def _fits(order: Sequence[str], form: FlowForm) -> bool:
    """Whether the tiers come in an order of stages: totals before the table."""
    at = {name: order.index(name) for name in ("protection", "columns", "matrix")}
    return at["columns"] < at["matrix"] and (at["protection"] < at["matrix"] or not form.wishes)


@dataclass(frozen=True)
class _Matrix:
    found: BiproportionalTable
    seats: Ints
    """Places in the order of the form, first places included."""
    first: int
    """Places of each cell given beforehand."""


def _table(form: FlowForm, totals: Totals) -> _Matrix:
    """The biproportional table of the totals, ties of totals settled by it.

    A first signpost of 0 gives each cell a first place.
    """
    parts, first = form.entitlement.cells, form.divisor.first
    gone = form.is_open.astype(np.int64) * first
    weights = pd.DataFrame(
        [[parts.get((h, s), Fraction(0)) for s in form.schools] for h in form.highs],
        index=list(form.highs),
        columns=list(form.schools),
        dtype=object,
    )
    low = pd.DataFrame(
        np.maximum(form.cell_low - gone, 0), weights.index, weights.columns, dtype=object
    )
    high = pd.DataFrame(form.cell_high - gone, weights.index, weights.columns, dtype=object)
    rows = dict(zip(form.highs, (form.quotas - gone.sum(axis=1)).tolist(), strict=True))
    columns = dict(zip(form.schools, (totals.places - gone.sum(axis=0)).tolist(), strict=True))
    for n, group in enumerate(totals.tied):
        label = f"{_TIE_ROW}{n}"
        open_here: list[object] = [Fraction(j in group) for j in range(len(form.schools))]
        weights.loc[label] = pd.Series(open_here, index=weights.columns, dtype=object)
        low.loc[label] = 0
        high.loc[label] = [int(j in group) for j in range(len(form.schools))]
        rows[label] = sum(not has for has in group.values())
        for j, has in group.items():
            columns[form.schools[j]] += not has
    found = biproportional_table(
        weights, rows, columns, floors=low, caps=high, signpost=form.divisor.after(first)
    )
    seats = found.table.loc[list(form.highs)].to_numpy(dtype=np.int64) + gone
    return _Matrix(found, seats, first)


def _held(claim: Fraction, factor: Fraction, places: int, divisor: Divisor) -> Held:
    """Which bound holds a number of places away from claim times factor, rounded."""
    quotient = claim**divisor.power * factor
    if places and quotient < divisor.post(places):
        return "floor"
    return "cap" if quotient > divisor.post(places + 1) else ""


def _total(form: FlowForm, totals: Totals, j: int, places: int) -> SchoolTotal:
    school, factor = form.schools[j], totals.factors[j]
    claim = form.entitlement.columns[school]
    held = _held(claim, factor, places, form.divisor)
    bounds = {"floor": (form.floor_rules, form.low), "cap": (form.cap_rules, form.high)}
    rule = None
    if held:
        rules, limit = bounds[held]
        rule = rules.get(school) if places == limit[j] else None
    return SchoolTotal(school, claim, factor, places, held, rule)


def _held_cells(form: FlowForm, matrix: _Matrix) -> tuple[HeldCell, ...]:
    """Cells that their factors alone would give another number of places."""
    found = []
    for i, j in np.argwhere(form.is_open).tolist():
        high, school, places = form.highs[i], form.schools[j], int(matrix.seats[i, j])
        factors = matrix.found.row_factors[high] * matrix.found.column_factors[school]
        held = _held(form.entitlement.cells[high, school], factors, places, form.divisor)
        if held:
            found.append(HeldCell(high, school, places, held))
    return tuple(found)
