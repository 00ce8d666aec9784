"""The same county given to other engines at equal time: value and bound of every tier beside ours.

HiGHS, CBC, SCIP and CP-SAT are given the whole program and minimise tier after tier, each held
before the next; the search of this tool has the same seconds. One thread each. CP-SAT takes rows
from the program itself and knows whole numbers only: with walking as a flow it decides periods in
whole numbers, so there its bound is not one of the flow.

With walking off the search starts from the program built, as the others do. With walking on the
search builds its programs within its time; its plan of the flow and bound stand beside its plan of
persons.

Usage: python -m tests.benchmarks.bench_engines [SCENARIO] [--teachers N] [--seconds S]
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict
from pathlib import Path
from typing import Any

from allocator.scenario import Scenario, with_rule
from allocator.solving import Clock
from allocator.solving.again import search
from allocator.solving.building import build
from allocator.solving.program import Program, lay_out
from allocator.solving.walking import search_with_walking
from tests.benchmarks.bench_walking import WALKING, county
from tests.benchmarks.machine import own_process
from tests.benchmarks.opponents import NAMES, Stand, stand
from tests.benchmarks.tables import number, table
from tests.benchmarks.trace import Trace

SECONDS = 60.0
OURS, OURS_FLOW, OURS_PERSONS = "this tool", "this tool, flow", "this tool, persons"


def scenario_of(path: Path | None, teachers: int | None, walking: bool) -> Scenario:
    """The scenario asked for, with one thread."""
    scenario = county(path, teachers)
    if walking:
        scenario = with_rule(scenario, "staffing", WALKING)
    settings = scenario.settings.model_copy(update={"threads": 1})
    return scenario.model_copy(update={"settings": settings})


def program_of(scenario: Scenario) -> Program:
    """The program the engines are given."""
    return lay_out(build(scenario, "staffing", "flow"))


def sizes(path: Path | None, teachers: int | None, walking: bool) -> dict[str, Any]:
    """What the program is, and its tiers."""
    scenario = scenario_of(path, teachers, walking)
    program = program_of(scenario)
    return {
        "teachers": len(scenario.county.teachers),
        "columns": program.matrix.lower.size,
        "rows": program.matrix.row_lower.size,
        "tiers": [tier.name for tier in program.allocation.tiers],
    }


def other(
    name: str, path: Path | None, teachers: int | None, walking: bool, seconds: float
) -> dict[str, Any]:
    """Another engine on the county."""
    return asdict(stand(name, program_of(scenario_of(path, teachers, walking)), seconds))


def ours(
    path: Path | None, teachers: int | None, walking: bool, seconds: float
) -> list[dict[str, Any]]:
    """The search of this tool on the county."""
    scenario = scenario_of(path, teachers, walking)
    if walking:
        return [asdict(found) for found in _ours_walking(scenario, seconds)]
    allocation = build(scenario, "staffing")
    clock = Clock(limit=seconds)
    found = search(allocation, 1, clock).found
    return [asdict(Stand(OURS, 0.0, clock.seconds, dict(found.values), dict(found.bounds)))]


def _ours_walking(scenario: Scenario, seconds: float) -> list[Stand]:
    assert scenario.staffing is not None
    trace = Trace(scenario.staffing.goals[0])
    clock = Clock(limit=seconds, report=trace.heard)
    walked = search_with_walking(scenario, clock)
    found, spent = walked.found, clock.seconds
    trace.read(walked.readings)
    trace.add(
        spent, bound=found.bounds.get(trace.tier), persons=found.values.get(trace.tier)
    )  # fmt: skip
    last = trace.points[-1] if trace.points else None
    first = {trace.tier: last.bound} if last is not None and last.bound is not None else {}
    flow = {trace.tier: last.flow} if last is not None and last.flow is not None else {}
    return [
        Stand(OURS_FLOW, 0.0, spent, flow, first),
        Stand(OURS_PERSONS, 0.0, spent, dict(found.values), {**found.bounds, **first}),
    ]


def run_alone(
    path: Path | None = None, teachers: int | None = None, seconds: float = SECONDS
) -> dict[str, Any]:
    """All engines, walking off and on, each in a process of its own."""
    done: dict[str, Any] = {"seconds": seconds, "counties": []}
    for walking in (False, True):
        stands = own_process(ours, path, teachers, walking, seconds)
        for name in NAMES:
            try:
                stands.append(own_process(other, name, path, teachers, walking, seconds))
            except BrokenProcessPool:
                stands.append(asdict(Stand(name, said="its process was ended from outside")))
        listed = own_process(sizes, path, teachers, walking)
        done["counties"].append({**listed, "walking": walking, "stands": stands})
    return done


def words(found: Mapping[str, Any]) -> str:
    """The figures as Markdown."""
    parts = [
        f"Everyone has {found['seconds']:.0f} s and one thread. A cell is the value of the plan in "
        "hand and, in brackets, the bound proven; a dash is nothing. An engine goes on to the next "
        "tier once it has proven the one before; values of tiers after that are those its plan "
        "happens to have."
    ]
    for where in found["counties"]:
        parts.append(_county(where))
    return "\n\n".join(parts)


def _county(where: Mapping[str, Any]) -> str:
    how = "walking on, as a flow" if where["walking"] else "walking off"
    stands: Sequence[Mapping[str, Any]] = where["stands"]
    rows = [(name, *(_cell(s, name) for s in stands)) for name in where["tiers"]]
    rows.append(("seconds stating", *(number(s["stated"], 1) for s in stands)))
    rows.append(("seconds solving", *(number(s["seconds"], 1) for s in stands)))
    told = [f"{s['engine']}: {s['said']}." for s in stands if s["said"]]
    if where["walking"]:
        told.append("CP-SAT decides whole periods only: its bound is not one of the flow.")
    lines = [
        f"{where['teachers']:,} teachers, {how}: {where['columns']:,} columns, "
        f"{where['rows']:,} rows.",
        table(("Tier", *(s["engine"] for s in stands)), rows),
        *([" ".join(told)] if told else []),
        _first(where),
    ]
    return "\n\n".join(lines)


def _cell(found: Mapping[str, Any], tier: str) -> str:
    value, bound = found["values"].get(tier), found["bounds"].get(tier)
    if value is None and bound is None:
        return number(None)
    if value is not None and bound is not None:
        bound = min(bound, value)
    return f"{number(value)} ({number(bound)})"


def _first(where: Mapping[str, Any]) -> str:
    """Who has the least value and the highest bound of the first tier; said by the figures."""
    tier, walking = where["tiers"][0], where["walking"]
    values = {
        s["engine"]: s["values"][tier]
        for s in where["stands"]
        if tier in s["values"] and s["engine"] != OURS_PERSONS
    }
    bounds = {
        s["engine"]: s["bounds"][tier]
        for s in where["stands"]
        if tier in s["bounds"]
        and s["engine"] != OURS_PERSONS
        and not (walking and s["engine"] == "CP-SAT")
    }
    best = min(values.values(), default=None)
    top = max(bounds.values(), default=None)
    least = [e for e, v in values.items() if best is not None and v <= best + 1e-6 * (1 + best)]
    most = [e for e, b in bounds.items() if top is not None and b >= top - 1e-6 * (1 + top)]
    return (
        f"Least value of {tier}: {number(best)} ({', '.join(least) or 'nobody'}). "
        f"Highest bound: {number(top)} ({', '.join(most) or 'nobody'})."
    )


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("scenario", nargs="?", type=Path, help="a scenario file")
    reader.add_argument("--teachers", type=int, help="a generated county of so many instead")
    reader.add_argument("--seconds", type=float, default=SECONDS, help="for every engine")
    asked = reader.parse_args()
    print(words(run_alone(asked.scenario, asked.teachers, asked.seconds)))


if __name__ == "__main__":
    main()
