"""``allocator schema``."""

from __future__ import annotations

import json

from allocator.cli.console import put_data


def schema_command() -> int:
    """Print the JSON Schema of a scenario file."""
    from allocator.files import schema

    put_data(json.dumps(schema(), ensure_ascii=False, indent=2) + "\n")
    return 0
