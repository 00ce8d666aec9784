"""Random tiny counties with random rules, goals and terms, small enough to try every plan."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, get_origin

import numpy as np
from annotated_types import Ge, Gt, Le, MinLen

from allocator.county.county import County
from allocator.county.decisions import MOVE_KINDS
from allocator.county.plan import Move
from allocator.modelling import Allocation, Configured, Parameter
from allocator.scenario import Scenario, Staffing
from allocator.staffing.model import build
from allocator.staffing.need import COVERAGE_CHOICES
from allocator.staffing.rule import StaffingRule
from allocator.staffing.rules import RULES
from allocator.staffing.rules.walking import Walking
from allocator.staffing.terms import StaffingTerms
from tests.solving.brute import Judged, every_plan_judged, number_of_plans
from tests.solving.draws import Draw, chance, one, random_county, some
from tests.staffing.plans import ORDER

DRAWN = tuple(rule for rule in RULES if rule is not Walking)
"""Rules drawn at random; walking has counties of its own."""
FEW, MANY = 1200, 20_000
"""Plans of a county tried by default, and at most."""
SMALL = {"people": 4, "minutes": 80, "years": 20, "cv": 2, "per_100": 3, "share": 1}
"""Up to where numbers are drawn, by unit; beyond, nothing more happens in a county so small."""


@dataclass(frozen=True)
class Tiny:
    """A county of a few people with everything that is asked for."""

    county: County
    rules: tuple[Configured, ...]
    order: tuple[str, ...]
    terms: StaffingTerms
    locked: bool
    """Whether brute force leaves out moves that a MUST rule alone reads as broken."""

    @cached_property
    def allocation(self) -> Allocation:
        return build(self.county, self.rules, self.order, self.terms)

    @property
    def plans(self) -> int:
        return number_of_plans(self.county, self.rules, locked=self.locked, terms=self.terms)

    @cached_property
    def judged(self) -> Judged:
        return every_plan_judged(
            self.county, self.rules, self.order, self.terms, locked=self.locked
        )

    @property
    def scenario(self) -> Scenario:
        """The same as a planner would hand it in."""
        rules = [
            {"rule": c.rule.name, "firmness": c.firmness, "parameters": c.rule.model_dump()}
            for c in self.rules
        ]
        staffing = Staffing.model_validate(
            {"rules": rules, "goals": self.order, "terms": self.terms.model_dump()}
        )
        return Scenario(title="t", county=self.county, staffing=staffing)


@cache
def tiny(seed: int, most: int = FEW) -> Tiny:
    """A county with rules, drawn again until it has some plans and at most so many.

    In every fourth county brute force leaves no move out, whatever MUST rules say of it. Of those
    whose MUST rules no plan keeps, most are drawn again as well.
    """
    draw = np.random.default_rng([seed, 4])
    while True:
        county = random_county(draw, int(draw.integers(2, 7)))
        order = ORDER if chance(draw, 0.4) else some(draw, ORDER, len(ORDER))
        found = Tiny(county, random_rules(draw), order, _terms(draw, county), seed % 4 != 0)
        if most // 20 < found.plans <= most and (chance(draw, 0.12) or found.judged.best):
            return found


def tiny_county(seed: int) -> County:
    return tiny(seed).county


def tiny_rules(seed: int) -> list[Configured]:
    return list(tiny(seed).rules)


def random_rules(draw: Draw) -> tuple[Configured, ...]:
    """Registered rules, few or many, at random firmness with random parameters."""
    in_force, firm = one(draw, (0.2, 0.6, 0.9, 1.0)), one(draw, (0.1, 0.2, 0.5))
    found = []
    for rule in DRAWN:
        allowed = [f for f in rule.firmness_allowed if f not in ("must", "off")]
        if "must" in rule.firmness_allowed and (not allowed or chance(draw, firm)):
            allowed = ["must"]
        elif "should" in allowed and chance(draw, 0.8):
            allowed = ["should"]
        firmness = one(draw, allowed) if chance(draw, in_force) else "off"
        found.append(Configured(random_rule(draw, rule), firmness))
    return tuple(found)


def random_rule(draw: Draw, rule: type[StaffingRule]) -> StaffingRule:
    """A rule with every parameter drawn from what it declares; now and then the default."""
    known = {p.name: p for p in rule.parameters()}
    while True:
        values = {name: _value(draw, rule, known[name]) for name in known if not chance(draw, 0.3)}
        try:
            return rule(**values)
        except ValueError:
            continue


def _value(draw: Draw, rule: type[StaffingRule], about: Parameter) -> Any:
    """A choice or several, or a number inside the declared range."""
    info = rule.model_fields[about.name]
    if about.choices:
        options = tuple(value for value, _ in about.choices)
        if get_origin(info.annotation) is tuple:
            return some(draw, options, _limit(info.metadata, MinLen, "min_length", 0))
        return one(draw, options)
    if info.annotation is bool:
        return chance(draw, 0.5)
    low = _limit(info.metadata, Ge, "ge", _limit(info.metadata, Gt, "gt", 0))
    high = max(low, min(_limit(info.metadata, Le, "le", 10), SMALL.get(about.unit, 10)))
    tenths = 1 if info.annotation is int else 10
    ends = int(low * tenths), int(high * tenths)
    number = one(draw, ends) if chance(draw, 0.3) else int(draw.integers(ends[0], ends[1] + 1))
    return number if tenths == 1 else Decimal(number) / 10


def _limit(metadata: list[Any], kind: type, name: str, default: float) -> Any:
    return next((getattr(m, name) for m in metadata if isinstance(m, kind)), default)


def _terms(draw: Draw, county: County) -> StaffingTerms:
    published = [
        Move(
            teacher=t.id,
            origin=county.start(t).id,
            destination=place.id,
            kind=one(draw, MOVE_KINDS),
            ground="exchange",
            start="2020-09",
        )
        for t in county.teacher.values()
        for place in [one(draw, [p for p in county.places.values() if p.stage == t.stage])]
        if place.id != county.start(t).id and t.id not in county.returns
    ]
    return StaffingTerms(
        opening_kind=one(draw, MOVE_KINDS),
        coverage=one(draw, [value for value, _ in COVERAGE_CHOICES]),
        minutes_per_move=one(draw, (0, 30)),
        published=some(draw, published) if chance(draw, 0.5) else (),
    )
