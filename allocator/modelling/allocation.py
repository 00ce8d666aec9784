"""An allocation: one program in the vocabulary of rows, ready for any solver."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from allocator.county.plan import Plan
from allocator.modelling.goal import Cost, Tier
from allocator.modelling.linear import Floats
from allocator.modelling.rows import Row
from allocator.modelling.rule import Configured


@dataclass(frozen=True)
class RuleRows:
    """The rows of one configured rule."""

    configured: Configured
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Allocation:
    """A program: whole decision columns, structure, rules, goals, and the way back to a plan."""

    part: str
    names: tuple[str, ...]
    """A readable key of each decision column."""
    upper: Floats
    """Upper bound of each decision column; the lower is 0."""
    structure: tuple[Row, ...]
    """What is true of any plan and no policy."""
    rules: tuple[RuleRows, ...]
    """Rows of MUST and SHOULD rules, in the order of the registry."""
    costs: tuple[Cost, ...]
    tiers: tuple[Tier, ...]
    """In the planner's order."""
    decode: Callable[[Floats], Plan]
    """Levels of the decision columns -> plan."""
    values: Callable[[Plan], Mapping[str, float]]
    """Plan -> value of each tier, counted from people and places, not from columns."""
    whole: npt.NDArray[np.bool_] | None = None
    """Which decision columns must be whole; None where all must. Others may be cut in any pieces,
    as in the flow of periods, which is a relaxation."""
    cuts: Callable[[Floats], tuple[Row, ...]] | None = None
    """Levels of the decision columns at a point of the relaxation -> rows that hold for every whole
    plan and that this point breaks. They make bounds stronger and are never needed for a plan."""
    spare: int = 0
    """Counts by which windows of convex pieces may be wider than stated at no harm: what is added
    stands at like prices. Linear programs over wider windows take fewer steps."""
    blocks: tuple[str, ...] | None = None
    """The block of each decision column, stage and subject: blocks share only rows that speak of
    several subjects. None where a program has no blocks."""
