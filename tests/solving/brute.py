"""Every plan of a tiny county, listed from its people and places and judged by readings alone.

Nothing here looks at columns, rows or groups, so a column that should be there and is not, or
people taken for alike who are not, are seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations_with_replacement, product
from math import prod

import numpy as np

from allocator.county.county import County, Place
from allocator.county.decisions import MoveKind
from allocator.county.people import Teacher
from allocator.county.plan import Move, MoveGround, Plan, Supply
from allocator.modelling import Configured, Floats
from allocator.staffing.decode import teaching
from allocator.staffing.model import tier_values
from allocator.staffing.placement import Placement, placement
from allocator.staffing.rule import StaffingRule
from allocator.staffing.terms import StaffingTerms
from allocator.staffing.walking.able import walking_rule
from tests.staffing.plans import ORDER, TERMS
from tests.staffing.walking_brute import least_uncovered

DIGITS = 6
_USUAL: dict[MoveKind, MoveGround] = {"secondment": "exchange", "transfer": "surplus"}


@dataclass(frozen=True)
class Judged:
    """The tier values of every plan that keeps the MUST rules, each once, the best first."""

    points: Floats
    """Shape (plans, tiers), in the planner's order."""

    @property
    def best(self) -> list[float] | None:
        """The least values, tier after tier; None where no plan keeps the MUST rules."""
        return self.points[0].tolist() if self.points.size else None

    def least(self, k: int, values: Sequence[float]) -> float:
        """The least value of tier k among plans no worse than some values in the tiers before."""
        inside = (self.points[:, :k] <= np.array(values[:k]) + 1e-5).all(axis=1)
        return float(self.points[inside, k].min())

    def holds(self, values: Sequence[float]) -> bool:
        """Whether some plan has these values."""
        return bool(np.isclose(self.points, values, rtol=0, atol=1e-5).all(axis=1).any())


def brute_force(
    county: County,
    rules: Sequence[Configured],
    order: Sequence[str] = ORDER,
    terms: StaffingTerms = TERMS,
) -> list[float] | None:
    """The least tier values over every plan that keeps the MUST rules."""
    return every_plan_judged(county, rules, order, terms, locked=True).best


def every_plan_judged(
    county: County,
    rules: Sequence[Configured],
    order: Sequence[str],
    terms: StaffingTerms,
    *,
    locked: bool,
) -> Judged:
    """Judge every plan from the people in it; where some may walk, by the best they can teach."""
    rule = walking_rule(rules)
    found = set()
    for plan in every_plan(county, rules, terms, locked=locked):
        seen = placement(county, plan)
        if kept(county, rules, seen):
            values = tier_values(county, rules, order, terms, seen)
            if rule is not None:
                values["coverage"] = least_uncovered(county, rule, seen, terms)
            found.add(tuple(round(values[tier], DIGITS) for tier in order))
    return Judged(np.array(sorted(found)).reshape(len(found), len(order)))


def kept(county: County, rules: Sequence[Configured], seen: Placement) -> bool:
    """Whether a plan keeps every MUST rule."""
    return all(
        reading.kept
        for c in rules
        if c.firmness == "must"
        for reading in c.rule.readings(county, seen)
    )


def every_plan(
    county: County, rules: Sequence[Configured], terms: StaffingTerms, *, locked: bool
) -> Iterator[Plan]:
    """Every plan: each teacher stays or goes somewhere, each further person serves somewhere.

    Parameters
    ----------
    locked
        Whether to leave out a move that alone breaks a MUST rule which works by removing moves.

    """
    back = _returns(county, terms)
    moves = _moves(county, rules, terms, locked=locked)
    for chosen in product(*moves, *_placed(county, rules)):
        going = [m for m in chosen[: len(moves)] if m is not None]
        serving = {t: county.start(v) for t, v in county.teacher.items()}
        serving |= {m.teacher: county.places[m.destination] for m in going}
        yield Plan(
            moves=tuple(sorted((*back, *going), key=lambda m: m.teacher)),
            teaching=teaching(county, serving, terms.coverage),
            supply=tuple(chain.from_iterable(chosen[len(moves) :])),
        )


