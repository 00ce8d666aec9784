"""``allocator matrix``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from allocator.cli.outputs import check_output
from allocator.modelling import Language


def matrix_command(
    context: typer.Context,
    scenario: Annotated[Path, typer.Argument(help="The scenario file (JSON).")],
    plan: Annotated[Path, typer.Argument(help="The plan: an outcome or a plan of its own (JSON).")],
    out: Annotated[Path, typer.Option("--out", help="The quota table (xlsx or CSV).")],
) -> int:
    """Write the quota table of a plan: junior highs down, senior highs across."""
    from allocator.files import load, load_plan, save_matrix

    lang: Language = context.obj
    check_output(out, scenario, plan)
    save_matrix(load(scenario), load_plan(plan), out, lang)
    return 0
