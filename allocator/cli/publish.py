"""``allocator publish``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from allocator.cli.outputs import check_output
from allocator.modelling import Language
from allocator.words import say


class _Shown(StrEnum):
    zh = "zh"
    en = "en"
    both = "both"


def publish_command(
    context: typer.Context,
    scenario: Annotated[Path, typer.Argument(help="The scenario file (JSON).")],
    outcome: Annotated[Path, typer.Argument(help="The outcome of its solve (JSON).")],
    out: Annotated[Path, typer.Option("--out", help="The page (HTML).")],
    languages: Annotated[
        _Shown, typer.Option("--languages", help="Languages of the page: zh, en or both.")
    ] = _Shown.both,
) -> int:
    """Write the quota table with its worked explanation as one page: no script, no person."""
    from allocator.cli.console import answers
    from allocator.files import load, load_outcome
    from allocator.files.publication import write_publication

    lang: Language = context.obj
    check_output(out, scenario, outcome)
    write_publication(out, load(scenario), load_outcome(outcome), languages.value)
    answers().print(say("The page is written: {path}", lang, path=str(out)))
    return 0
