"""What edits made by hand broke, mended and cost, each by itself and all together.

An edit is judged twice: alone, against the plan before any edit, and among the others, against the
edited plan without it. Edits of one senior high's places are judged together, as a place given here
is taken there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from allocator.audit import Audit, Flaw, audit
from allocator.county.plan import Plan
from allocator.insight.by_hand.edits import HandEdit, QuotaEdit, key_of, with_edits
from allocator.modelling import Firmness, Reading
from allocator.scenario import PartName, Scenario

MOST = 50
"""Edits of teachers judged one by one: each takes two audits, half a second each at 8,500."""
_SLIGHT = 1e-6


@dataclass(frozen=True)
class Change:
    """A place at which a rule is missed by more, or by less, than before."""

    part: PartName
    rule: str
    firmness: Firmness
    was: Reading | None
    """None: there was nothing to read."""
    now: Reading | None

    @property
    def by(self) -> float:
        """By how much more it is missed, in the unit of the rule; negative where by less."""
        return _missed(self.now) - _missed(self.was)

    @property
    def worse(self) -> bool:
        """Whether it is missed by more."""
        return self.by > 0

    @property
    def breaks(self) -> bool:
        """Whether a rule that must be kept is missed by more."""
        return self.worse and self.firmness == "must"


@dataclass(frozen=True)
class TierChange:
    """The value of a goal in two plans; less is better."""

    part: PartName
    name: str
    before: float
    after: float

    @property
    def by(self) -> float:
        """What it became worse by."""
        return self.after - self.before

    @property
    def differs(self) -> bool:
        """Whether it changed at all."""
        return abs(self.by) > _SLIGHT


@dataclass(frozen=True)
class Effect:
    """What tells a plan from one before it."""

    changes: tuple[Change, ...]
    tiers: tuple[TierChange, ...]
    """Every goal, most important first; none where a plan cannot be."""
    flaws: tuple[Flaw, ...] = ()
    """Why the plan cannot be one of this county, where the one before it could."""

    @property
    def broken(self) -> tuple[Change, ...]:
        """Rules that must be kept and are missed by more."""
        return tuple(c for c in self.changes if c.breaks)

    @property
    def mended(self) -> tuple[Change, ...]:
        """Rules that must be kept and are missed by less."""
        return tuple(c for c in self.changes if not c.worse and c.firmness == "must")

    @property
    def first(self) -> TierChange | None:
        """The first goal that changes: it says whether the plan is better or worse."""
        return next((t for t in self.tiers if t.differs), None)

    @property
    def said(self) -> str:
        """``impossible``, ``breaks``, ``worse``, ``better`` or ``same``, the first that holds."""
        if self.flaws:
            return "impossible"
        if self.broken:
            return "breaks"
        if self.first is not None:
            return "worse" if self.first.by > 0 else "better"
        return "same"


@dataclass(frozen=True)
class EditVerdict:
    """What is said of one edit."""

    edit: HandEdit
    together: int
    """How many edits were judged as one, this among them."""
    alone: Effect | None
    """Against the plan before any edit; None where it was left out."""
    among: Effect | None
    """Against the edited plan without it; None where it was left out."""


@dataclass(frozen=True)
class Judgement:
    """What all rules and goals say of a plan changed by hand."""

    before: Audit
    after: Audit
    whole: Effect
    each: tuple[EditVerdict, ...]

    @cached_property
    def left_out(self) -> int:
        """Edits that were listed but not judged one by one."""
        return sum(v.alone is None for v in self.each)


def judged(
    scenario: Scenario, base: Plan, edits: Sequence[HandEdit], *, most: int = MOST
) -> Judgement:
    """Judge a plan with edits by all rules, and every edit by itself.

    Parameters
    ----------
    base
        The plan before any edit.
    most
        How many edits of teachers and further supply are judged one by one, in their order; the
        others are judged with the whole plan only.
    """
    parts = tuple(p for p in scenario.parts if any(e.part == p for e in edits))
    held = tuple(p for p in scenario.parts if p in parts or _decides(base, p))
    before = audit(scenario, base, held)
    after = audit(scenario, with_edits(scenario, base, edits), held)
    each = tuple(_each(_Judge(scenario, base, edits, before, after), most))
    return Judgement(before, after, effect(scenario, before, after), each)


def _decides(plan: Plan, part: PartName) -> bool:
    if part == "admission":
        return bool(plan.quotas)
    return bool(plan.moves or plan.teaching or plan.supply)


def _each(judge: _Judge, most: int) -> Iterator[EditVerdict]:
    """Every edit with its verdict, in their order; those of one senior high share theirs."""
    told: dict[str, tuple[int, Effect, Effect]] = {}
    number = 0
    for edit in judge.edits:
        unit = [edit]
        if isinstance(edit, QuotaEdit):
            unit = [
                e
                for e in judge.edits
                if isinstance(e, QuotaEdit) and e.senior_high == edit.senior_high
            ]
        else:
            number += 1
            if number > most:
                yield EditVerdict(edit, 1, None, None)
                continue
        name = key_of(unit[0])
        if name not in told:
            told[name] = (len(unit), *judge.effects(unit))
        yield EditVerdict(edit, *told[name])


class _Judge:
    """Judges some edits alone, and the edited plan without them."""

    def __init__(
        self,
        scenario: Scenario,
        base: Plan,
        edits: Sequence[HandEdit],
        before: Audit,
        after: Audit,
    ) -> None:
        self.scenario, self.base, self.edits = scenario, base, edits
        self.before, self.after = before, after

    def effects(self, unit: Sequence[HandEdit]) -> tuple[Effect, Effect]:
        """The effect of some edits alone, and among the others."""
        part = unit[0].part
        rest = [e for e in self.edits if e not in unit]
        before, after = only(self.before, part), only(self.after, part)
        if all(e.part != part for e in rest):
            alone = effect(self.scenario, before, after)
            return alone, alone
        with_it, without = (
            audit(self.scenario, with_edits(self.scenario, self.base, edits), (part,))
            for edits in (unit, rest)
        )
        return effect(self.scenario, before, with_it), effect(self.scenario, without, after)


def only(found: Audit, part: PartName) -> Audit:
    """What an audit of several parts says of one; flaws are told by their places."""
    mine = {"quotas": "admission"}
    return Audit(
        clean=found.clean,
        flaws=tuple(f for f in found.flaws if mine.get(f.path[:6], "staffing") == part),
        verdicts=tuple(v for v in found.verdicts if v.part == part),
        tiers={part: found.tiers[part]},
    )


def effect(scenario: Scenario, before: Audit, after: Audit) -> Effect:
    """What tells two audited plans apart.

    Where one of them cannot be a plan of the county, goals and rules compare nothing: what is
    flawed was left out of the count.
    """
    known = [(f.text, f.details) for f in before.flaws]
    flaws = tuple(f for f in after.flaws if (f.text, f.details) not in known)
    if before.flaws or after.flaws:
        return Effect((), (), flaws)
    return Effect(tuple(_changes(before, after)), tuple(_tiers(scenario, before, after)))


def _changes(before: Audit, after: Audit) -> Iterator[Change]:
    """Every place missed by more or by less, in the order of rules."""
    old = {(v.part, v.rule): v for v in before.verdicts}
    for verdict in after.verdicts:
        was = _by_place(old[verdict.part, verdict.rule].readings)
        now = _by_place(verdict.readings)
        for where in dict.fromkeys((*now, *was)):
            made = Change(
                verdict.part, verdict.rule, verdict.firmness, was.get(where), now.get(where)
            )
            if abs(made.by) > _SLIGHT:
                yield made


def _by_place(readings: Sequence[Reading]) -> Mapping[str, Reading]:
    """Readings by place; where a rule reads a place twice, the one missed by most."""
    found: dict[str, Reading] = {}
    for reading in readings:
        known = found.get(reading.where)
        if known is None or reading.shortfall > known.shortfall:
            found[reading.where] = reading
    return found


def _missed(reading: Reading | None) -> float:
    return 0.0 if reading is None else float(reading.shortfall)


def _tiers(scenario: Scenario, before: Audit, after: Audit) -> Iterator[TierChange]:
    for part in scenario.parts:
        held = scenario.part(part)
        if held is None or part not in after.tiers:
            continue
        for name in held.goals:
            yield TierChange(part, name, before.tiers[part][name], after.tiers[part][name])
