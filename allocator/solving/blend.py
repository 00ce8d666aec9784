"""What each tier weighs where several are minimised at once: only a place to start from."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.modelling import Tier
from allocator.solving.program import Program

WEIGHTS = (100.0, 1000.0, 100.0, 30.0, 10.0, 0.01)
"""Weights of six tiers in the blended cost, in the planner's order."""
STEP, STEPS = 8.0, 5
"""How much more it costs to exceed a tier than the next one, for so many tiers before the last."""


def paid(program: Program, tiers: Sequence[Tier]) -> list[Tier]:
    """The tiers that some column is paid in; the others have one value in every plan."""
    return [t for t in tiers if program.costs[t.name].columns.size]


def weights(number: int) -> tuple[float, ...]:
    """Weights of so many tiers in the blended cost, most important first.

    Fewer than six take the last of the six; of more, those between the fifth and the last weigh
    as the fifth.

    >>> weights(3)
    (30.0, 10.0, 0.01)
    >>> weights(8)
    (100.0, 1000.0, 100.0, 30.0, 10.0, 10.0, 10.0, 0.01)
    """
    more = max(0, number - len(WEIGHTS))
    listed = (*WEIGHTS[:-1], *(WEIGHTS[-2],) * more, WEIGHTS[-1])
    return listed[len(listed) - number :]


def steep(number: int) -> tuple[float, ...]:
    """Prices on exceeding so many tiers, most important first.

    Of many tiers the steps are smaller: a steeper price than five steps reach would be beyond
    the tolerances of the engines.

    >>> steep(3)
    (512.0, 64.0, 8.0)
    >>> [round(price) for price in steep(7)]
    [32768, 7420, 1680, 380, 86, 20, 4]
    """
    step = STEP ** min(1.0, STEPS / max(1, number))
    return tuple(step ** (number - n) for n in range(number))
