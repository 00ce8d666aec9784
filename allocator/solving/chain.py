"""The chain of linear programs: every tier bounded in turn, the earlier ones held.

One blended LP gives a basis. For each tier in turn, the blend is brought back to optimum under the
limits on the earlier tiers (dual simplex, few steps), and from there the tier itself is minimised
(primal simplex) and held at its least value, rounded up on its lattice. A tier that already stands
at zero needs no LP, as no tier can be negative. Every LP is solved again with tangents where its
point understates a norm.

``L_k = min c_k`` over the full relaxation with ``c_j <= h_j``, ``h_j >= v_j``, for all earlier
tiers j, where ``v_j`` is the plan's value: fixing an earlier tier under the plan's value would
bound a set the plan is not in. ``L_1`` holds without condition, ``L_k`` for plans no worse than
this one in the tiers before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np

from allocator.modelling import Floats, Linear, Tier
from allocator.solving.blend import paid, weights
from allocator.solving.cut_rounds import CutRounds
from allocator.solving.highs import Answer, dense
from allocator.solving.left import Carried
from allocator.solving.program import Program
from allocator.solving.progress import Clock, Stage
from allocator.solving.relaxation import Basis, Relaxation
from allocator.solving.sifting import SiftedRelaxation
from allocator.solving.tangents import Rows, Tangents
from allocator.solving.tiers import FUZZ, held_at, room, rounded_up

DRIFT = 1e-6
"""Weight of the last tier while tangents or cuts are sought for an earlier one.

