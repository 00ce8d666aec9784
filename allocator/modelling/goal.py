"""Goals in tiers (目标次序): what is minimised first, second, and so on."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from allocator.modelling.linear import Linear
from allocator.modelling.piece import Piece
from allocator.modelling.rule import Text

TierUnit = Literal["periods", "people", "share", "cv", "minutes", "places", "log", ""]


@dataclass(frozen=True)
class Tier:
    """One goal in the order: all its costs share one unit, and smaller is better.

    Parameters
    ----------
    step
        Every value is a multiple of it (its lattice), so that bounds may be rounded up; None for
        a real-valued tier.

    """

    name: str
    title: Text
    unit: TierUnit
    step: Fraction | None = Fraction(1)


@dataclass(frozen=True)
class Cost:
    """A cost as the solver sees it: an expression and convex pieces, to be minimised."""

    tier: str
    expression: Linear
    pieces: tuple[Piece, ...] = ()
