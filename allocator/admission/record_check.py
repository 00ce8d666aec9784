"""Checking a quota table from its published record, with nothing but fractions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from allocator.admission.entitlement import Cell, Entitlement
from allocator.admission.record import DivisionRecord, held_by
from allocator.county.frozen import Problem
from allocator.county.plan import Plan


def check(record: DivisionRecord, due: Entitlement, plan: Plan) -> tuple[Problem, ...]:
    """Recompute every total and cell of a plan from the published multipliers, in fractions.

    Returns
    -------
    tuple of Problem
        Empty if claims, sums, totals, cells, marks and ties are all as the record says.
    """
    cells: dict[Cell, int] = {}
    for entry in plan.quotas:
        cell = (entry.senior_high, entry.junior_high)
        cells[cell] = cells.get(cell, 0) + entry.places
    return (
        *_claims_checked(record, due),
        *_sums_checked(record, due, cells),
        *_totals_checked(record),
        *_cells_checked(record, due, cells),
    )


def _claims_checked(record: DivisionRecord, due: Entitlement) -> Iterator[Problem]:
    with_claim = {id for id, claim in due.columns.items() if claim}
    listed = [c.id for c in record.claimants]
    dividing = {id for id, quota in due.quotas.items() if quota}
    if sorted(listed) != sorted(with_claim):
        yield Problem("claimants", "the record lists other junior highs than have a claim")
    if sorted(h.id for h in record.senior_highs) != sorted(dividing):
        yield Problem("senior_highs", "the record lists other senior highs than divide places")
    for c in record.claimants:
        if c.id in with_claim and (c.share, c.claim) != (due.plain[c.id], due.columns[c.id]):
            text = "{school}: share or claim on record is not the one the scenario gives"
            yield Problem(f"claimants.{c.id}", text, {"school": c.id})


def _sums_checked(
    record: DivisionRecord, due: Entitlement, cells: dict[Cell, int]
) -> Iterator[Problem]:
    text = "{who}: its cells add up to {sum}, the record says {number}"
    given, received = Counter[str](), Counter[str]()
    for cell, places in cells.items():
        given[cell[0]] += places
        received[cell[1]] += places
        if places and cell not in due.cells:
            yield Problem("cells", "{pair} has places without a claim", {"pair": "-".join(cell)})
    for high in record.senior_highs:
        if given[high.id] != high.quota:
            numbers = {"who": high.id, "sum": given[high.id], "number": high.quota}
            yield Problem(f"senior_highs.{high.id}", text, numbers)
    for c in record.claimants:
        if received[c.id] != c.total:
            numbers = {"who": c.id, "sum": received[c.id], "number": c.total}
            yield Problem(f"claimants.{c.id}", text, numbers)


def _totals_checked(record: DivisionRecord) -> Iterator[Problem]:
    for c in record.claimants:
        held = held_by(c.claim, c.total_multiplier, c.total, record.divisor)
        if held != c.held:
            text = "{school}: claim and multiplier do not give its total of {places}"
            details = {"school": c.id, "places": c.total}
            yield Problem(f"claimants.{c.id}", text, details)


def _cells_checked(
    record: DivisionRecord, due: Entitlement, cells: dict[Cell, int]
) -> Iterator[Problem]:
    rows = {h.id: h.multiplier for h in record.senior_highs}
    columns = {c.id: c.multiplier for c in record.claimants}
    marked = {(c.senior_high, c.claimant): (c.places, c.held) for c in record.held_cells}
    for (high, id), claim in due.cells.items():
        if high not in rows or id not in columns:
            continue
        places = cells.get((high, id), 0)
        held = held_by(claim, rows[high] * columns[id], places, record.divisor)
        if marked.pop((high, id), (places, "")) != (places, held):
            text = "{pair}: claim and multipliers do not give its {places} places"
            details = {"pair": f"{high}-{id}", "places": places}
            yield Problem("cells", text, details)
    for high, id in marked:
        text = "{pair} is marked as held but has no claim"
        yield Problem("held_cells", text, {"pair": f"{high}-{id}"})
    for tie in record.ties:
        if tie.senior_high is None:
            continue
        cell = (tie.senior_high, tie.claimant)
        product = due.cells.get(cell, Fraction(0)) ** record.power
        product *= rows.get(cell[0], Fraction(0)) * columns.get(cell[1], Fraction(0))
        # On the signpost itself, so that either number is its rounding.
        tied = product == record.divisor.post(max(tie.places, tie.or_else))
        if not tied or cells.get(cell, 0) != tie.places or abs(tie.places - tie.or_else) != 1:
            text = "{pair} is listed as a tie but is none"
            yield Problem("ties", text, {"pair": "-".join(cell)})
