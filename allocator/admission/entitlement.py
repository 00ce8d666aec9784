"""Entitlement (应得名额): the exact proportional part of each quota due to a junior high."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.admission.rules.quota_share import QuotaShareFloor
from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.county.places import School, SeniorHigh
from allocator.modelling import Configured

Cell = tuple[str, str]
"""Senior high and junior high."""


@dataclass(frozen=True)
class Entitlement:
    """Who divides how much among whom, all in exact fractions.

    ``e_ij = q_i w_j / (sum of w over the junior highs senior high i admits)``, 0 elsewhere.
    """

    quotas: Mapping[str, int]
    """Quota places of each senior high that divides any."""
    weights: Mapping[str, Fraction]
    """Weighted graduates of each junior high."""
    graduates: Mapping[str, int]
    """Eligible graduates of each junior high, unweighted."""
    cells: Mapping[Cell, Fraction]
    """Entitlement of each pair that may be served."""

    @property
    def columns(self) -> dict[str, Fraction]:
        """Entitlement of each junior high from all senior highs together."""
        total = {school: Fraction(0) for school in self.weights}
        for (_, school), part in self.cells.items():
            total[school] += part
        return total


def eligible_graduates(county: County, school: School, terms: AdmissionTerms) -> int:
    """Graduates of a junior high who count, over all its campuses."""
    sections = [p.section for p in county.places_of_school[school.id] if p.stage == "junior"]
    if terms.base == "registered":
        return sum(s.registered_graduates for s in sections)
    return sum(s.graduates for s in sections)


def admits(county: County, high: SeniorHigh, school: School) -> bool:
    """Whether a senior high admits from a junior high: no area means the whole county."""
    if not high.admission_area:
        return True
    return any(
        p.township.id in high.admission_area
        for p in county.places_of_school[school.id]
        if p.stage == "junior"
    )


def quotas(county: County, configured: Sequence[Configured]) -> dict[str, int]:
    """Quota places of each senior high: as stated, else its share of its places, rounded up."""
    share = next(
        (
            c.rule.at_least
            for c in configured
            if isinstance(c.rule, QuotaShareFloor) and c.firmness in ("must", "should")
        ),
        None,
    )
    found: dict[str, int] = {}
    for high in sorted(county.senior_highs, key=lambda h: h.id):
        own = high.quota_share if high.quota_share is not None else share
        if high.quota_places is not None:
            found[high.id] = high.quota_places
        elif high.quality and own is not None:
            exact = Fraction(own) * high.places
            found[high.id] = -(-exact.numerator // exact.denominator)
    return found


def entitle(county: County, configured: Sequence[Configured], terms: AdmissionTerms) -> Entitlement:
    """The entitlement of every junior high from every senior high."""
    divided = quotas(county, configured)
    factor = {True: Fraction(terms.private_factor), False: Fraction(1)}
    graduates = {s.id: eligible_graduates(county, s, terms) for s in county.junior_highs}
    weights = {s.id: graduates[s.id] * factor[s.private] for s in county.junior_highs}
    highs = {h.id: h for h in county.senior_highs}
    cells: dict[Cell, Fraction] = {}
    for high, quota in divided.items():
        served = [
            s.id for s in county.junior_highs if weights[s.id] and admits(county, highs[high], s)
        ]
        total = sum((weights[s] for s in served), Fraction(0))
        cells.update({(high, s): quota * weights[s] / total for s in served})
    return Entitlement(divided, weights, graduates, cells)
