"""Time the quota table on made-up counties, beside its peers, in one run.

Run this file. It prints what a whole answer takes (claims, totals, table, ties, proof in fractions
and the values counted again from the plan), then the table beside the package ``biprop`` and single
rows beside ``apportionment``, where they are installed: how many times longer the peer takes, and
whether the places are the same.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import numpy as np
import pandas as pd

from allocator.admission import apportion, biproportional, biproportional_table
from allocator.admission.direct import solve_exactly
from allocator.admission.goals import TIERS
from allocator.admission.model import read, tier_values
from allocator.admission.rules import RULES
from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.modelling import Configured
from tests.admission.division import county, junior, senior

SIZES = ((8, 45, 3_000), (15, 60, 6_000), (60, 1_500, 200_000))
BESIDE_BIPROP = ((4, 10, 200), (6, 20, 600), (8, 45, 3_000), (15, 60, 6_000))
METHODS = ("webster", "dhondt", "adams", "hill", "dean")
ORDER = tuple(t.name for t in TIERS)
TERMS = AdmissionTerms()


def made_up(highs: int, schools: int, places: int, seed: int) -> County:
    """A county of skewed school sizes; every fourth senior high admits from two areas of three."""
    random = np.random.default_rng(seed)
    graduates = np.exp(random.normal(5.0, 1.0, schools)).astype(int) + 8
    quotas = apportion(random.integers(100, 600, highs).tolist(), places, floors=1).tolist()
    scale = -(-2 * places // int(graduates.sum()))
    towns = [f"T{k % 3 + 1}" for k in range(schools)]
    return county(
        [
            senior(
                f"H{k:02d}",
                quota,
                *((towns[k % 3], towns[(k + 1) % 3]) if k % 4 == 1 else ()),
                quota_places=quota,
            )
            for k, quota in enumerate(quotas)
        ],
        [junior(f"S{k:04d}", int(g) * scale, towns[k]) for k, g in enumerate(graduates)],
    )


def timed(work: Callable[[], Any], times: int = 1) -> tuple[float, Any]:
    """Fewest seconds of several runs, and what the last one gave."""
    seconds = []
    for _ in range(times):
        begin = time.perf_counter()
        found = work()
        seconds.append(time.perf_counter() - begin)
    return min(seconds), found


def whole_answer(where: County) -> bool:
    """Solve and judge: proven, every rule in force kept, every value the same from the plan."""
    rules = [Configured(rule(), rule.default_firmness) for rule in RULES]
    configured = [c for c in rules if c.firmness != "off"]
    answer = solve_exactly(where, configured, ORDER, TERMS)
    if answer is None or not answer.proven:
        return False
    seen = read(where, configured, TERMS, answer.plan)
    again = tier_values(where, configured, ORDER, TERMS, seen)
    must = [c for c in configured if c.firmness == "must"]
    readings = [r for c in must for r in c.rule.readings(where, seen)]
    return all(r.kept for r in readings) and again == answer.tiers


def plain_table(
    highs: int, schools: int, places: int, seed: int
) -> tuple[pd.DataFrame, pd.Series[Any], pd.Series[Any]]:
    """Weights and sums without closed cells, where ``biprop`` converges more often."""
    random = np.random.default_rng(seed)
    graduates = (np.exp(random.normal(5.0, 1.0, schools)) + 8).astype(int)
    offered = random.integers(100, 600, highs)
    liking = random.uniform(0.5, 1.5, (highs, schools))
    weights = pd.DataFrame(np.rint(np.outer(offered, graduates) * liking).astype(int))
    rows = apportion(offered.tolist(), places)
    reachable = weights.div(weights.sum(axis=1), axis=0).mul(rows, axis=0).sum()
    return weights, rows, apportion(reachable, places)


def beside_biprop(
    biprop: Any, weights: pd.DataFrame, rows: pd.Series[Any], columns: pd.Series[Any]
) -> tuple[float, bool]:
    """What ``biprop`` takes over what we take (0 if it does not converge), and if it differs.

    Both give the table alone: theirs comes with factors in floats, ours is best in fractions and
    settled where it ties.
    """
    ours, _ = timed(lambda: biproportional(weights, rows, columns), 7)

    def peer() -> Any:
        with redirect_stdout(StringIO()):
            election = biprop.Election(weights, party_seats=rows, region_seats=columns)
            return election.lower_apportionment()

    try:
        theirs, seats = timed(peer, 7)
    except RecursionError:
        return 0.0, True
    found = biproportional_table(weights, rows, columns)
    return theirs / ours, bool((np.asarray(seats) == found.table.to_numpy()).all() or found.ties)


def beside_apportionment(peer: Any, seed: int) -> tuple[str, bool]:
    """What ``apportionment`` takes over what we take for one row, method by method."""
    random = np.random.default_rng(seed)
    weights = (np.exp(random.normal(5.0, 1.0, 60)) + 8).astype(int).tolist()
    names = [f"s{k}" for k in range(len(weights))]
    said, all_same = [], True
    for method in METHODS:
        ours, places = timed(lambda m=method: apportion(weights, 2_000, signpost=m), 3)
        theirs, seats = timed(
            lambda m=method: peer.compute(m, weights, 2_000, parties=names, fractions=True), 3
        )
        all_same &= places.tolist() == list(seats)
        said.append(f"{method} {theirs / ours:.1f} x")
    return f"{', '.join(said)}   the same: {all_same}", all_same


def peer_named(name: str) -> Any | None:
    """A peer package, None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"{name} is not installed: left out")
        return None


def main() -> int:
    """Print all comparisons; fail if a proof fails or a peer that converges differs."""
    fine = True
    print("whole answers: senior x junior highs, places, seconds, proven")
    for highs, schools, places in SIZES:
        where = made_up(highs, schools, places, seed=0)
        seconds, proven = timed(lambda w=where: whole_answer(w), 3)
        fine &= proven
        print(f"{highs:>4} x {schools:<6} {places:>8} {seconds:>8.3f}   {proven}")
    biprop = peer_named("biprop")
    for highs, schools, places in BESIDE_BIPROP if biprop else ():
        tables = (plain_table(highs, schools, places, seed) for seed in range(10))
        found = [beside_biprop(biprop, *table) for table in tables]
        fine &= all(same for _, same in found)
        ratios = sorted(ratio for ratio, _ in found if ratio)
        print(
            f"beside biprop, {highs:>3} x {schools:<4} {places:>6}: it converges in {len(ratios)} "
            f"of {len(found)}, there takes {', '.join(f'{r:.1f}' for r in ratios)} x, "
            f"the same table: {all(same for _, same in found)}"
        )
    peer = peer_named("apportionment.methods")
    if peer is not None:
        said, same = beside_apportionment(peer, seed=0)
        fine &= same
        print(f"beside apportionment, one row of 60: {said}")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
