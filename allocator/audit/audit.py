"""Judging any plan from data alone: no solver, no column, only people, places and rules."""

from __future__ import annotations

from collections.abc import Iterable

from allocator.admission import model as admission_model
from allocator.admission.entitlement import entitle
from allocator.admission.rule import AdmissionRule
from allocator.admission.table import examined as examined_quotas
from allocator.county.frozen import Frozen, Problem
from allocator.county.plan import Plan
from allocator.modelling import Configured, Firmness, Reading
from allocator.scenario import PartName, Scenario
from allocator.staffing import model as staffing_model
from allocator.staffing.placement import examined as examined_moves
from allocator.staffing.placement import missing_returns
from allocator.staffing.rule import StaffingRule
from allocator.staffing.walking.able import walking_by


class Verdict(Frozen):
    """What one rule says of a plan."""

    part: PartName
    rule: str
    firmness: Firmness
    kept: bool
    shortfall: float
    """Sum of the shortfalls, in the unit of the rule's tier."""
    readings: tuple[Reading, ...]


class Flaw(Frozen):
    """Something that no plan of this county can contain."""

    path: str
    text: str
    """Key of the catalogue of words; ``details`` fill its blanks."""
    details: dict[str, str | int | float] = {}


class Audit(Frozen):
    """The audit (核验) of a plan."""

    clean: bool
    """No flaw, and no MUST rule broken."""
    flaws: tuple[Flaw, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    tiers: dict[PartName, dict[str, float]] = {}
    """Part -> tier -> value, counted from people and places."""

    def missed(self) -> tuple[Verdict, ...]:
        """Rules wished for and not kept."""
        return tuple(v for v in self.verdicts if v.firmness == "should" and not v.kept)

    def broken(self) -> tuple[Verdict, ...]:
        """MUST rules not kept."""
        return tuple(v for v in self.verdicts if v.firmness == "must" and not v.kept)


def audit(scenario: Scenario, plan: Plan, parts: Iterable[PartName] | None = None) -> Audit:
    """Judge a plan by all rules of a scenario that are not off.

    Parameters
    ----------
    parts
        Which parts to judge; None takes all the scenario holds.

    """
    chosen = tuple(p for p in scenario.parts if parts is None or p in tuple(parts))
    flaws: list[Flaw] = []
    verdicts: list[Verdict] = []
    tiers: dict[PartName, dict[str, float]] = {}
    for part in chosen:
        found, values, problems = _judge(scenario, part, plan)
        flaws += [Flaw(path=p.path, text=p.text, details=dict(p.details)) for p in problems]
        verdicts += found
        tiers[part] = values
    broken = any(v.firmness == "must" and not v.kept for v in verdicts)
    return Audit(
        clean=not flaws and not broken, flaws=tuple(flaws), verdicts=tuple(verdicts), tiers=tiers
    )


def _judge(
    scenario: Scenario, part: PartName, plan: Plan
) -> tuple[list[Verdict], dict[str, float], tuple[Problem, ...]]:
    """Verdicts, tier values and flaws; what is flawed is left out of the counts."""
    county, configured = scenario.county, scenario.configured(part)
    if part == "staffing" and scenario.staffing is not None:
        walking = walking_by(configured, scenario.staffing.terms)
        seen, problems = examined_moves(county, plan, walking)
        problems = (*problems, *missing_returns(county, plan))
        readings = [
            (c, tuple(c.rule.readings(county, seen)))
            for c in configured
            if isinstance(c.rule, StaffingRule)
        ]
        values = staffing_model.tier_values(
            county, configured, scenario.staffing.goals, scenario.staffing.terms, seen
        )
    else:
        assert scenario.admission is not None
        terms = scenario.admission.terms
        due = entitle(county, configured, terms)
        table, problems = examined_quotas(county, due, plan, terms.rounding)
        readings = [
            (c, tuple(c.rule.readings(county, table)))
            for c in configured
            if isinstance(c.rule, AdmissionRule)
        ]
        values = admission_model.tier_values(
            county, configured, scenario.admission.goals, terms, table
        )
    return [_verdict(part, c, found) for c, found in readings], dict(values), problems


def _verdict(part: PartName, c: Configured, readings: tuple[Reading, ...]) -> Verdict:
    return Verdict(
        part=part,
        rule=c.rule.name,
        firmness=c.firmness,
        kept=all(r.kept for r in readings),
        shortfall=float(sum(r.shortfall for r in readings)),
        readings=readings,
    )
