"""Walking says the same to the solver and to the auditor.

Every plan that a program of persons can hold is read as kept, whatever its levels; every visit
that the rule excludes is read as broken, and no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest

from allocator.county.county import County
from allocator.county.plan import Plan, Teaching
from allocator.modelling import Allocation, Configured, Floats
from allocator.samples.toy import toy_county
from allocator.staffing.model import build, lay
from allocator.staffing.placement import placement
from allocator.staffing.rules import Walking
from tests.staffing.plans import ORDER, TERMS
from tests.staffing.toy import varied
from tests.staffing.walking_counties import WalkingCase, keeps, walking_case

VARIANTS = (
    {"subjects": ("music",), "within": 30, "block": 2},
    {"subjects": ("music",), "within": 23, "block": 2, "schools": 1},
    {"subjects": ("music", "maths"), "within": 60, "block": 1, "schools": 3},
    {"subjects": ("music",), "within": 30, "block": 3, "travel": 2},
    {"subjects": ("chinese", "maths"), "within": 75, "second_subjects": "no"},
)


def with_seconds() -> County:
    """The toy county where T6 and T4 give a second subject too, and T7 is a head."""
    return varied(
        {6: {"also_teaches": ["maths"]}, 4: {"also_teaches": ["music"]}, 7: {"role": "principal"}}
    )


def random_levels(allocation: Allocation, first: int, draw: np.random.Generator) -> Floats:
    """Random whole levels that keep the structure: moves, then people, then periods."""
    levels = np.zeros(len(allocation.names))
    size = levels.size
    for _ in range(int(draw.integers(0, 3))):
        _raise(allocation, levels, [int(draw.integers(0, max(first, 1)))], draw)
    columns = {name: n for n, name in enumerate(allocation.names)}
    together = [[n] for n in range(first, size)]
    for name, n in columns.items():
        kind, _, rest = name.partition("[")
        if kind == "people":
            head = rest.removesuffix("]")
            visited = head.rsplit(",", 1)[1].split("+")
            together.append([n, *(columns[f"periods[{head}@{q}]"] for q in visited)])
        elif kind == "visit":
            there = columns.get(f"there[{rest.rsplit(',', 1)[0]}]")
            both = [n, columns[f"periods[{rest}"]]
            together.append(both if there is None else [there, *both])
    for k in draw.permutation(len(together))[:15]:
        _raise(allocation, levels, together[int(k)], draw)
    return levels


def _raise(
    allocation: Allocation, levels: Floats, columns: list[int], draw: np.random.Generator
) -> None:
    """Raise some columns together as far as chance says, if the structure lets them."""
    if not levels.size:
        return
    before = levels[columns].copy()
    for _ in range(3):
        levels[columns] = [
            draw.integers(b, max(b, min(u, b + 6)) + 1)
            for b, u in zip(before, allocation.upper[columns], strict=True)
        ]
        if keeps(allocation, levels):
            return
    levels[columns] = before


def decoded(county: County, rule: Walking, seed: int) -> Iterator[Plan]:
    rules = [Configured(rule, "must")]
    allocation = build(county, rules, ORDER, TERMS, "persons")
    supply = lay(county, rules, TERMS).supply
    draw = np.random.default_rng([seed, 5])
    for _ in range(15):
        yield allocation.decode(random_levels(allocation, supply.first + supply.offer.size, draw))


@pytest.mark.parametrize("settings", VARIANTS)
@pytest.mark.parametrize("county", [toy_county, with_seconds])
def test_every_plan_of_the_program_by_persons_keeps_every_personal_limit(county, settings) -> None:
    found, rule = county(), Walking(**settings)
    visits = 0
    for plan in decoded(found, rule, seed=1):
        seen = placement(found, plan, "periods")
        assert all(r.kept for r in rule.readings(found, seen))
        visits += len(seen.beside)
    assert visits


@pytest.mark.parametrize("seed", range(60))
def test_names_keep_every_personal_limit_at_random_levels(seed) -> None:
    case: WalkingCase = walking_case(seed)
    allocation = case.program("persons")
    supply = lay(case.county, case.rules, case.terms).supply
    draw = np.random.default_rng([seed, 8])
    for _ in range(15):
        levels = random_levels(allocation, supply.first + supply.offer.size, draw)
        assert keeps(allocation, levels)
        seen = placement(case.county, allocation.decode(levels), case.terms.coverage)
        assert all(r.kept for r in case.rule.readings(case.county, seen))


@pytest.mark.parametrize("settings", VARIANTS)
@pytest.mark.parametrize("county", [toy_county, with_seconds])
def test_exactly_the_visits_without_a_column_are_read_as_broken(county, settings) -> None:
    found, rule = county(), Walking(**settings)
    columns = lay(found, [Configured(rule, "must")], TERMS, "persons").walking
    assert columns is not None
    possible = {(p.section, p.able, q) for p in columns.patterns for q in p.visited}
    possible |= {(w.section, w.able, q) for w in columns.walkers for q in w.visited}
    able = rule.traits(found)["able"]
    answers = set()
    for teacher, place in product(found.teacher.values(), found.places.values()):
        home = found.home(teacher)
        if home.id == place.id or teacher.status != "in_post" or place.stage != home.stage:
            continue
        load = found.subject[teacher.subject].load(home.stage)
        periods = min(load - rule.travel, place.demand.get(teacher.subject, 0))
        if not periods or home.school.private or place.school.private:
            continue
        entry = Teaching(
            teacher=teacher.id, section=place.id, subject=teacher.subject, periods=periods
        )
        seen = placement(found, Plan(teaching=(entry,)), "periods")
        kept = all(r.kept for r in rule.readings(found, seen))
        assert kept == ((home.id, able(teacher), place.id) in possible), (teacher.id, place.id)
        answers.add(kept)
    assert answers == {True, False}
