"""Tolerances and rounding of tiers: when a value counts as proven."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from allocator.modelling import Tier

REAL_GAP = 0.003
"""Relative gap at which a real-valued tier counts as proven."""
LAST_GAP = 0.001
"""Relative gap at which the last tier counts as proven."""
LAST_GAP_OVER_CAPS = 0.01
"""The same where an earlier real-valued tier stays above zero: the hard case."""
FUZZ = 1e-6
"""Feasibility tolerance of the engines."""


def rounded_up(bound: float, tier: Tier) -> float:
    """The least value on the tier's lattice that is not below a bound."""
    if tier.step is None:
        return max(0.0, bound)
    step = float(tier.step)
    return round(math.ceil(bound / step - 1e-5) * step, 9)


def held_at(bound: float, tier: Tier) -> float:
    """Where an earlier tier is held during the search: at its bound, real tiers a little above.

    The room left is a third of the gap at which a real tier counts as proven.
    """
    return bound if tier.step is not None else bound * (1 + REAL_GAP / 3)


def room(value: float, tier: Tier) -> float:
    """How much a limit on a tier is opened so that a plan of this value is surely inside."""
    return FUZZ if tier.step is not None else max(FUZZ, 1e-7 * abs(value))


def whole_room(value: float, tier: Tier) -> float:
    """The same where decisions are whole, well above the tolerance of the engines.

    At that tolerance an engine may lose better plans in its presolve and call another optimal. On a
    lattice less than one step lets no worse plan in; a real tier has no such room.
    """
    return float(tier.step) / 4 if tier.step is not None else room(value, tier)


def wide_room(value: float, tier: Tier) -> float:
    """The same with room in real tiers as well, which are counted again anyway."""
    return whole_room(value, tier) if tier.step is not None else 100 * room(value, tier)


def agree(value: float, bound: float, tier: Tier) -> bool:
    """Whether value and bound are the same number, on the lattice or within the fuzz."""
    slack = float(tier.step) / 2 if tier.step is not None else max(1e-5, 1e-6 * abs(value))
    return value <= bound + slack


def close(value: float, bound: float, tier: Tier, gap: float) -> bool:
    """Whether a value is proven: equal to its bound, or within the relative gap."""
    return agree(value, bound, tier) or value - bound <= gap * abs(value)


def allowed_gap(tiers: Sequence[Tier], k: int, values: Mapping[str, float]) -> float:
    """The relative gap at which tier k counts as proven; whole tiers must meet their bound."""
    if k < len(tiers) - 1:
        return 0.0 if tiers[k].step is not None else REAL_GAP
    over = any(t.step is None and t.unit == "cv" and values.get(t.name, 0.0) > 1e-3 for t in tiers)
    return LAST_GAP_OVER_CAPS if over else LAST_GAP


def better(new: Mapping[str, float], old: Mapping[str, float], tiers: Sequence[Tier]) -> bool:
    """Whether a plan is better than another, tier by tier."""
    for tier in tiers:
        fresh, known = new[tier.name], old[tier.name]
        margin = float(tier.step) / 2 if tier.step is not None else max(1e-7, 1e-7 * abs(known))
        if fresh < known - margin:
            return True
        if fresh > known + margin:
            return False
    return False
