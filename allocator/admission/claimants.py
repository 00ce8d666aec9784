"""Claimants: junior highs, or pools of small ones, that quota places are divided among."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocator.admission.terms import AdmissionTerms, WeightedColumn
from allocator.county.county import County, Place
from allocator.county.places import School, SeniorHigh
from allocator.county.quotas import QuotaPool


@dataclass(frozen=True)
class Claimant:
    """A junior high (初中), or a pool of small ones, that receives quota places.

    Attributes
    ----------
    id, name
        Of the school or the pool.
    schools
        The one school, or those of the pool, sorted by id.
    weights
        School id -> what it counts for in the base, after the factor of private schools.
    graduates
        Eligible graduates: of the base, or with three years' registration where the base is no
        count of graduates.
    counted
        Whether these graduates are recorded. A school that counts for something in a column of
        the bureau's own, and has no graduates at all, has an unknown number of them, not none.
    """

    id: str
    name: str
    schools: tuple[School, ...]
    weights: Mapping[str, Fraction]
    graduates: int
    counted: bool = True

    @property
    def weight(self) -> Fraction:
        """What it counts for in the base."""
        return sum(self.weights.values(), Fraction(0))


def claimants(county: County, terms: AdmissionTerms) -> dict[str, Claimant]:
    """Who receives places, by id, sorted."""
    pooled: dict[str, QuotaPool] = {}
    for pool in county.quota_pools:
        small = [s for s in pool.schools if not _stands_alone(county, county.school[s], terms)]
        # What is left of a pool when all others stand alone is that school.
        pooled |= {school: pool for school in small if len(small) > 1}
    members: dict[tuple[str, str], list[School]] = defaultdict(list)
    for school in county.junior_highs:
        home = pooled.get(school.id, school)
        members[home.id, home.name].append(school)
    return {
        id: _claimant(county, terms, id, name, tuple(schools))
        for (id, name), schools in sorted(members.items())
    }


def _stands_alone(county: County, school: School, terms: AdmissionTerms) -> bool:
    return (
        terms.pool_below is not None
        and eligible_graduates(county, school, terms) >= terms.pool_below
    )


def _claimant(
    county: County, terms: AdmissionTerms, id: str, name: str, schools: tuple[School, ...]
) -> Claimant:
    weights = {s.id: base_weight(county, s, terms) for s in schools}
    return Claimant(
        id,
        name,
        schools,
        weights,
        graduates=sum(eligible_graduates(county, s, terms) for s in schools),
        counted=not any(weights[s.id] and not _column(county, s, "graduates") for s in schools),
    )


def base_weight(county: County, school: School, terms: AdmissionTerms) -> Fraction:
    """What a junior high counts for in the base, a private one by its factor."""
    factor = Fraction(terms.private_factor) if school.private else Fraction(1)
    if terms.base == "formula":
        gained = _weighed(county, school, terms.formula)
        return max(Fraction(0), gained - _weighed(county, school, terms.deductions)) * factor
    name = terms.column or "" if terms.base == "column" else terms.base
    return _column(county, school, name) * factor


def _weighed(county: County, school: School, columns: tuple[WeightedColumn, ...]) -> Fraction:
    return sum(
        (Fraction(c.weight) * _column(county, school, c.column) for c in columns), Fraction(0)
    )


def _column(county: County, school: School, name: str) -> Fraction:
    """A column of the base: graduates, or a figure of the bureau's own, 0 where not stated."""
    sections = [p.section for p in junior_places(county, school)]
    if name == "registered":
        return Fraction(sum(s.registered_graduates for s in sections))
    if name == "graduates":
        return Fraction(sum(s.graduates for s in sections))
    return sum((Fraction(f.amount) for f in school.figures if f.name == name), Fraction(0))


def eligible_graduates(county: County, school: School, terms: AdmissionTerms) -> int:
    """Graduates of a junior high who may take up a place, over all its campuses."""
    name = "graduates" if terms.base == "graduates" else "registered"
    return int(_column(county, school, name))


def junior_places(county: County, school: School) -> list[Place]:
    """The junior sections of a school."""
    return [p for p in county.places_of_school[school.id] if p.stage == "junior"]


def admits(county: County, high: SeniorHigh, school: School) -> bool:
    """Whether a senior high admits from a junior high: no area means the whole county."""
    if not high.admission_area:
        return True
    return any(p.township.id in high.admission_area for p in junior_places(county, school))
