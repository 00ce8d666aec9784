"""What every engine says of a tiny county, held against every plan there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from allocator.modelling import Allocation
from allocator.scenario import Scenario, with_rule
from allocator.solving.again import WIDE, search, touched
from allocator.solving.cp_sat import solve_with_cp_sat
from allocator.solving.found import Found
from allocator.solving.program import lay_out
from allocator.solving.progress import Clock
from allocator.solving.sequence import solve_in_sequence
from allocator.solving.solve import tier_results
from allocator.solving.tiers import allowed_gap
from allocator.staffing.model import tier_values
from allocator.staffing.placement import placement
from tests.solving.brute import kept
from tests.solving.tiny import Tiny


def _cbc(allocation: Allocation) -> Found:
    return touched(allocation, WIDE, lambda p: solve_in_sequence(p, "cbc", Clock()))[1]


ENGINES: Mapping[str, Callable[[Allocation], Found]] = {
    "highs": lambda allocation: search(allocation, 1, Clock()).found,
    "cbc": _cbc,
    "cp-sat": lambda allocation: solve_with_cp_sat(lay_out(allocation), Clock()),
}


EACH = {"rule": "balance_cap", "parameters": {"binds": "each"}}


def capped_each(scenario: Scenario) -> Scenario:
    """The scenario with a cap on each coefficient: a cap on their mean is no matter of rows."""
    return with_rule(scenario, "staffing", EACH)


def every_engine_agrees(case: Tiny) -> None:
    """Assert of every engine that its answer is the best plan, and its proof true."""
    for name, solve in ENGINES.items():
        agrees_with_brute_force(case, solve(case.allocation), exactly=name != "highs")


def agrees_with_brute_force(case: Tiny, found: Found, *, exactly: bool) -> None:
    """Assert that an answer is the best plan and that what is proven of it is true.

    Parameters
    ----------
    exactly
        Whether every tier must be met; otherwise a real-valued tier and the last one may be above
        their least value by the gap at which they count as proven. Each tier is held against all
        plans no worse than the answer in the tiers before.

    """
    judged = case.judged
    if judged.best is None:
        assert found.ending == "infeasible"
        return
    assert found.ending == "plan"
    plan = placement(case.county, case.allocation.decode(found.levels))
    assert kept(case.county, case.rules, plan)
    counted = tier_values(case.county, case.rules, case.order, case.terms, plan)
    assert found.values == pytest.approx(counted, abs=1e-6)
    values = [found.values[tier] for tier in case.order]
    assert judged.holds(values)
    tiers = case.allocation.tiers
    for k, result in enumerate(tier_results(tiers, found.values, found.bounds)):
        least = judged.least(k, values)
        gap = 0.0 if exactly or result.exact else allowed_gap(tiers, k, found.values)
        assert least - 1e-4 <= result.value <= least + gap * abs(least) + 1e-4, result
        assert found.bounds.get(result.name, 0.0) <= least + 1e-5, result
