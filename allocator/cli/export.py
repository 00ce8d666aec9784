"""``allocator export``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allocator.cli.outputs import output_problems, same_file
from allocator.county.frozen import DataError, Problem
from allocator.modelling import Language
from allocator.words import say

if TYPE_CHECKING:
    from allocator.files.export import Result
    from allocator.insight.released import Form
    from allocator.scenario import Scenario


class _Ending(StrEnum):
    csv = "csv"
    parquet = "parquet"


_FOLDERS = ("tables", "confirm")
"""What may be a folder."""
_NEED_OUTCOME = ("workbook", "notices", "tables", "outcome")
_BOOKS = ("workbook", "notices", "data")


def export_command(
    context: typer.Context,
    scenario: Annotated[Path, typer.Argument(help="The scenario file (JSON).")],
    outcome: Annotated[
        Path | None, typer.Argument(help="The outcome of its solve (JSON), for all but lists.")
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--form",
            help="Form of what holds persons: publication, web or internal; never chosen for you.",
        ),
    ] = None,
    workbook: Annotated[
        Path | None, typer.Option("--workbook", help="The whole workbook (.xlsx).")
    ] = None,
    notices: Annotated[
        Path | None, typer.Option("--notices", help="One notice a school, as a workbook (.xlsx).")
    ] = None,
    confirm: Annotated[
        Path | None,
        typer.Option(
            "--confirm",
            help="Eligibility lists to confirm: a workbook (.xlsx), or a folder with a file each.",
        ),
    ] = None,
    tables: Annotated[
        Path | None, typer.Option("--tables", help="A folder for every table as a file.")
    ] = None,
    ending: Annotated[
        _Ending, typer.Option("--format", help="Files of --tables: csv or parquet.")
    ] = _Ending.csv,
    geojson: Annotated[
        Path | None, typer.Option("--geojson", help="Schools and flows for maps (.geojson).")
    ] = None,
    outcome_json: Annotated[
        Path | None, typer.Option("--outcome", help="The whole outcome (.json).")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option("--data", help="All data and settings, to edit and read in again (.xlsx)."),
    ] = None,
    published: Annotated[
        Path | None,
        typer.Option("--published", help="A plan or outcome of before, to list the changes."),
    ] = None,
) -> int:
    """Write what people and programs ask for; persons only in a form that is chosen."""
    from allocator.files import load, load_outcome
    from allocator.files.export import Result
    from allocator.files.export.writing import WRITERS, Source

    lang: Language = context.obj
    asked = {
        "workbook": workbook, "notices": notices, "confirm": confirm, "tables": tables,
        "geojson": geojson, "outcome": outcome_json, "data": data,
    }  # fmt: skip
    wanted = {name: path for name, path in asked.items() if path is not None}
    inputs = tuple(p for p in (scenario, outcome, published) if p is not None)
    problems = list(_path_problems(wanted, inputs, solved=outcome is not None))
    if problems:
        raise DataError(tuple(problems))
    loaded = load(scenario)
    found = None if outcome is None else load_outcome(outcome)
    if published is not None:
        from allocator.cli.solve import beside

        loaded = beside(loaded, published, lang)
    result = None if found is None else Result(loaded, found)
    chosen = _form(wanted, form, loaded, result, lang)
    if result is not None:
        _say_if_other(load(scenario), result, lang)
    source = Source(loaded, result, chosen, ending.value, lang)
    for name, path in wanted.items():
        _tell(WRITERS[name](path, source), lang)
    return 0


def _path_problems(
    wanted: Mapping[str, Path], inputs: tuple[Path, ...], *, solved: bool
) -> Iterator[Problem]:
    """What forbids writing, all at once, before anything is read."""
    if not wanted:
        text = "nothing to write is named: --workbook, --notices, --confirm, --tables, ..."
        yield Problem("", text)
    before: dict[str, Path] = {}
    for name, path in wanted.items():
        option = f"--{name}"
        details = {"option": option, "path": str(path)}
        if name in _NEED_OUTCOME and not solved:
            text = "{option} needs the outcome of a solve: name its file after the scenario"
            yield Problem(option, text, details)
        folder = name in _FOLDERS and path.suffix.lower() != ".xlsx"
        if folder:
            yield from _folder_problems(path, option)
        else:
            yield from output_problems(path, option, inputs)
        if name in _BOOKS and path.suffix.lower() != ".xlsx":
            yield Problem(option, "{path} must end in .xlsx: it is a workbook", details)
        if any(same_file(path, other) for other in before.values()):
            text = "{path} is named for two files: give each its own name"
            yield Problem(option, text, details)
        before[name] = path


def _folder_problems(path: Path, option: str) -> Iterator[Problem]:
    details = {"path": str(path), "folder": str(path.parent)}
    if path.exists() and not path.is_dir():
        yield Problem(option, "{path} is a file: name a folder", details)
    elif not path.parent.is_dir():
        yield Problem(option, "there is no folder {folder}: make it first", details)


def _form(
    wanted: Mapping[str, Path],
    form: str | None,
    scenario: Scenario,
    result: Result | None,
    lang: Language,
) -> Form | None:
    """The form chosen; refused where it is missing or may not hold what is wanted."""
    from allocator.files.export.refusals import form_problems
    from allocator.insight.released import FORMS

    if problems := tuple(form_problems(tuple(wanted), form, scenario, result, lang)):
        raise DataError(problems)
    return next((f for f in FORMS if f == form), None)


def _say_if_other(scenario: Scenario, result: Result, lang: Language) -> None:
    """Say that the data were changed since the solve."""
    from allocator.scenario.hashing import scenario_hash

    if scenario_hash(scenario) != result.outcome.scenario_hash:
        text = "Note: the scenario was changed since this solve: the outcome is of the old one."
        print(say(text, lang), file=sys.stderr)


def _tell(written: list[Path], lang: Language) -> None:
    from allocator.cli.console import answers

    if len(written) == 1:
        text, details = "written: {path}", {"path": str(written[0])}
    elif written:
        text = "written: {number} files in {path}"
        details = {"number": str(len(written)), "path": str(written[0].parent)}
    else:
        return
    answers().print(say(text, lang, **details))
