"""``allocator solve``."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from allocator.cli.exits import exit_code
from allocator.cli.model_file import check_model_file, model_part, write_and_say
from allocator.cli.outputs import check_outputs, check_warm
from allocator.county.frozen import DataError, Problem
from allocator.modelling import Language
from allocator.scenario import PARTS, PartName, Scenario, outdated, with_published
from allocator.words import say

if TYPE_CHECKING:
    # Only for its type: importing it here would load the solvers for every command.
    from allocator.solving.outcome import Outcome


def solve_command(
    context: typer.Context,
    scenario: Annotated[Path, typer.Argument(help="The scenario file (JSON).")],
    part: Annotated[
        str, typer.Option("--part", help="What to solve: staffing, admission or both.")
    ] = "both",
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the plan as a workbook (.xlsx).")
    ] = None,
    internal: Annotated[
        bool,
        typer.Option(
            "--internal",
            help="Say in the workbook why somebody does not move now: personnel section only.",
        ),
    ] = False,
    json: Annotated[Path | None, typer.Option("--json", help="Write the outcome as JSON.")] = None,
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            help="Name of the engine: highs, cbc, cp-sat, or any other PuLP can call here.",
        ),
    ] = "highs",
    time_limit: Annotated[
        float | None,
        typer.Option("--time-limit", help="Seconds the search may take; it only aborts."),
    ] = None,
    published: Annotated[
        Path | None,
        typer.Option("--published", help="A published plan or outcome to keep close to."),
    ] = None,
    warm: Annotated[
        Path | None,
        typer.Option(
            "--warm",
            help="With walking: start from what the last solve left in this file, and leave there "
            "what the next one can start from.",
        ),
    ] = None,
    timings: Annotated[
        bool,
        typer.Option("--timings", help="Print the seconds of each step, and write them too."),
    ] = False,
    write_model: Annotated[
        Path | None,
        typer.Option(
            "--write-model",
            help="Write the program for other solvers (.mps or .lp), with its names beside it.",
        ),
    ] = None,
    tier: Annotated[
        str | None,
        typer.Option(
            "--tier",
            help="The goal the model file minimises, with those before it held; else the last.",
        ),
    ] = None,
) -> int:
    """Solve a scenario in a child process, print what came of it, write the files."""
    from allocator.cli.progress import Progress
    from allocator.cli.report import print_outcome, print_timings
    from allocator.files import load
    from allocator.jobs import solve

    lang: Language = context.obj
    check_outputs(out, json, scenario, *(() if published is None else (published,)))
    check_warm(warm, *(p for p in (scenario, published, out, json) if p is not None))
    check_model_file(write_model, scenario, *(p for p in (out, json) if p is not None))
    began = time.perf_counter()
    loaded = load(scenario)
    if published is not None:
        loaded = beside(loaded, published, lang)
    seconds = {"load": time.perf_counter() - began}
    modelled = model_part(loaded, _part(part), write_model, tier)
    with _terminated_as_interrupted(), Progress(lang) as progress:
        outcome = solve(
            loaded,
            part=_part(part),
            engine=engine,
            time_limit=time_limit,
            on_progress=progress,
            warm=warm,
        )
    try:
        outcome = _write(
            loaded, outcome, seconds, out, json, lang=lang, timings=timings, internal=internal
        )
    finally:
        print_outcome(loaded, outcome, lang)
    if write_model is not None and modelled is not None:
        write_and_say(loaded, outcome, modelled, write_model, tier, lang)
    if timings:
        print_timings(outcome, lang)
    return exit_code(outcome)


def beside(scenario: Scenario, path: Path, lang: Language) -> Scenario:
    """The scenario with the moves of a published plan; who is gone since is said."""
    from allocator.files import load_plan

    plan = load_plan(path)
    for move in outdated(scenario.county, plan):
        text = "Note: the published move of {id} to {place} is left out: one of them is gone."
        print(say(text, lang, id=move.teacher, place=move.destination), file=sys.stderr)
    return with_published(scenario, plan)


def _part(name: str) -> PartName | Literal["both"]:
    """The part of a name."""
    if name == "both":
        return "both"
    for part in PARTS:
        if part == name:
            return part
    text = "part {given} is unknown: choose one of {known}"
    details = {"given": name, "known": ", ".join((*PARTS, "both"))}
    raise DataError((Problem("--part", text, details),))


def _write(
    scenario: Scenario,
    outcome: Outcome,
    seconds: dict[str, float],
    out: Path | None,
    json: Path | None,
    *,
    lang: Language,
    timings: bool,
    internal: bool,
) -> Outcome:
    """Write the files asked for; a workbook only where there is a plan to show."""
    from allocator.files import save_outcome

    began = time.perf_counter()
    try:
        if out is not None and any(p.plan is not None for p in outcome.parts):
            from allocator.files.workbook import write_workbook

            write_workbook(out, scenario, outcome, lang, internal=internal)
    finally:
        # A workbook that cannot be written costs no outcome.
        seconds["write"] = time.perf_counter() - began
        outcome = outcome.model_copy(update={"timings": _summed(outcome.timings, seconds)})
        if json is not None:
            save_outcome(outcome, json, timings=timings)
    return outcome


def _summed(a: Mapping[str, float], b: Mapping[str, float]) -> dict[str, float]:
    return {step: a.get(step, 0.0) + b.get(step, 0.0) for step in {**a, **b}}


@contextmanager
def _terminated_as_interrupted() -> Iterator[None]:
    """A polite kill ends the search as Ctrl-C does, with the best plan so far."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    old = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, old)
