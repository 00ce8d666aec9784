"""Admission quotas: the table of senior highs and junior highs."""

from __future__ import annotations

from allocator.ui.frame import Context, ask_to_solve
from allocator.ui.results import quotas


def show_quotas(context: Context) -> None:
    """The matrix beside the entitlement."""
    findings = context.solved("admission")
    if findings is None:
        ask_to_solve(context)
        return
    quotas.show_quotas(findings)
