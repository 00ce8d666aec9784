"""``allocator schema``."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from allocator.cli.console import put_data


def schema_command(
    outcome: Annotated[
        bool, typer.Option("--outcome", help="The schema of an outcome file instead.")
    ] = False,
) -> int:
    """Print the JSON Schema of a scenario file, or of an outcome."""
    from allocator.files.schema import outcome_schema, schema

    found = outcome_schema() if outcome else schema()
    put_data(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    return 0
