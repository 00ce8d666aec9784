"""A division looked up once: table, entitlement, record, and the rules that shaped it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from allocator.admission.claimants import Claimant, admits
from allocator.admission.entitlement import Cell, Entitlement
from allocator.admission.record import (
    ClaimantRecord,
    DivisionRecord,
    Held,
    TieRecord,
    held_by,
)
from allocator.admission.record_check import check
from allocator.admission.rule import AdmissionRule
from allocator.admission.terms import AdmissionTerms
from allocator.audit import Audit, audit
from allocator.county.frozen import Problem
from allocator.county.places import SeniorHigh
from allocator.county.plan import Plan
from allocator.insight.admission_tables import divided_senior_highs, entitlement
from allocator.modelling import Configured, Reading
from allocator.scenario import Admission, Scenario

if TYPE_CHECKING:
    # Only for its type: importing it at run time would load the solvers.
    from allocator.solving.outcome import Outcome, PartOutcome


@dataclass(frozen=True)
class CellCheck:
    """A cell beside what its multipliers give."""

    senior_high: str
    claimant: str
    claim: Fraction
    places: int
    product: Fraction
    """Claim, to the power of the method, times both multipliers."""
    held: Held


@dataclass(frozen=True)
class Bound:
    """What a rule asks of one junior high, on its total or on one cell."""

    rule: AdmissionRule
    firm: bool
    reading: Reading


@dataclass(frozen=True)
class Division:
    """A division with everything that explains it."""

    scenario: Scenario
    plan: Plan
    judged: Audit
    record: DivisionRecord | None
    """None where the method or the engine has no multipliers."""
    proven: bool
    due: Entitlement
    """Who is entitled to what."""
    rules: tuple[Configured, ...]
    """Admission rules that are kept or wished for."""

    @cached_property
    def terms(self) -> AdmissionTerms:
        """Base and method."""
        return (self.scenario.admission or Admission()).terms

    @cached_property
    def highs(self) -> list[SeniorHigh]:
        """Senior highs that divide places."""
        return divided_senior_highs(self.scenario, self.plan)

    @cached_property
    def claimants(self) -> Mapping[str, Claimant]:
        """Junior highs and pools, by id."""
        return self.due.claimants

    @cached_property
    def cells(self) -> Mapping[Cell, int]:
        """Places of every pair that has any."""
        found: Counter[Cell] = Counter()
        for entry in self.plan.quotas:
            found[entry.senior_high, entry.junior_high] += entry.places
        return found

    @cached_property
    def totals(self) -> Mapping[str, int]:
        """Places of each junior high."""
        found = dict.fromkeys(self.claimants, 0)
        for (_, id), places in self.cells.items():
            found[id] = found.get(id, 0) + places
        return found

    @cached_property
    def counted(self) -> Mapping[Cell, Fraction]:
        """What each junior high counts for at each senior high that admits from it."""
        county = self.scenario.county
        found = {
            (high.id, id): sum(
                (c.weights[s.id] for s in c.schools if admits(county, high, s)), Fraction(0)
            )
            for high in self.highs
            for id, c in self.claimants.items()
        }
        return {cell: weight for cell, weight in found.items() if weight}

    @cached_property
    def counted_by(self) -> Mapping[str, Fraction]:
        """What all junior highs of a senior high count for together."""
        found: dict[str, Fraction] = defaultdict(Fraction)
        for (high, _), weight in self.counted.items():
            found[high] += weight
        return found

    @cached_property
    def on_record(self) -> Mapping[str, ClaimantRecord]:
        """The record of each junior high."""
        return {c.id: c for c in self.record.claimants} if self.record else {}

    @cached_property
    def checked(self) -> tuple[CellCheck, ...]:
        """Every cell with a claim beside what its multipliers give; none without a record."""
        if self.record is None:
            return ()
        divisor = self.record.divisor
        rows = {h.id: h.multiplier for h in self.record.senior_highs}
        return tuple(
            CellCheck(
                high,
                id,
                claim,
                places := self.cells.get((high, id), 0),
                claim**divisor.power * (both := rows[high] * self.on_record[id].multiplier),
                held_by(claim, both, places, divisor),
            )
            for (high, id), claim in self.due.cells.items()
            if high in rows and id in self.on_record
        )

    @cached_property
    def of_claimant(self) -> Mapping[str, tuple[CellCheck, ...]]:
        """The cells of each junior high."""
        found: dict[str, list[CellCheck]] = defaultdict(list)
        for cell in self.checked:
            found[cell.claimant].append(cell)
        return {id: tuple(cells) for id, cells in found.items()}

    @cached_property
    def held(self) -> Mapping[Cell, Held]:
        """Cells that their own floor or cap decides."""
        return {(c.senior_high, c.claimant): c.held for c in self.checked if c.held}

    @cached_property
    def ties(self) -> tuple[TieRecord, ...]:
        """Cells and totals that a tie has decided."""
        return self.record.ties if self.record else ()

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What the multipliers on record do not reproduce."""
        return check(self.record, self.due, self.plan) if self.record else ()

    @cached_property
    def bounds(self) -> Mapping[str, tuple[Bound, ...]]:
        """What rules ask of each junior high: of its total, and of its cells."""
        known = {c.rule.name: c for c in self.rules}
        found: dict[str, list[Bound]] = defaultdict(list)
        for verdict in self.judged.verdicts:
            if verdict.part != "admission" or verdict.rule not in known:
                continue
            configured = known[verdict.rule]
            assert isinstance(configured.rule, AdmissionRule)
            for reading in verdict.readings:
                for id in {reading.where, *reading.where.split(":")[1:]} & self.claimants.keys():
                    found[id].append(Bound(configured.rule, configured.firmness == "must", reading))
        return {id: tuple(bounds) for id, bounds in found.items()}

    def shaping(self, claimant: Claimant) -> tuple[list[AdmissionRule], list[AdmissionRule]]:
        """The rules that give a junior high a factor, and those that give it places on top."""
        county = self.scenario.county
        rules = [c.rule for c in self.rules if isinstance(c.rule, AdmissionRule)]
        return (
            [r for r in rules if r.factor(county, claimant) != 1],
            [r for r in rules if r.top_up(county, claimant)],
        )


def division(scenario: Scenario, outcome: Outcome) -> Division | None:
    """The division of an outcome; None where none was made."""
    part: PartOutcome | None = outcome.part("admission")
    if part is None or part.plan is None:
        return None
    rules = (
        c
        for c in scenario.configured("admission")
        if isinstance(c.rule, AdmissionRule) and c.firmness in ("must", "should")
    )
    return Division(
        scenario,
        part.plan,
        judged=part.audit or audit(scenario, part.plan, ("admission",)),
        record=part.division,
        proven=part.status == "optimal",
        due=entitlement(scenario),
        rules=tuple(rules),
    )
