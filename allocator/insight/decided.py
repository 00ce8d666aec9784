"""What rules that must be kept hold against decisions made beforehand: pins, rounds, offices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allocator.county.county import County, place_id
from allocator.county.plan import Move, Plan
from allocator.insight.names import namer
from allocator.modelling import Language, verdict
from allocator.scenario import Scenario, Staffing
from allocator.staffing.decode import returns
from allocator.staffing.placement import examined
from allocator.staffing.rule import Sent, StaffingRule


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
    must = [
        c.rule
        for c in scenario.configured("staffing")
        if c.firmness == "must" and isinstance(c.rule, StaffingRule)
    ]
    # A rule that prunes and is of heads alone lets them go only where they are sent.
    sent = any(rule.of_heads and rule.prunes() for rule in must)
    plan = Plan(moves=tuple(_decided(scenario.county, must, part)))
    seen, _ = examined(scenario.county, plan)
    name = namer(scenario, lang)
    return tuple(
        _sentence(rule.title.say(lang), verdict(rule, r, name(r.where), lang), lang)
        for rule in must
        if rule.prunes() or (sent and rule.of_heads)
        for r in rule.readings(scenario.county, seen)
        if not r.kept
    )


def _sentence(title: str, said: str, lang: Language) -> str:
    return f"{title}：{said}" if lang == "zh" else f"{title}: {said}"


def _decided(county: County, must: Sequence[StaffingRule], part: Staffing) -> Iterator[Move]:
    """The moves that every plan makes."""
    found: dict[str, Sent] = {}
    for rule in must:
        for id, to in rule.sent(county).items():
            if id not in found or to.kind is not None:
                found[id] = to
    for id, to in sorted(found.items()):
        teacher = county.teacher[id]
        here, there = county.home(teacher), county.places.get(place_id(to.campus, teacher.stage))
        if id in county.returns or there is None or there.id == here.id:
            continue
        usual = part.terms.opening_kind if county.opens(there.school) else "secondment"
        yield Move(
            teacher=id,
            origin=here.id,
            destination=there.id,
            kind=to.kind or usual,
            ground=to.ground,
            start=part.terms.start,
            years=part.terms.years,
        )
    yield from returns(county, part.terms)
