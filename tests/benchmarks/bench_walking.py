"""Speed of deciding moves and walking together, as ratios to the linear relaxation in one run.

Prints, for a county given as a scenario file (default: the bundled one) with walking in force,

- the blended LP relaxation of the program with walking as a flow, from nothing, median of three;
- one whole search: when the first plan was there, when the gap of uncovered periods fell under
  each goal, bound and plans by seconds, and all tiers at the end;
- the same after one rule has changed, from what the first search left where that is possible.

Seconds count from the start of a search, its building included.

Usage: python -m tests.benchmarks.bench_walking [SCENARIO] [--teachers N] [--most RATIO]
"""

from __future__ import annotations

import argparse
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from allocator.audit import audit
from allocator.files import load
from allocator.samples import sample_scenario
from allocator.scenario import Scenario, with_rule
from allocator.solving import Clock
from allocator.solving.building import build
from allocator.solving.chain import Chain
from allocator.solving.left import Left
from allocator.solving.program import lay_out
from allocator.solving.relaxation import Relaxation
from allocator.solving.solve import tier_results
from allocator.solving.walking import Walked, search_with_walking
from tests.benchmarks.machine import own_process, peak, timed
from tests.benchmarks.tables import goals, judged, number, percent, table, times
from tests.benchmarks.trace import Point, Trace, at

CIXI = Path(__file__).parents[2] / "scenarios" / "cixi-2020.json"
WALKING = {
    "rule": "walking",
    "firmness": "must",
    "parameters": {"subjects": ["music", "art", "pe", "it"]},
}
CHANGED = {"rule": "exchange_rate_floor", "parameters": {"at_least": "0.18"}}
"""The one rule that changes: 0.17 before."""
MOST = 240.0
"""Times the linear relaxation after which a search is stopped."""
FIRST, GAPS, WARM = 5.0, ((0.015, 30.0), (0.005, 200.0)), 0.5
"""Goals, as ratios: the first plan; each gap; the same gaps after a change."""
MARKS = (1, 2, 3, 5, 10, 15, 20, 30, 50, 75, 100, 150, 200)


@dataclass
class Run:
    """One search, seconds beside ratios to the relaxation."""

    seconds: float
    audited: float
    """Seconds of the audit."""
    stopped: str | None
    clean: bool
    tiers: list[dict[str, Any]]
    two_steps: float | None
    first: float | None
    flow: dict[str, float | None]
    """Gap -> seconds until the flow reading was there."""
    persons: dict[str, float | None]
    points: list[Point]
    timings: dict[str, float]
    peak: float
    """GB the process had held at most by then."""


@dataclass
class Figures:
    """All that is measured."""

    teachers: int
    columns: int
    rows: int
    relaxation: float
    first: Run
    warm: bool
    """Whether the second search started from what the first one left."""
    second: Run | None
    moments: list[int] = field(default_factory=lambda: list(MARKS))


def measure(scenario: Scenario, most: float = MOST) -> Figures:
    """Measure a scenario in which walking is in force."""
    blended, columns, rows = _relaxation(scenario)
    first, walked = _search(scenario, most * blended, None)
    changed = with_rule(scenario, "staffing", CHANGED)
    second, _ = _search(changed, most * blended, walked.left)
    return Figures(
        teachers=len(scenario.county.teachers),
        columns=columns,
        rows=rows,
        relaxation=blended,
        first=first,
        warm=walked.left is not None,
        second=second,
    )


def _relaxation(scenario: Scenario) -> tuple[float, int, int]:
    """Seconds of the blended LP of the flow from nothing, and the size of that program."""
    program = lay_out(build(scenario, "staffing", "flow"))
    threads = scenario.settings.threads
    cost = Chain(program, threads, Clock()).blend()

    def cold() -> float:
        relaxation = Relaxation(program.matrix, threads, Clock())
        return timed(lambda: relaxation.cold(cost))[0]

    seconds = sorted(cold() for _ in range(3))[1]
    return seconds, program.matrix.lower.size, program.matrix.row_lower.size


def _search(scenario: Scenario, limit: float, earlier: Left | None) -> tuple[Run, Walked]:
    assert scenario.staffing is not None
    trace = Trace(scenario.staffing.goals[0])
    clock = Clock(limit=limit, report=trace.heard)
    walked = search_with_walking(scenario, clock, earlier)
    seconds, found = clock.seconds, walked.found
    if walked.plan is None:
        raise SystemExit(f"no plan was found: {found.ending}, {found.stopped}")
    spent, judged_ = timed(lambda: audit(scenario, walked.plan, ("staffing",)))
    allocation = walked.program.allocation
    results = tier_results(allocation.tiers, judged_.tiers["staffing"], found.bounds)
    trace.read(walked.readings)
    trace.add(seconds, bound=results[0].bound, persons=results[0].value)
    if results[0].bound is None:
        # Stopped before the bounds were put together: that of the first tier was told all the same.
        results = (results[0].model_copy(update={"bound": trace.points[-1].bound}), *results[1:])
    return Run(
        seconds=seconds,
        audited=spent,
        stopped=found.stopped,
        clean=judged_.clean,
        tiers=[{**r.model_dump(), "gap": r.gap} for r in results],
        two_steps=walked.two_steps.get(trace.tier),
        first=trace.first_plan(),
        flow={str(gap): trace.reached(gap, "flow") for gap, _ in GAPS},
        persons={str(gap): trace.reached(gap, "persons") for gap, _ in GAPS},
        points=trace.points,
        timings=dict(clock.timings),
        peak=peak(),
    ), walked


