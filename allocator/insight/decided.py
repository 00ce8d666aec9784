"""What rules that must be kept hold against decisions made beforehand: pins, rounds, offices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allocator.county.county import County
from allocator.county.plan import Move, Plan
from allocator.insight.names import namer
from allocator.modelling import Language, Rule, verdict
from allocator.scenario import Scenario, Staffing
from allocator.staffing.decode import returns
from allocator.staffing.placement import examined
from allocator.staffing.rule import StaffingRule
from allocator.staffing.rules.head_lock import HeadLock
from allocator.staffing.rules.head_term_cap import HeadTermCap
from allocator.staffing.rules.one_principal import OnePrincipalLock
from allocator.staffing.rules.pins import PinLock
from allocator.staffing.rules.round_lock import RoundLock

_OF_HEADS = (OnePrincipalLock, HeadTermCap)


def against_decided(scenario: Scenario, lang: Language = "zh") -> tuple[str, ...]:
    """Why decisions made beforehand leave no plan, one sentence for each place or person.

    Judged are the moves that every plan makes: those that pins and results of rounds send, and
    returns. A lock that does not admit one of them excludes every plan. So does a rule about heads
    that is broken by them, where heads go only where they are sent. Empty where nothing of this
    kind is in the way: then it takes several rules together.
    """
    part = scenario.staffing
    if part is None:
        return ()
    must = [c.rule for c in scenario.configured("staffing") if c.firmness == "must"]
    sent = any(isinstance(rule, HeadLock) for rule in must)
    plan = Plan(moves=tuple(_decided(scenario.county, must, part)))
    seen, _ = examined(scenario.county, plan)
    name = namer(scenario, lang)
    return tuple(
        _sentence(rule.title.say(lang), verdict(rule, r, name(r.where), lang), lang)
        for rule in must
        if isinstance(rule, StaffingRule) and (rule.prunes() or (sent and type(rule) in _OF_HEADS))
        for r in rule.readings(scenario.county, seen)
        if not r.kept
    )


def _sentence(title: str, said: str, lang: Language) -> str:
    return f"{title}：{said}" if lang == "zh" else f"{title}: {said}"


def _decided(county: County, must: Sequence[Rule], part: Staffing) -> Iterator[Move]:
    """The moves that every plan makes."""
    pinned = any(isinstance(rule, PinLock) for rule in must)
    held = any(isinstance(rule, RoundLock) for rule in must)
    for teacher in county.teachers:
        if teacher.id in county.returns:
            continue
        appointed = county.appointed.get(teacher.id) if held else None
        to = None if appointed is None else appointed.campus
        for pin in teacher.pins if pinned else ():
            if pin.kind == "goes":
                to = pin.campus
        here = county.home(teacher)
        there = None if to is None else county.places.get(f"{to}.{teacher.stage}")
        if there is not None and there.id != here.id:
            opening = county.opens(there.school)
            kind = part.terms.opening_kind if opening else "secondment"
            yield Move(
                teacher=teacher.id,
                origin=here.id,
                destination=there.id,
                kind=kind if appointed is None else appointed.kind,
                ground="exchange" if appointed is None else "application",
                start=part.terms.start,
                years=part.terms.years,
            )
    yield from returns(county, part.terms)
