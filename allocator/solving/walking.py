"""Moves and walking decided together: never worse than moves first and walking after.

First the program without walking is searched, and walking is settled on its moves: the plan of two
steps. Then moves and walking are searched together: person by person where that program is small,
else over the flow of periods, with walking settled on the moves found. The flow is a relaxation of
what persons can do at the same cost, so its bounds hold for every plan.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np

from allocator.county.plan import Plan
from allocator.modelling import Allocation, Floats, fixed
from allocator.scenario import Scenario
from allocator.solving.again import search
from allocator.solving.flow_search import bound_flow, left_by_flow
from allocator.solving.found import Found
from allocator.solving.least_walking import least_walking
from allocator.solving.left import Left
from allocator.solving.program import Program
from allocator.solving.progress import Clock, Event, Stopped
from allocator.solving.search import Search
from allocator.solving.second_stage import settle
from allocator.solving.tiers import better
from allocator.staffing.columns import Shared
from allocator.staffing.model import lay, state, with_walking_columns
from allocator.staffing.placement import placement
from allocator.staffing.walking.able import walking_by
from allocator.staffing.walking.levels import levels_of

WAYS = 50
"""Ways between sections beyond which moves and walking are not searched together person by
person."""


@dataclass(frozen=True)
class FlowReading:
    """How far the first tier is in the flow reading, which leaves personal limits out."""

    value: float
    bound: float
    seconds: float
    """Since the start of the job."""


@dataclass
class Walked:
    """What a search with walking has in hand."""

    program: Program
    """The program that gave the bounds."""
    found: Found
    plan: Plan | None = None
    two_steps: dict[str, float] = field(default_factory=dict)
    """Tier -> value with moves first and walking after."""
    readings: list[FlowReading] = field(default_factory=list)
    """The flow reading as the search went on; empty where persons were searched."""
    left: Left | None = None
    """What the search over flows leaves for the next one."""


def search_with_walking(scenario: Scenario, clock: Clock, earlier: Left | None = None) -> Walked:
    """Search moves and walking of a scenario whose rule on walking is in force.

    Parameters
    ----------
    earlier
        What the search before a change left.

    """
    return _Together(scenario, clock, earlier).run()


class _Together:
    def __init__(self, scenario: Scenario, clock: Clock, earlier: Left | None) -> None:
        assert scenario.staffing is not None
        self.earlier = earlier
        self.county, self.clock = scenario.county, clock
        self.configured = tuple(scenario.configured("staffing"))
        self.terms, self.order = scenario.staffing.terms, scenario.staffing.goals
        self.threads = scenario.settings.threads
        self.walking = walking_by(self.configured, self.terms)
        self.shared = self._timed_build()

    def run(self) -> Walked:
        allocation = self._stated(self.shared)
        run = search(allocation, self.threads, self.clock)
        found = run.found
        done = Walked(run.program, found)
        if found.levels is None:
            return done
        self.moves = found.levels
        done.plan = allocation.decode(found.levels)
        done.found = self._in_hand(allocation, done.plan, Found(stopped=found.stopped))
        try:
            if found.stopped is not None:
                raise Stopped(found.stopped)
            self._settled(done, allocation, done.plan)
            done.two_steps = dict(done.found.values)
            self._tell(done.found.values)
            self._together(done)
            self._lessened(done, allocation)
            self._tell(done.found.values)
        except Stopped as stop:
            done.found.stopped = stop.reason
        return done

    def _together(self, done: Walked) -> None:
        """Search on with walking in the program, and bound what is in hand."""
        flow = with_walking_columns(self.shared, self.configured, self.terms, "flow")
        if flow.walking is not None and len(flow.walking.walks) > WAYS:
            self._by_flow(done, flow)
        else:
            self._by_persons(done)

    def _by_persons(self, done: Walked) -> None:
        """Search moves and the walking of persons in one program."""
        shared = with_walking_columns(self.shared, self.configured, self.terms, "persons")
        allocation = self._stated(shared)
        run = search(allocation, self.threads, self.clock, self._start(shared, done.plan))
        done.program = run.program
        if run.found.levels is not None:
            self._keep(done, allocation, allocation.decode(run.found.levels))
        if run.found.stopped is not None:
            raise Stopped(run.found.stopped)
        if run.search is not None:
            done.found.bounds = run.search.bounds_for(done.found.values)
        else:
            done.found.bounds = dict(run.found.bounds)

    def _by_flow(self, done: Walked, shared: Shared) -> None:
        """Search moves over the flow, settle walking on them, and bound what is in hand."""
        allocation = self._stated(shared)
        with self._quiet(done.found.values):
            start = self._start(shared, done.plan)
            run = search(allocation, self.threads, self.clock, start, self.earlier)
        done.program = run.program
        if run.search is None:
            return
        try:
            self._read(done, run.search)
            if run.found.stopped is not None:
                raise Stopped(run.found.stopped)
            with self._quiet(done.found.values):
                bound_flow(run.search)
            self._read(done, run.search)
            done.left = left_by_flow(run.search)
            self._moves_for(done, allocation, shared, run.search)
            self._tell(done.found.values)
            done.found.bounds = run.search.bounds_for(done.found.values)
        except Stopped:
            done.found.bounds = run.search.bounds_known(done.found.values)
            raise

    def _moves_for(self, done: Walked, allocation: Allocation, shared: Shared, run: Search) -> None:
        """Decide who moves for the flows found, tier by tier, and settle walking on that."""
        assert shared.walking is not None
        assert run.found.levels is not None
        first = shared.walking.first
        left = fixed(allocation, first, run.found.levels)
        told, self.clock.report = self.clock.report, None
        try:
            movers = search(left, self.threads, self.clock, run.found.levels[:first])
        finally:
            self.clock.report = told
        if movers.found.levels is not None:
            self._settled(done, allocation, left.decode(movers.found.levels))
        if movers.found.stopped is not None:
            raise Stopped(movers.found.stopped)

    def _read(self, done: Walked, run: Search) -> None:
        """Note how far the flow reading is: without personal limits."""
        tier = self.order[0]
        value, low = run.found.values.get(tier), run.chain.lows.get(tier)
        if value is not None and low is not None:
            done.readings.append(FlowReading(value, low, self.clock.seconds))

    def _settled(self, done: Walked, allocation: Allocation, plan: Plan) -> None:
        """Settle walking on the moves of a plan, and keep the plan if it is better."""
        begin = time.monotonic()
        self.clock.tell("staffing", "walk")
        try:
            settled = settle(
                self.county, self.configured, self.terms, plan, self.threads, self.clock
            )
        finally:
            self.clock.add("walk", time.monotonic() - begin)
        self._keep(done, allocation, settled.plan)

    def _lessened(self, done: Walked, allocation: Allocation) -> None:
        """Nobody walks for what could be had at home."""
        assert done.plan is not None
        begin = time.monotonic()
        try:
            done.plan = least_walking(
                self.county, self.configured, self.terms, done.plan, self.threads, self.clock
            )
        finally:
            self.clock.add("walk", time.monotonic() - begin)
        done.found.values = dict(allocation.values(done.plan))

    def _keep(self, done: Walked, allocation: Allocation, plan: Plan) -> None:
        values = dict(allocation.values(plan))
        if not done.found.values or better(values, done.found.values, allocation.tiers):
            done.plan = plan
            done.found.values = values

    def _in_hand(self, allocation: Allocation, plan: Plan, found: Found) -> Found:
        """What is in hand: the levels stand for a plan that is there, its values are counted."""
        found.ending, found.levels = "plan", np.zeros(0)
        found.values = dict(allocation.values(plan))
        return found

    def _start(self, shared: Shared, plan: Plan | None) -> Floats | None:
        """Where the plan of two steps stands in the program with walking."""
        if shared.walking is None or plan is None:
            return None
        size = self.moves.size + len(shared.walking.names)
        levels = levels_of(shared.walking, placement(self.county, plan, self.walking), size)
        levels[: self.moves.size] = self.moves
        return levels

    def _stated(self, shared: Shared) -> Allocation:
        begin = time.monotonic()
        try:
            return state(self.county, self.configured, self.order, self.terms, shared)
        finally:
            self.clock.add("build", time.monotonic() - begin)

    def _timed_build(self) -> Shared:
        begin = time.monotonic()
        try:
            return lay(self.county, self.configured, self.terms)
        finally:
            self.clock.add("build", time.monotonic() - begin)

    def _tell(self, values: dict[str, float]) -> None:
        for name, value in values.items():
            self.clock.tell("staffing", "round", name, value)

    @contextmanager
    def _quiet(self, values: Mapping[str, float]) -> Iterator[None]:
        """Plans of the flow are no plans of persons: the values in hand are told instead."""
        told = self.clock.report
        if told is not None:
            report = told

            def in_hand(event: Event) -> None:
                report(replace(event, incumbent=values.get(event.tier)))

            self.clock.report = in_hand
        try:
            yield
        finally:
            self.clock.report = told
