"""``allocator curriculum``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from allocator.cli.console import put_data
from allocator.cli.outputs import check_output


def curriculum_command(
    scenario: Annotated[Path, typer.Argument(help="The scenario file (JSON).")],
    table: Annotated[Path, typer.Argument(help="The periods table (JSON or CSV).")],
    out: Annotated[
        Path | None, typer.Option("--out", help="The scenario file; none prints it.")
    ] = None,
) -> int:
    """Replace periods and loads of a scenario by those of a table, such as another province's."""
    from allocator.files import load, load_curriculum, save, text_of, with_curriculum

    check_output(out, scenario, table)
    changed = with_curriculum(load(scenario), load_curriculum(table))
    if out is None:
        put_data(text_of(changed))
    else:
        save(changed, out)
    return 0
