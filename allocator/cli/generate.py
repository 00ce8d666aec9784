"""``allocator generate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from allocator.cli.console import put_data
from allocator.cli.outputs import check_output


def generate_command(
    teachers: Annotated[int, typer.Option("--teachers", help="Number of teachers.")] = 8500,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the random numbers.")] = 2020,
    year: Annotated[int, typer.Option("--year", help="Year of the data and targets.")] = 2020,
    out: Annotated[
        Path | None, typer.Option("--out", help="The scenario file; none prints it.")
    ] = None,
    tight: Annotated[
        bool, typer.Option("--tight", help="Caps on the coefficients too low to be kept.")
    ] = False,
) -> int:
    """Make a sample county and the default rules; the same numbers give the same file."""
    from allocator.files import save, text_of
    from allocator.samples import sample_scenario

    check_output(out)
    scenario = sample_scenario(teachers=teachers, seed=seed, year=year, tight=tight)
    if out is None:
        put_data(text_of(scenario))
    else:
        save(scenario, out)
    return 0
