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
in proportion to their quotas.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

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
    """Claim of each pair that may be served, factors and top-ups included."""
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
    highs = {h.id: h for h in county.senior_highs}
    counted = {
        (high, id): weight
        for high in divided
        for id, c in found.items()
        if (
            weight := sum(
                (c.weights[s.id] for s in c.schools if admits(county, highs[high], s)), Fraction(0)
            )
        )
    }
    rules = [
        c.rule
        for c in configured
        if c.firmness in ("must", "should") and isinstance(c.rule, AdmissionRule)
    ]
    factors = {id: Fraction(1) for id in found}
    wanted = {id: Fraction(0) for id in found}
    for rule in rules:
        for id, claimant in found.items():
            factors[id] *= rule.factor(county, claimant)
            wanted[id] += rule.top_up(county, claimant)
    on_top = _on_top({h: q for h, q in divided.items() if highs[h].tops_up}, counted, wanted)
    shares = _claims(divided, counted, {id: Fraction(1) for id in found}, {})
    plain = not on_top and all(f == 1 for f in factors.values())
    return Entitlement(
        divided,
        found,
        cells=shares if plain else _claims(divided, counted, factors, on_top),
        shares=shares,
        top_ups=on_top,
        factors={id: f for id, f in factors.items() if f != 1},
    )


def _on_top(
    giving: Mapping[str, int], counted: Mapping[Cell, Fraction], wanted: Mapping[str, Fraction]
) -> dict[Cell, Fraction]:
    """Top-ups of each pair: those who admit the school share them by their quotas."""
    found: dict[Cell, Fraction] = {}
    for id, places in wanted.items():
        open_to = {h: q for h, q in giving.items() if q and (h, id) in counted}
        if places and open_to:
            whole = sum(open_to.values())
            found.update({(h, id): places * q / whole for h, q in open_to.items()})
    return found


def _claims(
    divided: Mapping[str, int],
    counted: Mapping[Cell, Fraction],
    factors: Mapping[str, Fraction],
    on_top: Mapping[Cell, Fraction],
) -> dict[Cell, Fraction]:
    weighed: dict[str, dict[Cell, Fraction]] = {high: {} for high in divided}
    for cell, weight in counted.items():
        factor = factors[cell[1]]
        weighed[cell[0]][cell] = weight if factor == 1 else weight * factor
    given = dict.fromkeys(divided, Fraction(0))
    for cell, places in on_top.items():
        given[cell[0]] += places
    found: dict[Cell, Fraction] = {}
    for high, here in weighed.items():
        rest = (divided[high] - given[high]) / (sum(here.values(), Fraction(0)) or Fraction(1))
        for cell, weight in here.items():
            claim = rest * weight
            found[cell] = claim + on_top[cell] if cell in on_top else claim
    return found