It holds the point still, and picks one of few fractions near each other: tableau rows are short.
"""
BROKEN = 1e-4
"""How far a count is from a whole number where it is worth cutting off."""
CUTS = 12
"""How often points of the first LP are cut off at most."""
STALLED = 2e-4
"""Share of the first tier that a round of cuts must raise it by for another one."""


class Chain:
    """The bounds of one program, tier by tier.

    Parameters
    ----------
    threads
        Threads of the engine.
    clock
        Timings, progress, and the wish to stop.
    rounding
        Whether points that no whole plan reaches are cut off in real-valued tiers.

    """

    def __init__(
        self, program: Program, threads: int, clock: Clock, *, rounding: bool = True
    ) -> None:
        self.program = program
        self._rounding = rounding and bool(program.entire.all())
        self.clock = clock
        self.tiers: tuple[Tier, ...] = program.allocation.tiers
        columns = program.matrix.lower.size
        self.dense = {name: dense(cost, columns) for name, cost in program.costs.items()}
        self.relaxation, self.tangents = self._relaxed(threads)
        self.held: dict[str, float] = {}
        """Where each tier is held."""
        self.lows: dict[str, float] = {}
        """The bound of each tier, rounded up on its lattice."""
        self.guides: dict[str, Answer] = {}
        """The LP each bound comes from."""
        self.blended: Basis | None = None
        self.root: Basis | None = None
        """The basis of the blended LP before any tier is limited."""
        self._rounds = CutRounds(self.relaxation, clock)
        self.cuts: Rows = []
        """Rows that hold for whole plans, sought where the relaxation breaks them."""

    def _relaxed(self, threads: int) -> tuple[Relaxation, Tangents]:
        """The relaxation, and the tangents of its norms."""
        relaxation = SiftedRelaxation(self.program.matrix, threads, self.clock)
        return relaxation, Tangents(self.program, relaxation)

    def blend(self) -> Floats:
        """The blended cost of the first LP."""
        listed = paid(self.program, self.tiers)
        total = np.zeros(self.program.matrix.lower.size)
        for weight, tier in zip(weights(len(listed)), listed, strict=True):
            total += weight * self.dense[tier.name]
        return total

    def start(
        self, earlier: Carried | None = None, tiers: int | None = None
    ) -> Literal["plan", "infeasible"]:
        """Solve the blended LP, and bound every tier unless there is no plan.

        Parameters
        ----------
        earlier
            What an earlier search left; the LP is solved from nothing where it is None.
        tiers
            How many tiers are bounded; all of them where it is None.

        """
        solve = self.relaxation.cold if earlier is None else self._planted(earlier)
        first = self._touched("relax", self.blend(), solve)
        if first.ending == "infeasible":
            return "infeasible"
        first.must_be_optimal()
        if earlier is None or earlier.bound < self._value(self.tiers[0], first):
            first = self._cut(first)
        self.root = self.relaxation.basis()
        if self.program.entire.all():
            # Where periods flow, most columns matter.
            with self.clock.timing("relax"):
                self.relaxation.narrow(first)
        self.blended = self.relaxation.basis()
        self.bound(0, "relax", {}, tiers)
        if earlier is not None:
            name = self.tiers[0].name
            self.lows[name] = max(self.lows[name], earlier.bound)
        return "plan"

    def _planted(self, earlier: Carried) -> Callable[[Floats], Answer]:
        """Start from the cuts and the basis of an earlier search."""
        self._add_cuts(earlier.cuts)
        self.relaxation.plant(earlier.columns, earlier.rows)
        return self.relaxation.dual

    def _add_cuts(self, rows: Rows) -> None:
        first = len(self.cuts)
        self.cuts += rows
        self.relaxation.add([(f"cut.{first + n}", *row) for n, row in enumerate(rows)])

    def _cut(self, answer: Answer) -> Answer:
        """Cut off points that no whole plan reaches, while that raises the first tier."""
        separate, tier = self.program.allocation.cuts, self.tiers[0]
        for _ in range(CUTS if separate is not None else 0):
            assert separate is not None
            with self.clock.timing("cut"):
                rows = separate(answer.levels[: self.program.decisions])
            if not rows:
                break
            before = self._value(tier, answer)
            self._add_cuts([(row.expression, row.limit) for row in rows])
            answer = self._touched("relax", self.blend(), self.relaxation.dual)
            answer.must_be_optimal()
            if self._value(tier, answer) - before < STALLED * before:
                break
        return answer

    def tight(self, answer: Answer) -> dict[int, tuple[Linear, float]]:
        """The cuts that hold a point of the relaxation back, by their number."""
        held = {}
        for n, (row, most) in enumerate(self.cuts):
            if row.value(answer.levels) > most - 1e-6:
                held[n] = row, most
        return held

    def bound(
        self, begin: int, stage: Stage, values: Mapping[str, float], end: int | None = None
    ) -> None:
        """Bound each tier from one on, holding the earlier ones where a plan has them.

        Parameters
        ----------
        values
            Tier -> value of the plan; empty before there is one.
        end
            The first tier that is not bounded; None where all are.

        """
        raised = len(self.tiers)
        for n, earlier in enumerate(self.tiers[:begin]):
            value, known = values[earlier.name], self.held[earlier.name]
            raised = min(raised, n) if value > known else raised
            self._hold(earlier, max(known, value))
        self._rounds.open_after(min(begin, raised))
        for later in self.tiers[begin:]:
            self._hold(later, float("inf"))
        for k in range(begin, len(self.tiers) if end is None else end):
            tier = self.tiers[k]
            guide = self._least(tier, stage)
            self.guides[tier.name] = guide
            low = self._proven(tier, guide)
            self.lows[tier.name] = low
            value = values.get(tier.name, low)
            self._hold(tier, max(held_at(low, tier), value))
            self.clock.tell(
                self.program.allocation.part, stage, tier.name, values.get(tier.name), low
            )

    def with_air(self) -> Answer:
        """The LP of the last tier with a little air under the norms; without it where that fails.

        A guide for rounding only: no bound is taken from it.
        """
        last = self.tiers[-1].name
        cost, solve = self.dense[last], self.relaxation.dual
        aired = self.tangents.with_air(lambda: self._touched("relax", cost, solve))
        return aired if aired.ending == "optimal" else self.guides[last]

    def inside(self, k: int, values: Mapping[str, float]) -> bool:
        """Whether tier k was bounded, over a set that the plan lies in."""
        held = self.held
        return self.tiers[k].name in self.lows and all(
            values[t.name] <= held[t.name] + room(held[t.name], t) for t in self.tiers[:k]
        )

    def _least(self, tier: Tier, stage: Stage) -> Answer:
        """The least value of a tier under the limits on the earlier ones."""
        assert self.blended is not None
        self.relaxation.restart(self.blended)
        blend = self._touched(stage, self.blend(), self.relaxation.dual)
        blend.must_be_optimal()
        self.blended = self.relaxation.basis()
        last, cost = tier is self.tiers[-1], self.dense[tier.name]
        if not last and self._value(tier, blend) < FUZZ:
            return blend
        norms, cut = self._pays_for_norms(tier), not last and self._to_cut(tier, blend)
        if not last and (norms or cut):
            near = cost + DRIFT * self.dense[self.tiers[-1].name]
            point = self._touched(stage, near, self.relaxation.primal)
            point.must_be_optimal()
            if cut:
                self._rounds.cut(
                    self.tiers.index(tier),
                    point,
                    lambda answer: self._value(tier, answer),
                    lambda: self._touched(stage, near, self.relaxation.dual),
                )
        if norms:
            answer = self._touched(stage, cost, self.relaxation.primal)
        else:
            answer = self._timed(stage, lambda: self.relaxation.primal(cost))
        answer.must_be_optimal()
        return answer

    def _to_cut(self, tier: Tier, point: Answer) -> bool:
        """Whether to cut off points of a tier that no whole plan reaches.

        Not where all that the tier counts is whole. A tier on a lattice is rounded up there.
        """
        if tier.step is not None or not self._rounding:
            return False
        counts = (count.value(point.levels) for count in self.program.counted(tier))
        return any(abs(v - round(v)) > BROKEN for v in counts)

    def _pays_for_norms(self, tier: Tier) -> bool:
        """Whether rows with norms can bind yet: up to this tier, what they miss may cost nothing.

        Until a tier pays for the slack of such a row, or where it has none, no tangent could raise
        the bound.
        """
        counted = self.tiers[: self.tiers.index(tier) + 1]
        return any(
            c.slack is None or any(self.dense[t.name][c.slack] for t in counted)
            for c in self.tangents.conditions
        )

    def _touched(self, stage: Stage, cost: Floats, solve: Callable[[Floats], Answer]) -> Answer:
        """Solve an LP, and again with tangents at its point while they cut it off."""
        first = self._timed(stage, lambda: solve(cost))
        again = self.relaxation.dual
        return self.tangents.settle(first, lambda: self._timed(stage, lambda: again(cost)))

    def _proven(self, tier: Tier, guide: Answer) -> float:
        """What the duals prove of a tier, rounded up on its lattice; never below zero."""
        if self._value(tier, guide) < FUZZ:
            return 0.0
        proven = self.relaxation.bound(self.dense[tier.name], guide.duals)
        return max(0.0, rounded_up(proven + self.program.costs[tier.name].constant, tier))

    def _value(self, tier: Tier, answer: Answer) -> float:
        """The value of a tier at a point of the relaxation."""
        return self.program.costs[tier.name].value(answer.levels)

    def _hold(self, tier: Tier, value: float) -> None:
        """Keep a tier at or under a value in the relaxation; the last tier needs no row."""
        self.held[tier.name] = value
        if tier is not self.tiers[-1]:
            cost = self.program.costs[tier.name]
            if value < float("inf") or self.relaxation.limited(tier.name):
                self.relaxation.limit(tier.name, cost, value + room(value, tier))

    def _timed(self, step: Stage, work: Callable[[], Answer]) -> Answer:
        with self.clock.timing(step):
            return work()
