"""Tangents of norms, added to a relaxation where it understates them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from allocator.modelling import Floats, Linear
from allocator.solving.highs import Answer
from allocator.solving.program import Condition, Program, least_slack
from allocator.solving.relaxation import Relaxation

Rows = list[tuple[Linear, float]]
"""Expressions to keep at or under a number."""
NEAR = 0.002
"""By how much a relaxation may understate a row with norms, in the unit of its shortfall."""
AIR = 0.5
"""How far under its limit a row is kept while a guide for whole plans is sought, in that unit."""
TOUCHES = 30
"""How often one LP is solved again with more tangents."""


class Tangents:
    """The tangents of one search; every one holds at every plan, so bounds stay bounds."""

    def __init__(self, program: Program, relaxation: Relaxation) -> None:
        self.squares = program.squares
        self.conditions: tuple[Condition, ...] = tuple(c for c in program.conditions if c.norms)
        self.relaxation = relaxation
        self.rows: Rows = []
        self._plans: list[Floats] = []

    def settle(self, answer: Answer, again: Callable[[], Answer]) -> Answer:
        """Touch the norms at the point of an LP and solve again, while that cuts the point off."""
        for _ in range(TOUCHES):
            understated = [c for c in self.conditions if self._understated(c, answer)]
            if not understated:
                break
            self._add(understated, answer.levels)
            answer = again()
        return answer

    def with_air(self, solve: Callable[[], Answer]) -> Answer:
        """Solve with every row a little under its limit: rounding a point on it would cross it."""
        self._keep_under(AIR)
        answer = solve()
        self._keep_under(0.0)
        return answer

    def touch_plan(self, levels: Floats) -> None:
        """Add the tangents at a new plan, where the program then says what the plan costs."""
        if any((levels == known).all() for known in self._plans):
            return
        self._plans.append(levels)
        self._add(self.conditions, levels)

    def over(self, levels: Floats) -> Rows:
        """Rows under which no plan is understated, hardly overstated near a point."""
        return [
            (norm.over(self.squares[norm.column], norm.norm.value(levels)), 0.0)
            for condition in self.conditions
            for norm in condition.norms
        ]

    def _keep_under(self, air: float) -> None:
        for c in self.conditions:
            self.relaxation.limit(f"air.{c.rule}.{c.where}", c.total, c.row.limit - air)

    def _understated(self, condition: Condition, answer: Answer) -> bool:
        return bool(answer.levels.size) and condition.beyond(answer.levels) > NEAR

    def _add(self, conditions: Iterable[Condition], levels: Floats) -> None:
        norms = [norm for condition in conditions for norm in condition.norms]
        rows = [row for n in norms for row in n.along(n.norm.direction(levels))]
        first = len(self.rows)
        self.relaxation.add([(f"tangent.{first + n}", row, 0.0) for n, row in enumerate(rows)])
        self.rows += [(row, 0.0) for row in rows]


def hidden(program: Program, levels: Floats) -> float:
    """By how much the tangents laid out understate the excess of a plan, at most in one row."""
    return max((c.hidden(levels) for c in program.conditions if c.norms), default=0.0)


def broken(program: Program, levels: Floats) -> bool:
    """Whether a plan breaks a row with norms that must be kept."""
    return any(
        c.slack is None and least_slack(c.row, levels) > 0 for c in program.conditions if c.norms
    )
