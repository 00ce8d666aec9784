"""The model file of ``allocator solve``: what may be asked for, and what was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from allocator.cli.console import answers
from allocator.cli.outputs import output_problems, same_file
from allocator.county.frozen import DataError, Problem
from allocator.modelling import Language
from allocator.scenario import PartName, Scenario
from allocator.words import say

if TYPE_CHECKING:
    # Only for its type: importing it here would load the solvers for every command.
    from allocator.solving.outcome import Outcome

_OPTION = "--write-model"


def check_model_file(path: Path | None, scenario: Path, *outputs: Path) -> None:
    """Refuse a model file that cannot be written.

    Raises
    ------
    DataError
        If its folder is closed, its ending is unknown, or the name stands for another file.
    """
    if path is None:
        return
    problems = list(output_problems(path, _OPTION, (scenario,)))
    if path.suffix.lower() not in (".mps", ".lp"):
        text = "{path} must end in .mps or .lp: other solvers read these"
        problems.append(Problem(_OPTION, text, {"path": str(path)}))
    if any(same_file(path, other) for other in outputs):
        text = "{path} is named for two files: give each its own name"
        problems.append(Problem(_OPTION, text, {"path": str(path)}))
    if problems:
        raise DataError(tuple(problems))


def model_part(
    scenario: Scenario, part: PartName | Literal["both"], path: Path | None, tier: str | None
) -> PartName | None:
    """The part whose program is to be written; None if no file is asked for.

    Raises
    ------
    DataError
        If it is not clear which part is meant, or the tier is not one of its.
    """
    if path is None:
        if tier is not None:
            text = "--tier says what a model file minimises: name the file with --write-model"
            raise DataError((Problem("--tier", text),))
        return None
    parts: tuple[PartName, ...] = scenario.parts if part == "both" else (part,)
    if len(parts) != 1:
        text = "a model file holds one part: choose one of {known} with --part"
        details = {"known": ", ".join(parts)}
        raise DataError((Problem(_OPTION, text, details),))
    goals = getattr(scenario.part(parts[0]), "goals", ())
    if tier is not None and goals and tier not in goals:
        text = "goal {given} is unknown: choose one of {known}"
        details = {"given": tier, "known": ", ".join(goals)}
        raise DataError((Problem("--tier", text, details),))
    return parts[0]


def write_and_say(
    scenario: Scenario,
    outcome: Outcome,
    part: PartName,
    path: Path,
    tier: str | None,
    lang: Language,
) -> None:
    """Write the program of a part in this process, and print what the file says."""
    from allocator.solving.model_file import names_beside, write_model_file

    found = outcome.part(part)
    values = None
    if found is not None and found.plan is not None:
        values = {t.name: t.value for t in found.tiers}
    written = write_model_file(scenario, part, path, values=values, tier=tier)
    console = answers()
    console.print(
        say(
            "{path} minimises: {tier}. {names} says what its columns and rows are.",
            lang,
            path=str(path),
            tier=written.tier.title.say(lang),
            names=names_beside(path).name,
        )
    )
    for held, most in written.held:
        text = "  held before it: {tier} at most {most}"
        console.print(say(text, lang, tier=held.title.say(lang), most=f"{most:.6f}"))
    if written.tangents:
        text = "  A cap on a mean is stated by tangents: the optimum is a bound on the value."
        console.print(say(text, lang))
    if values is None:
        console.print(say("  There is no plan, so no goal is held.", lang))
