"""Entitlement (应得名额): the exact part of each quota due to a junior high.

Symbols
-------
q[i]
    Quota places of senior high i.
w[i, j]
    What junior high j counts for at senior high i, 0 outside its admission area.
f[j], t[i, j]
    Factor of a protected junior high, and places it gets on top from senior high i.

The plain share is ``q_i w_ij / sum_j w_ij``, the claim ``(q_i - sum_j t_ij) f_j w_ij /
sum_j f_j w_ij + t_ij``. A top-up of T_j places comes from the senior highs that admit j and top up,
in proportion to their quotas. No claim is negative: where top-ups exceed a quota, which is refused
as impossible, they share it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import prod

from allocator.admission.claimants import Claimant, admits, claimants
from allocator.admission.quotas import quotas
from allocator.admission.rule import AdmissionRule
from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.modelling import Configured

Cell = tuple[str, str]
"""Senior high and claimant (junior high or pool)."""


@dataclass(frozen=True)
class Entitlement:
    """Who divides how much among whom, all in exact fractions."""

    quotas: Mapping[str, int]
    """Quota places of each senior high that divides any."""
    claimants: Mapping[str, Claimant]
    """Junior highs and pools, by id."""
    cells: Mapping[Cell, Fraction]
    """Claim of each pair that may be served, factors and top-ups included, never 0."""
    shares: Mapping[Cell, Fraction]
    """Plain proportional share of each pair."""
    top_ups: Mapping[Cell, Fraction] = field(default_factory=dict)
    """Places on top in a claim."""
    factors: Mapping[str, Fraction] = field(default_factory=dict)
    """Factors other than 1."""

    @cached_property
    def weights(self) -> dict[str, Fraction]:
        """What each claimant counts for in the base."""
        return {id: c.weight for id, c in self.claimants.items()}

    @cached_property
    def graduates(self) -> dict[str, int]:
        """Eligible graduates of each claimant, unweighted."""
        return {id: c.graduates for id, c in self.claimants.items()}

    @cached_property
    def columns(self) -> dict[str, Fraction]:
        """Claim of each claimant on all senior highs together."""
        return self._summed(self.cells)

    @cached_property
    def plain(self) -> dict[str, Fraction]:
        """Plain proportional share of each claimant in all quotas together."""
        return self._summed(self.shares)

    def _summed(self, cells: Mapping[Cell, Fraction]) -> dict[str, Fraction]:
        # Parts of one senior high mostly share a denominator: whole numbers add up faster.
        parts: dict[str, dict[int, int]] = {school: {} for school in self.claimants}
        for (_, school), part in cells.items():
            here = parts[school]
            here[part.denominator] = here.get(part.denominator, 0) + part.numerator
        return {school: _sum_of(here) for school, here in parts.items()}


def _sum_of(parts: Mapping[int, int]) -> Fraction:
    """The sum of fractions, given as denominator -> numerator."""
    whole = math.lcm(*parts)
    return Fraction(sum(n * (whole // d) for d, n in parts.items()), whole)


def entitle(county: County, configured: Sequence[Configured], terms: AdmissionTerms) -> Entitlement:
    """The entitlement of every junior high, or pool, from every senior high."""
    divided, found = quotas(county, configured), claimants(county, terms)
    counted = _counted(county, divided, found)
    rules = [
        c.rule
        for c in configured
        if c.firmness in ("must", "should") and isinstance(c.rule, AdmissionRule)
    ]
    factors: dict[str, Fraction] = {}
    wanted: dict[str, Fraction] = {}
    for id, claimant in found.items():
        factor = prod((rule.factor(county, claimant) for rule in rules), start=Fraction(1))
        places = sum((rule.top_up(county, claimant) for rule in rules), Fraction(0))
        factors |= {id: factor} if factor != 1 else {}
        wanted |= {id: places} if places else {}
    giving = {h.id: divided[h.id] for h in county.senior_highs if h.tops_up and h.id in divided}
    on_top = _on_top(dict(sorted(giving.items())), counted, wanted)
    shares = _claims(divided, counted, {}, {})
    plain = not factors and not on_top
    cells = shares if plain else _claims(divided, counted, factors, on_top)
    return Entitlement(divided, found, cells, shares, on_top, factors)


def _counted(
    county: County, divided: Mapping[str, int], found: Mapping[str, Claimant]
) -> dict[str, Mapping[str, Fraction]]:
    """What each claimant counts for at each senior high; nobody who counts for nothing."""
    highs = {h.id: h for h in county.senior_highs}
    of_area: dict[tuple[str, ...], dict[str, Fraction]] = {}
    for id in divided:
        area = highs[id].admission_area
        if area not in of_area:
            admitted = {s.id for s in county.junior_highs if admits(county, highs[id], s)}
            weights = {
                id: sum((w for s, w in c.weights.items() if s in admitted), Fraction(0))
                for id, c in found.items()
            }
            of_area[area] = {id: weight for id, weight in weights.items() if weight}
    return {id: of_area[highs[id].admission_area] for id in divided}


def _on_top(
    giving: Mapping[str, int],
    counted: Mapping[str, Mapping[str, Fraction]],
    wanted: Mapping[str, Fraction],
) -> dict[Cell, Fraction]:
    """Top-ups of each pair: those who admit the school share them by their quotas."""
    found: dict[Cell, Fraction] = {}
    for id, places in wanted.items():
        open_to = {h: q for h, q in giving.items() if q and id in counted[h]}
        if open_to:
            part = places / sum(open_to.values())
            found.update({(h, id): part * q for h, q in open_to.items()})
    return found


def _claims(
    divided: Mapping[str, int],
    counted: Mapping[str, Mapping[str, Fraction]],
    factors: Mapping[str, Fraction],
    on_top: Mapping[Cell, Fraction],
) -> dict[Cell, Fraction]:
    """Claim of each pair that has one."""
    extra = dict.fromkeys(divided, Fraction(0))
    for (high, _), places in on_top.items():
        extra[high] += places
    found: dict[Cell, Fraction] = {}
    for high, quota in divided.items():
        weights = counted[high]
        if factors:
            weights = {id: w * factors[id] if id in factors else w for id, w in weights.items()}
        rest = max(Fraction(0), quota - extra[high])
        for_one = rest / whole if (whole := sum(weights.values(), Fraction(0))) else Fraction(0)
        # Places on top that are more than the quota share it.
        kept = min(Fraction(1), quota / extra[high]) if extra[high] else Fraction(1)
        for id, weight in weights.items():
            claim = for_one * weight
            if (high, id) in on_top:
                claim += kept * on_top[high, id]
            if claim:
                found[high, id] = claim
    return found
