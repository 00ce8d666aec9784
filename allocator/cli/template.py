"""``allocator template``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from allocator.cli import exits
from allocator.cli.outputs import check_output
from allocator.county.frozen import DataError, Problem
from allocator.modelling import Language
from allocator.words import say


def template_command(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="The workbook to write (xlsx).")],
    tables: Annotated[
        str | None,
        typer.Option(
            help="Tables by name, with commas between, or all; none takes the usual ones."
        ),
    ] = None,
    scenario: Annotated[
        Path | None,
        typer.Option(help="A scenario file whose schools and subjects cells offer."),
    ] = None,
) -> int:
    """Write a workbook with headings, lists and examples, to fill in and import."""
    from allocator.cli.console import answers
    from allocator.files import load
    from allocator.files.templates import write_template
    from allocator.records import TABLES

    lang: Language = context.obj
    check_output(path, *([scenario] if scenario is not None else []))
    if path.suffix.lower() != ".xlsx":
        text = "{path} must end in .xlsx: it is a workbook"
        raise DataError((Problem("", text, {"path": str(path)}),))
    wanted = None
    if tables == "all":
        wanted = [held.name for held in TABLES]
    elif tables is not None:
        wanted = [name.strip() for name in tables.replace("，", ",").split(",") if name.strip()]
    write_template(path, lang, wanted, load(scenario) if scenario is not None else None)
    answers().print(say("The template is written: {path}", lang, path=str(path)))
    return exits.CLEAN
