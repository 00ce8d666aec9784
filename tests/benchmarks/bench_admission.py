"""Time the quota matrix on made-up counties: run this file and read the seconds it prints."""

from __future__ import annotations

import sys
import time

import numpy as np
import pandas as pd

from allocator.admission import apportion, biproportional_table

SIZES = ((8, 45, 3_000), (15, 60, 6_000), (60, 1_500, 200_000))


def county(
    senior_highs: int, junior_highs: int, places: int, seed: int
) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Return weights and sums: skewed school sizes, and one pair in seven outside the area."""
    random = np.random.default_rng(seed)
    graduates = np.exp(random.normal(5.0, 1.0, junior_highs)).astype(int) + 8
    offered = random.integers(100, 600, senior_highs)
    inside = random.random((senior_highs, junior_highs)) < 6 / 7
    inside[0, :] = inside[:, 0] = True
    weights = pd.DataFrame(offered[:, None] * graduates[None, :] * inside)
    rows = apportion(offered.tolist(), places)
    reachable = (weights.div(weights.sum(axis=1), axis=0).mul(rows, axis=0)).sum()
    return weights, rows, apportion(reachable, places)


def main() -> int:
    """Solve each size three times and print seconds, ties and whether the proof holds."""
    print("senior x junior highs   places   seconds   ties   proven")
    all_proven = True
    for senior_highs, junior_highs, places in SIZES:
        for seed in range(3):
            weights, rows, columns = county(senior_highs, junior_highs, places, seed)
            start = time.perf_counter()
            result = biproportional_table(weights, rows, columns)
            seconds = time.perf_counter() - start
            all_proven &= result.proven
            print(
                f"{senior_highs:>6} x {junior_highs:<12} {places:>9} {seconds:>9.2f} "
                f"{len(result.ties):>6}   {result.proven}"
            )
    return 0 if all_proven else 1


if __name__ == "__main__":
    sys.exit(main())
