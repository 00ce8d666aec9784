"""What a solve gives back: plan, status, tiers with bounds, audit, timings."""

from __future__ import annotations

from typing import Literal

from allocator.admission.record import DivisionRecord
from allocator.audit import Audit, Flaw
from allocator.county.frozen import Frozen
from allocator.county.plan import Plan
from allocator.scenario import PartName

Status = Literal["optimal", "feasible", "infeasible", "unknown"]
"""All tiers proven; a plan with an open gap; no plan exists; no plan and nothing proven."""


Reason = Literal[
    "proven",
    "gap_open",
    "by_procedure",
    "no_plan_exists",
    "impossible_request",
    "time_limit",
    "cancelled",
    "engine_failed",
]


class TierResult(Frozen):
    """One tier at the end of a solve."""

    name: str
    unit: str
    value: float
    """Value of the plan, counted by the audit."""
    bound: float | None = None
    """No plan that is as good in all earlier tiers can be below; None if not computed."""
    proven: bool = False
    """Whether value and bound agree within the tier's tolerance."""
    exact: bool = False
    """Whether value and bound agree exactly (on the tier's lattice)."""

    @property
    def gap(self) -> float | None:
        """Open share of the value, 0 when exact; None without a bound."""
        if self.bound is None:
            return None
        if self.value <= self.bound:
            return 0.0
        return (self.value - self.bound) / max(abs(self.value), 1e-9)


class PartOutcome(Frozen):
    """The outcome of one part."""

    part: PartName
    status: Status
    reason: Reason
    problems: tuple[Flaw, ...] = ()
    """Impossible requests, each with its numbers."""
    notes: tuple[Flaw, ...] = ()
    """What the procedure that made the plan leaves to know: places returned, sums not kept, ties
    and how they were settled."""
    plan: Plan | None = None
    tiers: tuple[TierResult, ...] = ()
    two_steps: dict[str, float] = {}
    """With walking: tier -> value of the plan with moves first and walking after."""
    audit: Audit | None = None
    division: DivisionRecord | None = None
    """Multipliers and ties of a quota table, where the method has them."""
    columns: int = 0
    rows: int = 0
    timings: dict[str, float] = {}
    """Seconds of build, relax, round, prove, audit, ...; outside hash and comparison."""


class Outcome(Frozen):
    """The outcome of a solve (求解结果): one entry a part solved."""

    format: Literal["allocator-outcome"] = "allocator-outcome"
    version: Literal[1] = 1
    scenario_hash: str
    engine: str
    parts: tuple[PartOutcome, ...]
    timings: dict[str, float] = {}

    def part(self, name: PartName) -> PartOutcome | None:
        """The outcome of one part, None if it was not solved."""
        return next((p for p in self.parts if p.part == name), None)

    @property
    def plan(self) -> Plan:
        """The plans of all parts in one."""
        plans = [p.plan for p in self.parts if p.plan is not None]
        return Plan(
            moves=tuple(m for p in plans for m in p.moves),
            teaching=tuple(t for p in plans for t in p.teaching),
            supply=tuple(s for p in plans for s in p.supply),
            quotas=tuple(q for p in plans for q in p.quotas),
        )
