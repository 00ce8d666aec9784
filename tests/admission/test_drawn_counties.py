"""Small counties drawn with every rule, pools and bases: all engines agree with brute force."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from allocator.admission.direct import solve_exactly
from allocator.admission.form import flow_form
from allocator.admission.impossible import impossible_requests
from allocator.admission.model import build, tier_values
from allocator.admission.rules import RULES
from allocator.admission.terms import AdmissionTerms, WeightedColumn
from allocator.county.county import County
from allocator.county.quotas import PastQuota, SchoolFigure
from allocator.modelling import Configured
from allocator.solving.program import lay_out
from allocator.solving.progress import Clock
from allocator.solving.sequence import solve_in_sequence
from tests.admission.division import (
    AREAS,
    ORDER,
    best_by_brute_force,
    county,
    exact_values,
    junior,
    pool,
    senior,
)

SEEDS = range(120)
TOWNSHIPS = ("T1", "T2", "T3")


@pytest.mark.parametrize("seed", SEEDS)
def test_exact_answer_brute_force_and_naming_agree(seed):
    where, rules, terms = drawn(random.Random(seed))
    best = best_by_brute_force(where, rules, terms)
    problems = impossible_requests(where, rules, terms)
    # Places on top that nobody gives are refused though a table is possible.
    broken = [p for p in problems if "no senior high that admits it gives any" not in p.text]
    assert bool(problems if best is None else broken) == (best is None)
    answer = solve_exactly(where, rules, ORDER, terms)
    if best is None:
        assert answer is None
    elif flow_form(where, rules, terms) is not None:
        assert answer is not None
        assert answer.proven
        values = exact_values(where, rules, terms, answer.plan)
        assert values is not None
        assert tuple(values[tier] for tier in ORDER) == best[0]
        assert bool(answer.ties or answer.tied_totals) == (best[1] > 1)


@pytest.mark.parametrize("seed", SEEDS[::3])
def test_the_milp_finds_the_same_values(seed):
    where, rules, terms = drawn(random.Random(seed))
    best = best_by_brute_force(where, rules, terms)
    program = lay_out(build(where, rules, ORDER, terms))
    found = solve_in_sequence(program, "cbc", Clock())
    if not program.allocation.names:
        return
    assert (found.levels is None) == (best is None)
    if best is None or found.levels is None:
        return
    plan = program.allocation.decode(found.levels)
    values = exact_values(where, rules, terms, plan)
    assert values is not None
    assert values["protection"] == best[0][0]
    answer = solve_exactly(where, rules, ORDER, terms)
    if answer is not None:
        counted = tier_values(where, rules, ORDER, terms, plan)
        assert counted == pytest.approx(dict(answer.tiers), abs=1e-6)


def test_the_draws_meet_every_rule_in_every_firmness_and_both_ends():
    seen, ends = set(), set()
    for seed in SEEDS:
        where, rules, terms = drawn(random.Random(seed))
        seen |= {(c.rule.name, c.firmness) for c in rules}
        flow = flow_form(where, rules, terms) is not None
        ends.add((bool(impossible_requests(where, rules, terms)), flow))
    assert seen == {(rule.name, f) for rule in RULES for f in ("must", "should")}
    assert ends == {(a, b) for a in (True, False) for b in (True, False)}


def drawn(rng: random.Random) -> tuple[County, list[Configured], AdmissionTerms]:
    number = rng.choice([1, 2, 2])
    schools = [
        junior(
            f"S{n}",
            rng.randint(0, 8),
            rng.choice(TOWNSHIPS),
            private=rng.random() < 0.15,
            weak=rng.random() < 0.3,
            figures=(SchoolFigure(name="size", amount=Decimal(rng.randint(0, 9))),),
        )
        for n in range(rng.choice([3, 3, 4]))
    ]
    highs = [
        senior(
            f"H{n}",
            12,
            *rng.sample(TOWNSHIPS, rng.choice([0, 0, 2])),
            quota_places=rng.choice([None, rng.randint(1, 7)]),
            quota_share=rng.choice([None, Decimal("0.4")]),
            self_recruitment=rng.choice([0, 0, 1]),
            specialty=rng.choice([0, 0, 2]),
            tops_up=rng.random() < 0.8,
        )
        for n in range(number)
    ]
    pools = (pool("P", "S0", rng.choice(["S1", "S2"])),) if rng.random() < 0.4 else ()
    last = [
        PastQuota(year=2019, senior_high="H0", junior_high=id, places=rng.randint(0, 5))
        for id in rng.sample([s.id for s in schools] + [p.id for p in pools], 3)
    ]
    where = county(highs, schools, quota_pools=pools, past_quotas=tuple(last))
    rules = [
        Configured(rule(**settings(rule.name, rng)), rng.choice(["must", "should"]))
        for rule in RULES
        if rule.name == "quota_share_floor" or rng.random() < 0.45
    ]
    return where, rules, drawn_terms(rng)


def settings(rule: str, rng: random.Random) -> dict[str, object]:
    protecting = {
        "areas": tuple(rng.sample(AREAS, rng.randint(0, 2))),
        "weak": rng.random() < 0.5,
    }
    return {
        "quota_share_floor": {
            "at_least": Decimal(rng.choice(["0.1", "0.3", "0.55"])),
            "over": rng.choice(["each", "all"]),
        },
        "channel_limits": {
            "self_at_most": Decimal(rng.choice(["0.1", "0.05"])),
            "specialty_at_most": Decimal(rng.choice(["0.2", "0.2", "0.1"])),
            "unified_at_least": Decimal(rng.choice(["0.2", "0.4"])),
        },
        "school_minimum_floor": {"per_school": rng.randint(0, 3)},
        "protected_floor": {**protecting, "rounding": rng.choice(["down", "up"])},
        "protected_factor": {**protecting, "times": Decimal(rng.choice(["1", "1.3", "2"]))},
        "top_up_floor": {
            **protecting,
            "per": rng.randint(2, 9),
            "rounding": rng.choice(["exact", "down", "up"]),
        },
        "pair_minimum_floor": {"per_pair": rng.randint(0, 1)},
        "change_cap": {"places": rng.randint(0, 4), "share": Decimal(rng.choice(["0", "0.5"]))},
    }.get(rule, {})


def drawn_terms(rng: random.Random) -> AdmissionTerms:
    return AdmissionTerms(
        base=rng.choice(["registered", "graduates", "column", "formula"]),
        column="size",
        formula=(WeightedColumn(column="registered"), WeightedColumn(column="size", weight="0.5")),
        deductions=(WeightedColumn(column="size", weight="0.25"),),
        pool_below=rng.choice([None, 5]),
        method=rng.choice(["webster", "webster", "dhondt", "adams"]),
        private_factor=Decimal(rng.choice(["1", "0.5", "0"])),
    )
