"""LP-guided search and proof chain.

Search. One blended LP gives a basis. For each tier in turn, the blend is brought back to optimum
under the limits on the earlier tiers (dual simplex, few steps), and from there the tier itself is
minimised (primal simplex) and held at its least value, rounded up on its lattice. A tier that
already stands at zero needs no LP, as no tier can be negative. Most columns of the last LP are
whole; the rest, and columns of small reduced cost, are decided by a MILP.

Proof. ``L_k = min c_k`` over the full relaxation with ``c_j <= h_j``, ``h_j >= v_j``, for all
earlier tiers j, where ``v_j`` is the plan's value: fixing an earlier tier under the plan's value
would bound a set the plan is not in. ``L_1`` holds without condition, ``L_k`` for plans no worse
than this one in the tiers before. Where the plan reaches the rounded LP values, search and proof
share their LPs; where it does not, the later tiers are bounded again.

Improvement. With value v and bound L of a tier, no better plan uses a column whose reduced cost
exceeds v - L, so the MILP over the remaining columns is the whole MILP; smaller parts of that
neighbourhood are tried first.

Norms. Every LP is solved again with tangents where its point understates a norm. MILPs find plans
under rows that overstate norms a little, exact at the last plan; once that helps no more, under
the tangents alone, with tangents at each plan found.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import numpy as np

from allocator.modelling import Floats, Tier
from allocator.solving.elastic import stretch
from allocator.solving.found import Found
from allocator.solving.highs import Answer, Basis, Relaxation, dense, solve_milp
from allocator.solving.neighbourhood import bounds_around, cheapest, undecided, within
from allocator.solving.program import Program
from allocator.solving.progress import Clock, Stage, Stopped
from allocator.solving.tangents import Rows, Tangents, broken
from allocator.solving.tiers import (
    FUZZ,
    LAST_GAP,
    allowed_gap,
    better,
    close,
    held_at,
    room,
    rounded_up,
)

WEIGHTS = (100.0, 1000.0, 100.0, 30.0, 10.0, 0.01)
"""Weights of the tiers in the blend, in the planner's order: only a place to start from."""
FIRST = 2500
"""Columns of least reduced cost that the first MILP decides, beside the fractional ones."""
PARTS = (0.1, 0.35, 1.0)
"""Parts of the open gap used as the limit on reduced costs; 1 leaves nothing out."""
DRIFT = 1e-7
"""Weight of the last tier while tangents are added for an earlier one: it holds the point still."""
RETURNS = 4
"""How often a MILP under tangents alone is solved again."""
NODES = 1000
"""Nodes of one MILP: a limit on work, so that the machine's speed does not change the answer."""


