"""Tables made by a stated procedure instead of an optimum: controlled rounding, or row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from allocator.admission.controlled import rounded
from allocator.admission.direct import ExactAnswer, solve_exactly
from allocator.admission.entitlement import Cell, Entitlement
from allocator.admission.flow import TableProblem
from allocator.admission.form import flow_form
from allocator.admission.per_high import PerHighTable, Rows, divide_per_high, rows_of
from allocator.admission.signposts import METHODS
from allocator.admission.terms import AdmissionTerms
from allocator.admission.tie_order import served, tie_order
from allocator.county.county import County
from allocator.county.frozen import DataError, Problem
from allocator.county.plan import Plan, QuotaCell
from allocator.modelling import Configured


@dataclass(frozen=True)
class Made:
    """A table made by a procedure.

    Attributes
    ----------
    notes
        What a planner should know of it: places returned, sums not kept, ties, who was not drawn.
    totals
        For a controlled rounding, the proven answer its column totals come from.
    """

    entitlement: Entitlement
    cells: Mapping[Cell, int]
    notes: tuple[Problem, ...] = ()
    totals: ExactAnswer | None = None

    @property
    def plan(self) -> Plan:
        """The table as a plan, empty cells left out."""
        return Plan(
            quotas=tuple(
                QuotaCell(senior_high=high, junior_high=school, places=places)
                for (high, school), places in sorted(self.cells.items())
                if places
            )
        )


def made(
    county: County, configured: Sequence[Configured], order: Sequence[str], terms: AdmissionTerms
) -> Made:
    """The table by the rounding of the terms, which must not be ``biproportional``.

    Raises
    ------
    DataError
        If the procedure cannot make a table, with every reason.
    """
    if terms.rounding == "controlled":
        answer = solve_exactly(county, configured, order, terms)
        if answer is None:
            text = (
                "controlled rounding needs the exact totals: a rule, or the order of the goals, "
                "does not allow them"
            )
            raise DataError((Problem("admission.terms.rounding", text),))
        return rounded_from(county, configured, terms, answer)
    return row_by_row(rows_of(county, configured, terms), terms)


def rounded_from(
    county: County, configured: Sequence[Configured], terms: AdmissionTerms, answer: ExactAnswer
) -> Made:
    """A controlled rounding with the totals of a proven answer."""
    form = flow_form(county, configured, terms)
    assert form is not None  # else there were no answer
    received = dict.fromkeys(form.schools, 0)
    for cell in answer.plan.quotas:
        received[cell.junior_high] += cell.places
    parts, total = form.entitlement.cells, int(form.quotas.sum())
    problem = TableProblem(
        weights=[[parts.get((h, s), 0) for s in form.schools] for h in form.highs],
        rows=form.quotas,
        columns=np.array([received[s] for s in form.schools], dtype=np.int64),
        low=form.cell_low,
        high=np.where(form.is_open, np.minimum(form.cell_high, total), form.cell_low),
        divisor=METHODS["webster"],
        row_labels=form.highs,
        column_labels=form.schools,
    )
    order = tie_order(county, configured, terms, form.entitlement)
    seats, rising, falling, _ = rounded(problem, partial(served, form, order))
    cells = {
        (form.highs[i], form.schools[j]): int(seats[i, j])
        for i, j in np.argwhere(form.is_open).tolist()
    }
    tied = int((rising | falling).sum())
    return Made(form.entitlement, cells, tuple(_of_rounding(tied)), answer)


def row_by_row(rows: Rows, terms: AdmissionTerms) -> Made:
    """Each senior high's quota divided by itself."""
    found = divide_per_high(rows, terms)
    return Made(rows.entitlement, found.cells, tuple(_of_rows(rows, terms, found)))


def _of_rounding(tied: int) -> Iterator[Problem]:
    if tied:
        text = (
            "{number} cells could be rounded the other way in a table just as near the shares: "
            "the tie rule decided"
        )
        yield Problem("quotas", text, {"number": tied})


def _of_rows(rows: Rows, terms: AdmissionTerms, found: PerHighTable) -> Iterator[Problem]:
    names = {h.id: h.name for h in rows.county.senior_highs}
    known = {id: c.name for id, c in rows.entitlement.claimants.items()}
    for high, division in found.divisions.items():
        quota, difference = rows.entitlement.quotas[high], found.differences.get(high, 0)
        details: dict[str, str | int | float] = {"high": names[high], "quota": quota}
        if difference:
            text = (
                "senior high {high} gives {given} of its {quota} places, {rest} return to unified "
                "admission"
                if terms.rounding == "down"
                else "senior high {high} gives {given} places, its quota is {quota}: rounding "
                "each share by itself keeps no sum"
            )
            numbers = {"given": quota + difference, "rest": -difference}
            yield Problem("quotas", text, details | numbers)
        if division.tied_with:
            text = "senior high {high}: {schools} tie for {number} places, which went to {given}"
            tied = sorted((*division.tied_with, *division.tied_without))
            said = {
                "schools": _listed(known[s] for s in tied),
                "number": len(division.tied_with),
                "given": _listed(known[s] for s in division.tied_with),
            }
            yield Problem("quotas", text, details | said)
        if division.not_drawn:
            text = "senior high {high}: {schools} are not in the order drawn and come last, by code"
            said = {"schools": _listed(known[s] for s in division.not_drawn)}
            yield Problem("county.quota_lots", text, details | said)


def _listed(names: Iterable[str]) -> str:
    return "、".join(names)
