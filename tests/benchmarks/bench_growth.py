"""How time and memory grow from a county of 2,000 teachers to one of 30,000.

Counties come from the sample generator with one seed; walking is off. Each has a process of its
own, so that its memory is its own. Printed are the seconds of each step, the most memory held while
solving and writing, and how steeply each step grows: the slope of the logarithm of its seconds over
the logarithm of the columns, by least squares.

Usage: python -m tests.benchmarks.bench_growth [--up-to N]
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from allocator.audit import audit
from allocator.files import load, save, save_outcome
from allocator.files.workbook import workbook_bytes
from allocator.samples import sample_scenario
from allocator.solving import Clock, solve_scenario
from allocator.solving.building import build
from allocator.solving.chain import Chain
from allocator.solving.program import lay_out
from allocator.solving.relaxation import Relaxation
from tests.benchmarks.machine import own_process, peak, timed
from tests.benchmarks.tables import goals, judged, number, percent, table

SIZES = (2_000, 4_000, 8_500, 15_000, 30_000)
UP_TO, SEED = 8_500, 7
SEARCH = ("relax", "round", "prove")
STEPS = ("load", "build", "lay out", "relaxation", "search", "audit", "outcome", "workbook")
"""In the order in which they happen; ``relaxation`` is the blended one, alone and from nothing."""
NO_FASTER = ("load", "build", "lay out", "audit", "outcome", "workbook")
"""Steps that may not grow faster than the relaxation."""
BRIEF = 5.0
"""Steps of fewer seconds are timed three times, and the median is taken."""
SECONDS, MEMORY, LAST = 120.0, 4.0, 0.01
"""Goals at 30,000 teachers: seconds of the solver, GB, gap of the last tier."""


@dataclass
class Size:
    """One county."""

    teachers: int
    schools: int
    columns: int
    rows: int
    seconds: dict[str, float]
    timings: dict[str, float]
    """What the clock of the search says."""
    peak: float
    """GB held at most to the audited plan."""
    written: float
    """GB held at most once everything is written."""
    tiers: list[dict[str, Any]]
    clean: bool


def measure(teachers: int) -> dict[str, Any]:
    """Measure one county; whoever calls gives it a process of its own."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "county.json")
        save(sample_scenario(teachers=teachers, seed=SEED), path)
        return asdict(_measured(path))


