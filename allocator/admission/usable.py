"""Usable quota (可用名额): how many places will be taken up, by the record of earlier years.

Symbols
-------
n, f
    Places of a record and how many of them were filled.
m
    Places that are enough for the record to speak for itself.

The rate of a record is ``f / n`` where ``n >= m``, else ``(f + (m - n) r) / m`` with ``r`` the rate
of the next wider record. From narrow to wide: the pair, the junior high at all senior highs, the
senior high for all junior highs, the county, whose rate is always its own. All fractions are exact.
What is not taken up returns to unified admission of the same senior high.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from allocator.admission.claimants import claimants
from allocator.admission.entitlement import Cell
from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County

Reach = Literal["cell", "junior_high", "senior_high", "county"]
"""The widest record that a rate is taken from."""


@dataclass(frozen=True)
class Record:
    """Places of earlier years, and how many of them were filled."""

    places: int = 0
    filled: int = 0

    def __add__(self, other: Record) -> Record:
        """Both together."""
        return Record(self.places + other.places, self.filled + other.filled)


@dataclass(frozen=True)
class Use:
    """What is expected of the places of one senior high for one junior high."""

    places: int
    own: Record
    """The record of the pair itself."""
    rate: Fraction
    """Share of the places expected to be taken up."""
    reach: Reach

    @property
    def used(self) -> Fraction:
        """Places expected to be taken up."""
        return self.places * self.rate

    @property
    def unfilled(self) -> Fraction:
        """Places expected to return to unified admission of the senior high."""
        return self.places - self.used


@dataclass(frozen=True)
class Usable:
    """Expected use of all quota places, by pair."""

    years: tuple[int, ...]
    """Years the records are of."""
    cells: Mapping[Cell, Use]

    @property
    def returned(self) -> dict[str, Fraction]:
        """Senior high -> places expected to return to its unified admission."""
        return self._summed(lambda cell: cell[0])

    @property
    def lost(self) -> dict[str, Fraction]:
        """Claimant -> places it is expected not to take up."""
        return self._summed(lambda cell: cell[1])

    def _summed(self, key: Callable[[Cell], str]) -> dict[str, Fraction]:
        found: dict[str, Fraction] = defaultdict(Fraction)
        for cell, use in self.cells.items():
            found[key(cell)] += use.unfilled
        return dict(sorted(found.items()))


def usable(county: County, terms: AdmissionTerms, places: Mapping[Cell, int]) -> Usable | None:
    """Expected use of quota places; None where no earlier year says how many were filled.

    Parameters
    ----------
    places
        Quota places of each senior high for each junior high or pool.
    """
    kept = terms.usable
    records = _records(county, terms)
    years = sorted({year for year, _, _ in records}, reverse=True)[: kept.years]
    latest = {key: record for key, record in records.items() if key[0] in years}
    cell = _joined(latest, lambda high, id: (high, id))
    junior = _joined(latest, lambda _, id: ("", id))
    senior = _joined(latest, lambda high, _: (high, ""))
    whole = sum(latest.values(), Record())
    if not whole.places:
        return None
    found: dict[Cell, Use] = {}
    for (high, id), number in sorted(places.items()):
        own = cell.get((high, id), Record())
        rate, reach = _rate(
            (
                ("cell", own, kept.enough_cell),
                ("junior_high", junior.get(("", id), Record()), kept.enough_junior_high),
                ("senior_high", senior.get((high, ""), Record()), kept.enough_senior_high),
                ("county", whole, whole.places),
            )
        )
        if number:
            found[high, id] = Use(number, own, rate, reach)
    return Usable(tuple(sorted(years)), found)


def _records(county: County, terms: AdmissionTerms) -> dict[tuple[int, str, str], Record]:
    """Year, senior high and claimant -> its record; what was not recorded as filled is left out."""
    home = {s.id: c.id for c in claimants(county, terms).values() for s in c.schools}
    found: dict[tuple[int, str, str], Record] = defaultdict(Record)
    for past in county.past_quotas:
        if past.filled is not None and past.places:
            claimant = home.get(past.junior_high, past.junior_high)
            found[past.year, past.senior_high, claimant] += Record(past.places, past.filled)
    return found


def _joined(
    records: Mapping[tuple[int, str, str], Record], key: Callable[[str, str], Cell]
) -> dict[Cell, Record]:
    found: dict[Cell, Record] = defaultdict(Record)
    for (_, high, id), record in records.items():
        found[key(high, id)] += record
    return found


def _rate(levels: Iterable[tuple[Reach, Record, int]]) -> tuple[Fraction, Reach]:
    """The rate from the narrowest record, and the widest one that it needed."""
    (reach, record, enough), *wider = levels
    if record.places >= enough:
        return Fraction(record.filled, record.places), reach
    beyond, reach = _rate(wider)
    return (record.filled + (enough - record.places) * beyond) / enough, reach
