"""``allocator confirm``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allocator.cli.outputs import check_output
from allocator.county.frozen import DataError, Problem
from allocator.modelling import Language
from allocator.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allocator.files.books import RawBook
    from allocator.files.forms.returned import Returned
    from allocator.scenario import Scenario

_COLUMNS = (
    "school", "teacher", "name", "standing_now", "corrected_to", "corrected_ground", "note",
    "confirmed_by",
)  # fmt: skip


def confirm_command(
    context: typer.Context,
    scenario: Annotated[Path, typer.Argument(help="The scenario file (JSON).")],
    files: Annotated[
        list[Path], typer.Argument(help="Lists that came back: files, or folders of them.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", help="The scenario file with the corrections (JSON).")
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Take the corrections over; else they are listed.")
    ] = False,
) -> int:
    """Read lists that schools confirmed, list what they change, and take it over if told to."""
    from allocator.cli.console import answers
    from allocator.files import load, save
    from allocator.files.forms.returned import read_returned

    lang: Language = context.obj
    check_output(out, scenario, *files)
    if accept and out is None:
        text = "name the file with --out to which the corrections are written"
        raise DataError((Problem("--accept", text),))
    loaded = load(scenario)
    books, problems = _opened(_listed(files))
    found = read_returned(loaded, books)
    _print(loaded, found, lang)
    if problems := (*problems, *found.problems):
        raise DataError(problems)
    if found.scenario is None or out is None:
        return 0
    if accept:
        save(found.scenario, out)
        answers().print(say("written: {path}", lang, path=str(out)))
    else:
        answers().print(say("Nothing was written: --accept takes the corrections over.", lang))
    return 0


def _listed(files: Sequence[Path]) -> list[Path]:
    """Files, and those of folders in the order of their names."""
    found: list[Path] = []
    for path in files:
        if path.is_dir():
            # A spreadsheet open elsewhere leaves a file of its own beside it.
            found += sorted(p for p in path.iterdir() if p.is_file() and p.name[0] not in "~.")
        else:
            found.append(path)
    return found


def _opened(files: Sequence[Path]) -> tuple[list[RawBook], tuple[Problem, ...]]:
    """Every file that can be read, and what is wrong with the others."""
    from allocator.files.books import open_book

    books: list[RawBook] = []
    problems: list[Problem] = []
    for path in files:
        try:
            books.append(open_book(path))
        except DataError as error:
            problems += error.problems
    return books, tuple(problems)


def _print(scenario: Scenario, found: Returned, lang: Language) -> None:
    """The change list, and which schools have not answered."""
    from allocator.cli.console import answers
    from allocator.cli.tables import print_table
    from allocator.files.forms.returned import changes_table

    console = answers()
    text = "{schools} schools sent their lists back, {lines} corrections"
    numbers = {"schools": len(found.schools), "lines": len(found.lines)}
    console.print(say(text, lang, **numbers), style="bold")
    if found.lines:
        print_table(console, changes_table(scenario, found.lines), _COLUMNS, lang)
    if found.missing:
        names = [scenario.county.school[s].name for s in found.missing]
        joint = "、" if lang == "zh" else ", "
        text = "{number} schools are still missing: {names}"
        console.print(say(text, lang, number=len(names), names=joint.join(names)))