def _measured(path: Path) -> Size:
    seconds: dict[str, float] = {}
    seconds["load"], scenario = _least(lambda: load(path))
    clock = Clock()
    outcome = solve_scenario(scenario, parts=("staffing",), clock=clock)
    held, timings = peak(), dict(clock.timings)
    part = outcome.part("staffing")
    assert part is not None
    assert part.plan is not None, part.reason
    assert part.audit is not None
    seconds["search"] = sum(timings.get(step, 0.0) for step in SEARCH)
    seconds["audit"], _ = _least(lambda: audit(scenario, outcome.plan, ("staffing",)))
    seconds["outcome"], _ = _least(lambda: save_outcome(outcome, path.with_name("outcome.json")))
    seconds["workbook"], _ = timed(lambda: workbook_bytes(scenario, outcome, internal=True))
    written = peak()
    seconds["build"], allocation = _least(lambda: build(scenario, "staffing"))
    seconds["lay out"], program = _least(lambda: lay_out(allocation))
    threads = scenario.settings.threads
    cost = Chain(program, threads, Clock()).blend()

    def cold() -> float:
        relaxation = Relaxation(program.matrix, threads, Clock())
        return timed(lambda: relaxation.cold(cost))[0]

    runs = [cold()]
    while len(runs) < 3 and runs[0] < 4 * BRIEF:
        runs.append(cold())
    seconds["relaxation"] = sorted(runs)[len(runs) // 2]
    county = scenario.county
    return Size(
        teachers=len(county.teachers),
        schools=len(county.schools),
        columns=part.columns,
        rows=part.rows,
        seconds={step: seconds[step] for step in STEPS},
        timings=timings,
        peak=held,
        written=written,
        tiers=[{**t.model_dump(), "gap": t.gap} for t in part.tiers],
        clean=part.audit.clean,
    )


def _least(work: Any) -> tuple[float, Any]:
    """Seconds of a step: the median of three where it is brief."""
    spent, found = timed(work)
    return timed(work, 3) if spent < BRIEF else (spent, found)


def slope(columns: Sequence[float], seconds: Sequence[float]) -> float | None:
    """The power of the columns with which seconds grow; None of fewer than two counties."""
    if len(columns) < 2:
        return None
    return float(np.polyfit(np.log(columns), np.log(seconds), 1)[0])


def slopes(sizes: Sequence[dict[str, Any]]) -> dict[str, float | None]:
    """The slope of every step."""
    columns = [size["columns"] for size in sizes]
    return {step: slope(columns, [size["seconds"][step] for size in sizes]) for step in STEPS}


def words(sizes: Sequence[dict[str, Any]]) -> str:
    """The figures as Markdown."""
    grown = slopes(sizes)
    rows = [
        (
            f"{size['teachers']:,}", size["schools"], f"{size['columns']:,}", f"{size['rows']:,}",
            *(number(size["seconds"][step]) for step in STEPS),
            number(size["peak"]), number(size["written"]),
        )
        for size in sizes
    ]  # fmt: skip
    rows.append(
        ("slope", "", "", "", *(number(grown[step]) for step in STEPS), "", "")
    )  # fmt: skip
    return "\n\n".join(
        (
            f"Counties of the sample generator (seed {SEED}), walking off, seconds of each step: "
            "`lay out` makes the matrix, `relaxation` is the blended linear relaxation alone and "
            "from nothing, `search` all of the solver's share, `outcome` the outcome as JSON. "
            "Memory in GB, to the audited plan and to the workbook. A step of slope s takes "
            "2^s times as long on twice the columns.",
            table(
                (
                    "Teachers", "Schools", "Columns", "Rows", *(s.capitalize() for s in STEPS),
                    "GB solved", "GB written",
                ),
                rows,
            ),
            goals([*_growth(grown), *_largest(sizes)]),
            _gaps(sizes),
        )
    )  # fmt: skip


def _growth(grown: dict[str, float | None]) -> list[tuple[str, str, str]]:
    """Whether each step grows no faster than the relaxation."""
    most = grown["relaxation"]
    lines = []
    for step in NO_FASTER:
        found = grown[step]
        lines.append(
            judged(
                f"{step} grows no faster than the relaxation",
                f"slope {number(found)} against {number(most)}",
                None if found is None or most is None else found <= most,
            )
        )
    return lines


def _largest(sizes: Sequence[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """The goals of 30,000 teachers."""
    goal = f"{SIZES[-1]:,} teachers: "
    found = next((size for size in sizes if size["teachers"] == SIZES[-1]), None)
    if found is None:
        text = "upper tiers proven, last within {}, {:.0f} s of solver, {:.0f} GB"
        return [judged(goal + text.format(percent(LAST, 0), SECONDS, MEMORY), "–", None)]
    *upper, last = found["tiers"]
    open_ = [t["name"] for t in upper if not t["proven"]]
    gap, spent, held = last["gap"], found["seconds"]["search"], found["peak"]
    return [
        judged(
            goal + "upper tiers proven",
            f"open: {', '.join(open_)}" if open_ else f"all {len(upper)}",
            not open_,
        ),
        judged(
            goal + f"last tier within {percent(LAST, 0)}",
            percent(gap),
            gap is not None and gap <= LAST,
        ),
        judged(goal + f"{SECONDS:.0f} s of solver", f"{spent:.1f} s", spent <= SECONDS),
        judged(goal + f"at most {MEMORY:.0f} GB", f"{held:.2f} GB", held <= MEMORY),
    ]


def _gaps(sizes: Sequence[dict[str, Any]]) -> str:
    """What each search ended with."""
    rows = []
    for size in sizes:
        *upper, last = size["tiers"]
        proven = sum(bool(t["proven"]) for t in upper)
        worst = max((math.inf if t["gap"] is None else t["gap"] for t in upper), default=0.0)
        steps = ", ".join(f"{name} {spent:.1f}" for name, spent in size["timings"].items())
        rows.append(
            (
                f"{size['teachers']:,}", f"{proven} of {len(upper)}",
                "–" if math.isinf(worst) else percent(worst), percent(last["gap"], 3),
                "clean" if size["clean"] else "NOT clean", steps,
            )
        )  # fmt: skip
    return table(
        (
            "Teachers", "Upper tiers proven", "Widest gap of them", "Gap of the last", "Audit",
            "Seconds of the whole solve",
        ),
        rows,
    )  # fmt: skip


def picture(sizes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Time of each step against columns, both logarithmic, for Vega-Lite."""
    from tests.benchmarks.charts import growth

    points = [
        {"columns": size["columns"], "step": step, "seconds": size["seconds"][step]}
        for size in sizes
        for step in STEPS
    ]
    return growth(points, STEPS)


def run_alone(up_to: int = UP_TO) -> list[dict[str, Any]]:
    """Measure every county up to a size, each in a process of its own."""
    return [own_process(measure, size) for size in SIZES if size <= up_to]


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--up-to", type=int, default=UP_TO, help="teachers of the largest county")
    print(words(run_alone(reader.parse_args().up_to)))


if __name__ == "__main__":
    main()
