"""Rounds of rounding cuts on one tier of the chain, and when they no longer hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from allocator.modelling import Linear
from allocator.solving.highs import Answer
from allocator.solving.progress import Clock
from allocator.solving.relaxation import Relaxation
from allocator.solving.rounding_cuts import rounding_cuts

ROUNDS = 1
"""How often the optimum of one tier is cut off at most."""
STALLED = 2e-4
"""Share of a tier that a round of cuts must raise it by to stay, and for another one."""

_Row = tuple[str, Linear, float]


class CutRounds:
    """The rounding cuts in one relaxation; each holds under the limits it was found under."""

    def __init__(self, relaxation: Relaxation, clock: Clock) -> None:
        self._relaxation, self._clock = relaxation, clock
        self._rows: list[tuple[int, _Row]] = []
        self._count = 0

    def cut(
        self,
        k: int,
        answer: Answer,
        value: Callable[[Answer], float],
        again: Callable[[], Answer],
    ) -> None:
        """Cut off optima of tier k that no whole plan reaches, while that raises it.

        Parameters
        ----------
        k
            The tier: the cuts are made of the limits on those before it.
        value
            The tier at an optimum.
        again
            Solve again, with the cuts.

        """
        for _ in range(ROUNDS):
            with self._clock.timing("cut"):
                rows = rounding_cuts(self._relaxation, answer)
            if not rows:
                break
            named = [(f"rounded.{self._count + n}", *row) for n, row in enumerate(rows)]
            self._count += len(rows)
            self._relaxation.add(named)
            before, answer = value(answer), again()
            if answer.ending == "infeasible":
                # No whole plan keeps the limits on earlier tiers: they are held at bounds.
                self._open(named)
                break
            answer.must_be_optimal()
            if value(answer) - before < STALLED * before:
                # Rows that raise nothing only stand in the way of others.
                self._open(named)
                break
            self._rows += [(k, row) for row in named]

    def open_after(self, first: int) -> None:
        """Open the cuts found for tiers after one: limits they were made of no longer hold."""
        self._open([row for k, row in self._rows if k > first])
        self._rows = [(k, row) for k, row in self._rows if k <= first]

    def _open(self, rows: Iterable[_Row]) -> None:
        for name, expression, _ in rows:
            self._relaxation.limit(name, expression, float("inf"))
