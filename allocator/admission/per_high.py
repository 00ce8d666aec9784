"""Divide each senior high's quota by itself (逐校取整), as most counties do.

Nothing here knows what a junior high receives from the other senior highs, so floors and caps on
its total are not looked at: the audit counts what is broken. Floors and caps of single pairs are
kept by the divisor methods and by largest remainders; rounding down, rounding half up and lots keep
none.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from allocator.admission.contradictions import contradictions
from allocator.admission.entitlement import Cell, Entitlement, entitle
from allocator.admission.form import flow_form
from allocator.admission.impossible import GIVE, PAIRS
from allocator.admission.naming import Names
from allocator.admission.one_row import (
    Division,
    Shares,
    Turns,
    by_divisor,
    by_lot,
    largest_remainder,
    rounded_down,
    rounded_half_up,
)
from allocator.admission.terms import AdmissionTerms, Rounding
from allocator.admission.tie_order import TieOrder, tie_order
from allocator.county.county import County
from allocator.county.frozen import DataError, Problem
from allocator.county.quotas import QuotaLot
from allocator.modelling import Configured

PER_HIGH: tuple[Rounding, ...] = ("largest_remainder", "divisor", "down", "half_up", "lots")
"""The roundings that look at one senior high at a time."""

SIMULATED = "模拟抽签，不得公布"
"""Who "drew" a lot that only a machine has drawn: not for publication."""


@dataclass(frozen=True)
class Rows:
    """What each senior high divides by itself.

    Attributes
    ----------
    low, high
        Floors and caps of single pairs, where a MUST rule states one.
    lots
        Senior high -> the order drawn for its places, where a lot is on record.
    order
        Who is served first where claims tie.
    wrong
        What no table can mend.
    """

    county: County
    entitlement: Entitlement
    order: TieOrder
    low: Mapping[Cell, int] = field(default_factory=dict)
    high: Mapping[Cell, int] = field(default_factory=dict)
    lots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wrong: tuple[Problem, ...] = ()

    def claims(self, high: str) -> Shares:
        """Claim of each claimant that a senior high admits from, by code."""
        found = {s: part for (h, s), part in self.entitlement.cells.items() if h == high}
        return dict(sorted(found.items()))

    def turns(self, high: str) -> Turns:
        """By lot or protocol: protected first, then the larger remainder, then the code."""
        return {
            s: (self.order.rank(high, s), math.floor(part) - part, s)
            for s, part in self.claims(high).items()
        }


@dataclass(frozen=True)
class PerHighTable:
    """A table made senior high by senior high.

    Attributes
    ----------
    cells
        Places of every pair that may be served.
    divisions
        Senior high -> its places, ties, and who was not in the order drawn.
    differences
        Senior high -> places given less its quota, where that is not 0.
    """

    cells: Mapping[Cell, int]
    divisions: Mapping[str, Division]
    differences: Mapping[str, int]


def rows_of(county: County, configured: Sequence[Configured], terms: AdmissionTerms) -> Rows:
    """The quotas, claims, bounds of pairs and lots of a county."""
    # Webster has no first places, which would read as floors of the bureau's own.
    webster = terms.model_copy(update={"method": "webster"})
    form = flow_form(county, configured, webster, firm_only=True)
    due = entitle(county, configured, terms) if form is None else form.entitlement
    low: dict[Cell, int] = {}
    high: dict[Cell, int] = {}
    if form is not None:
        for i, senior in enumerate(form.highs):
            for j, school in enumerate(form.schools):
                if form.cell_low[i, j]:
                    low[senior, school] = int(form.cell_low[i, j])
                if form.is_open[i, j] and form.cell_high[i, j] < form.quotas[i]:
                    high[senior, school] = int(form.cell_high[i, j])
    order = tie_order(county, configured, terms, due)
    wrong = tuple(contradictions(county, configured, due, None, Names.of(county)))
    return Rows(county, due, order, low, high, _lots(county, due), wrong)


def _lots(county: County, due: Entitlement) -> dict[str, tuple[str, ...]]:
    """The order drawn for each senior high: its own lot, else the one for all."""
    own: dict[str | None, tuple[str, ...]] = {}
    for lot in county.quota_lots:
        own.setdefault(lot.senior_high, lot.order)
    found = {high: own.get(high, own.get(None)) for high in due.quotas}
    return {high: order for high, order in found.items() if order is not None}


def divide_per_high(rows: Rows, terms: AdmissionTerms) -> PerHighTable:
    """Divide every quota by the rounding of the terms.

    Raises
    ------
    DataError
        If a senior high cannot divide its quota this way, or a lot is missing.
    """
    problems = tuple(_problems(rows, terms))
    if problems:
        raise DataError(problems)
    divisions = {
        high: _METHODS[terms.rounding](rows, terms, high)
        for high, quota in rows.entitlement.quotas.items()
        if quota
    }
    given = {high: sum(d.places.values()) for high, d in divisions.items()}
    return PerHighTable(
        cells={(high, s): n for high, d in divisions.items() for s, n in d.places.items()},
        divisions=divisions,
        differences={
            high: n - rows.entitlement.quotas[high]
            for high, n in given.items()
            if n != rows.entitlement.quotas[high]
        },
    )


def simulated_lot(claimants: Iterable[str], seed: int, high: str | None = None) -> QuotaLot:
    """An order drawn by a machine, to try a lot out: never one to publish.

    The same seed gives the same order on every machine, whatever order the codes come in.
    """

    def ticket(code: str) -> bytes:
        return hashlib.sha256(f"{seed}:{high or ''}:{code}".encode()).digest()

    return QuotaLot(
        order=tuple(sorted(sorted(claimants), key=ticket)),
        senior_high=high,
        drawn_by=SIMULATED,
        on="2000-01",
        note=f"种子（seed）{seed}",
    )


def _remainders(rows: Rows, terms: AdmissionTerms, high: str) -> Division:
    del terms
    low, most = _bounds(rows, high)
    return largest_remainder(
        rows.claims(high),
        rows.entitlement.quotas[high],
        floors=low,
        caps=most,
        turns=rows.turns(high),
    )


def _divisor(rows: Rows, terms: AdmissionTerms, high: str) -> Division:
    low, most = _bounds(rows, high)
    return by_divisor(
        rows.claims(high),
        rows.entitlement.quotas[high],
        terms.divisor,
        floors=low,
        caps=most,
        turns=rows.turns(high),
    )


def _down(rows: Rows, terms: AdmissionTerms, high: str) -> Division:
    del terms
    return rounded_down(rows.claims(high))


def _half_up(rows: Rows, terms: AdmissionTerms, high: str) -> Division:
    del terms
    return rounded_half_up(rows.claims(high))


def _drawn(rows: Rows, terms: AdmissionTerms, high: str) -> Division:
    del terms
    return by_lot(rows.claims(high), rows.entitlement.quotas[high], rows.lots[high])


_METHODS: Mapping[Rounding, Callable[[Rows, AdmissionTerms, str], Division]] = {
    "largest_remainder": _remainders,
    "divisor": _divisor,
    "down": _down,
    "half_up": _half_up,
    "lots": _drawn,
}


def _bounds(rows: Rows, high: str) -> tuple[dict[str, int], dict[str, int]]:
    return (
        {s: n for (h, s), n in rows.low.items() if h == high},
        {s: n for (h, s), n in rows.high.items() if h == high},
    )


def _problems(rows: Rows, terms: AdmissionTerms) -> Iterator[Problem]:
    """What keeps a senior high from dividing its quota this way."""
    county, bounded = rows.county, terms.rounding in ("largest_remainder", "divisor")
    first = terms.divisor.first if terms.rounding == "divisor" else 0
    yield from rows.wrong
    for n, senior in enumerate(county.senior_highs):
        quota = rows.entitlement.quotas.get(senior.id, 0)
        claims, (low, most) = rows.claims(senior.id), _bounds(rows, senior.id)
        if not quota or not claims:
            continue
        path, details = f"county.senior_highs[{n}]", {"high": senior.name, "quota": quota}
        taking = {s: most.get(s, quota) if part else low.get(s, 0) for s, part in claims.items()}
        needed = sum(
            max(low.get(s, 0), min(first, taking[s]) if part else 0) for s, part in claims.items()
        )
        if bounded and needed > quota:
            yield Problem(path, PAIRS, details | {"needed": needed})
        elif bounded and sum(taking.values()) < quota:
            possible = {"number": len(claims), "possible": sum(taking.values())}
            yield Problem(path, GIVE, {"high": senior.name, "needed": quota} | possible)
    missing = [
        senior.name
        for senior in county.senior_highs
        if rows.entitlement.quotas.get(senior.id) and senior.id not in rows.lots
    ]
    if terms.rounding == "lots" and missing:
        text = (
            "no lot is on record for {number} senior highs ({high}): enter the order drawn, or "
            "choose another method"
        )
        details = {"number": len(missing), "high": "、".join(missing)}
        yield Problem("county.quota_lots", text, details)