class Search:
    """One search over one program.

    Parameters
    ----------
    threads
        Threads of the engine.
    clock
        Timings, progress, and the wish to stop.

    """

    def __init__(self, program: Program, threads: int, clock: Clock) -> None:
        self.program = program
        self.threads = threads
        self.clock = clock
        self.part, self.tiers = program.allocation.part, program.allocation.tiers
        self.dense, self.wide = (
            {name: dense(cost, matrix.lower.size) for name, cost in program.costs.items()}
            for matrix in (program.matrix, program.wide)
        )
        self.relaxation = Relaxation(program.matrix, threads, clock)
        self.tangents = Tangents(program, self.relaxation)
        self.held: dict[str, float] = {}
        self.lows: dict[str, float] = {}
        self.guides: dict[str, Answer] = {}
        self.blended: Basis | None = None
        self.found = Found()

    def run(self) -> Found:
        """Search until all tiers are proven, the work is done, or the clock stops it."""
        try:
            self._search()
        except Stopped as stop:
            self.found.stopped = stop.reason
        self.found.bounds = {
            t.name: self.lows[t.name]
            for k, t in enumerate(self.tiers)
            if t.name in self.lows and (self.found.levels is None or self._inside(k))
        }
        return self.found

    def blend(self) -> Floats:
        """The blended cost of the first LP."""
        weights = zip(WEIGHTS[-len(self.tiers) :], self.tiers, strict=True)
        return np.asarray(np.sum([w * self.dense[t.name] for w, t in weights], axis=0))

    def _search(self) -> None:
        first = self._touched("relax", self.blend(), self.relaxation.cold)
        if first.ending == "infeasible":
            self.found.ending = "infeasible"
            return
        first.must_be_optimal()
        self.blended = self.relaxation.basis()
        self._chain(0, "relax")
        self._first_plan()
        if self.found.levels is None:
            self._whole()
        if self.found.levels is None:
            return
        for k in range(len(self.tiers)):
            self._finish(k)

    def _chain(self, begin: int, stage: Stage) -> None:
        """Bound each tier in turn, holding the earlier ones."""
        for earlier in self.tiers[:begin]:
            value = self.found.values[earlier.name]
            self._hold(earlier, max(self.held[earlier.name], value))
        for later in self.tiers[begin:]:
            self._hold(later, float("inf"))
        for k in range(begin, len(self.tiers)):
            tier = self.tiers[k]
            guide = self._least(tier, stage)
            self.guides[tier.name] = guide
            low = self._bound(tier, guide)
            self.lows[tier.name] = low
            value = self.found.values.get(tier.name, low)
            self._hold(tier, max(held_at(low, tier), value))
            self.clock.tell(self.part, stage, tier.name, self.found.values.get(tier.name), low)

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
        if self.tangents.conditions and not last:
            near = cost + DRIFT * self.dense[self.tiers[-1].name]
            self._touched(stage, near, self.relaxation.primal).must_be_optimal()
        answer = self._touched(stage, cost, self.relaxation.primal)
        answer.must_be_optimal()
        return answer

    def _touched(self, stage: Stage, cost: Floats, solve: Callable[[Floats], Answer]) -> Answer:
        """Solve an LP, and again with tangents at its point while they cut it off."""
        first = self._timed(stage, lambda: solve(cost))
        again = self.relaxation.dual
        return self.tangents.settle(first, lambda: self._timed(stage, lambda: again(cost)))

    def _bound(self, tier: Tier, guide: Answer) -> float:
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

    def _inside(self, k: int) -> bool:
        """Whether the plan lies in the set over which tier k was bounded."""
        values, held = self.found.values, self.held
        return all(values[t.name] <= held[t.name] + room(held[t.name], t) for t in self.tiers[:k])

    def _first_plan(self) -> None:
        """Decide what the last LP left open.

        First with the earlier tiers held, unless a real-valued one stands above zero, where that
        is hard; then each may exceed what is held, at a price.
        """
        last = self.tiers[-1]
        guide, within_caps = self.guides[last.name], self._allowed(len(self.tiers) - 1) == LAST_GAP
        if within_caps and self.tangents.conditions:
            cost, solve = self.dense[last.name], self.relaxation.dual
            aired = self.tangents.with_air(lambda: self._touched("relax", cost, solve))
            guide = aired if aired.ending == "optimal" else guide
        free = undecided(self.program, guide) | cheapest(self.program, guide, FIRST)
        lower, upper = bounds_around(self.program, guide.levels, free)
        over = self.tangents.over(guide.levels)
        if within_caps:
            self._decide(len(self.tiers) - 1, self.held, lower, upper, over)
        if self.found.levels is None:
            self._elastic_plan(lower, upper, over)

    def _decide(
        self, k: int, held: Mapping[str, float], lower: Floats, upper: Floats, norms: Rows
    ) -> None:
        """Minimise tier k over a neighbourhood, the earlier ones at or under what is held."""
        limits = [
            (self.program.costs[t.name], held[t.name] + room(held[t.name], t))
            for t in self.tiers[:k]
        ]
        answer = self._timed(
            "round",
            lambda: solve_milp(
                self.program.wide,
                self.wide[self.tiers[k].name],
                [*limits, *norms],
                lower=lower,
                upper=upper,
                threads=self.threads,
                clock=self.clock,
                absolute_gap=self._gap(k),
                nodes=NODES,
            ),
        )
        self._take(answer.levels)

    def _elastic_plan(self, lower: Floats, upper: Floats, norms: Rows) -> None:
        """Minimise the last tier over a neighbourhood, steep prices on exceeding earlier ones."""
        last, earlier = self.tiers[-1], self.tiers[:-1]
        scale = 0.02 * max(1.0, abs(self.lows[last.name]))
        prices = [(t, scale * 8.0 ** (len(earlier) - n)) for n, t in enumerate(earlier)]
        matrix, cost = stretch(
            self.program.wide, self.wide[last.name], prices, self.program.costs, self.held
        )
        extra = len(prices)
        answer = self._timed(
            "round",
            lambda: solve_milp(
                matrix,
                cost,
                norms,
                lower=np.concatenate([lower, np.zeros(extra)]),
                upper=np.concatenate([upper, np.full(extra, np.inf)]),
                threads=self.threads,
                clock=self.clock,
                absolute_gap=self._gap(len(self.tiers) - 1),
                nodes=NODES,
            ),
        )
        self._take(answer.levels)

    def _whole(self) -> None:
        """The whole MILP on the blended cost, where rounding found no plan."""
        matrix = self.program.matrix
        for _ in range(1 + RETURNS):
            answer = self._timed(
                "round",
                lambda: solve_milp(
                    matrix,
                    self.blend(),
                    self.tangents.rows,
                    lower=matrix.lower,
                    upper=matrix.upper,
                    threads=self.threads,
                    clock=self.clock,
                ),
            )
            self._take(answer.levels)
            if self.found.levels is not None:
                return
            if answer.ending == "infeasible":
                self.found.ending = "infeasible"
                return
            answer.must_be_optimal()

    def _finish(self, k: int) -> None:
        """Bound tier k for this plan, and search on while it is open."""
        if not self._inside(k):
            self._chain(k, "prove")
        for part in PARTS:
            if self._closed(k):
                return
            self._improve(k, part)
        known = -1
        for _ in range(RETURNS if self.tangents.conditions else 0):
            if self._closed(k) or len(self.tangents.rows) == known:
                return
            known = len(self.tangents.rows)
            self._improve(k, 1.0, over=False)

    def _closed(self, k: int) -> bool:
        """Whether tier k is proven."""
        tier = self.tiers[k]
        value, low = self.found.values[tier.name], self.lows[tier.name]
        self.clock.tell(self.part, "prove", tier.name, value, low)
        return close(value, low, tier, self._allowed(k))

    def _improve(self, k: int, part: float, *, over: bool = True) -> None:
        """Decide all columns whose reduced cost is within a part of the gap, the rest as it is."""
        assert self.found.levels is not None
        name = self.tiers[k].name
        guide, limit = self.guides[name], part * (self.found.values[name] - self.lows[name])
        free = (
            undecided(self.program, guide)
            | within(self.program, guide, limit)
            | (np.abs(self.found.levels - guide.levels[: self.program.decisions]) > 1e-6)
        )
        lower, upper = bounds_around(self.program, self.found.levels, free)
        norms = self.tangents.over(self.found.levels) if over else self.tangents.rows
        self._decide(k, self.found.values, lower, upper, norms)

    def _take(self, levels: Floats) -> None:
        """Keep a plan if it is better than the one there, tier by tier."""
        if not levels.size:
            return
        decisions = np.round(levels[: self.program.decisions])
        self.tangents.touch_plan(decisions)
        if broken(self.program, decisions):
            return
        values = self.program.tier_values(decisions)
        if self.found.levels is not None and not better(values, self.found.values, self.tiers):
            return
        self.found.levels, self.found.values, self.found.ending = decisions, values, "plan"
        for name, value in values.items():
            self.clock.tell(self.part, "round", name, value, self.lows.get(name))

    def _allowed(self, k: int) -> float:
        return allowed_gap(self.tiers, k, self.found.values or self.lows)

    def _gap(self, k: int) -> float:
        """An absolute gap for a MILP, half of what counts as proven, in units of tier k."""
        tier = self.tiers[k]
        if tier.step is not None and k < len(self.tiers) - 1:
            return float(tier.step) / 2
        return max(1e-6, abs(self.lows.get(tier.name, 0.0)) * self._allowed(k) / 2)

    def _timed(self, step: str, work: Callable[[], Answer]) -> Answer:
        begin = time.monotonic()
        try:
            return work()
        finally:
            self.clock.add(step, time.monotonic() - begin)
