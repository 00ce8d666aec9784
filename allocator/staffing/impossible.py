"""Single decisions that no plan can follow, named before any solver runs.

A pin or the result of a round sends one person to one campus. Where another rule that must be kept
does not admit this person there, no plan exists, and no other rule is to blame. The same is true of
people with a post who are to be placed and whose subject is taught nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from allocator.county.county import County, Place, place_id
from allocator.county.decisions import MoveKind
from allocator.county.frozen import Problem
from allocator.county.people import Teacher
from allocator.modelling import Configured
from allocator.staffing.groups import Who
from allocator.staffing.rule import StaffingRule
from allocator.staffing.rules.pins import PinLock
from allocator.staffing.rules.round_lock import RoundLock


@dataclass(frozen=True)
class _Order:
    """Who is sent where, by which entry of the file."""

    path: str
    teacher: Teacher
    place: Place
    kind: MoveKind | None
    """None where any kind will do."""


def impossible_requests(county: County, configured: Sequence[Configured]) -> tuple[Problem, ...]:
    """Every single decision that rules that must be kept forbid; none means none was found.

    Several decisions together can still exclude every plan, as can caps and rates.
    """
    firm = [c.rule for c in configured if c.firmness == "must" and isinstance(c.rule, StaffingRule)]
    orders = list(_orders(county, {type(rule) for rule in firm}))
    problems: list[Problem] = []
    for rule in firm:
        if rule.prunes() and orders:
            problems += _forbidden(county, rule, orders)
        problems += _homeless(county, rule)
    return tuple(sorted(problems, key=lambda p: p.path))


def _orders(county: County, firm: set[type[StaffingRule]]) -> Iterator[_Order]:
    """Those who are to serve at another campus than the one they start from."""
    for n, teacher in enumerate(county.teachers):
        for k, pin in enumerate(teacher.pins if PinLock in firm else ()):
            if pin.kind == "goes" and pin.campus != county.start(teacher).campus.id:
                place = county.places[place_id(str(pin.campus), teacher.stage)]
                yield _Order(f"county.teachers[{n}].pins[{k}]", teacher, place, None)
    for n, held in enumerate(county.rounds if RoundLock in firm else ()):
        for k, result in enumerate(held.appointments):
            teacher = county.teacher[result.teacher]
            if result.campus != county.start(teacher).campus.id:
                place = county.places[place_id(result.campus, teacher.stage)]
                path = f"county.rounds[{n}].appointments[{k}]"
                yield _Order(path, teacher, place, result.kind)


def _forbidden(county: County, rule: StaffingRule, orders: list[_Order]) -> Iterator[Problem]:
    traits = rule.traits(county)
    for order in orders:
        if rule.only is not None and rule.only != order.kind:
            continue
        seen = {name: trait(order.teacher) for name, trait in traits.items()}
        start = county.start(order.teacher)
        if not rule.admits(county, Who(0, start, 1, seen), order.place):
            yield Problem(
                order.path,
                "teacher {id} is to go to {place}, which the rule {rule} forbids: correct this "
                "decision, what the rule rests on, or the rule",
                {
                    "id": order.teacher.id,
                    "place": order.place.name,
                    "rule": {"zh": rule.title.zh, "en": rule.title.en},
                },
            )


def _homeless(county: County, rule: StaffingRule) -> Iterator[Problem]:
    """People with posts, to be placed, whose subject no public school teaches at their stage."""
    taught = {
        (place.stage, subject)
        for place in county.places.values()
        if not place.school.private
        for subject in place.demand
    }
    for offer in rule.offers(county):
        if offer.on_post and offer.count and (offer.stage, offer.subject) not in taught:
            yield Problem(
                f"county.supply[{county.supply.index(offer)}]",
                "{count} people of {id} are to be placed, but no public school teaches {subject} "
                "at the {stage} stage: correct the offer or the periods table",
                {
                    "count": offer.count,
                    "id": offer.id,
                    "subject": offer.subject,
                    "stage": offer.stage,
                },
            )
