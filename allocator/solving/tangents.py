"""Tangents of norms, added to a relaxation where it understates them."""

from __future__ import annotations

from allocator.modelling import Floats, Linear
from allocator.solving.highs import Relaxation
from allocator.solving.program import Condition, Program, least_slack

NEAR = 0.01
"""By how much a relaxation may understate a row with norms, in the unit of its shortfall."""


class Tangents:
    """The tangents of one search; every one holds at every plan, so bounds stay bounds."""

    def __init__(self, program: Program) -> None:
        self.conditions: tuple[Condition, ...] = tuple(c for c in program.conditions if c.norms)
        self.rows: list[tuple[Linear, float]] = []
        """Expressions to keep at or under a number."""
        self._plans: list[Floats] = []

    def touch(self, levels: Floats, relaxation: Relaxation, near: float = NEAR) -> bool:
        """Add a tangent to each norm of a row that a point of the relaxation understates.

        Returns
        -------
        bool
            Whether any was added.

        """
        before = len(self.rows)
        for condition in self.conditions:
            if condition.beyond(levels) > near:
                self._add(condition, levels, relaxation)
        return len(self.rows) > before

    def touch_plan(self, levels: Floats, relaxation: Relaxation) -> None:
        """Add the tangents at a new plan, where the program then says what the plan costs."""
        if any((levels == known).all() for known in self._plans):
            return
        self._plans.append(levels)
        for condition in self.conditions:
            self._add(condition, levels, relaxation)

    def over(self, levels: Floats) -> list[tuple[Linear, float]]:
        """Rows under which no plan is understated, hardly overstated near a point."""
        return [
            (norm.over(norm.norm.value(levels)), 0.0)
            for condition in self.conditions
            for norm in condition.norms
        ]

    def _add(self, condition: Condition, levels: Floats, relaxation: Relaxation) -> None:
        for norm in condition.norms:
            for row in norm.along(norm.norm.direction(levels)):
                relaxation.limit(f"tangent.{len(self.rows)}", row, 0.0)
                self.rows.append((row, 0.0))


def hidden(program: Program, levels: Floats) -> float:
    """By how much the tangents laid out understate the excess of a plan, at most in one row."""
    return max((c.hidden(levels) for c in program.conditions if c.norms), default=0.0)


def broken(program: Program, levels: Floats) -> bool:
    """Whether a plan breaks a row with norms that must be kept."""
    return any(
        c.slack is None and least_slack(c.row, levels) > 0 for c in program.conditions if c.norms
    )
