"""Balance and indicators: difference coefficients, and every school's indicators."""

from __future__ import annotations

from allocator.ui.frame import Context, ask_to_solve
from allocator.ui.results import staffing


def show_balance(context: Context) -> None:
    """The coefficients before and after, and the schools behind them."""
    findings = context.solved("staffing")
    if findings is None:
        ask_to_solve(context)
        return
    staffing.show_indicators(findings)
