"""Tables made by a stated procedure instead of an optimum: controlled rounding, or row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from allocator.admission.controlled import ControlledTable, controlled_rounding
from allocator.admission.direct import ExactAnswer, solve_exactly
from allocator.admission.entitlement import Cell, Entitlement
from allocator.admission.form import flow_form
from allocator.admission.per_high import PerHighTable, Rows, divide_per_high, rows_of
from allocator.admission.terms import AdmissionTerms
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
    parts = form.entitlement.cells
    weights = pd.DataFrame(
        [[parts.get((h, s), Fraction(0)) for s in form.schools] for h in form.highs],
        index=list(form.highs),
        columns=list(form.schools),
        dtype=object,
    )

    def beside(bounds: object) -> pd.DataFrame:
        return pd.DataFrame(np.asarray(bounds), weights.index, weights.columns, dtype=object)

    found = controlled_rounding(
        weights,
        dict(zip(form.highs, form.quotas.tolist(), strict=True)),
        received,
        floors=beside(form.cell_low),
        caps=beside(form.cell_high),
    )
    seats = found.table.to_numpy(dtype=np.int64)
    cells = {
        (h, s): int(seats[i, j])
        for i, h in enumerate(form.highs)
        for j, s in enumerate(form.schools)
        if form.is_open[i, j]
    }
    return Made(form.entitlement, cells, tuple(_of_rounding(found)), answer)


def row_by_row(rows: Rows, terms: AdmissionTerms) -> Made:
    """Each senior high's quota divided by itself."""
    found = divide_per_high(rows, terms)
    return Made(rows.entitlement, found.cells, tuple(_of_rows(rows, terms, found)))


def _of_rounding(found: ControlledTable) -> Iterator[Problem]:
    if found.ties:
        text = (
            "{number} cells could be rounded the other way in a table just as near the shares: "
            "larger claims came first, then codes"
        )
        yield Problem("quotas", text, {"number": len(found.ties)})


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
