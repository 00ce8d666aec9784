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
from functools import partial
from typing import Literal

import numpy as np

from allocator.admission.columns import Totals, best_totals
from allocator.admission.entitlement import Entitlement
from allocator.admission.exact import ProvenTable
from allocator.admission.factors import NEAR, is_proven, log_roots
from allocator.admission.flow import Ints, TableProblem
from allocator.admission.form import FlowForm, flow_form
from allocator.admission.matrix import TiedCell, proportional
from allocator.admission.model import decode, tier_values
from allocator.admission.signposts import Divisor
from allocator.admission.table import quota_table
from allocator.admission.terms import AdmissionTerms
from allocator.admission.tie_order import TieOrder, served, tie_order
from allocator.county.county import County
from allocator.county.plan import Plan
from allocator.modelling import Configured, Floats

Held = Literal["", "floor", "cap"]


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
    divisor
        The divisor method; Hill's factors are for squares: ``claim^power * both factors``.
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
    divisor: Divisor
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
    matrix = _table(form, totals, tie_order(county, configured, terms, form.entitlement))
    plan = decode(form.pairs, _levels(form, matrix.seats))
    table = quota_table(county, form.entitlement, plan)
    received = matrix.seats.sum(axis=0).tolist()
    factors = matrix.found.factors
    proven = is_proven(matrix.problem, matrix.found.seats, factors)
    return ExactAnswer(
        plan=plan,
        tiers=tier_values(county, configured, order, terms, table),
        proven=totals.proven and proven,
        entitlement=form.entitlement,
        divisor=form.divisor,
        senior_high_factors=dict(zip(form.highs, factors.rows[: len(form.highs)], strict=True)),
        junior_high_factors=dict(zip(form.schools, factors.columns, strict=True)),
        totals=tuple(_total(form, totals, j, received[j]) for j in range(len(received))),
        tied_totals={
            form.schools[j]: received[j] + int(matrix.found.seats[i, j]) - other
            for i, j, other in matrix.tied
            if i >= len(form.highs)
        },
        ties=tuple(
            TiedCell(form.highs[i], form.schools[j], int(matrix.seats[i, j]), other + matrix.first)
            for i, j, other in matrix.tied
            if i < len(form.highs)
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
    problem: TableProblem
    found: ProvenTable
    seats: Ints
    """Places in the order of the form, first places included."""
    first: int
    """Places of each cell given beforehand."""

    @property
    def tied(self) -> list[tuple[int, int, int]]:
        """Row, column and other number of places of cells that a tie has decided."""
        other = self.found.seats + self.found.rising - self.found.falling
        open_here = np.argwhere(self.found.rising | self.found.falling).tolist()
        return [(i, j, int(other[i, j])) for i, j in open_here]


def _table(form: FlowForm, totals: Totals, order: TieOrder) -> _Matrix:
    """The biproportional table of the totals, ties of totals settled by it.

    A first signpost of 0 gives each cell a first place. Each tie of totals is a further row.
    """
    parts, first = form.entitlement.cells, form.divisor.first
    height, width = form.is_open.shape
    gone = form.is_open.astype(np.int64) * first
    rows, columns = form.quotas - gone.sum(axis=1), totals.places - gone.sum(axis=0)
    without = np.zeros((len(totals.tied), width), dtype=np.int64)
    for n, group in enumerate(totals.tied):
        for j, has in group.items():
            without[n, j] = 1
            columns[j] += not has
    low = np.vstack([np.maximum(form.cell_low - gone, 0), np.zeros_like(without)])
    rows = np.append(rows, [sum(not has for has in group.values()) for group in totals.tied])
    problem = TableProblem(
        weights=(
            *(tuple(parts.get((h, s), 0) for s in form.schools) for h in form.highs),
            *(tuple(line) for line in without.tolist()),
        ),
        rows=rows.astype(np.int64),
        columns=columns,
        low=low,
        # One more than there are: a cap that is only implied must not excuse the factors.
        high=np.maximum(
            low,
            np.minimum(
                np.vstack([form.cell_high - gone, without]),
                np.minimum(rows[:, None], columns[None, :]) + 1,
            ),
        ).astype(np.int64),
        divisor=form.divisor.after(first),
        row_labels=(*form.highs, *(f"tie {n}" for n in range(len(totals.tied)))),
        column_labels=form.schools,
    )
    found = proportional(problem, partial(served, form, order))
    return _Matrix(problem, found, found.seats[:height] + gone, first)


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
    found, divisor = [], form.divisor
    quotients = matrix.problem.log_weights + (
        log_roots(matrix.found.factors.rows, divisor.power)[:, None]
        + log_roots(matrix.found.factors.columns, divisor.power)[None, :]
    )
    seats, logs = matrix.seats, divisor.logs(int(matrix.seats.max(initial=0)) + 1)
    quotients = quotients[: len(form.highs)]
    # Floats only choose which cells are looked at in fractions.
    near = (quotients < logs[seats] + NEAR) & (seats > 0) | (quotients > logs[seats + 1] - NEAR)
    for i, j in np.argwhere(form.is_open & near).tolist():
        high, school, places = form.highs[i], form.schools[j], int(seats[i, j])
        factors = matrix.found.factors.rows[i] * matrix.found.factors.columns[j]
        held = _held(form.entitlement.cells[high, school], factors, places, divisor)
        if held:
            found.append(HeldCell(high, school, places, held))
    return tuple(found)
