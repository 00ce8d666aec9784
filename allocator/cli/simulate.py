"""``allocator simulate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from allocator.cli import exits
from allocator.cli.outputs import check_outputs, output_problems, same_file
from allocator.county.frozen import DataError, Problem
from allocator.modelling import Language
from allocator.words import say

if TYPE_CHECKING:
    from allocator.admission.acceptance import Simulation
    from allocator.admission.pupils import Pupil
    from allocator.scenario import Scenario

_SEED = 2020
_PLACES = (
    "senior_high", "places_planned", "quota_given", "quota_filled", "quota_left",
    "self_recruitment", "specialty", "unified_places", "unified_filled",
)  # fmt: skip
_SCORES = ("senior_high", "score_floor", "quota_cut", "unified_cut", "line_alone", "gained")
_AREAS = (
    "area", "applicants", "quota_filled", "unified_filled", "admitted", "admitted_share",
    "admitted_before", "admitted_change", "gained",
)  # fmt: skip
_TIES = ("senior_high", "channel", "junior_high", "tied_admitted", "tied_refused")


def simulate_command(
    context: typer.Context,
    scenario: Annotated[Path, typer.Argument(help="The scenario file (JSON).")],
    plan: Annotated[Path, typer.Argument(help="The plan: an outcome or a plan of its own (JSON).")],
    pupils: Annotated[
        Path | None,
        typer.Option("--pupils", help="The pupils with scores and wishes (.csv or .xlsx)."),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", help="Seed of invented pupils, where none are given.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the result as a workbook (.xlsx).")
    ] = None,
    write_pupils: Annotated[
        Path | None,
        typer.Option(
            "--write-pupils", help="Write the pupils as CSV, as a template for real ones."
        ),
    ] = None,
) -> int:
    """Admit pupils by quota, then by unified admission, and print what came of it."""
    from allocator.cli.console import answers
    from allocator.files import load, load_plan
    from allocator.insight.tables import simulation

    lang: Language = context.obj
    _check(scenario, plan, pupils, seed, out, write_pupils)
    loaded = load(scenario)
    decided = load_plan(plan)
    if not decided.quotas:
        text = "it holds no quota places: solve the admission part or choose another file"
        raise DataError((Problem(str(plan), text),))
    listed, source = _pupils(loaded, pupils, seed, lang)
    found = simulation(loaded, decided, listed)
    _print(answers(), loaded, found, source, lang)
    if write_pupils is not None:
        from allocator.files.pupils import save_pupils

        save_pupils(loaded.county, listed, write_pupils)
    if out is not None:
        from allocator.files.workbook import write_simulation

        write_simulation(out, loaded, found, source, lang)
    return exits.CLEAN if found.stable else exits.REJECTED


def _check(
    scenario: Path,
    plan: Path,
    pupils: Path | None,
    seed: int | None,
    out: Path | None,
    write_pupils: Path | None,
) -> None:
    """Refuse what contradicts itself or cannot be written, before any file is read."""
    inputs = (scenario, plan, *(() if pupils is None else (pupils,)))
    problems = list(output_problems(write_pupils, "--write-pupils", inputs))
    if pupils is not None and seed is not None:
        text = "pupils are given, so no seed is needed: leave one out"
        problems.append(Problem("--seed", text))
    if seed is not None and seed < 0:
        text = "{given} is too small: at least {ge}"
        problems.append(Problem("--seed", text, {"given": seed, "ge": 0}))
    if out is not None and write_pupils is not None and same_file(out, write_pupils):
        text = "{path} is named for two files: give each its own name"
        problems.append(Problem("--write-pupils", text, {"path": str(write_pupils)}))
    try:
        check_outputs(out, None, *inputs)
    except DataError as error:
        problems += error.problems
    if problems:
        raise DataError(tuple(problems))


def _pupils(
    scenario: Scenario, path: Path | None, seed: int | None, lang: Language
) -> tuple[tuple[Pupil, ...], str]:
    """The pupils, and where they come from."""
    if path is not None:
        from allocator.files.pupils import load_pupils

        found = load_pupils(path, scenario.county)
        return found, say("{number} pupils of {file}", lang, number=len(found), file=path.name)
    from allocator.samples.pupils import generate_pupils

    made = _SEED if seed is None else seed
    found = generate_pupils(scenario.county, made)
    text = "{number} invented pupils, seed {seed}: scores and wishes stand for nobody"
    return found, say(text, lang, number=len(found), seed=made)


def _print(
    console: Console, scenario: Scenario, found: Simulation, source: str, lang: Language
) -> None:
    from allocator.cli.tables import print_table
    from allocator.insight import tables

    console.print(source, style="bold")
    text = (
        "{admitted} admitted, {quota} of them by {places} quota places; {left} quota places "
        "returned to unified admission"
    )
    numbers = {
        "admitted": len(found.admitted),
        "quota": len(found.quota.admitted),
        "places": sum(found.quota.places.values()),
        "left": sum(found.returned.values()),
    }
    console.print(say(text, lang, **numbers))
    highs = tables.simulation_highs(scenario, found)
    print_table(console, highs, _PLACES, lang)
    console.print(say("Lowest scores admitted:", lang))
    print_table(console, highs, _SCORES, lang)
    console.print(say("Into senior highs with quota places, by area of the junior high:", lang))
    print_table(console, tables.simulation_areas(scenario, found), _AREAS, lang)
    if found.ties:
        console.print(say("Ties settled by number for now, a lot should be drawn:", lang))
        print_table(console, tables.simulation_ties(scenario, found, lang), _TIES, lang)
    pairs = len(found.blocking)
    console.print(
        say("Pupils with a claim to a place that went to another: {number}", lang, number=pairs)
    )
