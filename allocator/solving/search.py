"""Search for plans, guided by the chain of linear programs.

Most columns of the chain's last LP are whole; the rest, and columns of small reduced cost, are
decided by a MILP. Where the plan reaches the rounded LP values, search and proof share their LPs;
where it does not, the later tiers are bounded again.

Improvement. With value v and bound L of a tier, no better plan uses a column whose reduced cost
exceeds v - L, so the MILP over the remaining columns is the whole MILP; smaller parts of that
neighbourhood are tried first.

Norms. MILPs find plans under rows that overstate norms a little, exact at the last plan; once that
helps no more, under the tangents alone, with tangents at each plan found.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from allocator.modelling import Floats, Tier
from allocator.solving.block_search import block_by_block, raise_by_blocks
from allocator.solving.chain import Chain
from allocator.solving.elastic import elastic_plan
from allocator.solving.first_plan import RETURNS, first_plan
from allocator.solving.flow_search import round_flow
from allocator.solving.found import Found
from allocator.solving.highs import Answer, dense
from allocator.solving.left import Left, carried
from allocator.solving.milp import solve_milp
from allocator.solving.neighbourhood import bounds_around, cheapest, undecided, within
from allocator.solving.program import Program
from allocator.solving.progress import Clock, Stopped
from allocator.solving.tangents import Rows, broken
from allocator.solving.tiers import (
    FUZZ,
    allowed_gap,
    better,
    close,
    rounded_up,
    whole_room,
    wide_room,
)

SIZES = (5_000, 15_000)
"""Columns of least reduced cost that are decided to improve a plan."""
PARTS = (0.1, 0.35, 1.0)
"""Parts of the open gap used as the limit on reduced costs; 1 leaves nothing out."""
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
    start
        Levels of the decision columns in a plan that is known; the search ends no worse.
    left
        What the search before a change left.

    """

    def __init__(
        self,
        program: Program,
        threads: int,
        clock: Clock,
        start: Floats | None = None,
        left: Left | None = None,
    ) -> None:
        self.program = program
        self.earlier = None if left is None else carried(left, program)
        self.known = [] if start is None else [start]
        if self.earlier is not None and self.earlier.is_plan:
            self.known.append(self.earlier.near)
        self.nodes = NODES
        self.threads = threads
        self.clock = clock
        self.part, self.tiers = program.allocation.part, program.allocation.tiers
        self.wide = {
            name: dense(cost, program.wide.lower.size) for name, cost in program.costs.items()
        }
        with clock.timing("relax"):
            self.chain = Chain(program, threads, clock)
        self.found = Found()

    def run(self) -> Found:
        """Search until all tiers are proven, the work is done, or the clock stops it."""
        try:
            self._search()
        except Stopped as stop:
            self.found.stopped = stop.reason
        values = self.found.values if self.found.levels is not None else None
        self.found.bounds = self.bounds_known(values)
        return self.found

    def bounds_known(self, values: Mapping[str, float] | None) -> dict[str, float]:
        """The bounds that hold for a plan of these values as they are; all while there is none."""
        return {
            t.name: self.chain.lows[t.name]
            for k, t in enumerate(self.tiers)
            if t.name in self.chain.lows and (values is None or self.chain.inside(k, values))
        }

    def _search(self) -> None:
        flows = not self.program.entire.all()
        if self.chain.start(self.earlier, 1 if flows else None) == "infeasible":
            self.found.ending = "infeasible"
            return
        for plan in self.known:
            self.take(plan)
        if flows and self.found.levels is not None:
            round_flow(self)
            return
        if flows:
            self.chain.bound(1, "relax", {})
        first_plan(self)
        if self.found.levels is None:
            return
        for k in range(len(self.tiers)):
            self._finish(k)

    def decide(
        self,
        k: int,
        held: Mapping[str, float],
        lower: Floats,
        upper: Floats,
        norms: Rows,
    ) -> Answer:
        """Minimise tier k over a neighbourhood, the earlier ones at or under what is held."""
        answer = self._least_whole(k, held, lower, upper, norms, whole_room)
        if answer.ending == "infeasible" and held is self.found.values:
            # The plan in hand lies there: the engine has stumbled over its own tolerance.
            answer = self._least_whole(k, held, lower, upper, norms, wide_room)
        self.take(answer.levels)
        return answer

    def _least_whole(
        self,
        k: int,
        held: Mapping[str, float],
        lower: Floats,
        upper: Floats,
        norms: Rows,
        opened: Callable[[float, Tier], float],
    ) -> Answer:
        limits = [
            (self.program.costs[t.name], held[t.name] + opened(held[t.name], t))
            for t in self.tiers[:k]
        ]
        return self.timed(
            "round",
            lambda: solve_milp(
                self.program.wide,
                self.wide[self.tiers[k].name],
                [*limits, *norms],
                lower=lower,
                upper=upper,
                threads=self.threads,
                clock=self.clock,
                start=self.start(lower, upper),
                absolute_gap=self.gap(k),
                target=self.target(k),
                nodes=NODES,
            ),
        )

    def _finish(self, k: int) -> None:
        """Bound tier k for this plan, and search on while it is open."""
        if not self.chain.inside(k, self.found.values):
            self.chain.bound(k, "prove", self.found.values)
        for size in SIZES:
            if self.closed(k):
                return
            self._refine(k, size)
        if self.closed(k):
            return
        raise_by_blocks(self, k)
        block_by_block(self, k)
        for part in PARTS:
            if self.closed(k):
                return
            self._improve(k, part)
        known = -1
        for _ in range(RETURNS if self.chain.tangents.conditions else 0):
            if self.closed(k) or len(self.chain.tangents.rows) == known:
                return
            known = len(self.chain.tangents.rows)
            self._improve(k, 1.0, over=False)

    def bounds_for(self, values: Mapping[str, float]) -> dict[str, float]:
        """The bounds for a plan that came from elsewhere: tiers are bounded again where it lies
        outside the set they were bounded over.

        Parameters
        ----------
        values
            Tier -> value of the plan.

        """
        outside = (k for k in range(len(self.tiers)) if not self.chain.inside(k, values))
        first = next(outside, None)
        if first is not None:
            self.chain.bound(first, "prove", values)
        return {t.name: min(self.chain.lows[t.name], values[t.name]) for t in self.tiers}

    def closed(self, k: int) -> bool:
        """Whether tier k is proven."""
        tier = self.tiers[k]
        value, low = self.found.values[tier.name], self.chain.lows[tier.name]
        self.clock.tell(self.part, "prove", tier.name, value, low)
        return close(value, low, tier, self.allowed(k))

    def _refine(self, k: int, size: int) -> None:
        """Decide the columns of least reduced cost in the last tier, and where plan and LP differ.

        Earlier tiers stay as they are; tier k and later ones may exceed what is held, at a price.
        """
        assert self.found.levels is not None
        guide = self.chain.guides[self.tiers[-1].name]
        free = (
            undecided(self.program, guide)
            | cheapest(self.program, guide, size)
            | (np.abs(self.found.levels - guide.levels[: self.program.decisions]) > 1e-6)
        )
        lower, upper = bounds_around(self.program, self.found.levels, free)
        elastic_plan(self, lower, upper, self.chain.tangents.over(self.found.levels), k)

    def _improve(self, k: int, part: float, *, over: bool = True) -> None:
        """Decide all columns whose reduced cost is within a part of the gap, the rest as it is."""
        assert self.found.levels is not None
        tier = self.tiers[k]
        guide, value = self.chain.guides[tier.name], self.found.values[tier.name]
        limit = part * (value - self.chain.lows[tier.name])
        free = (
            undecided(self.program, guide)
            | within(self.program, guide, limit)
            | (np.abs(self.found.levels - guide.levels[: self.program.decisions]) > 1e-6)
        )
        lower, upper = bounds_around(self.program, self.found.levels, free)
        norms = self.chain.tangents.over(self.found.levels) if over else self.chain.tangents.rows
        answer = self.decide(k, self.found.values, lower, upper, norms)
        if part == 1.0 and not (over and self.chain.tangents.conditions):
            self.raise_to(k, value, answer)

    def raise_to(self, k: int, value: float, answer: Answer) -> None:
        """Take the bound of a MILP over all columns that a plan better than a value could use."""
        tier = self.tiers[k]
        if answer.ending not in ("optimal", "limit") or not math.isfinite(answer.bound):
            return
        bound = answer.bound + self.program.costs[tier.name].constant
        low = rounded_up(min(bound - FUZZ * max(1.0, abs(bound)), value), tier)
        self.chain.lows[tier.name] = max(self.chain.lows[tier.name], low)

    def start(self, lower: Floats, upper: Floats) -> Floats | None:
        """The plan in hand, where a neighbourhood holds it."""
        levels, size = self.found.levels, self.program.decisions
        if levels is None or not bool(((levels >= lower[:size]) & (levels <= upper[:size])).all()):
            return None
        return levels

    def take(self, levels: Floats) -> None:
        """Keep a plan if it is better than the one there, tier by tier."""
        if not levels.size:
            return
        decisions = levels[: self.program.decisions]
        decisions = np.where(self.program.entire, np.round(decisions), decisions)
        self.chain.tangents.touch_plan(decisions)
        if broken(self.program, decisions):
            return
        values = self.program.tier_values(decisions)
        if self.found.levels is not None and not better(values, self.found.values, self.tiers):
            return
        self.found.levels, self.found.values, self.found.ending = decisions, values, "plan"
        for name, value in values.items():
            self.clock.tell(self.part, "round", name, value, self.chain.lows.get(name))

    def allowed(self, k: int) -> float:
        """The open share of tier k that counts as proven."""
        return allowed_gap(self.tiers, k, self.found.values or self.chain.lows)

    def gap(self, k: int) -> float:
        """An absolute gap for a MILP, half of what counts as proven, in units of tier k."""
        tier = self.tiers[k]
        if tier.step is not None and k < len(self.tiers) - 1:
            return float(tier.step) / 2
        return max(1e-6, abs(self.chain.lows.get(tier.name, 0.0)) * self.allowed(k) / 2)

    def target(self, k: int) -> float | None:
        """Where a MILP may stop: as near the bound of tier k as its gap allows."""
        tier = self.tiers[k]
        low = self.chain.lows.get(tier.name)
        return None if low is None else low - self.program.costs[tier.name].constant + self.gap(k)

    def timed(self, step: str, work: Callable[[], Answer]) -> Answer:
        """Do some work and add its time to a step."""
        with self.clock.timing(step):
            return work()
