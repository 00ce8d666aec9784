"""Balance and indicators: before and after a plan, or measured on the county as it is."""

from __future__ import annotations

import streamlit as st

from allocator.modelling import Text
from allocator.ui import session
from allocator.ui.frame import Context
from allocator.ui.language import say
from allocator.ui.logic.staffing_views import Looked
from allocator.ui.results.grids import view
from allocator.ui.results.indicators import (
    show_coefficients,
    show_lorenz,
    show_plan,
    show_schools,
)

_VIEWS = {
    "coefficients": Text("校际差异系数", "Differences between schools"),
    "lorenz": Text("洛伦兹曲线", "Lorenz curve"),
    "schools": Text("各校达标", "Schools"),
    "plan": Text("规划表1指标", "The plan's Table 1"),
}


def show_balance(context: Context) -> None:
    """The view that is chosen; it needs no solve."""
    findings = context.solved("staffing")
    solved = findings is not None
    found: Looked = findings if findings is not None else session.measured(context.draft)
    if not solved:
        text = (
            "Measured on the county as it is: nobody is moved, nothing was solved. Press Solve "
            "above to see what a plan changes."
        )
        st.info(say(text))
    shown = view(_VIEWS, "balance-view")
    if shown == "coefficients":
        show_coefficients(found, solved=solved)
    elif shown == "lorenz":
        show_lorenz(found, solved=solved)
    elif shown == "schools":
        show_schools(found, solved=solved)
    else:
        show_plan(found, solved=solved)
