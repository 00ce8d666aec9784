"""The record of a division: multipliers, floors, caps and ties, so that anyone can check it.

Symbols
-------
c[i, j], x[i, j]
    Claim of junior high j on senior high i, and the places it received.
r[i], s[j]
    Multipliers (乘数) of the row and the column.
d(k), p
    Signposts of the divisor method, and the power for which d(k)^p is a fraction.

A cell is right if ``d(x)^p <= c^p r s <= d(x + 1)^p``: then the product, rounded at the signposts,
is x. Below the first number a floor holds the cell, above the second a cap does, and it is marked:
``x = min(cap, max(floor, round(c r s)))``. Totals are checked the same way from claim and one
multiplier.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from allocator.admission.signposts import METHODS, Divisor, Method
from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.county.frozen import Frozen, Identifier, Month, Whole

if TYPE_CHECKING:
    from allocator.admission.direct import ExactAnswer

Held = Literal["", "floor", "cap"]

_WRITTEN = re.compile(r"-?\d+(\.\d+|/[1-9]\d*)?")
_DIGITS = 12
"""Decimals a fraction may have to be written as one."""


def written(value: Fraction) -> str:
    """A fraction as text: ``12.5`` where a short decimal is exact, else ``a/b``."""
    scaled = value * 10**_DIGITS
    if scaled.denominator > 1:
        return f"{value.numerator}/{value.denominator}"
    if value.denominator == 1:
        return str(value.numerator)
    whole, part = divmod(abs(scaled.numerator), 10**_DIGITS)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{part:0{_DIGITS}d}".rstrip("0")


def _read(value: object) -> Fraction:
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str) and _WRITTEN.fullmatch(value):
        return Fraction(value)
    raise ValueError("a fraction is written as a whole number, a decimal or a/b, in quotes")


Rational = Annotated[
    Fraction,
    PlainValidator(_read),
    PlainSerializer(written, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": f"^{_WRITTEN.pattern}$"}),
]
"""An exact fraction, written to JSON as text."""


class SeniorHighRecord(Frozen):
    """A row of the table: a senior high and its multiplier."""

    id: Identifier
    quota: Whole
    multiplier: Rational


class ClaimantRecord(Frozen):
    """A column of the table: a junior high or a pool, from its share to its total."""

    id: Identifier
    weight: Rational
    """What it counts for in the base."""
    share: Rational
    """Plain proportional share of all quotas together."""
    factor: Rational
    """What its weight is multiplied by, 1 where no rule does."""
    top_up: Rational
    """Places on top in its claim."""
    claim: Rational
    total: Whole
    total_multiplier: Rational
    """Claim times this, rounded, is the total, unless it is held."""
    held: Held
    """Whether a floor or a cap decides the total."""
    rule: str | None
    """Name of the rule that set the floor or cap; None where other sums leave no choice."""
    multiplier: Rational
    """Of its cells."""


class HeldCellRecord(Frozen):
    """A cell that its own floor or cap decides, not the multipliers."""

    senior_high: Identifier
    claimant: Identifier
    places: Whole
    held: Held


class TieRecord(Frozen):
    """A cell or total that is another number in a table just as good."""

    senior_high: Identifier | None
    """None for the total of the junior high."""
    claimant: Identifier
    places: Whole
    or_else: Whole


class SettlementRecord(Frozen):
    """What settled the ties: the protocol, or a lot as it was drawn."""

    by: Literal["protocol", "lot"]
    drawn_by: str = ""
    on: Month | None = None
    note: str = ""


class DivisionRecord(Frozen):
    """What is published beside a quota table (名额分配记录), so that every cell can be checked."""

    method: Method
    power: Whole
    """Multipliers apply to ``claim^power``: 2 for Hill, whose signposts are roots."""
    senior_highs: tuple[SeniorHighRecord, ...]
    claimants: tuple[ClaimantRecord, ...]
    held_cells: tuple[HeldCellRecord, ...] = ()
    ties: tuple[TieRecord, ...] = ()
    settled: SettlementRecord | None = None
    """None where nothing ties."""

    @property
    def divisor(self) -> Divisor:
        """The divisor method as signposts."""
        return METHODS[self.method]


def division_record(answer: ExactAnswer, county: County, terms: AdmissionTerms) -> DivisionRecord:
    """The record of an exact answer."""
    due = answer.entitlement
    on_top = dict.fromkeys(due.claimants, Fraction(0))
    for (_, id), places in due.top_ups.items():
        on_top[id] += places
    totals = {t.junior_high: t for t in answer.totals}
    ties = [
        TieRecord(senior_high=str(t.row), claimant=str(t.column), places=t.seats, or_else=t.or_else)
        for t in answer.ties
    ]
    ties += [
        TieRecord(senior_high=None, claimant=id, places=totals[id].places, or_else=other)
        for id, other in answer.tied_totals.items()
    ]
    return DivisionRecord(
        method=terms.method,
        power=terms.divisor.power,
        senior_highs=tuple(
            SeniorHighRecord(id=high, quota=due.quotas[high], multiplier=factor)
            for high, factor in answer.senior_high_factors.items()
        ),
        claimants=tuple(
            ClaimantRecord(
                id=id,
                weight=due.weights[id],
                share=due.plain[id],
                factor=due.factors.get(id, Fraction(1)),
                top_up=on_top[id],
                claim=t.claim,
                total=t.places,
                total_multiplier=t.factor,
                held=t.held,
                rule=t.rule,
                multiplier=answer.junior_high_factors[id],
            )
            for id, t in totals.items()
        ),
        held_cells=tuple(
            HeldCellRecord(
                senior_high=c.senior_high, claimant=c.junior_high, places=c.places, held=c.held
            )
            for c in answer.held_cells
        ),
        ties=tuple(ties),
        settled=_settled(ties, county, terms),
    )


def _settled(
    ties: list[TieRecord], county: County, terms: AdmissionTerms
) -> SettlementRecord | None:
    """The lot among all junior highs, if there is one and ties go by lot; else the protocol."""
    if not ties:
        return None
    lots = (lot for lot in county.quota_lots if lot.senior_high is None)
    lot = next(lots, None) if terms.ties == "lot" else None
    if lot is None:
        return SettlementRecord(by="protocol")
    return SettlementRecord(by="lot", drawn_by=lot.drawn_by, on=lot.on, note=lot.note)


def held_by(claim: Fraction, multiplier: Fraction, places: int, divisor: Divisor) -> Held:
    """Which bound holds a number of places away from claim times multiplier, rounded."""
    product = claim**divisor.power * multiplier
    if places and product < divisor.post(places):
        return "floor"
    return "cap" if product > divisor.post(places + 1) else ""
