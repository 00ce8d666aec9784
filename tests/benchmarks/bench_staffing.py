"""Speed of the staffing search, as ratios in one run.

Prints, for a county given as a scenario file (default: the bundled one),

- the solver share of the search (relaxation, cuts, rounding, proof chain) against the blended LP
  relaxation alone: same matrix, default HiGHS options, two threads, cold, median of three; both
  from the arrays on, handing them to the engine included;
- load JSON -> audited plan (load, build, search, audit) against the solver share;
- the same matrix given whole to HiGHS, tier after tier, until each tier is no worse than the
  search's plan, censored at 600 seconds.

Usage: python tests/benchmarks/bench_staffing.py [SCENARIO] [--whole]
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

import highspy
import numpy as np

import allocator
from allocator.solving import Clock, solve_scenario
from allocator.solving.chain import Chain
from allocator.solving.highs import pass_matrix
from allocator.solving.program import lay_out
from allocator.solving.relaxation import Relaxation
from allocator.solving.tiers import room
from allocator.staffing.model import build

THREADS = 2
CENSORED = 600.0


def main() -> None:
    names = [a for a in sys.argv[1:] if not a.startswith("--")]
    path = Path(names[0]) if names else Path(__file__).parents[2] / "scenarios/cixi-2020.json"
    begin = time.perf_counter()
    scenario = allocator.load(path)
    loaded = time.perf_counter() - begin
    part = scenario.staffing
    begin = time.perf_counter()
    allocation = build(scenario.county, scenario.configured("staffing"), part.goals, part.terms)
    program = lay_out(allocation)
    print(
        f"{path.name}: {len(scenario.county.teachers)} teachers, "
        f"{program.matrix.lower.size} columns, {program.matrix.row_lower.size} rows, "
        f"built in {time.perf_counter() - begin:.2f} s"
    )
    chain = Chain(program, THREADS, Clock())
    blended = statistics.median(_cold(program, chain.blend()) for _ in range(3))
    clock = Clock()
    begin = time.perf_counter()
    outcome = solve_scenario(scenario, parts=("staffing",), clock=clock)
    whole = loaded + time.perf_counter() - begin
    tiers = outcome.part("staffing").tiers
    share = sum(clock.timings.get(step, 0.0) for step in ("relax", "cut", "round", "prove"))
    print(f"blended LP alone, median of 3: {blended:.2f} s")
    print(
        "search: "
        + ", ".join(f"{k} {v:.2f} s" for k, v in clock.timings.items())
        + f"; together {share:.2f} s = {share / blended:.2f} x the blended LP"
    )
    print(f"load JSON -> audited plan: {whole:.2f} s = {whole / share:.2f} x the solver share")
    for tier in tiers:
        print(
            f"  {tier.name:13} value {tier.value:12.4f} bound {tier.bound or 0:12.4f} "
            f"gap {100 * (tier.gap or 0):.3f} % proven {tier.proven}"
        )
    if "--whole" in sys.argv:
        spent, reached = _whole(program, chain, {t.name: t.value for t in tiers})
        sign = "" if reached else ">= "
        print(
            f"whole matrix in HiGHS until no worse: {sign}{spent:.1f} s "
            f"= {sign}{spent / share:.1f} x the search"
        )


def _cold(program, cost) -> float:
    begin = time.perf_counter()
    relaxation = Relaxation(program.matrix, THREADS, Clock())
    relaxation.cold(cost)
    return time.perf_counter() - begin


def _whole(program, chain, values) -> tuple[float, bool]:
    """Seconds HiGHS needs for a plan no worse tier by tier, and whether it got there."""
    spent, limits = 0.0, []
    for tier in chain.tiers:
        engine = highspy.Highs()
        engine.setOptionValue("output_flag", False)
        engine.setOptionValue("threads", THREADS)
        engine.setOptionValue("mip_rel_gap", 0.0)
        engine.setOptionValue("time_limit", max(1.0, CENSORED - spent))
        cost, wanted = program.costs[tier.name], values[tier.name]
        engine.setOptionValue("objective_target", wanted + room(wanted, tier) - cost.constant)
        pass_matrix(engine, program.matrix, chain.dense[tier.name], whole=program.matrix.whole)
        for expression, most in limits:
            engine.addRow(
                -highspy.kHighsInf,
                most - expression.constant,
                expression.columns.size,
                expression.columns.astype(np.int32),
                expression.coefficients,
            )
        engine.run()
        spent += engine.getRunTime()
        reached = engine.getInfo().objective_function_value + cost.constant
        print(f"  whole, {tier.name}: {reached:.4f} after {spent:.1f} s", flush=True)
        if reached > wanted + 10 * room(wanted, tier) or spent >= CENSORED:
            return spent, False
        limits.append((cost, wanted + room(wanted, tier)))
    return spent, True


if __name__ == "__main__":
    main()
