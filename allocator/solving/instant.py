"""Bounds while a rule is moved: the chain of linear programs, kept warm between answers.

Every answer is the chain of :mod:`allocator.solving.chain` for the scenario asked about: the same
linear programs, so the same bounds, only sooner. Sooner because the program is laid out already
(:mod:`allocator.staffing.restated`), and because each tier starts from the basis that was best for
it last time. Where groups or columns become others, the program is built anew and the bases are
carried over by the names of columns and rows: a place to start from, whatever changed.

No plan comes of it: a tier's bound says what no plan can be better than.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from allocator.county.county import County
from allocator.modelling import Floats, Linear, Tier
from allocator.scenario import Scenario
from allocator.solving.chain import Chain
from allocator.solving.highs import Answer, EngineFailed
from allocator.solving.layout import INFINITY
from allocator.solving.program import Condition, Program, lay_out
from allocator.solving.progress import Clock, Stage
from allocator.solving.relaxation import Basis, Relaxation, Status
from allocator.solving.tangents import Tangents
from allocator.solving.tiers import FUZZ
from allocator.staffing.restated import Stated

MANY = 300
"""Steps after which a start from the last basis of a tier is given up for one from the blend."""


@dataclass(frozen=True)
class Seed:
    """Which columns and rows were basic, the rows of limits by name."""

    columns: list[Status]
    rows: list[Status]
    added: dict[str, Status]
    levels: Floats
    """The point of the basis."""


class _NoPlan(Exception):
    """Not even the relaxation holds a point."""


class WarmChain(Chain):
    """The chain with a basis for each tier from the chain before.

    Parameters
    ----------
    before
        The chain of the program before; None for the first.

    """

    def __init__(
        self, program: Program, threads: int, clock: Clock, before: WarmChain | None = None
    ) -> None:
        self._before = before
        super().__init__(program, threads, clock, rounding=False)
        self.seeds: dict[str, Seed] = {}
        self._point: Answer | None = None
        self._blend: Seed | None = None
        self._moved: list[tuple[int, Condition]] = []
        if before is not None:
            carried = _Carried(before.program, program)
            self._moved = _moved(before.program, program)
            self.seeds = {name: carried.over(seed) for name, seed in before.seeds.items()}
            self._blend = None if before._blend is None else carried.over(before._blend)
        self._before = None

    def _relaxed(self, threads: int) -> tuple[Relaxation, Tangents]:
        """The relaxation with the limits and tangents of the chain before, still open."""
        before = self._before
        if before is None:
            relaxation = Relaxation(self.program.matrix, threads, self.clock)
            return relaxation, Tangents(self.program, relaxation)
        tangents = before.tangents.rows if _same_norms(self.program, before.program) else []
        tiers = {t.name for t in self.tiers[:-1]}
        further: list[tuple[str, Linear, float]] = []
        for name in before.relaxation.added:
            if name in tiers:
                further.append((name, self.program.costs[name], INFINITY))
            elif name.startswith("tangent.") and tangents:
                row, most = tangents[int(name.removeprefix("tangent."))]
                further.append((name, row, most))
        relaxation = Relaxation(self.program.matrix, threads, self.clock, further)
        found = Tangents(self.program, relaxation)
        found.rows = list(tangents)
        return relaxation, found

    def warm(self) -> Literal["plan", "infeasible"]:
        """Bound every tier from the bases taken over; from nothing where there are none."""
        if self._blend is None:
            return self.start()
        try:
            self.bound(0, "relax", {})
        except _NoPlan:
            return "infeasible"
        return "plan"

    def _least(self, tier: Tier, stage: Stage) -> Answer:
        """The least value of a tier, from where it was least the last time."""
        point = self._point
        if tier is not self.tiers[0] and point is not None and self._value(tier, point) < FUZZ:
            # It keeps all limits so far, and no tier can be negative.
            return point
        answer = self._from_seed(tier, stage)
        if answer is None:
            answer = self._from_blend(tier, stage)
            if self._value(tier, answer) >= FUZZ:
                self.seeds[tier.name] = self._seed(self.relaxation.basis(), answer.levels)
        self._point = answer
        return answer

    def _from_blend(self, tier: Tier, stage: Stage) -> Answer:
        """The least value of a tier by way of the blend of all tiers."""
        if self.blended is None:
            assert self._blend is not None
            self._plant(self._blend)
            if tier is self.tiers[0]:
                blend = self._touched(stage, self.blend(), self.relaxation.dual)
                if blend.ending == "infeasible":
                    raise _NoPlan
            self.blended = self.relaxation.basis()
        if tier is self.tiers[0]:
            # Before any tier is limited.
            self._blend = self._seed(self.blended, np.zeros(0))
        return super()._least(tier, stage)

    def _from_seed(self, tier: Tier, stage: Stage) -> Answer | None:
        """The least value from the tier's last basis; None without one, or where it takes long."""
        seed = self.seeds.get(tier.name)
        if seed is None:
            return None
        seed = self._paying(seed)
        self._plant(seed)
        rows = len(self.relaxation.added)
        with self.relaxation.at_most(MANY):
            answer = self._touched(stage, self.dense[tier.name], self.relaxation.dual)
        if answer.ending == "infeasible" and tier is self.tiers[0]:
            raise _NoPlan
        if answer.ending != "optimal":
            return None
        stayed = self.relaxation.steps == 0 and rows == len(self.relaxation.added)
        self.seeds[tier.name] = (
            replace(seed, levels=answer.levels)
            if stayed
            else self._seed(self.relaxation.basis(), answer.levels)
        )
        return answer

    def _seed(self, basis: Basis, levels: Floats) -> Seed:
        rows = list(basis.row_status)
        first = self.program.matrix.row_lower.size
        # Rows added since this basis stand at the end and are basic.
        added = dict(zip(self.relaxation.added, rows[first:], strict=False))
        return Seed(list(basis.col_status), rows[:first], added, levels)

    def _paying(self, seed: Seed) -> Seed:
        """The basis with the shortfall of every rule that moved paid where the point misses it.

        Slack takes the place of its row, which changes nothing else: no price, no other level.
        """
        columns, rows = list(seed.columns), list(seed.rows)
        for place, condition in self._moved:
            slack = condition.slack
            assert slack is not None
            free = rows[place] == Status.kBasic and columns[slack] == Status.kLower
            actual = condition.total.value(seed.levels)
            if free and condition.row.sense == ">=" and actual < condition.row.limit - FUZZ:
                columns[slack], rows[place] = Status.kBasic, Status.kLower
            if free and condition.row.sense == "<=" and actual > condition.row.limit + FUZZ:
                columns[slack], rows[place] = Status.kBasic, Status.kUpper
        return Seed(columns, rows, seed.added, seed.levels)

    def _plant(self, seed: Seed) -> None:
        added = [seed.added.get(name, Status.kBasic) for name in self.relaxation.added]
        self.relaxation.plant(seed.columns, seed.rows + added)