def number_of_plans(
    county: County, rules: Sequence[Configured], terms: StaffingTerms, *, locked: bool
) -> int:
    moves = _moves(county, rules, terms, locked=locked)
    return prod(len(options) for options in (*moves, *_placed(county, rules)))


def _returns(county: County, terms: StaffingTerms) -> list[Move]:
    return [
        Move(
            teacher=teacher,
            origin=county.home(county.teacher[teacher]).id,
            destination=home.id,
            kind="secondment",
            ground="return",
            start=terms.start,
        )
        for teacher, home in county.returns.items()
    ]


def _moves(
    county: County, rules: Sequence[Configured], terms: StaffingTerms, *, locked: bool
) -> list[list[Move | None]]:
    """What each teacher may do: stay, or go to another section of the stage in some way."""
    everything = [
        [None, *_of_one(county, teacher, _opened(rules), terms)]
        for teacher in county.teacher.values()
    ]
    if not locked:
        return everything
    locks = [c.rule for c in rules if c.firmness == "must" and c.rule.prunes()]
    today = _broken(county, locks, _returns(county, terms))
    return [
        [
            move
            for move in options
            if move is None
            or all(
                broken <= today[rule]
                for rule, broken in _broken(county, locks, [*_returns(county, terms), move]).items()
            )
        ]
        for options in everything
    ]


def _broken(
    county: County, locks: Sequence[StaffingRule], moves: Sequence[Move]
) -> Mapping[str, float]:
    seen = placement(county, Plan(moves=tuple(moves)))
    return {rule.name: sum(r.shortfall for r in rule.readings(county, seen)) for rule in locks}


def _binding(rules: Sequence[Configured]) -> list[StaffingRule]:
    return [
        c.rule
        for c in rules
        if c.firmness in ("must", "should") and isinstance(c.rule, StaffingRule)
    ]


def _opened(rules: Sequence[Configured]) -> set[MoveKind]:
    return {"secondment"}.union(*(rule.opens for rule in _binding(rules)))


def _of_one(
    county: County, teacher: Teacher, opened: set[MoveKind], terms: StaffingTerms
) -> Iterator[Move]:
    """Every move of one teacher; an appointment and an opening school state how one goes there."""
    start, appointed = county.start(teacher), county.appointed.get(teacher.id)
    for place in county.places.values():
        if place.stage != start.stage or place.id == start.id or teacher.id in county.returns:
            continue
        ways: dict[MoveKind, MoveGround]
        if appointed is not None and appointed.campus == place.campus.id:
            ways = {appointed.kind: "application"}
        elif county.opens(place.school):
            ways = {terms.opening_kind: "opening"}
        else:
            ways = {kind: _USUAL[kind] for kind in sorted(opened)}
        for kind, ground in ways.items():
            yield Move(
                teacher=teacher.id,
                origin=start.id,
                destination=place.id,
                kind=kind,
                ground=ground,
                start=terms.start,
                years=terms.years if kind == "secondment" else None,
            )


def _placed(county: County, rules: Sequence[Configured]) -> list[list[tuple[Supply, ...]]]:
    """How the people of each offer that a rule in force opens may be placed, or left out."""
    offers = {o.id: o for rule in _binding(rules) for o in rule.offers(county)}
    found = []
    for _, offer in sorted(offers.items()):
        there: list[Place] = [
            p
            for p in county.places.values()
            if p.stage == offer.stage and offer.subject in p.demand and not p.school.private
        ]
        found.append(
            [
                tuple(
                    Supply(section=p, subject=offer.subject, kind=offer.kind, count=at.count(p))
                    for p in sorted(set(at))
                )
                for number in range(offer.count + 1)
                for at in combinations_with_replacement([p.id for p in there], number)
            ]
        )
    return found
