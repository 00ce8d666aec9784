"""Rows: the conditions in which rules speak to a solver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from allocator.modelling.linear import Linear
from allocator.modelling.norm import Norm
from allocator.modelling.piece import Piece

Sense = Literal["<=", ">=", "=="]


@dataclass(frozen=True)
class Row:
    """One linear or convex condition of a rule: ``expression + pieces + norms  sense  limit``.

    Where the rule is only wished for, the solver adds ``relief`` for each unit of shortfall:
    ``expression + pieces + relief * s >= limit`` (or ``- relief * s <= limit``), ``s >= 0``.

    Raises
    ------
    ValueError
        If a row with norms is no upper limit: then its points are not convex.

    """

    where: str
    expression: Linear
    sense: Sense
    limit: float
    relief: float = 1.0
    whole: bool = True
    """Whether the shortfall is a whole number of its unit."""
    pieces: tuple[Piece, ...] = ()
    norms: tuple[Norm, ...] = ()
    together: str = ""
    """Rows of a rule with the same word here are read as one figure under that key: they share one
    shortfall, the largest. Empty for a row that is read by itself."""

    def __post_init__(self) -> None:
        """Refuse what no convex program can say."""
        if self.norms and self.sense != "<=":
            raise ValueError(f"a row with norms must be an upper limit: {self.where}")

    @property
    def key(self) -> str:
        """The place of the reading that counts the same."""
        return self.together or self.where


def share_row(where: str, part: Linear, whole: Linear, share: tuple[int, int], *, up: bool) -> Row:
    """At least a share p/q of ``whole`` in ``part``: ``q part >= p whole``, exact.

    Rounded down, the requirement is ``floor(p whole / q)``: ``q part >= p whole - (q - 1)``.
    """
    p, q = share
    gap = part * q - whole * p
    return Row(where, gap, ">=", 0.0 if up else float(1 - q), relief=float(q))


def cap_row(where: str, part: Linear, whole: Linear, share: tuple[int, int]) -> Row:
    """At most a share p/q of ``whole`` in ``part``: ``q part <= p whole``, exact."""
    p, q = share
    return Row(where, part * q - whole * p, "<=", 0.0, relief=float(q))
