"""Famous teachers: rural junior highs against the number asked for."""

from __future__ import annotations

from allocator.ui.frame import Context, ask_to_solve
from allocator.ui.results import staffing


def show_famous(context: Context) -> None:
    """Every rural junior high, before and after."""
    findings = context.solved("staffing")
    if findings is None:
        ask_to_solve(context)
        return
    staffing.show_famous(findings)