class _Carried:
    """Bases of one program brought to another by the names of columns and rows."""

    def __init__(self, old: Program, new: Program) -> None:
        self._same = old.names == new.names and old.row_names == new.row_names
        if not self._same:
            columns = {name: n for n, name in enumerate(old.names)}
            rows = {name: n for n, name in enumerate(old.row_names)}
            self._columns = [columns.get(name, -1) for name in new.names]
            self._rows = [rows.get(name, -1) for name in new.row_names]

    def over(self, seed: Seed) -> Seed:
        """The same basis over the columns and rows of the new program."""
        if self._same:
            return seed
        # The last entry stands for what is new: columns at zero, rows without a price.
        columns, rows = [*seed.columns, Status.kLower], [*seed.rows, Status.kBasic]
        levels = np.append(seed.levels, 0.0)[self._columns] if seed.levels.size else seed.levels
        return Seed(
            [columns[n] for n in self._columns], [rows[n] for n in self._rows], seed.added, levels
        )


def _moved(old: Program, new: Program) -> list[tuple[int, Condition]]:
    """The rows that are wished for and were stated anew, each with its place in the matrix."""
    known = {id(condition.row) for condition in old.conditions}
    places = {name: n for n, name in enumerate(new.row_names)}
    return [
        (places[f"{condition.rule}.{condition.where}"], condition)
        for condition in new.conditions
        if condition.slack is not None and id(condition.row) not in known
    ]


def _same_norms(one: Program, other: Program) -> bool:
    """Whether the tangents of one program are tangents of another."""
    if one.names != other.names:
        return False
    mine = [n for c in one.conditions for n in c.norms]
    theirs = [n for c in other.conditions for n in c.norms]
    return len(mine) == len(theirs) and all(
        a.column == b.column
        and a.shares == b.shares
        and np.array_equal(a.norm.scales, b.norm.scales)
        and np.array_equal(a.norm.shifts, b.norm.shifts)
        for a, b in zip(mine, theirs, strict=True)
    )


@dataclass(frozen=True)
class Estimate:
    """What the relaxation says of a scenario: a bound for each tier, no plan.

    ``L_k`` is the least value of tier k among all points of the relaxation that are as good in the
    tiers before: the bound the chain of a whole solve begins with.
    """

    ending: Literal["plan", "infeasible"]
    bounds: dict[str, float]
    rebuilt: bool
    """Whether the program had to be built anew."""


class Instant:
    """The staffing program of one county, kept warm.

    Parameters
    ----------
    scenario
        Holds a staffing part.
    threads
        Threads of the engine.

    """

    def __init__(self, scenario: Scenario, threads: int = 1) -> None:
        self.county: County = scenario.county
        self.threads = threads
        self._stated: Stated | None = None
        self._chain: WarmChain | None = None

    def fits(self, scenario: Scenario) -> bool:
        """Whether a scenario can be answered without building the program anew."""
        part = scenario.staffing
        if part is None or self._stated is None:
            return False
        configured = scenario.configured("staffing")
        return self._stated.again(configured, part.goals, part.terms) is not None

    def ask(self, scenario: Scenario, clock: Clock) -> Estimate:
        """Bound every tier of a scenario of the same county; the clock is told of each at once.

        Raises
        ------
        Stopped
            If the clock was stopped; the next question is answered all the same.
        EngineFailed
            If the engine gave up; the next question starts from nothing.

        """
        part = scenario.staffing
        assert part is not None
        configured = scenario.configured("staffing")
        known = self._stated
        stated = None if known is None else known.again(configured, part.goals, part.terms)
        rebuilt = stated is None
        if stated is None:
            clock.tell("staffing", "build")
            stated = Stated.of(self.county, configured, part.goals, part.terms, "flow")
        self._stated = stated
        program = lay_out(stated.allocation, squares=False)
        chain = WarmChain(program, self.threads, clock, self._chain)
        clock.check()
        try:
            ending = chain.warm()
        except EngineFailed:
            self._chain = None
            raise
        if ending == "infeasible":
            # Its basis is no place to start from; the one before it stays.
            return Estimate("infeasible", {}, rebuilt)
        self._chain = chain
        return Estimate("plan", dict(chain.lows), rebuilt)
