"""All plans of a small county, as columns of its program and as people at places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from allocator.county.county import County
from allocator.modelling import Allocation, Configured, Firmness, Rule
from allocator.solving.program import Program, lay_out
from allocator.staffing.goals import TIERS
from allocator.staffing.model import build
from allocator.staffing.rules import RULES
from allocator.staffing.terms import StaffingTerms

ORDER = tuple(t.name for t in TIERS)
TERMS = StaffingTerms()


def configured(*rules: Rule, firmness: Firmness | None = None) -> list[Configured]:
    """Rules at a firmness; where it is not allowed, at their default, in force even if off.

    None takes every rule at its default.
    """

    def allowed(rule: Rule) -> Firmness:
        if firmness is None:
            return rule.default_firmness
        if firmness in rule.firmness_allowed:
            return firmness
        return rule.default_firmness if rule.default_firmness != "off" else rule.firmness_allowed[0]

    return [Configured(r, allowed(r)) for r in rules]


def defaults() -> list[Configured]:
    return configured(*(rule() for rule in RULES))


def program(county: County, rules: Sequence[Configured], terms: StaffingTerms = TERMS) -> Program:
    return lay_out(build(county, rules, ORDER, terms))


def all_levels(allocation: Allocation) -> Iterator[np.ndarray]:
    """Every whole point of the decision columns that the structure allows."""
    ranges = [range(int(u) + 1) for u in allocation.upper]
    for point in product(*ranges):
        levels = np.array(point, dtype=np.float64)
        if all(row.expression.value(levels) <= row.limit for row in allocation.structure):
            yield levels


def some_levels(allocation: Allocation, number: int, seed: int) -> Iterator[np.ndarray]:
    """Random whole points that the structure allows, the empty one first."""
    rng = np.random.default_rng(seed)
    size = len(allocation.names)
    yield np.zeros(size)
    for _ in range(number):
        levels = np.zeros(size)
        for column in rng.permutation(size)[: rng.integers(1, 9)]:
            levels[column] = rng.integers(0, allocation.upper[column] + 1)
            if any(row.expression.value(levels) > row.limit for row in allocation.structure):
                levels[column] = 0
        yield levels
