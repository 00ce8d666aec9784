"""Time instant mode on the bundled Cixi county: each moved number, warm and from nothing.

Run this file. Processor seconds are told beside the wall clock, as other work on the machine
lengthens the latter. ``first`` is when the first goal is there, ``all`` when the last one is.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import allocator
from allocator.scenario import Scenario, with_rule
from allocator.solving.building import build
from allocator.solving.chain import Chain
from allocator.solving.instant import Instant
from allocator.solving.program import lay_out
from allocator.solving.progress import Clock, Event

CIXI = Path(__file__).parents[2] / "scenarios" / "cixi-2020.json"
MOVES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("exchange_rate_floor", {"at_least": "0.18"}),
    ("exchange_rate_floor", {"at_least": "0.25"}),
    ("backbone_share", {"at_least": "0.21"}),
    ("turnover_cap", {"leaving_at_most": "0.19"}),
    ("balance_cap", {"primary_from": "0.34"}),
    ("famous_teacher_floor", {"per_100": "1.1"}),
    ("travel_cap", {"within": 29}),
)
"""Each is asked after the county as it is."""


def timed(instant: Instant, scenario: Scenario) -> tuple[dict[str, float], bool, list[float]]:
    """Bounds, whether the program was built anew, and seconds: first, all, processor."""
    begin, spent, first = time.monotonic(), time.process_time(), list[float]()

    def heard(event: Event) -> None:
        if event.tier and not first:
            first.append(time.monotonic() - begin)

    estimate = instant.ask(scenario, Clock(report=heard))
    seconds = [*first, time.monotonic() - begin, time.process_time() - spent]
    return estimate.bounds, estimate.rebuilt, seconds


def main() -> None:
    """Ask about each move, and compare with a chain from nothing."""
    start = allocator.load(CIXI)
    instant = Instant(start)
    _, _, seconds = timed(instant, start)
    print(f"warming up: {seconds[-2]:.1f} s, processor {seconds[-1]:.1f} s")
    for rule, parameters in MOVES:
        timed(instant, start)
        moved = with_rule(start, "staffing", {"rule": rule, "parameters": parameters})
        bounds, rebuilt, seconds = timed(instant, moved)
        spent = time.process_time()
        chain = Chain(lay_out(build(moved, "staffing")), 1, Clock())
        chain.start()
        spent = time.process_time() - spent
        apart = max(abs(bounds[name] - low) for name, low in chain.lows.items())
        how = "built anew" if rebuilt else "warm"
        print(
            f"{rule} {parameters}: {how}; first {seconds[0]:.2f}, all {seconds[1]:.2f}, "
            f"processor {seconds[2]:.2f} s; from nothing {spent:.1f} s; apart {apart:.1e}"
        )


if __name__ == "__main__":
    sys.exit(main())