def words(f: dict[str, Any]) -> str:
    """The figures as Markdown."""
    run, second, unit = f["first"], f["second"], f["relaxation"]
    parts = [
        f"{f['teachers']:,} teachers, walking in force: as a flow the program has "
        f"{f['columns']:,} columns and {f['rows']:,} rows. Its blended linear relaxation takes "
        f"{unit:.2f} s from nothing (median of three); every ratio below is to that. Seconds "
        f"count from the start of a search, building included.",
        goals(_goals(f)),
        _ends(run, unit),
        _by_seconds(run, unit, f["moments"]),
        table(
            ("Tier", "Value", "Bound", "Gap", "Proven"),
            (
                (
                    t["name"], number(t["value"], 3), number(t["bound"], 3), percent(t["gap"], 3),
                    "yes" if t["proven"] else "no",
                )
                for t in run["tiers"]
            ),
        ),
    ]  # fmt: skip
    if second is not None:
        how = "from what the first search left" if f["warm"] else "from nothing: no way to start "
        how += "" if f["warm"] else "from the first search was there"
        parts.append(f"After one rule has changed (exchange rate 18 % for 17 %), {how}:")
        parts.append(_ends(second, unit))
    return "\n\n".join(parts)


def _goals(f: dict[str, Any]) -> list[tuple[str, str, str]]:
    run, second, unit = f["first"], f["second"], f["relaxation"]
    lines = []
    first = None if run["first"] is None else (run["first"] + run["audited"]) / unit
    lines.append(
        judged(
            f"first audited plan within {times(FIRST, 0)}",
            f"{times(first)}, {run['audited']:.2f} s of an audit included",
            first is not None and first <= FIRST,
        )
    )
    for gap, most in GAPS:
        taken = _ratio(run["flow"][str(gap)], unit)
        beside = _ratio(run["persons"][str(gap)], unit)
        lines.append(
            judged(
                f"flow reading within {percent(gap, 1)} in {times(most, 0)}",
                f"{_reached(taken)}; with personal limits {_reached(beside)}",
                taken is not None and taken <= most,
            )
        )
    for gap, _ in GAPS:
        before = run["flow"][str(gap)]
        after = second["flow"][str(gap)] if second is not None else None
        said = "not reached" if before is None or after is None else percent(after / before, 0)
        lines.append(
            judged(
                f"after one rule changed, to {percent(gap, 1)} in {percent(WARM, 0)} of that",
                said + ("" if f["warm"] else ", from nothing"),
                None if before is None else after is not None and after <= WARM * before,
            )
        )
    return lines


def _ends(run: dict[str, Any], unit: float) -> str:
    last, end = Point(**run["points"][-1]), run["stopped"]
    steps = ", ".join(f"{name} {spent:.1f} s" for name, spent in run["timings"].items())
    return (
        f"The search {'ended by itself' if end is None else 'was stopped by its limit'} after "
        f"{run['seconds']:.1f} s = {times(run['seconds'] / unit)} ({steps}), at most "
        f"{run['peak']:.1f} GB. Gap of the first tier at the end: flow reading "
        f"{percent(last.gap('flow'))}, with personal limits {percent(last.gap('persons'))}. "
        f"Two steps {number(run['two_steps'], 1)}, together {number(last.persons, 1)}. "
        f"The audit is {'clean' if run['clean'] else 'NOT clean'}."
    )


def _by_seconds(run: dict[str, Any], unit: float, moments: list[int]) -> str:
    points = [Point(**p) for p in run["points"]]
    ends = run["seconds"] / unit
    rows = []
    for mark in [*(m for m in moments if m < ends), ends]:
        p = at(points, mark * unit + (1e-9 if mark == ends else 0.0))
        rows.append(
            (
                f"{mark:.0f} x" if mark != ends else f"{mark:.1f} x, the end",
                number(p.bound, 1), number(p.flow, 1), percent(p.gap("flow")),
                number(p.persons, 1), percent(p.gap("persons")),
            )
        )  # fmt: skip
    return table(
        ("After", "Bound", "Plan of the flow", "Gap", "Plan of persons", "Gap"),
        rows,
    )


def _ratio(seconds: float | None, unit: float) -> float | None:
    return None if seconds is None else seconds / unit


def _reached(ratio: float | None) -> str:
    return "not reached" if ratio is None else times(ratio)


def picture(f: dict[str, Any]) -> dict[str, Any]:
    """Open gaps of both readings by time, and the goals, for Vega-Lite."""
    from tests.benchmarks.charts import gaps

    unit, readings = f["relaxation"], (("flow", "flow"), ("persons", "with personal limits"))
    points = [Point(**p) for p in f["first"]["points"]]
    points.append(at(points, f["first"]["seconds"]))
    drawn = []
    for reading, name in readings:
        for point in points:
            gap = point.gap(reading)  # type: ignore[arg-type]
            if gap is not None:
                drawn.append(
                    {"reading": name, "ratio": point.seconds / unit, "gap": max(100 * gap, 0.01)}
                )
    return gaps(drawn, [{"ratio": ratio, "gap": 100 * gap} for gap, ratio in GAPS])


def county(path: Path | None, teachers: int | None) -> Scenario:
    """The scenario asked for, without walking."""
    if teachers is not None:
        return sample_scenario(teachers=teachers, seed=7)
    return load(path or CIXI)


def run_alone(path: Path | None, teachers: int | None, most: float) -> dict[str, Any]:
    """Measure a county with walking put in force."""
    return asdict(measure(with_rule(county(path, teachers), "staffing", WALKING), most))


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("scenario", nargs="?", type=Path, help="a scenario file")
    reader.add_argument("--teachers", type=int, help="a generated county of so many instead")
    reader.add_argument("--most", type=float, default=MOST, help="stop at so many times the LP")
    asked = reader.parse_args()
    print(words(own_process(run_alone, asked.scenario, asked.teachers, asked.most)))


if __name__ == "__main__":
    main()
